"""Every event of a loan from the shell: what is typed becomes the request that is sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from loanledger import date_of, decimal_, money
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn

DONE = ln.LoanCommandResponse(loan=ln.Loan(name="books/main/loans/017-9F3K"))
EVENT = "books/main/events/017-42"
CNY = money("5", "CNY")

#: (RPC, what is typed after the loan, what is sent beside its name)
LINES: list[tuple[str, str, dict[str, Any]]] = [
    ("RecordDownPayment", "down-payment 5", {"amount": CNY}),
    ("RecordGoodwillCredit", "goodwill 5 --reason late", {"amount": CNY, "reason": "late"}),
    (
        "RecordRefund",
        "record-refund 5 --source payout",
        {"amount": CNY, "source": ln.REFUND_SOURCE_PAYOUT},
    ),
    ("RecordChargeback", "chargeback 017-42 5", {"amount": CNY, "repayment": EVENT}),
    (
        "ChargeLoan",
        "charge 5 --penalty --due 2026-02-01",
        {"amount": CNY, "part": 4, "due_date": date_of("2026-02-01")},
    ),
    ("AdjustCharge", "adjust-charge 017-42 5", {"amount": CNY, "charge": EVENT}),
    ("WaiveCharge", "waive-charge 017-42 --reason why", {"charge": EVENT, "reason": "why"}),
    (
        "RepayLoan",
        "repay 5 --order principal,interest,fee,penalty --excess reduce-term",
        {
            "amount": CNY,
            "instruction": {"order": [1, 2, 3, 4], "excess": pr.EXCESS_RULE_REDUCE_TERM},
        },
    ),
    ("ChangeLimit", "change-limit 5", {"limit": CNY}),
    (
        "ChangeRate",
        "change-rate --rate 7% --keep-instalment --modification",
        {"annual_rate": decimal_("0.07"), "keep_instalment": True, "modification": True},
    ),
    (
        "ResetIndexRate",
        "reset-index-rate --rate 7% --index LPR-1Y --fixing-date 2026-01-20",
        {
            "annual_rate": decimal_("0.07"),
            "index": "LPR-1Y",
            "fixing_date": date_of("2026-01-20"),
        },
    ),
    ("PauseInterest", "pause-interest --until 2026-02-01", {"until": date_of("2026-02-01")}),
    (
        "ChangeDueDate",
        "change-due-date --from-due 2026-02-01 --to-due 2026-02-10",
        {"from_due": date_of("2026-02-01"), "to_due": date_of("2026-02-10")},
    ),
    (
        "GrantPaymentHoliday",
        "grant-holiday --instalments 2 --interest-free --extend",
        {"instalments": 2, "interest_free": True, "extend": True},
    ),
    (
        "RescheduleLoan",
        "reschedule --extra 6 --rate 5%",
        {"extra_instalments": 6, "annual_rate": decimal_("0.05")},
    ),
    (
        "ReageLoan",
        "reage --start 2026-03-01 --instalments 10 --every 2semi-month",
        {
            "start": date_of("2026-03-01"),
            "instalments": 10,
            "frequency": pr.Frequency(unit="FREQUENCY_UNIT_SEMI_MONTH", every=2),
        },
    ),
    ("ReamortizeLoan", "reamortize --value-date 2026-02-01", {"value_date": date_of("2026-02-01")}),
    ("CapitalizeInterest", "capitalize --dry-run", {"validate_only": True}),
    (
        "AssumeLoan",
        "assume 003-1 --reason heir",
        {"party": "books/main/parties/003-1", "reason": "heir"},
    ),
    ("SuspendInterest", "suspend-interest", {}),
    ("ResumeInterest", "resume-interest", {}),
    ("ChargeOffLoan", "charge-off --reason late", {"reason": "late"}),
    ("FlagFraud", "flag-fraud --reason forged", {"value": True, "reason": "forged"}),
    ("FlagFraud", "flag-fraud --clear --reason good", {"reason": "good"}),
    ("WriteOffLoan", "write-off --reason lost", {"reason": "lost"}),
    ("WriteDownLoan", "write-down 5 --reason lost", {"amount": CNY, "reason": "lost"}),
    (
        "SellLoan",
        "sell 5 --buyer Fund --recourse --reference d1",
        {"price": CNY, "buyer": "Fund", "recourse": True, "reference": "d1"},
    ),
    ("BuyBackLoan", "buy-back 5", {"amount": CNY}),
]


@pytest.mark.parametrize(("rpc", "line", "fields"), LINES)
def test_a_command_sends_what_was_typed(
    fake: Fake, run: Run, rpc: str, line: str, fields: dict[str, Any]
) -> None:
    fake.answers[rpc] = in_turn(DONE)
    command, *rest = line.split()
    shown = run("loans", command, "017-9F3K", *rest, "--request-id", "r1")
    assert shown.exit_code == 0, shown.stderr
    kind = getattr(ln, f"{rpc}Request")
    assert fake.asked == [kind(name="books/main/loans/017-9F3K", request_id="r1", **fields)]


def test_a_refinancing_shows_both_loans(fake: Fake, run: Run) -> None:
    new = ln.LoanCommandResponse(loan=ln.Loan(name="books/main/loans/017-NEW"))
    fake.answers["RefinanceLoan"] = in_turn(
        ln.RefinanceLoanResponse(settlement=DONE, disbursement=new)
    )
    shown = run("loans", "refinance", "017-9F3K", "017-NEW", "--amount", "5")
    assert shown.exit_code == 0
    assert "017-9F3K" in shown.stdout
    assert "017-NEW" in shown.stdout
    assert (fake.asked[0].into, fake.asked[0].amount) == ("books/main/loans/017-NEW", CNY)


def test_a_redenomination_shows_both_loans(fake: Fake, run: Run) -> None:
    new = ln.LoanCommandResponse(loan=ln.Loan(name="books/main/loans/017-NEW"))
    fake.answers["RedenominateLoan"] = in_turn(
        ln.RedenominateLoanResponse(departure=DONE, continuation=new)
    )
    shown = run("loans", "redenominate", "1", "euro@2", "--rate", "0.128", "--reason", "why")
    assert shown.exit_code == 0
    assert "017-9F3K" in shown.stdout
    assert "017-NEW" in shown.stdout
    [asked] = fake.asked
    assert asked.product == "books/main/products/euro/versions/2"
    assert (asked.exchange_rate, asked.reason) == (decimal_("0.128"), "why")


def test_an_agreement_has_its_options(fake: Fake, run: Run, tmp_path: Path) -> None:
    fake.answers["QuoteSchedule"] = in_turn(ln.Schedule())
    fake.answers["OpenLoan"] = in_turn(ln.Loan())
    (tmp_path / "shape.json").write_text('{"principal_grace": 2, "skipped_months": [2]}')
    options = (
        *("--rate", "6%", "--instalments", "2", "--shape", str(tmp_path / "shape.json")),
        *("--fixed-instalment", "5", "--rate-step", "2=7%"),
        *("--due", "2026-02-01", "--due", "2026-03-05"),
    )
    assert run("loans", "quote", "c", "9", *options, "--start", "2026-01-01").exit_code == 0
    assert run("loans", "open", "003-1", "c", "9", *options).exit_code == 0
    for asked in fake.asked:
        assert asked.shape == pr.Shape(principal_grace=2, skipped_months=[2])
        assert asked.fixed_instalment == CNY
        step = ln.RateStep(instalment=2, annual_rate=decimal_("0.07"))
        assert list(asked.rate_steps) == [step]
        assert list(asked.due_dates) == [date_of("2026-02-01"), date_of("2026-03-05")]


@pytest.mark.parametrize(
    "line",
    [
        "reage 1 --start 2026-03-01 --instalments 2 --every week",
        "open 1 c 9 --rate 6% --instalments 2 --rate-step 7%",
    ],
)
def test_what_cannot_be_read_is_wrong_usage(run: Run, line: str) -> None:
    assert run("loans", *line.split()).exit_code == 2


def test_every_rpc_of_a_loan_has_a_command() -> None:
    folder = Path(__file__).resolve().parents[2] / "clients/python/loanledger/cli"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("loan*.py"))
    methods = ln.DESCRIPTOR.services_by_name["LoanService"].methods
    names = [re.sub(r"(?<!^)(?=[A-Z])", "_", method.name).lower() for method in methods]
    assert not [name for name in names if f'"{name}"' not in text and f".{name}" not in text]
