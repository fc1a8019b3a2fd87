"""A desk to test from: a running server on a fresh book, a client a role, and short verbs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import grpc
import psycopg

from loanledger import Client, date_of, decimal_, minor, money, to_date
from loanledger.v1 import (
    calendar_service_pb2,
    common_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
)
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from server.embedded import Embedded
from tests.book import Running, running_server
from tests.databases import database_of

BOOK = "books/main"


@dataclass
class Desk:
    """Where a test sits; `client` may do everything."""

    server: Running
    client: Client

    def role(self, *roles: str) -> Client:
        """A client with only these roles; it does not try again."""
        return self.server.client(*roles, retries=0)

    def big_channel(self) -> grpc.Channel:
        """A channel that sends whatever it is given; the caller closes it."""
        options = [("grpc.max_send_message_length", -1)]
        return grpc.insecure_channel(self.server.target, options=options)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database's superuser sees."""
        with psycopg.connect(self.server.dsn, autocommit=True) as connection:
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

    def index(self, code: str = "LPR-1Y", valid_days: int = 40, **fixings: str) -> str:
        """A rate index with fixings by day, such as d20240115="0.0345"; its name."""
        index = rate_service_pb2.RateIndex(code=code, title=code, valid_days=valid_days)
        name = self.client.rates.create_rate_index(index=index).name
        for day, rate in fixings.items():
            self.fix(name, f"{day[1:5]}-{day[5:7]}-{day[7:]}", rate)
        return name

    def fix(self, index: str, day: str, rate: str, **more: Any) -> rate_service_pb2.Fixing:
        """Publishes a fixing."""
        return self.client.rates.publish_fixing(
            index=index, date=date_of(day), rate=decimal_(rate), **more
        )

    def calendar(self, code: str = "OURS", base: str = "TARGET", **more: Any) -> str:
        """A calendar of the book's own; its name."""
        days = {name: [date_of(day) for day in more.pop(name, ())] for name in ("closed", "worked")}
        calendar = calendar_service_pb2.Calendar(code=code, title=code, base=base, **days, **more)
        return self.client.calendars.publish_calendar(calendar=calendar).name

    def party(self, name: str = "Zhang Wei", branch: str = "") -> str:
        """A borrower's name in the book."""
        party = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name=name, branch=branch)
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

    def balances(self) -> dict[str, int]:
        """Debits less credits in minor units by account, where they differ."""
        lines = self.client.reports.get_trial_balance().lines
        return {line.account: minor(line.net) for line in lines if minor(line.net)}

    def balances_in(self, account: str) -> dict[str, int]:
        """What is not zero of an account by currency, debits less credits in minor units."""
        lines = self.client.reports.get_trial_balance().lines
        nets = [line.net for line in lines if line.account == account]
        return {net.currency_code: minor(net) for net in nets if minor(net)}

    def tied(self) -> bool:
        """Whether the book balances and every control account equals its loans."""
        reports = self.client.reports
        return reports.get_tie_out().tied and reports.get_trial_balance().balanced


def parts(found: common_pb2.Breakdown) -> dict[str, int]:
    """The components that are not zero, in minor units."""
    named = {field.name: minor(value) for field, value in found.ListFields()}
    return {name: amount for name, amount in named.items() if amount}


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
    """A server on a book that opens on `START`."""
    with (
        tempfile.TemporaryDirectory(prefix="loanledger-desk-") as folder,
        running_server(dsn, Path(folder), **settings) as server,
    ):
        yield Desk(server, server.client(timeout=120))


@contextmanager
def lived_in(server: Embedded, template: str, live: Callable[[Desk], None]) -> Iterator[str]:
    """The database of a book that has lived, and that nobody uses: to be copied again and again."""
    with database_of(server, template) as dsn:
        with serving(dsn) as desk:
            live(desk)
        yield dsn
