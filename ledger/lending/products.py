"""Products: versions of terms, published once and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ledger.book.chart import CONTROLLED
from ledger.book.rules import RULES
from ledger.calc.allocation import Excess
from ledger.calc.conventional import InterestPeriod, setting
from ledger.calc.conventions import CONVENTIONS
from ledger.calc.holidays import SOURCES
from ledger.calc.schedule import Method
from ledger.calc.shape import PLAIN, Shape
from ledger.calc.shape import violations as shape_violations
from ledger.drafts import Changes, Draft
from ledger.errors import InvalidInput, Violation
from ledger.loan.codec import terms_object
from ledger.loan.fees import Collection, FeeRule, Income, When
from ledger.loan.terms import Interest, Settlement, Terms
from ledger.record import Decision
from ledger.store.catalogue import Catalogue, Product
from ledger.view import View

MAX_INSTALMENTS = 600
#: Graduated instalments are exact: each step makes the figures longer, so both are bounded.
MAX_STEPS = 60
STEP_UNIT = 10**4


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to publish; without `effective_from` new loans may use it at once."""

    code: str
    title: str
    terms: Terms
    reason: str = ""
    title_zh: str = ""
    effective_from: date | None = None


def publish(view: View, asked: NewVersion) -> Decision:
    """The next version of a product."""
    violations = list(_account_violations(view.catalogue, asked.terms))
    violations += _followed_violations(view.catalogue, asked.terms)
    business = min(row.business_date for row in view.stripes.values())
    since = asked.effective_from
    if since and since < business:
        text = f"must not lie before the business date {business}"
        violations.append(Violation("effective_from", text))
    if violations:
        raise InvalidInput(violations)
    version = view.catalogue.latest(asked.code) + 1
    product = Product(asked.code, version, asked.title, asked.terms, 0, asked.title_zh, since)
    payload = {"terms": terms_object(asked.terms), "title": asked.title}
    more = {"title_zh": asked.title_zh, "effective_from": since.isoformat() if since else ""}
    return Decision(
        Draft(
            kind="product_published",
            subject=f"products/{asked.code}/versions/{version}",
            payload={**payload, **{key: text for key, text in more.items() if text}},
            reason=asked.reason,
        ),
        Changes(product=product),
        product,
    )


def terms_violations(terms: Terms) -> Iterator[Violation]:
    """Terms that do not go together, or that no loan of the product could keep."""
    daily, shape = terms.interest is Interest.DAILY, terms.shape
    scheduled = "needs INTEREST_MODE_SCHEDULED"
    settled_early = terms.settlement is not Settlement.ACCRUED
    by_days = terms.interest_period is InterestPeriod.DAILY
    checks = (
        ("max_amount", "must not be below min_amount", terms.min_amount > terms.max_amount),
        ("max_rate", "must not be below min_rate", terms.min_rate > terms.max_rate),
        (
            "max_instalments",
            "must not be below min_instalments",
            terms.min_instalments > terms.max_instalments,
        ),
        ("amortization", scheduled, daily and terms.method is Method.FLAT),
        ("settlement", scheduled, daily and settled_early),
        ("down_payment", "must be below 1", terms.down_payment >= 1),
        ("down_payment_taken", "needs a down_payment", _untaken(terms)),
        ("profile", f"must be one of {', '.join(RULES)}", terms.profile not in RULES),
        (
            "conventions",
            f"must be one of {', '.join(CONVENTIONS)}",
            terms.conventions not in CONVENTIONS,
        ),
        (
            "penalty_multiple",
            "goes without a penalty_rate",
            bool(terms.penalty_multiple and terms.penalty_rate),
        ),
        ("interest_period", "needs a day_setting", by_days and not terms.day_setting),
    )
    yield from (Violation(f"terms.{field}", text) for field, text, wrong in checks if wrong)
    yield from _step_violations(terms)
    if terms.revolving:
        yield from _line_violations(terms)
    if sum(fee.when is When.COMMITMENT for fee in terms.fees) > 1:
        yield Violation("terms.fees", "at most one commitment fee")
    yield from _setting_violations(terms)
    yield from bending_violations(terms, shape, terms.min_instalments, "terms.shape")
    if shape != PLAIN:
        yield from _shape_violations(terms, shape, max(terms.max_instalments, 1))
    for number, fee in enumerate(terms.fees):
        yield from _fee_violations(fee, f"terms.fees[{number}]")


def _shape_violations(terms: Terms, shape: Shape, count: int) -> Iterator[Violation]:
    """What the largest and longest loan could not keep; a loan agrees on its own instalments."""
    for item in shape_violations(terms.method, terms.max_amount, count, shape):
        if item.field != "instalment" and (item.field != "custom" or shape.custom):
            yield from named(item, "terms.shape", shape, count)


def bending_violations(terms: Terms, shape: Shape, count: int, path: str) -> Iterator[Violation]:
    """Interest that waits or is left out follows the schedule; steps are few and not too fine."""
    if STEP_UNIT % shape.step.denominator:
        yield Violation(f"{path}.step", "must have at most 4 decimals")
    if shape.step and MAX_STEPS * shape.step_every < count:
        text = f"the instalment may change at most {MAX_STEPS} times"
        yield Violation(f"{path}.step_every", text)
    if terms.interest is Interest.SCHEDULED:
        return
    for field in ("interest_grace", "interest_free", "skipped_months"):
        if getattr(shape, field):
            yield Violation(f"{path}.{field}", "needs INTEREST_MODE_SCHEDULED")


