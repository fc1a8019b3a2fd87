"""A desk to test from: a running server on a fresh book, a client a role, and short verbs."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from loanledger import Client, date_of, decimal_, money, to_date
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import party_service_pb2, product_service_pb2
from server.app import App
from server.config import Config
from server.dev import config_for, role_token
from server.logs import configure

ROLES = ("channel", "credit_officer", "finance", "auditor", "operator")
START = date(2024, 1, 15)
BOOK = "books/main"


@dataclass
class Desk:
    """Where a test sits; `client` may do everything."""

    target: str
    data: Path
    dsn: str
    client: Client
    _clients: list[Client] = field(default_factory=list)

    def role(self, *roles: str) -> Client:
        """A client with only these roles; it does not try again."""
        return self.bearing(role_token(self.data, *roles))

    def bearing(self, token: str | None) -> Client:
        """A client with a token of one's own, or with none."""
        client = Client(self.target, token=token, retries=0)
        self._clients.append(client)
        return client

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database's superuser sees."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def written(self) -> tuple[int, ...]:
        """The number of rows of everything that is history, or leads to it."""
        tables = ("event", "entry", "accrual", "answer", "party", "loan", "product", "account")
        counts = ", ".join(f"(select count(*) from ledger.{table})" for table in tables)
        return self.rows(f"select {counts}")[0]

    def publish(self, code: str = "plain", currency: str = "CNY", **terms: Any) -> str:
        """A product; its name without a version."""
        self.client.products.publish_product(
            code=code, title=code.title(), terms=product_terms(currency, **terms)
        )
        return f"{BOOK}/products/{code}"

    def party(self, name: str = "Zhang Wei") -> str:
        """A borrower's name in the book."""
        party = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=name)
        return self.client.parties.create_party(party=party).name

    def applied(
        self, product: str, amount: str, currency: str = "CNY", rate: str = "0.06", n: int = 12
    ) -> ln.Loan:
        """An application."""
        return self.client.loans.open_loan(
            party=self.party(),
            product=product,
            amount=money(amount, currency),
            annual_rate=decimal_(rate),
            instalments=n,
        )

    def approved(self, *args: Any, **more: Any) -> str:
        """The name of an approved loan."""
        name = self.applied(*args, **more).name
        self.client.loans.approve_loan(name=name)
        return name

    def lent(self, *args: Any, **more: Any) -> str:
        """The name of a loan that is approved and paid out in full."""
        name = self.approved(*args, **more)
        self.client.loans.disburse_loan(name=name)
        return name

    def go_to(self, day: str) -> None:
        """Closes business dates until `day` is the business date."""
        status = self.client.end_of_day.get_end_of_day()
        now, last = to_date(status.business_date), date.fromisoformat(day)
        assert now is not None
        if now < last:
            end = date.fromordinal(last.toordinal() - 1)
            list(self.client.end_of_day.run_end_of_day(business_date=date_of(end)))

    def tied(self) -> bool:
        """Whether the book balances and every control account equals its loans."""
        reports = self.client.reports
        return reports.get_tie_out().tied and reports.get_trial_balance().balanced


def product_terms(currency: str = "CNY", **terms: Any) -> product_service_pb2.Terms:
    """Monthly annuity at the periodic rate, everything else as open as it goes."""
    plain: dict[str, Any] = {
        "currency": currency,
        "amortization": "AMORTIZATION_EQUAL_INSTALMENTS",
        "frequency": product_service_pb2.Frequency(unit="FREQUENCY_UNIT_MONTH", every=1),
        "interest_basis": "INTEREST_BASIS_PERIOD",
        "rounding": "ROUNDING_MODE_HALF_UP",
        "min_rate": decimal_("0"),
        "max_rate": decimal_("1"),
        "min_instalments": 1,
        "max_instalments": 360,
        "allocation": allocation(),
    }
    return product_service_pb2.Terms(**plain | terms)


def allocation(
    excess: str = "CREDIT_BALANCE", mode: str = "BY_INSTALMENT"
) -> product_service_pb2.Allocation:
    """Penalty, fee, interest, principal; what is beyond goes by the excess rule."""
    return product_service_pb2.Allocation(
        order=["COMPONENT_PENALTY", "COMPONENT_FEE", "COMPONENT_INTEREST", "COMPONENT_PRINCIPAL"],
        mode=f"ALLOCATION_MODE_{mode}",
        excess=f"EXCESS_RULE_{excess}",
    )


def leg(account: str, side: str, amount: str, currency: str = "CNY") -> lg.Entry:
    """One entry: side "D" or "C"."""
    sides = {"D": "SIDE_DEBIT", "C": "SIDE_CREDIT"}
    return lg.Entry(account=account, side=sides[side], amount=money(amount, currency))


def pair(
    amount: str, currency: str = "CNY", debit: str = "1001", credit: str = "4001"
) -> list[lg.Entry]:
    """Two legs that balance."""
    return [leg(debit, "D", amount, currency), leg(credit, "C", amount, currency)]


@contextmanager
def serving(dsn: str, **settings: object) -> Iterator[Desk]:
    """A server in a thread of its own, on a book that opens on `START`."""
    with tempfile.TemporaryDirectory(prefix="loanledger-desk-") as folder:
        given = {"currency": "CNY", "business_date": START, "stripes": 3, "seal_seconds": 3600}
        config = config_for(0, Path(folder), "Test Lender", **given | settings)
        configure("error")
        with _thread(config, dsn) as port:
            target = f"127.0.0.1:{port}"
            client = Client(target, token=role_token(config.data, *ROLES), timeout=120)
            desk = Desk(target, config.data, dsn, client, [client])
            try:
                yield desk
            finally:
                for each in desk._clients:
                    each.close()


@contextmanager
def _thread(config: Config, dsn: str) -> Iterator[int]:
    loop = asyncio.new_event_loop()
    runner = threading.Thread(target=loop.run_forever)
    runner.start()
    try:
        app = asyncio.run_coroutine_threadsafe(_started(config, dsn), loop).result(60)
        yield app.port
        asyncio.run_coroutine_threadsafe(app.stop(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        runner.join()
        loop.close()


async def _started(config: Config, dsn: str) -> App:
    """gRPC binds a server to the loop in which it is made."""
    app = App(config, dsn)
    await app.start()
    return app
