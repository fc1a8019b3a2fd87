"""Each double-entry pattern of a loan as a worked entry; ids are the sections of the pattern list.

Amounts are those that the list prints, or small ones where it prints none. Source: the chart and
the patterns of the Chinese accounting subjects, IFRS 9, the Call Report and Apache Fineract's docs.
"""

from __future__ import annotations

from collections.abc import Mapping

#: (movement, its amounts) in order, all in one journal.
Steps = tuple[tuple[str, str], ...]


def one(movement: str, amounts: str) -> Steps:
    """A journal of a single movement."""
    return ((movement, amounts),)


LIFE = {
    "1.1": (one("disbursement", "principal=1_000_000"), "D 1303P 1_000_000, C 1001 1_000_000"),
    "1.2": (
        one("disbursement", "principal=1_000_000 adjustment=15_000"),
        "D 1303P 1_000_000, C 1001 985_000, C 1303A 15_000",
    ),
    "1.3": (
        one("disbursement", "principal=1_000 adjustment=30"),
        "D 1303P 1_000, C 1001 970, C 1303A 30",
    ),
    "1.4": (one("fee_deducted", "fee=200"), "D 1001 200, C 6021 200"),
    "1.5": (one("capitalised_income", "deferred=50"), "D 1303P 50, C 2401 50"),
    "1.6": (one("disbursement", "principal=-1_000_000"), "D 1001 1_000_000, C 1303P 1_000_000"),
    "2.1": (one("accrual", "interest=5_000"), "D 1132 5_000, C 6011 5_000"),
    "2.2 income above the coupon": (
        one("accrual", "interest=5_000 adjustment=200"),
        "D 1132 5_000, D 1303A 200, C 6011 5_200",
    ),
    "2.3": (one("accrual", "fee=20"), "D 1133 20, C 6021 20"),
    "2.4": (one("accrual", "penalty=30"), "D 1134 30, C 6051 30"),
    "2.5": (one("capitalisation", "interest=500"), "D 1303P 500, C 1132 500"),
    "3 effective rate": (one("fee_amortised", "adjustment=200"), "D 1303A 200, C 6011 200"),
    "3 straight line": (one("fee_amortised", "deferred=10"), "D 2401 10, C 6011 10"),
    "3 adjustment": (one("capitalised_income", "deferred=-5"), "D 2401 5, C 1303P 5"),
    "3 undo": (one("fee_amortised", "deferred=-10"), "D 6011 10, C 2401 10"),
    "4": (
        one("repayment", "penalty=300 fee=200 interest=5_000 principal=8_700"),
        "D 1001 14_200, C 1134 300, C 1133 200, C 1132 5_000, C 1303P 8_700",
    ),
    "5 overpayment": (one("repayment", "credit=500"), "D 1001 500, C 2242 500"),
    "5 applied": (
        one("credit_application", "interest=100 principal=400"),
        "D 2242 500, C 1132 100, C 1303P 400",
    ),
    "5 refund": (one("credit_refund", "credit=500"), "D 2242 500, C 1001 500"),
    "5 unmatched": (one("suspense_receipt", "cash=700"), "D 1001 700, C 2241 700"),
    "5 matched": (
        one("suspense_applied", "interest=100 principal=600"),
        "D 2241 700, C 1132 100, C 1303P 600",
    ),
    "5 returned": (one("suspense_returned", "cash=700"), "D 2241 700, C 1001 700"),
    "6 payoff with its fee": (
        (
            ("repayment", "interest=50 principal=1_000"),
            ("prepayment_fee", "fee=20"),
            ("fee_amortised", "adjustment=7"),
        ),
        "D 1001 1_070, D 1303A 7, C 1132 50, C 1303P 1_000, C 6051 20, C 6011 7",
    ),
}

