"""Shapes and the other options of an agreement, from messages and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from google.type import date_pb2, money_pb2

from ledger.calc.shape import PLAIN, Shape
from ledger.lending.products import MAX_INSTALMENTS
from ledger.loan.terms import Agreement
from loanledger.v1 import loan_service_pb2, product_service_pb2
from server import convert
from server.checks import Checks

MAX_STEP = 1
_MONTHS = range(1, 13)


def shape_of(check: Checks, found: product_service_pb2.Shape, path: str, currency: str) -> Shape:
    """A shape with every violated field noted; amounts are in the product's currency."""

    def money(field: str, default: int) -> int:
        if not found.HasField(field):
            return default
        value = getattr(found, field)
        return check.money(value, f"{path}.{field}", zero=field != "unit", currency=currency)[1]

    def rows(field: str) -> int:
        return check.integer(getattr(found, field), f"{path}.{field}", 0, MAX_INSTALMENTS)

    if any(month not in _MONTHS for month in found.skipped_months):
        check.add(f"{path}.skipped_months", "must be months from 1 to 12")
    return Shape(
        balloon=money("balloon", 0),
        step=_step(check, found, path),
        step_every=rows("step_every") or PLAIN.step_every,
        principal_grace=rows("principal_grace"),
        interest_grace=rows("interest_grace"),
        interest_free=rows("interest_free"),
        skipped_months=frozenset(found.skipped_months),
        unit=money("unit", PLAIN.unit) or PLAIN.unit,
        custom=_amounts(check, found.custom, f"{path}.custom", currency),
        flat_base=money("flat_base", 0) if found.HasField("flat_base") else None,
        minimum_share=_share(check, found, path),
        minimum=money("minimum", 0),
    )


def _share(check: Checks, found: product_service_pb2.Shape, path: str) -> Fraction:
    if not found.HasField("minimum_share"):
        return PLAIN.minimum_share
    return check.rate(found.minimum_share, f"{path}.minimum_share", 1)


def _step(check: Checks, found: product_service_pb2.Shape, path: str) -> Fraction:
    if not found.HasField("step"):
        return PLAIN.step
    return check.rate(found.step, f"{path}.step", MAX_STEP, least=-1)


def _amounts(
    check: Checks, found: Sequence[money_pb2.Money], path: str, currency: str
) -> tuple[int, ...]:
    if len(found) > MAX_INSTALMENTS:
        check.add(path, f"at most {MAX_INSTALMENTS} amounts")
        return ()
    return tuple(
        check.money(each, f"{path}[{index}]", zero=True, currency=currency)[1]
        for index, each in enumerate(found)
    )


def agreement_of(check: Checks, request: Any) -> tuple[Agreement, str]:
    """What a loan or a quote agrees on, and the currency of its amount."""
    currency, amount = check.amount(request, "amount")
    fixed = 0
    if request.HasField("fixed_instalment"):
        value = request.fixed_instalment
        fixed = check.money(value, "fixed_instalment", currency=currency)[1]
    has_shape = request.HasField("shape")
    agreement = Agreement(
        amount,
        check.rate_or_none(request, "annual_rate"),
        check.integer(request.instalments, "instalments", 1, MAX_INSTALMENTS),
        check.date(request, "first_due"),
        shape_of(check, request.shape, "shape", currency) if has_shape else None,
        fixed,
        _steps(check, request.rate_steps),
        _dues(check, request.due_dates),
    )
    return agreement, currency


def _steps(
    check: Checks, found: Iterable[loan_service_pb2.RateStep]
) -> tuple[tuple[int, Fraction], ...]:
    return tuple(
        (
            check.integer(step.instalment, f"rate_steps[{index}].instalment", 2, MAX_INSTALMENTS),
            check.rate(step.annual_rate, f"rate_steps[{index}].annual_rate"),
        )
        for index, step in enumerate(found)
    )


def _dues(check: Checks, found: Sequence[date_pb2.Date]) -> tuple[date, ...]:
    days = (check.day(day, f"due_dates[{index}]") for index, day in enumerate(found))
    return tuple(day for day in days if day)


def shape_message(shape: Shape, currency: str) -> product_service_pb2.Shape:
    """The fields of a shape that bend anything."""
    message = product_service_pb2.Shape(
        step_every=shape.step_every,
        principal_grace=shape.principal_grace,
        interest_grace=shape.interest_grace,
        interest_free=shape.interest_free,
        skipped_months=sorted(shape.skipped_months),
        unit=convert.money(shape.unit, currency),
        custom=[convert.money(amount, currency) for amount in shape.custom],
    )
    if shape.balloon:
        message.balloon.CopyFrom(convert.money(shape.balloon, currency))
    if shape.step:
        message.step.CopyFrom(convert.decimal(shape.step))
    if shape.minimum_share:
        message.minimum_share.CopyFrom(convert.decimal(shape.minimum_share))
    if shape.minimum:
        message.minimum.CopyFrom(convert.money(shape.minimum, currency))
    if shape.flat_base is not None:
        message.flat_base.CopyFrom(convert.money(shape.flat_base, currency))
    return message
