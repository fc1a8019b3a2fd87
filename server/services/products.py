"""ProductService: versions of terms."""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.book.chart import Part, Role
from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.errors import NotFound
from ledger.lending import products
from ledger.loan.terms import Terms
from ledger.money import EXPONENTS, MAX_MINOR, Rounding
from ledger.store import catalogue
from ledger.store.catalogue import Catalogue, Product
from loanledger.v1 import common_pb2
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room
from server.services.floating import floating_message, floating_of, rolling_of
from server.services.pricing import pricing_message, pricing_of

_CODE = re.compile(r"[a-z][a-z0-9-]{0,49}\Z")
_VERSION = re.compile(r"[1-9][0-9]{0,5}\Z")
_ORDER = {common_pb2.Component.Value(f"COMPONENT_{c.name}"): c for c in Component}
MAX_RATE = 10
MAX_GRACE = 365
MAX_YEARS = 100


class ProductService:
    """Publishing and reading products."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def PublishProduct(self, request: pb.PublishProductRequest, caller: Caller) -> bytes:
        """Publishes the next version of a product."""
        check = self.room.checks()
        check.parent(request.parent)
        check.request_id(request.request_id)
        if not _CODE.fullmatch(request.code):
            check.add("code", "lower-case letters, digits and hyphens, at most 50, letter first")
        title = check.text(request.title, "title", required=True, most=200)
        reason = check.text(request.reason, "reason")
        terms = terms_of(check, request.terms)
        check.done()
        book = self.room.book.code
        return await Ask(
            self.room,
            caller,
            "PublishProduct",
            request,
            request.request_id,
            self.room.first,
            lambda view: products.publish(view, request.code, title, terms, reason),
            lambda decision, stamp: message(book, decision.result, stamp.booked_at),
            {"fresh": True},
        ).run()

    async def GetProduct(self, request: pb.GetProductRequest, caller: Caller) -> pb.Product:
        """One version, the latest by default."""
        check = self.room.checks()
        code, version = named(check, request.name, "name")
        check.done()
        return message(self.room.book.code, find(await self._known(), code, version))

    async def ListProducts(
        self, request: pb.ListProductsRequest, caller: Caller
    ) -> pb.ListProductsResponse:
        """The latest version of each product, or all versions of one."""
        check = self.room.checks()
        check.parent(request.parent)
        size, (offset,) = page(check, request, 1)
        check.done()
        known = await self._known()
        found = [
            p
            for key, p in sorted(known.products.items())
            if (p.code == request.code if request.code else key[1] == known.latest(key[0]))
        ]
        offset = max(offset, 0)
        book = self.room.book.code
        response = pb.ListProductsResponse(
            products=[message(book, p) for p in found[offset : offset + size]]
        )
        if offset + size < len(found):
            response.next_page_token = token(request, (offset + size,))
        return response

    async def _known(self) -> Catalogue:
        async with self.room.database.reading() as connection:
            self.room.shelf.known = await catalogue.load(connection, self.room.book.number)
        return self.room.shelf.known


def named(check: Checks, name: str, field: str) -> tuple[str, int]:
    """(code, version) of a product's name; version 0 means the latest."""
    code, versioned, rest = check.rest(name, "products", field).partition("/versions/")
    if versioned and not _VERSION.match(rest):
        check.add(field, "the version must be a positive number")
        return code, 0
    return code, int(rest) if rest else 0


def find(known: Catalogue, code: str, version: int) -> Product:
    """A product version of the catalogue."""
    found = known.products.get((code, version or known.latest(code)))
    if found is None:
        raise NotFound(f"no product {code[:60]!r}", resource=f"products/{code[:60]}")
    return found


def terms_of(check: Checks, terms: pb.Terms) -> Terms:
    """Terms with every violated field noted."""
    if terms.currency not in EXPONENTS:
        check.add("terms.currency", "is not an ISO 4217 currency in use")
    currency = terms.currency
    low = _money(check, terms, "min_amount", currency, 1)
    high = _money(check, terms, "max_amount", currency, MAX_MINOR)
    least, most = (
        check.rate(terms.min_rate, "terms.min_rate", MAX_RATE),
        check.rate(terms.max_rate, "terms.max_rate", MAX_RATE),
    )
    if low > high:
        check.add("terms.max_amount", "must not be below min_amount")
    if least > most:
        check.add("terms.max_rate", "must not be below min_rate")
    limit = products.MAX_INSTALMENTS
    first = check.integer(terms.min_instalments, "terms.min_instalments", 1, limit)
    last = check.integer(terms.max_instalments, "terms.max_instalments", 1, limit)
    if first > last:
        check.add("terms.max_instalments", "must not be below min_instalments")
    frequency = _frequency(check, terms.frequency)
    if last / frequency.per_year > MAX_YEARS:
        check.add("terms.max_instalments", f"the longest term must not pass {MAX_YEARS} years")
    order, mode, excess = _allocation(check, terms.allocation)
    penalty = Fraction(0)
    if terms.HasField("penalty_rate"):
        penalty = check.rate(terms.penalty_rate, "terms.penalty_rate", MAX_RATE)
    return Terms(
        currency=currency,
        method=Method(_choice(check, terms, "amortization", pb.Amortization, "equal_instalments")),
        frequency=frequency,
        basis=InterestBasis(_choice(check, terms, "interest_basis", pb.InterestBasis, "period")),
        rounding=Rounding(_choice(check, terms, "rounding", pb.RoundingMode, "half_up")),
        order=order,
        mode=mode,
        excess=excess,
        min_rate=least,
        max_rate=most,
        min_amount=low,
        max_amount=high,
        min_instalments=first,
        max_instalments=last,
        late_fee=_money(check, terms, "late_fee", currency, 0),
        late_fee_grace=check.integer(
            terms.late_fee_grace_days, "terms.late_fee_grace_days", 0, MAX_GRACE
        ),
        penalty_rate=penalty,
        penalty_grace=check.integer(
            terms.penalty_grace_days, "terms.penalty_grace_days", 0, MAX_GRACE
        ),
        interest_on_overdue=terms.interest_on_overdue,
        accounts=_accounts(check, terms),
        floating=floating_of(check, terms),
        **rolling_of(check, terms),
        pricing=pricing_of(check, terms),
        effective_from=check.date(terms, "effective_from", "terms."),
    )


