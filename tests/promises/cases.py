"""Random loans: products of every kind, and lives that follow from intents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.conventions import CONVENTIONS
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.calc.shape import PLAIN, Shape
from ledger.errors import LedgerError
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fees import Collection, FeeRule, Income, When
from ledger.loan.fold import advanced, applied
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Interest, PenaltyBase, RateStep, Settlement, Terms
from ledger.loan.trail import Trail
from ledger.money import Rounding
from tests.promises.intents import EVERYTHING, TROUBLED, Intent, intents

FIRST = date(2023, 10, 1)
_SETTLEMENTS = tuple(Settlement)
_FEES: tuple[tuple[FeeRule, ...], ...] = (
    (),
    (),
    (
        FeeRule(
            "origination",
            When.DISBURSEMENT,
            percent=Fraction(3, 200),
            collection=Collection.DEDUCTED,
            income=Income.AMORTISED,
        ),
        FeeRule("late", When.LATE, percent=Fraction(1, 20), grace=3, penalty=True),
    ),
    (
        FeeRule("opening", When.DISBURSEMENT, fixed=300, tax=Fraction(6, 100)),
        FeeRule("service", When.INSTALMENT, fixed=50, tax=Fraction(6, 100)),
        FeeRule("early", When.PREPAYMENT, percent=Fraction(1, 100), least=10, most=5000, last=3),
    ),
    (FeeRule("undrawn", When.COMMITMENT, percent=Fraction(1, 100), tax=Fraction(6, 100)),),
)
_SHAPES = (PLAIN, PLAIN, Shape(unit=100), Shape(principal_grace=1), Shape(interest_grace=1))
_FREQUENCIES = (
    Frequency(Unit.MONTH, 1),
    Frequency(Unit.MONTH, 3),
    Frequency(Unit.WEEK, 2),
    Frequency(Unit.DAY, 10),
)
#: Methods whose interest is on the real balance; a flat one is on the schedule's.
_METHODS = (
    Method.EQUAL_INSTALMENTS,
    Method.EQUAL_PRINCIPAL,
    Method.INTEREST_ONLY,
    Method.SINGLE_REPAYMENT,
    Method.GRADUATED,
)


#: A line may have a minimum, or bear interest alone until it ends.
_LINES = (
    PLAIN,
    Shape(minimum_share=Fraction(1, 20), minimum=1000),
    Shape(minimum_share=Fraction(7, 20), principal_grace=1),
)
#: What needs interest on the real balance, and what needs it on the schedule's.
_OTHER = {False: Method.REVOLVING, True: Method.FLAT}


@dataclass(frozen=True, slots=True)
class Life:
    """A loan and what is to happen to it."""

    terms: Terms
    agreement: Agreement
    start: date
    intents: tuple[Intent, ...]

    @property
    def opened(self) -> State:
        """The loan as applied for."""
        return State(self.terms, self.agreement, self.start)


_MULTIPLES = (Fraction(0), Fraction(3, 2))
_RATE_STEPS: tuple[tuple[RateStep, ...], ...] = (
    (),
    (),
    (RateStep(1, Fraction(5, 1000)), RateStep(3, Fraction(0))),
    (RateStep(2, Fraction(1, 100)), RateStep(4, Fraction(2, 100))),
)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Products across all methods, bases, roundings, orders, excess rules and sanctions."""
    late, scheduled = draw(st.booleans()), draw(st.sampled_from([False, False, True]))
    method = draw(st.sampled_from([*_METHODS, _OTHER[scheduled]]))
    line = method is Method.REVOLVING
    penalty = draw(st.sampled_from([Fraction(0), Fraction(12, 100), Fraction(1, 3)]))
    down = (
        Fraction(0) if line else draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 5)]))
    )
    return Terms(
        currency=draw(st.sampled_from(["CNY", "JPY", "KWD"])),
        method=method,
        frequency=draw(st.sampled_from(_FREQUENCIES)),
        basis=draw(st.sampled_from(InterestBasis)),
        rounding=draw(st.sampled_from(Rounding)),
        order=tuple(draw(st.permutations(list(Component)))),
        mode=draw(st.sampled_from(Mode)),
        excess=Excess.REDUCE_INSTALMENT if line else draw(st.sampled_from(Excess)),
        min_rate=Fraction(0),
        max_rate=Fraction(10),
        min_amount=1,
        max_amount=10**15,
        min_instalments=1,
        max_instalments=600,
        late_fee=draw(st.sampled_from([0, 500])) if late else 0,
        late_fee_grace=draw(st.integers(0, 8)),
        penalty_rate=penalty,
        penalty_multiple=Fraction(0) if penalty else draw(st.sampled_from(_MULTIPLES)),
        penalty_grace=draw(st.integers(0, 6)),
        interest_on_overdue=draw(st.booleans()),
        interest=Interest.SCHEDULED if scheduled else Interest.DAILY,
        settlement=draw(st.sampled_from(_SETTLEMENTS)) if scheduled else Settlement.ACCRUED,
        conventions=draw(st.sampled_from(tuple(CONVENTIONS))) if scheduled else "standard",
        down_payment=Fraction(0) if line else down,
        down_payment_taken=bool(down) and not line and draw(st.booleans()),
        fees=draw(st.sampled_from(_FEES)),
        penalty_base=draw(st.sampled_from(PenaltyBase)),
        capitalised_rows=draw(st.sampled_from([0, 0, 0, 1])),
        rate_steps=draw(st.sampled_from(_RATE_STEPS)),
        shape=draw(st.sampled_from(_LINES if line else _SHAPES if scheduled else (PLAIN,))),
        penalty_cap=draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 100)])),
        capitalised_every=draw(st.sampled_from([0, 0, 0, 1, 2])),
    )


