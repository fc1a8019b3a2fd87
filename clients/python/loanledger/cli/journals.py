"""Journals from a file: CSV with a row an entry, or JSON with a PostJournalRequest a line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from google.type import date_pb2

from loanledger.cli.inputs import csv_rows, message_text, money_of
from loanledger.money import date_of
from loanledger.v1 import common_pb2
from loanledger.v1.ledger_service_pb2 import Entry, PostJournalRequest

#: A CSV's columns; rows of one journal stand together. Debit or credit is set, not both.
REQUIRED = ("journal", "account", "debit", "credit")
OPTIONAL = ("currency", "value_date", "posting_date", "reference", "reason", "request_id")


def read(path: Path, currency: str, base: str | None) -> list[PostJournalRequest]:
    """All journals of the file, each with a request id.

    The ids follow from `base`, or from the file's content: the same file posted twice is posted
    once.
    """
    content = path.read_bytes()
    text = content.decode("utf-8-sig")
    jsonl = path.suffix.lower() in {".jsonl", ".ndjson", ".json"}
    found = list(_from_lines(text, path) if jsonl else _from_csv(text, path, currency))
    seed = base or sha256(content).hexdigest()
    for number, request in enumerate(found):
        request.request_id = request.request_id or request_id(seed, number)
    return found


def request_id(seed: str, number: int) -> str:
    """The id of a file's journal: the same seed and number always give the same."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"loanledger:{seed}:{number}").hex


def batches(requests: list[PostJournalRequest], size: int) -> Iterator[list[PostJournalRequest]]:
    """The journals in slices."""
    for start in range(0, len(requests), size):
        yield requests[start : start + size]


def _from_lines(text: str, path: Path) -> Iterator[PostJournalRequest]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield message_text(line, PostJournalRequest, f"{path}:{number}")


def _from_csv(text: str, path: Path, currency: str) -> Iterator[PostJournalRequest]:
    numbered = csv_rows(text, path, REQUIRED, OPTIONAL)
    for _, rows in groupby(numbered, key=lambda item: item[1]["journal"]):
        yield _journal(list(rows), path, currency)


def _journal(
    rows: list[tuple[int, dict[str, str]]], path: Path, currency: str
) -> PostJournalRequest:
    line, first = rows[0]
    try:
        return PostJournalRequest(
            request_id=first.get("request_id"),
            reason=first.get("reason"),
            reference=first.get("reference"),
            value_date=_day(first.get("value_date")),
            posting_date=_day(first.get("posting_date")),
            entries=_entries(rows, currency),
        )
    except ValueError as error:
        raise ValueError(f"{path}:{line}: {error}") from None


def _day(text: str | None) -> date_pb2.Date | None:
    return date_of(text) if text else None


def _entries(rows: Iterable[tuple[int, dict[str, str]]], currency: str) -> list[Entry]:
    return [_entry(row, row.get("currency") or currency) for _, row in rows]


def _entry(row: dict[str, str], currency: str) -> Entry:
    debit, credit = (row["debit"] or "").strip(), (row["credit"] or "").strip()
    if bool(debit) == bool(credit):
        raise ValueError(f"account {row['account']}: give a debit or a credit, one of them")
    side = common_pb2.SIDE_DEBIT if debit else common_pb2.SIDE_CREDIT
    return Entry(account=row["account"], side=side, amount=money_of(debit or credit, currency))


def failure_line(index: int, request: PostJournalRequest, message: str) -> str:
    """One journal that was refused, as JSON for a list of failures."""
    facts = {"journal": index, "reference": request.reference, "error": message}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
