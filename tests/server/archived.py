"""A book with months to archive, and what is asked of it afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.audit.findings import Report
from ledger.audit.verify import verify_export
from server.archive import Ask, archive
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk

FILES = ["accruals-main-2024-01-31.jsonl", "accruals-main-2024-02-29.jsonl"]


@dataclass
class Old:
    """A book whose January and February are closed, and a folder for what is archived."""

    desk: Desk
    loan: str
    folder: Path

    def archive(self, before: str = "2024-03-01", dsn: str = "") -> list[str]:
        """Archives; the names of the files whose months went."""
        told: list[str] = []
        ask = Ask(self.folder, date.fromisoformat(before), "finance:ann", "retention")
        asyncio.run(
            archive(dsn or self.desk.server.dsn, ask, lambda done: told.append(done.path.name))
        )
        return told

    def lines(self, *names: str) -> list[bytes]:
        """The lines of archive files."""
        found = names or sorted(path.name for path in self.folder.iterdir())
        data = [(self.folder / name).read_bytes() for name in found]
        return b"".join(data).splitlines(keepends=True)

    def export(self) -> list[bytes]:
        """The history's export."""
        data = b"".join(part.chunk for part in self.desk.client.audit.export_history())
        return data.splitlines(keepends=True)

    def verified(self, archived: list[bytes], export: list[bytes] | None = None) -> Report:
        """The verifier's report on an export and archived lines."""
        lines, note = export or self.export(), self.desk.client.audit.get_checkpoint()
        return verify_export(lines, note.note, note.verifier_key, archives=archived)

    def differences(self) -> list[str]:
        """The figures that the full-book check finds."""
        steps = list(self.desk.client.ledger.verify_ledger())
        assert steps[-1].finished
        return [one.figure for step in steps for one in step.found]

    def nights(self, last: str) -> int:
        """Events with accrual lines up to a day."""
        return int(
            self.desk.rows(
                "select count(*) from ledger.event where kind = 'day_closed'"
                " and lines_root is not null and value_date <= %s",
                last,
            )[0][0]
        )

    def state(self) -> list[list[tuple[object, ...]]]:
        """All that archiving writes."""
        tables = ("accrual_archive", "accrual_brought", "accrual", "accrual_month")
        found = [self.desk.rows(f"select * from ledger.{t} order by 1, 2, 3") for t in tables[:3]]
        months = self.desk.rows("select name from ledger.accrual_month order by 1")
        events = self.desk.rows(
            "select kind, subject, request_id, payload, reason, actor from ledger.event"
            " where kind = 'accruals_archived' order by stripe, number"
        )
        return [*found, months, events]


def aged(desk: Desk) -> str:
    """Loans that accrue interest and penalties, one repaid; two months are closed. A loan of it."""
    strict = desk.publish("strict", penalty_rate={"value": "0.12"})
    name = desk.lent(strict, "1200")
    for _ in range(4):
        desk.lent(strict, "900")
    early = desk.lent(strict, "600")
    desk.go_to("2024-01-20")
    desk.client.loans.pay_off_loan(
        name=early, amount=desk.client.loans.quote_payoff(name=early).total
    )
    desk.go_to("2024-03-20")
    desk.client.loans.repay_loan(name=name, amount=cny("100"))
    for month in ("2024-01", "2024-02"):
        desk.client.ledger.close_period(name=f"{BOOK}/periods/{month}")
    return name