@st.composite
def lives(draw: st.DrawFn, most: int = 8, kinds: tuple[Kind, ...] = ()) -> Life:
    """A loan with up to `most` intents after approval and disbursement; any kinds by default."""
    start = FIRST + timedelta(days=draw(st.integers(0, 500)))
    stub = draw(st.one_of(st.none(), st.integers(1, 50)))
    amount = draw(st.one_of(st.integers(1, 50), st.integers(10_000, 20_000_000)))
    rate = draw(st.sampled_from([0, 1, 435, 600, 1825, 3600]))
    product = draw(terms())
    graced = max(product.shape.principal_grace, product.shape.interest_grace)
    agreement = Agreement(
        amount,
        Fraction(rate, 10_000),
        draw(st.integers(1 + graced, 6)),
        start + timedelta(days=stub) if stub else None,
    )
    opening = (
        Intent(Kind.APPROVED, 0, False, 1000),
        Intent(Kind.DISBURSED, 0, False, draw(st.sampled_from([1000, 1000, 600]))),
    )
    kinds = kinds or draw(st.sampled_from([EVERYTHING, EVERYTHING, TROUBLED]))
    rest = tuple(draw(st.lists(intents(kinds), max_size=most)))
    return Life(product, agreement, start, opening + rest)


def lived(life: Life) -> list[LoanEvent]:
    """The events that the loan accepts, in order; what it refuses did not happen."""
    state, day, found = life.opened, life.start, list[LoanEvent]()
    for number, intent in enumerate(life.intents, start=1):
        day = intent.day_after(state, day)
        state = advanced(state, day, Trail())
        event = _approval(life, number, day) if number == 1 else intent.event(state, number, day)
        try:
            state = applied(state, event, Trail())
        except LedgerError:
            continue
        found.append(event)
    return found


def _approval(life: Life, number: int, day: date) -> LoanEvent:
    return LoanEvent(number, Kind.APPROVED, day, {"amount": life.agreement.amount})


def paid_in_full(life: Life) -> Life:
    """The same loan with one disbursement of everything and nothing else, no fee either."""
    opening = tuple(replace(intent, share=1000) for intent in life.intents[:2])
    plain = replace(life.terms, fees=(), capitalised_rows=0, capitalised_every=0)
    return replace(life, intents=opening, terms=plain)
