"""What random loans go through: intents, and the events that they become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from ledger.calc.allocation import Excess
from ledger.loan.dues import payoff_parts
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.state import State
from ledger.names import id_text


@dataclass(frozen=True, slots=True)
class Intent:
    """Something that someone wants: `share` in thousandths of what is natural for the kind."""

    kind: Kind
    gap: int
    to_due: bool
    share: int

    def day_after(self, state: State, day: date) -> date:
        """The next due date where that is asked for, else some days on."""
        later = [row.due for row in state.rows if row.due > day]
        return later[0] if self.to_due and later else day + timedelta(days=self.gap)

    def event(self, state: State, number: int, day: date) -> LoanEvent:
        """The intent as an event on a state that is advanced to the day."""
        return LoanEvent(
            number, self.kind, day, _amounts(self, state, day), _details(self, state, day)
        )


def _amounts(intent: Intent, state: State, day: date) -> dict[str, int]:
    owed = payoff_parts(state, day)
    total = sum(owed.values())
    due = sum(row.unpaid for row in state.rows if row.due <= day) + state.fee
    natural = {
        Kind.DISBURSED: state.undisbursed,
        Kind.REPAID: due or next((row.unpaid for row in state.rows if row.due > day), total),
        Kind.PAID_OFF: total - state.credit,
        Kind.CHARGED: 1000,
        Kind.REFUNDED: state.credit,
        Kind.RECOVERED: state.written_off,
        Kind.WRITTEN_DOWN: total // 3,
        Kind.MERCHANT_REFUNDED: state.principal // 2,
        Kind.GOODWILL_CREDITED: due or 100,
        Kind.CHARGED_BACK: max(state.disbursed - state.principal, 0) // 3,
        Kind.SOLD: total * 9 // 10,
        Kind.BOUGHT_BACK: state.borrowing,
        Kind.CHARGE_ADJUSTED: 1000,
        Kind.LIMIT_CHANGED: state.approved,
    }
    if intent.kind is Kind.WAIVED:
        parts = ("interest", "fee", "penalty")
        owing = {part.value: max(amount, 0) for part, amount in owed.items()}
        asked = {part: owing[part] * min(intent.share, 1000) // 1000 for part in parts}
        return {part: amount for part, amount in asked.items() if amount}
    if intent.kind not in natural:
        return {}
    scaled = natural[intent.kind] * intent.share // 1000
    if intent.kind in (Kind.PAID_OFF, Kind.RECOVERED, Kind.REFUNDED):
        scaled = natural[intent.kind] if intent.share >= 700 else scaled
    return {"amount": max(scaled, 1)}


def _details(intent: Intent, state: State, day: date) -> dict[str, Any]:
    """What else the kind needs, taken from the intent's numbers so that examples shrink."""
    share, gap = intent.share, intent.gap
    later = [row.due for row in state.rows if row.due > day]
    charges = [c.event for c in state.charges if c.event]
    return {
        Kind.REPAID: _instruction(state, share, gap),
        Kind.CHARGED: {
            "part": "penalty" if share % 2 else "fee",
            "due": (day + timedelta(days=gap if share % 3 == 0 else 0)).isoformat(),
        },
        Kind.CHARGE_WAIVED: {"charge": charges[share % len(charges)] if charges else 0},
        Kind.CHARGE_ADJUSTED: {"charge": charges[share % len(charges)] if charges else 0},
        Kind.RATE_CHANGED: {"rate": f"{share % 3000}/10000", "keep_instalment": gap % 2 == 0},
        Kind.INDEX_RESET: {
            "rate": f"{share % 900}/10000",
            "index": "LPR-5Y",
            "fixing_date": day.isoformat(),
        },
        Kind.INTEREST_PAUSED: {"until": (day + timedelta(days=gap + 1)).isoformat()},
        Kind.DUE_DATE_CHANGED: {
            "from_due": (later or [day])[0].isoformat(),
            "to_due": ((later or [day])[0] + timedelta(days=gap)).isoformat(),
        },
        Kind.HOLIDAY_GRANTED: {
            "instalments": 1 + share % 2,
            "interest_free": gap % 2 == 0,
            "extend": share % 3 == 0,
        },
        Kind.RESCHEDULED: {
            "extra_instalments": share % 4,
            **({"rate": f"{share}/10000"} if gap % 3 == 0 else {}),
        },
        Kind.REAGED: {
            "start": (day + timedelta(days=gap + 1)).isoformat(),
            "unit": "month" if share % 2 else "week",
            "every": 1,
            "instalments": 1 + share % 5,
        },
        Kind.FRAUD_FLAGGED: {"value": share % 2 == 0},
        Kind.ASSUMED: {"party": id_text(1000, 1)},
        Kind.SOLD: {"recourse": share % 3 != 0},
    }.get(intent.kind, {}) | _booking(intent)