TROUBLE = {
    "7 reversal": (
        (("suspension", "interest=9_000"), ("suspension_prior_years", "interest=1_500")),
        "D 6011 9_000, D 1304 1_500, C 1132 10_500",
    ),
    "7 later interest": (one("suspended_accrual", "suspended=40"), "D 9003 40, C 9004 40"),
    "7 cost recovery": (one("repayment", "principal=30_000"), "D 1001 30_000, C 1303P 30_000"),
    "7 cash basis": (
        one("cash_basis_income", "interest=2_500 suspended=2_500"),
        "D 1001 2_500, C 6011 2_500, D 9004 2_500, C 9003 2_500",
    ),
    "7 impaired": (
        one("impairment_reclass", "principal=1_000 interest=40 adjustment=15"),
        "D 1303I 1_025, D 1303A 15, C 1303P 1_000, C 1132 40",
    ),
    "7 unwinding": (one("unwinding", "allowance=12"), "D 1304 12, C 6011 12"),
    "7 cash on an impaired loan": (one("repayment", "impaired=90"), "D 1001 90, C 1303I 90"),
    "7 stage 3, gross presentation": (
        one("accrual", "interest=2_500 allowance=500"),
        "D 1132 2_500, C 6011 2_000, C 1304 500",
    ),
    "8 charge": (one("provision", "allowance=100"), "D 6702 100, C 1304 100"),
    "8 release": (one("provision", "allowance=-40"), "D 1304 40, C 6702 40"),
    "8 stage transfer": (
        (("stage_transfer", "stage_1=-30 stage_2=30"), ("provision", "stage_2=70")),
        "D 1304-S1 30, D 6702 70, C 1304-S2 100",
    ),
    "9 covered": (
        one("write_off", "impaired=500_000 allowance=500_000 written_off=500_000"),
        "D 1304 500_000, C 1303I 500_000, D 9001 500_000, C 9002 500_000",
    ),
    "9 shortfall first": (
        one("write_off", "principal=500 interest=40 allowance=200"),
        "D 6702 340, C 1304 340, D 1304 540, C 1303P 500, C 1132 40",
    ),
    "10 income": (
        one("recovery", "written_off=70"),
        "D 1001 70, C 6301 70, D 9002 70, C 9001 70",
    ),
}

CHANGES = {
    "11 loss": (one("modification", "adjustment=80"), "D 6111 80, C 1303A 80"),
    "11 gain": (one("modification", "adjustment=-80"), "D 1303A 80, C 6111 80"),
    "11 costs": (one("modification", "cost=9"), "D 1303A 9, C 1001 9"),
    "11 derecognised": (
        one("modification_derecognised", "fair_value=900 principal=1_000 interest=30 allowance=50"),
        "D 1303P 900, D 1304 50, D 6111 80, C 1303P 1_000, C 1132 30",
    ),
    "11 capitalised arrears": (
        one("capitalisation", "interest=40 penalty=5"),
        "D 1303P 45, C 1132 40, C 1134 5",
    ),
    "11 forgiven": (one("waiver", "interest=40"), "D 6702 40, C 1132 40"),
    "11 forgiven in its period": (one("income_waiver", "interest=40"), "D 6011 40, C 1132 40"),
    "11 refinanced": (
        (("refinancing_out", "principal=900 interest=50"), ("refinancing_in", "principal=950")),
        "D 1306 950, C 1303P 900, C 1132 50, D 1303P 950, C 1306 950",
    ),
    "12 without recourse": (
        one("sale", "cash=880_000 allowance=50_000 principal=1_000_000 interest=4_000"),
        "D 1001 880_000, D 1304 50_000, D 6111 74_000, C 1303P 1_000_000, C 1132 4_000",
    ),
    "12 without recourse, gain and servicing": (
        one("sale", "cash=1_060 principal=1_000 recourse=10"),
        "D 1001 1_060, C 1303P 1_000, C 2244 10, C 6111 50",
    ),
    "12 with recourse": (one("sale_with_recourse", "borrowing=900"), "D 1001 900, C 2243 900"),
    "12 bought back": (one("buy_back", "principal=850"), "D 1303P 850, C 1001 850"),
    "13 short": (
        one("repossession", "collateral=700 allowance=200 impaired=950 interest=30 tax_due=20"),
        "D 1441 700, D 1304 200, D 6702 100, C 1303I 950, C 1132 30, C 2221 20",
    ),
    "13 over": (
        one("repossession", "collateral=900 allowance=200 impaired=1_000 cost=10"),
        "D 1441 900, D 1304 200, C 6702 90, C 1303I 1_000, C 1001 10",
    ),
    "13 fall": (one("collateral_impairment", "collateral_allowance=60"), "D 6702 60, C 1442 60"),
    "13 sale": (
        one("collateral_sale", "cash=650 collateral_allowance=60 collateral=700"),
        "D 1001 650, D 1442 60, C 6111 10, C 1441 700",
    ),
    "14 revaluation": (
        one("revaluation", "principal=-70 interest=-3"),
        "D 6061 73, C 1303R 70, C 1132R 3",
    ),
    "15 accrual": (
        one("accrual", "interest=10_600 tax_deferred=600"),
        "D 1132 10_600, C 6011 10_000, C 2240 600",
    ),
    "15 by itself": (one("vat_on_interest", "tax_deferred=600"), "D 6011 600, C 2240 600"),
    "15 due": (one("vat_due", "tax_deferred=600"), "D 2240 600, C 2221 600"),
    "15 reversed": (
        one("suspension", "interest=10_600 tax_deferred=600"),
        "D 6011 10_000, D 2240 600, C 1132 10_600",
    ),
    "16 brought over": (
        one("import", "principal=1_000 interest=50 fee=10 penalty=4 credit=30 adjustment=20"),
        "D 1303P 1_000, D 1132 50, D 1133 10, D 1134 4, C 1307 1_014, C 2242 30, C 1303A 20",
    ),
    "16 brought over with its interest off balance": (
        one("import", "principal=1_000 suspended=54"),
        "D 1303P 1_000, C 1307 1_000, D 9003 54, C 9004 54",
    ),
    "16 brought over after a charge-off": (
        one("import", "written_off=1_054"),
        "D 9001 1_054, C 9002 1_054",
    ),
    "16 undone": (one("import", "principal=-1_000"), "D 1307 1_000, C 1303P 1_000"),
}

