"""ProductService: versions of terms."""

from __future__ import annotations

import re
from datetime import date

from ledger.errors import NotFound
from ledger.lending import products
from ledger.lending.products import NewVersion
from ledger.store import catalogue
from ledger.store.catalogue import Catalogue, Product
from loanledger.v1 import product_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.pages import page, token
from server.security import Caller
from server.services.base import Ask, Room
from server.services.terms import terms_message, terms_of

_CODE = re.compile(r"[a-z][a-z0-9-]{0,49}\Z")
_VERSION = re.compile(r"[1-9][0-9]{0,5}\Z")


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
        asked = NewVersion(
            request.code,
            check.text(request.title, "title", required=True, most=200),
            terms_of(check, request.terms),
            check.text(request.reason, "reason"),
            check.text(request.title_zh, "title_zh", most=200),
            check.date(request, "effective_from"),
        )
        check.done()
        book = self.room.book.code
        return await Ask(
            self.room,
            caller,
            "PublishProduct",
            request,
            request.request_id,
            self.room.first,
            lambda view: products.publish(view, asked),
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


def find(known: Catalogue, code: str, version: int, day: date | None = None) -> Product:
    """A product version of the catalogue; 0 is the latest, or the latest effective on a day."""
    found = known.products.get((code, version or known.latest(code, day)))
    if found is None:
        raise NotFound(f"no product {code[:60]!r}", resource=f"products/{code[:60]}")
    return found


def message(book: str, product: Product, booked_at: int | None = None) -> pb.Product:
    """A product version as a message."""
    found = pb.Product(
        name=f"books/{book}/products/{product.code}/versions/{product.version}",
        code=product.code,
        version=product.version,
        title=product.title,
        create_time=convert.moment(booked_at or product.booked_at),
        terms=terms_message(product.terms),
        title_zh=product.title_zh,
    )
    if product.effective_from:
        found.effective_from.CopyFrom(convert.day(product.effective_from))
    return found