def _instruction(state: State, share: int, gap: int) -> dict[str, Any]:
    """Some payers tell how their money is to be used; a line lowers its balance in any case."""
    if share % 7:
        return {}
    order = [component.value for component in reversed(state.terms.order)]
    excess = {} if state.terms.revolving else {"excess": list(Excess)[gap % len(Excess)].value}
    return {"instruction": {"order": order, **excess}}


#: Changes of the contract that may be booked as a modification.
_MODIFYING = (
    *(Kind.RATE_CHANGED, Kind.INTEREST_PAUSED, Kind.DUE_DATE_CHANGED, Kind.HOLIDAY_GRANTED),
    *(Kind.RESCHEDULED, Kind.REAGED, Kind.REAMORTIZED),
)


def _booking(intent: Intent) -> dict[str, Any]:
    return {"modification": True} if intent.kind in _MODIFYING and intent.share % 3 == 0 else {}


ORDINARY = (Kind.REPAID,) * 7 + (
    Kind.DISBURSED,
    Kind.CHARGED,
    Kind.WAIVED,
    Kind.REFUNDED,
    Kind.PAID_OFF,
    Kind.WRITTEN_OFF,
    Kind.RECOVERED,
)
#: Every kind of event, the frequent ones more often.
EVERYTHING = (Kind.REPAID,) * 12 + tuple(
    kind for kind in Kind if kind not in (Kind.APPROVED, Kind.IMPORTED, Kind.CONVERTED, Kind.CLOSED)
)
#: A loan that goes wrong early, with money before and after that.
TROUBLED = (
    *(Kind.REPAID, Kind.DISBURSED, Kind.REFUNDED, Kind.CHARGED_BACK, Kind.MERCHANT_REFUNDED),
    *(Kind.GOODWILL_CREDITED, Kind.CHARGED, Kind.CHARGE_ADJUSTED, Kind.CAPITALIZED),
    *(Kind.CHARGED_OFF, Kind.CHARGED_OFF, Kind.FRAUD_FLAGGED, Kind.SUSPENDED, Kind.RESUMED),
    *(Kind.WRITTEN_DOWN, Kind.WRITTEN_OFF, Kind.RECOVERED, Kind.SOLD, Kind.BOUGHT_BACK),
    *(Kind.REFINANCED, Kind.PAID_OFF, Kind.WAIVED, Kind.RESCHEDULED),
)
#: Exactly what is due, parts, and more than that.
_SHARES = st.one_of(st.just(1000), st.integers(1, 999), st.integers(1001, 6000))


def intents(kinds: tuple[Kind, ...] = ORDINARY) -> st.SearchStrategy[Intent]:
    """Mostly repayments: on the day, on a due date, or some days later."""
    return st.builds(
        Intent,
        kind=st.sampled_from(kinds),
        gap=st.one_of(st.just(0), st.integers(1, 40)),
        to_due=st.booleans(),
        share=_SHARES,
    )