PATTERNS: Mapping[str, tuple[Steps, str]] = {**LIFE, **TROUBLE, **CHANGES}

OTHERS: Mapping[str, tuple[str, Steps, str]] = {
    "3 direct: what is deferred goes against the charge-off": (
        "direct",
        one("charge_off", "principal=500 deferred=20"),
        "D 6702 480, D 2401 20, C 1303P 500",
    ),
    "9 direct": (
        "direct",
        one("charge_off", "principal=500 interest=40 fee=10 penalty=5 written_off=555"),
        "D 6702 500, D 6011 40, D 6021 10, D 6051 5, C 1303P 500, C 1132 40, C 1133 10, C 1134 5,"
        " D 9001 555, C 9002 555",
    ),
    "9 direct: fraud": (
        "direct",
        one("charge_off_fraud", "principal=500 interest=40"),
        "D 6711 500, D 6011 40, C 1303P 500, C 1132 40",
    ),
    "10 direct: money after a charge-off": (
        "direct",
        one("recovery_after_charge_off", "principal=60 interest=10 credit=5 written_off=-70"),
        "D 1001 75, C 6301 70, C 2242 5, D 9002 70, C 9001 70",
    ),
    "10 direct: a refund undoes the loss": (
        "direct",
        one("merchant_refund_after_charge_off", "principal=60 interest=10 fee=5"),
        "D 1001 75, C 6702 60, C 6011 10, C 6021 5",
    ),
    "10 direct: a refund undoes the fraud": (
        "direct",
        one("merchant_refund_after_charge_off_fraud", "principal=60"),
        "D 1001 60, C 6711 60",
    ),
    "10 direct: goodwill": (
        "direct",
        one("goodwill_after_charge_off", "principal=60 interest=10"),
        "D 6712 60, D 6011 10, C 6301 70",
    ),
    "10 direct: chargeback": (
        "direct",
        one("chargeback_after_charge_off", "principal=60 fee=3"),
        "D 6702 60, D 6021 3, C 1001 63",
    ),
    "5 direct: goodwill": (
        "direct",
        one("goodwill_credit", "principal=60 interest=10 fee=3 penalty=2 credit=5"),
        "D 6712 65, D 6011 10, D 6021 3, D 6051 2,"
        " C 1303P 60, C 1132 10, C 1133 3, C 1134 2, C 2242 5",
    ),
    "5 direct: chargeback": (
        "direct",
        one("chargeback", "principal=60 interest=10 credit=5"),
        "D 1303P 60, D 1132 10, D 2242 5, C 1001 75",
    ),
    "9 direct: write-off": (
        "direct",
        one("write_off", "principal=500 interest=40"),
        "D 6702 540, C 1303P 500, C 1132 40",
    ),
    "10 short form": (
        "cn_short",
        one("recovery", "written_off=70"),
        "D 1001 70, C 6702 70, D 9002 70, C 9001 70",
    ),
    "10 long form": (
        "cn_long",
        one("recovery", "written_off=70"),
        "D 1303P 70, C 1304 70, D 1001 70, C 1303P 70, D 1304 70, C 6702 70, D 9002 70, C 9001 70",
    ),
    "2.1 cash": ("cash", one("accrual", "interest=5_000"), "D 9011 5_000, C 9012 5_000"),
    "4 cash": (
        "cash",
        one("repayment", "principal=8_700 interest=5_000 fee=200"),
        "D 1001 13_900, C 1303P 8_700, C 6011 5_000, C 6021 200,"
        " D 9012 5_000, C 9011 5_000, D 9014 200, C 9013 200",
    ),
    "5 cash: interest handed back": (
        "cash",
        one("interest_surplus", "credit=30"),
        "D 6011 30, C 2242 30, D 9011 30, C 9012 30",
    ),
    "9 cash": (
        "cash",
        one("write_off", "principal=500 interest=40"),
        "D 6702 500, C 1304 500, D 1304 500, C 1303P 500, D 9012 40, C 9011 40",
    ),
    "16 cash": (
        "cash",
        one("import", "principal=1_000 interest=50 credit=30"),
        "D 1303P 1_000, C 1307 970, D 9011 50, C 9012 50, C 2242 30",
    ),
    "11 cash": ("cash", one("waiver", "interest=40"), "D 9012 40, C 9011 40"),
}
