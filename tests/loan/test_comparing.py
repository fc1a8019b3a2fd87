"""A position against the history that came with it: the figures are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ledger.loan.comparing import compared
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.instalments import Instalment
from tests.loan.brought import BEGUN, CUT, POSITION, ROWS, fifteenth, terms

#: The loan from its first day: five instalments paid on their days, then 20.00 of the sixth.
HISTORY = (
    LoanEvent(2, Kind.DISBURSED, BEGUN, {"amount": 1_200_000}),
    *(LoanEvent(3, Kind.REPAID, day, {"amount": 100_000 + interest})
      for day, interest in ((date(2023, 11, 15), 12_000), (date(2023, 12, 15), 11_000),
                            (date(2024, 1, 15), 10_000), (date(2024, 2, 15), 9_000),
                            (date(2024, 3, 15), 8_000))),
    LoanEvent(9, Kind.REPAID, date(2024, 4, 16), {"amount": 2_000}),
)  # fmt: skip
#: After five of twelve thousand are paid 7,000.00 are open, of which the April row is due.
TIED = replace(
    POSITION,
    principal=700_000,
    interest=5_000 + 1_000,  # 70.00 less 20.00, and 60.00 x 5/30 on the 6,000.00 not yet due
    rows=(
        ROWS[0],
        *(
            Instalment(n + 3, fifteenth(n), fifteenth(n + 1), 100_000, (10 - n) * 1_000)
            for n in range(4, 10)
        ),
    ),
)


def test_a_position_ties_to_its_history() -> None:
    assert compared(terms(), TIED, HISTORY, CUT) == []


def test_each_figure_that_the_history_does_not_come_to_is_told_with_both() -> None:
    lower = TIED.rows[0]._replace(principal_paid=50_000)
    wrong = replace(
        TIED, principal=650_000, credit=3, rows=(lower, *TIED.rows[1:]), rate=Fraction(6, 100)
    )
    found = compared(terms(), wrong, HISTORY, CUT)
    assert [(one.field, one.theirs, one.ours) for one in found] == [
        ("current_rate", None, None),
        ("principal", 650_000, 700_000),
        ("credit", 3, 0),
        ("schedule[2024-04-15].principal", 50_000, 100_000),
    ]
    assert [one.within(50_000) for one in found] == [False, True, True, True]


def test_a_history_that_cannot_have_happened_is_told_by_its_event() -> None:
    refund = LoanEvent(9, Kind.REFUNDED, date(2024, 4, 17), {"amount": 1})
    (found,) = compared(terms(), TIED, (*HISTORY, refund), CUT)
    assert found.field == "history[7]"
    assert "held credit is 0.00" in found.description
