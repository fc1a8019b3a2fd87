"""How worked entries name their events and figures, and which movements those are here."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.book.chart import Part

#: Event to the movements that it makes, all in one journal.
EVENTS: Mapping[str, tuple[str, ...]] = {
    name: tuple(movements.split())
    for names, movements in (
        ("disbursement disbursement_plain", "disbursement"),
        ("disbursement_net_of_fee disbursement_at_discount disbursement_discount", "disbursement"),
        ("disbursement_reversal reversal_of_disbursement", "disbursement"),
        ("fee_charged_separately fee_not_integral separate_fee", "fee_deducted"),
        ("capitalised_income capitalized_income", "capitalised_income"),
        ("capitalised_income_adjustment capitalized_income_adjustment", "capitalised_income"),
        ("accrual interest_accrual daily_accrual penalty_accrual fee_accrual", "accrual"),
        ("accrual_eir accrual_with_eir eir_accrual", "accrual"),
        ("stage3_interest stage3_accrual stage3_gross_presentation", "accrual"),
        ("vat_accrual accrual_vat accrual_with_vat interest_accrual_vat", "accrual"),
        ("capitalisation capitalization interest_capitalisation", "capitalisation"),
        ("interest_capitalization capitalised_arrears capitalized_arrears", "capitalisation"),
        ("arrears_capitalisation arrears_capitalization", "capitalisation"),
        ("fee_amortised fee_amortisation fee_amortization", "fee_amortised"),
        ("fee_amortisation_eir fee_amortization_eir", "fee_amortised"),
        ("fee_amortisation_straight_line fee_amortization_straight_line", "fee_amortised"),
        ("amortisation_undo fee_amortisation_undo undo_amortisation", "fee_amortised"),
        ("capitalised_income_amortisation capitalized_income_amortization", "fee_amortised"),
        ("repayment overpayment prepayment payoff early_repayment", "repayment"),
        ("bounced_payment repayment_bounced repayment_reversal", "repayment"),
        ("cost_recovery nonaccrual_cost_recovery impaired_cash_received", "repayment"),
        ("payment_on_impaired impaired_repayment cash_received_impaired", "repayment"),
        ("overpayment_applied credit_application credit_applied", "credit_application"),
        ("refund credit_refund credit_balance_refund overpayment_refund", "credit_refund"),
        ("suspense_receipt unmatched_receipt unallocated_receipt", "suspense_receipt"),
        ("suspense_matched suspense_applied receipt_matched matched_later", "suspense_applied"),
        ("suspense_returned receipt_returned returned_to_sender", "suspense_returned"),
        ("prepayment_fee prepayment_penalty", "prepayment_fee"),
        ("prepayment_with_penalty prepayment_with_fee", "repayment prepayment_fee"),
        ("prepayment_full payoff_with_fee", "repayment prepayment_fee fee_amortised"),
        ("nonaccrual_reversal_us nonaccrual_reversal", "suspension suspension_prior_years"),
        ("nonaccrual_reversal_vat", "suspension"),
        ("nonaccrual_cash_basis cash_basis_income cash_basis", "cash_basis_income"),
        ("impairment_reclass impairment_reclassification reclass_impaired", "impairment_reclass"),
        ("reclassification_on_impairment reclassify_impaired", "impairment_reclass"),
        ("unwinding unwinding_of_discount unwind", "unwinding"),
        ("provision provision_charge provision_release", "provision"),
        ("allowance_charge allowance_release impairment_charge", "provision"),
        ("stage_transfer stage_migration", "stage_transfer provision"),
        ("write_off write_off_full_allowance write_off_allowance", "write_off"),
        ("write_off_with_shortfall write_off_shortfall write_off_partial_allowance", "write_off"),
        ("charge_off charge_off_direct direct_charge_off", "charge_off"),
        ("charge_off_fraud", "charge_off_fraud"),
        ("recovery recovery_fineract recovery_income", "recovery"),
        ("recovery_short_form recovery_short_form_cn recovery_cn_short", "recovery"),
        ("recovery_long_form recovery_long_form_cn recovery_cn_long", "recovery"),
        ("modification modification_loss modification_gain", "modification"),
        ("modification_cost modification_costs modification_not_derecognised", "modification"),
        ("modification_derecognised modification_derecognition", "modification_derecognised"),
        ("forgiven_interest interest_forgiven waiver", "waiver"),
        ("forgiven_interest_current interest_forgiven_current_period", "income_waiver"),
        ("sale sale_without_recourse sale_without_recourse_loss", "sale"),
        ("sale_without_recourse_gain loan_sale", "sale"),
        ("sale_with_recourse", "sale_with_recourse"),
        ("buy_back buyback repurchase", "buy_back"),
        ("repossession foreclosure", "repossession"),
        (
            "collateral_impairment collateral_fall repossessed_fall_in_value",
            "collateral_impairment",
        ),
        ("collateral_sale sale_of_collateral repossessed_sale", "collateral_sale"),
        (
            "fx_disbursement disbursement_fx foreign_currency_disbursement",
            "redenomination_in fx_settlement",
        ),
        ("fx_revaluation revaluation revaluation_gain revaluation_loss", "revaluation"),
        ("fx_revaluation_gain fx_revaluation_loss", "revaluation"),
        ("vat_due", "vat_due"),
        ("vat_falls_due", "vat_due"),
    )
    for name in names.split()
}

#: Events that are the mirror of what their movements say.
MIRRORED = frozenset(
    [
        "disbursement_reversal",
        "reversal_of_disbursement",
        "capitalised_income_adjustment",
        "capitalized_income_adjustment",
        "amortisation_undo",
        "fee_amortisation_undo",
        "undo_amortisation",
        "bounced_payment",
        "repayment_bounced",
        "repayment_reversal",
    ]
)

#: Events that tell a profile other than the default.
PROFILES: Mapping[str, str] = {
    **dict.fromkeys(["charge_off", "charge_off_direct", "direct_charge_off"], "direct"),
    "charge_off_fraud": "direct",
    "recovery_fineract": "direct",
    **dict.fromkeys(
        ["recovery_short_form", "recovery_short_form_cn", "recovery_cn_short"], "cn_short"
    ),
    **dict.fromkeys(["recovery_long_form", "recovery_long_form_cn", "recovery_cn_long"], "cn_long"),
}

#: Figure to what it is of, wherever the movement knows that.
NAMES: Mapping[str, Part] = {
    name: part
    for part, names in {
        Part.PRINCIPAL: "principal principal_usd old_principal",
        Part.INTEREST: "interest interest_receivable accrued_interest interest_due coupon"
        " contractual_interest contractual gross interest_gross gross_interest",
        Part.FEE: "fee fees fee_receivable fees_receivable fee_not_integral prepayment_penalty"
        " prepayment_fee",
        Part.PENALTY: "penalty penalties penalty_receivable",
        Part.CREDIT: "credit overpayment surplus credit_balance",
        Part.IMPAIRED: "impaired",
        Part.ADJUSTMENT: "adjustment interest_adjustment fee_integral discount unamortised_fee"
        " unamortized_fee deferred_fee",
        Part.DEFERRED: "deferred deferred_income capitalised_income capitalized_income",
        Part.ALLOWANCE: "allowance allowance_carried loan_allowance",
        Part.CASH: "cash cash_cny",
        Part.COST: "cost costs",
        Part.FAIR_VALUE: "new_principal new_fair_value",
        Part.TAX_DUE: "tax taxes tax_due",
        Part.TAX_DEFERRED: "vat vat_deferred tax_deferred",
        Part.RECOURSE: "recourse recourse_liability servicing_liability guarantee",
        Part.COLLATERAL: "collateral collateral_fair_value fair_value repossessed_asset",
        Part.COLLATERAL_ALLOWANCE: "collateral_allowance fall fall_in_value",
        Part.BORROWING: "borrowing",
    }.items()
    for name in names.split()
}

#: What a lone figure is of, by movement.
SOLE: Mapping[str, Mapping[str, Part]] = {
    movement: dict.fromkeys(names.split(), part)
    for movement, part, names in (
        ("disbursement", Part.PRINCIPAL, "amount"),
        ("fee_deducted", Part.FEE, "amount cash"),
        ("capitalised_income", Part.DEFERRED, "amount fee"),
        ("accrual", Part.INTEREST, "amount"),
        ("capitalisation", Part.INTEREST, "amount"),
        ("fee_amortised", Part.ADJUSTMENT, "amount fee_amortised amortisation fee"),
        ("credit_refund", Part.CREDIT, "amount cash refund"),
        ("suspense_receipt", Part.CASH, "amount"),
        ("suspense_returned", Part.CASH, "amount"),
        ("prepayment_fee", Part.FEE, "amount penalty cash"),
        ("suspension", Part.INTEREST, "accrued_current_year"),
        ("suspension_prior_years", Part.INTEREST, "accrued_prior_years"),
        ("cash_basis_income", Part.INTEREST, "amount cash"),
        ("unwinding", Part.ALLOWANCE, "amount unwinding interest"),
        ("provision", Part.ALLOWANCE, "amount charge provision"),
        ("recovery", Part.WRITTEN_OFF, "cash amount"),
        ("modification", Part.ADJUSTMENT, "loss amount"),
        ("modification_gain", Part.ADJUSTMENT, "gain amount"),
        ("provision_release", Part.ALLOWANCE, "release amount"),
        ("allowance_release", Part.ALLOWANCE, "release amount"),
        ("fee_amortisation_straight_line", Part.DEFERRED, "amount fee"),
        ("fee_amortization_straight_line", Part.DEFERRED, "amount fee"),
        ("amortisation_undo", Part.DEFERRED, "amount"),
        ("fee_amortisation_undo", Part.DEFERRED, "amount"),
        ("undo_amortisation", Part.DEFERRED, "amount"),
        ("fee_accrual", Part.FEE, "amount"),
        ("penalty_accrual", Part.PENALTY, "amount"),
        ("repossession", Part.PRINCIPAL, "carrying_amount carrying gross_carrying_amount"),
        ("collateral_sale", Part.COLLATERAL, "carrying_amount carrying book_value cost"),
        ("waiver", Part.INTEREST, "amount forgiven"),
        ("income_waiver", Part.INTEREST, "amount forgiven"),
        ("sale_with_recourse", Part.BORROWING, "cash amount"),
        ("buy_back", Part.PRINCIPAL, "cash amount fair_value"),
        ("collateral_impairment", Part.COLLATERAL_ALLOWANCE, "amount"),
        ("revaluation", Part.PRINCIPAL, "amount difference"),
        ("vat_due", Part.TAX_DEFERRED, "amount tax tax_due"),
    )
    for names in (names,)
}