def named(item: Violation, path: str, shape: Shape, count: int) -> Iterator[Violation]:
    """A violation of a shape by the field of the contract: the graces are told apart."""
    if item.field != "grace":
        yield Violation(f"{path}.{item.field}", item.description)
        return
    for field in ("principal_grace", "interest_grace", "interest_free"):
        if not 0 <= getattr(shape, field) < count:
            yield Violation(f"{path}.{field}", item.description)


def _untaken(terms: Terms) -> bool:
    return terms.down_payment_taken and not terms.down_payment


def _step_violations(terms: Terms) -> Iterator[Violation]:
    """Steps rise, begin within the term, and leave no rate below zero."""
    if terms.rate_steps and terms.floating:
        yield Violation("terms.rate_steps", "are for fixed rates; a floating one has its resets")
    last = 0
    for number, step in enumerate(terms.rate_steps):
        path = f"terms.rate_steps[{number}]"
        if not last < step.instalment <= terms.max_instalments:
            text = f"must rise from step to step, and be at most {terms.max_instalments}"
            yield Violation(f"{path}.instalment", text)
        if terms.min_rate + step.added < 0:
            yield Violation(f"{path}.added", "would take the lowest rate below zero")
        last = max(last, step.instalment)


def _line_violations(terms: Terms) -> Iterator[Violation]:
    """A line bears interest on what is drawn, and money beyond what is due lowers that at once."""
    checks = (
        ("interest", "must be INTEREST_MODE_DAILY", terms.interest is not Interest.DAILY),
        (
            "allocation.excess",
            "must be EXCESS_RULE_REDUCE_INSTALMENT",
            terms.excess is not Excess.REDUCE_INSTALMENT,
        ),
        ("conventions", "must be standard", terms.conventions != "standard"),
        ("down_payment", "goes without", bool(terms.down_payment)),
    )
    for field, text, wrong in checks:
        if wrong:
            yield Violation(f"terms.{field}", f"{text} for a revolving loan")


def _setting_violations(terms: Terms) -> Iterator[Violation]:
    if not terms.day_setting:
        return
    try:
        setting(terms.day_setting)
    except InvalidInput as error:
        yield Violation("terms.day_setting", error.violations[0].description)


def _fee_violations(fee: FeeRule, path: str) -> Iterator[Violation]:
    first = fee.when is When.DISBURSEMENT
    limits = [tier.upto for tier in fee.tiers]
    ends = [limit or None for limit in limits[:-1]]
    rising = None not in ends and all(not high or low < high for low, high in pairwise(limits))
    deducted = fee.collection is Collection.DEDUCTED
    checks = (
        ("fixed", "one of fixed, percent and tiers is required", not _measured(fee)),
        ("tiers", "must rise, and only the last may be without end", not rising),
        ("most", "must not be below least", bool(fee.most) and fee.most < fee.least),
        ("collection", "only a fee at disbursement can be deducted", deducted and not first),
        (
            "income",
            "only a fee at disbursement can be amortised",
            fee.income is Income.AMORTISED and not first,
        ),
        ("grace_days", "are for late fees alone", fee.grace and fee.when is not When.LATE),
        ("first_instalment", _ONCE, first and fee.first),
        ("last_instalment", _ONCE, first and fee.last),
        ("last_instalment", "must not be below first_instalment", 0 < fee.last < fee.first),
        (
            "percent",
            "alone measures a commitment fee, a year",
            fee.when is When.COMMITMENT and (not fee.percent or _measured_otherwise(fee)),
        ),
    )
    yield from (Violation(f"{path}.{field}", text) for field, text, wrong in checks if wrong)


_ONCE = "is not for a fee at disbursement"


def _measured_otherwise(fee: FeeRule) -> bool:
    return bool(fee.fixed or fee.tiers or fee.least or fee.most or fee.first or fee.last)


def _measured(fee: FeeRule) -> bool:
    return bool(fee.fixed or fee.percent or fee.tiers)


def _followed_violations(known: Catalogue, terms: Terms) -> Iterable[Violation]:
    """The index and the calendar that the terms name must be there."""
    if terms.floating and terms.floating.index not in known.indexes:
        yield Violation("terms.floating.index", "no such rate index")
    if terms.calendar and terms.calendar not in {*SOURCES, *known.calendars}:
        yield Violation("terms.calendar", "no such calendar")


def _account_violations(known: Catalogue, terms: Terms) -> Iterable[Violation]:
    """A role's account must exist, and must control exactly what the role controls."""
    for role, code in terms.accounts.items():
        account = known.accounts.get(code)
        if account is None:
            yield Violation(f"terms.accounts[{role.value}]", f"no account {code[:40]!r}")
        elif account.control is not CONTROLLED.get(role):
            kind = CONTROLLED[role].value if role in CONTROLLED else "no component"
            yield Violation(f"terms.accounts[{role.value}]", f"account {code} must control {kind}")