def _money(check: Checks, terms: pb.Terms, field: str, currency: str, default: int) -> int:
    if not terms.HasField(field):
        return default
    value = getattr(terms, field)
    return check.money(value, f"terms.{field}", zero=field == "late_fee", currency=currency)[1]


#: Enum prefixes, cut off to get the domain's own names.
_PREFIX = {
    "amortization": "AMORTIZATION_",
    "interest_basis": "INTEREST_BASIS_",
    "rounding": "ROUNDING_MODE_",
    "mode": "ALLOCATION_MODE_",
    "excess": "EXCESS_RULE_",
    "unit": "FREQUENCY_UNIT_",
}


def _choice(
    check: Checks, owner: object, field: str, kind: object, default: str, path: str = "terms."
) -> str:
    """The domain's name of an enum value; unset and unknown numbers are violations."""
    value = getattr(owner, field)
    names: dict[int, str] = {number: name for name, number in kind.items()}  # type: ignore[attr-defined]
    if not value or value not in names:
        choices = ", ".join(name for number, name in names.items() if number)
        check.add(path + field, f"must be one of {choices}")
        return default
    return names[value].removeprefix(_PREFIX[field]).lower()


def _frequency(check: Checks, frequency: pb.Frequency) -> Frequency:
    unit = Unit(_choice(check, frequency, "unit", pb.FrequencyUnit, "month", "terms.frequency."))
    return Frequency(unit, check.integer(frequency.every, "terms.frequency.every", 1, 365) or 1)


def _allocation(
    check: Checks, allocation: pb.Allocation
) -> tuple[tuple[Component, ...], Mode, Excess]:
    order = tuple(_ORDER[value] for value in allocation.order if value in _ORDER)
    if len(allocation.order) != 4 or set(order) != set(Component):
        check.add(
            "terms.allocation.order", "must hold penalty, fee, interest and principal once each"
        )
    path = "terms.allocation."
    mode = _choice(check, allocation, "mode", pb.AllocationMode, "by_instalment", path)
    excess = _choice(check, allocation, "excess", pb.ExcessRule, "credit_balance", path)
    return order, Mode(mode), Excess(excess)


def _accounts(check: Checks, terms: pb.Terms) -> dict[Role, str]:
    found = {}
    for name, code in terms.accounts.items():
        if name not in {role.value for role in Role}:
            roles = ", ".join(role.value for role in Role)
            check.add(f"terms.accounts[{name[:40]}]", f"is not a role; roles are {roles}")
        else:
            found[Role(name)] = code
    return found


def message(book: str, product: Product, booked_at: int | None = None) -> pb.Product:
    """A product version as a message."""
    terms = product.terms
    currency = terms.currency
    return pb.Product(
        name=f"books/{book}/products/{product.code}/versions/{product.version}",
        code=product.code,
        version=product.version,
        title=product.title,
        create_time=convert.moment(booked_at or product.booked_at),
        terms=pb.Terms(
            currency=currency,
            amortization=f"AMORTIZATION_{terms.method.name}",
            frequency=pb.Frequency(
                unit=f"FREQUENCY_UNIT_{terms.frequency.unit.name}",
                every=terms.frequency.every,
            ),
            interest_basis=f"INTEREST_BASIS_{terms.basis.name}",
            rounding=f"ROUNDING_MODE_{terms.rounding.name}",
            min_rate=convert.decimal(terms.min_rate),
            max_rate=convert.decimal(terms.max_rate),
            min_amount=convert.money(terms.min_amount, currency),
            max_amount=convert.money(terms.max_amount, currency),
            min_instalments=terms.min_instalments,
            max_instalments=terms.max_instalments,
            allocation=pb.Allocation(
                order=[convert.COMPONENT[Part(c.value)] for c in terms.order],
                mode=f"ALLOCATION_MODE_{terms.mode.name}",
                excess=f"EXCESS_RULE_{terms.excess.name}",
            ),
            late_fee=convert.money(terms.late_fee, currency),
            late_fee_grace_days=terms.late_fee_grace,
            penalty_rate=convert.decimal(terms.penalty_rate),
            penalty_grace_days=terms.penalty_grace,
            interest_on_overdue=terms.interest_on_overdue,
            accounts={role.value: code for role, code in terms.accounts.items()},
            floating=floating_message(terms.floating),
            calendar=terms.calendar,
            roll=f"ROLL_{terms.roll.name}" if terms.calendar else None,
            interest_unadjusted=not terms.interest_follows,
            pricing=pricing_message(terms),
            effective_from=convert.day(terms.effective_from) if terms.effective_from else None,
        ),
    )
