"""The documentation says what the code does: links, tables, commands and examples are checked."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
import pytest
import typer
from psycopg.conninfo import make_conninfo

from loanledger import Client
from loanledger.v1 import product_service_pb2
from server.__main__ import cli as server_cli
from tests.book import Running
from tests.docs.contract import CONTRACT
from tests.docs.tables import ROOT, TABLES, blocks, pages, settings

PAGES = pages()
DOCS = ROOT / "docs"
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| (`[^`]+`) \|(?: ([^|]*) \|)?", re.MULTILINE)
_LOGGED = re.compile(r'(?:\blog\.(?:debug|info|warning|error)\(\s*|"event": )"(\w+)"')
_TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def fenced(page: Path, language: str) -> list[str]:
    found = [match for match in _FENCE.finditer(text_of(page)) if match[2] == language]
    return [
        "".join(line.removeprefix(match[1]) for line in match[3].splitlines(keepends=True))
        for match in found
    ]


def prose(page: Path) -> str:
    return _FENCE.sub("", text_of(page))


def anchors(page: Path) -> set[str]:
    """Headings as GitHub makes anchors of them."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(page)))
    return {heading.strip().replace(" ", "-") for heading in kept}


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """The calls of a program in the page's bash examples, as arguments."""
    for block in fenced(page, "bash"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            while words and "=" in words[0]:
                del words[0]
            if words and words[0].rpartition("/")[2] == program:
                rest = words[1:]
                ends = [n for n, word in enumerate(rest) if word in ("|", ">", "&&", ";")]
                yield rest[: ends[0]] if ends else rest


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_are_those_of_the_code(page: Path) -> None:
    for name, shown in blocks(text_of(page)).items():
        assert shown == TABLES[name](), f"run python -m tests.docs.tables ({name})"


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_the_contract_says_what_each_member_means(name: str) -> None:
    rows = CONTRACT[name]().splitlines()[2:]
    assert rows
    assert not [row for row in rows if not row.split("|")[2].strip()]


def test_every_table_of_the_code_is_shown_somewhere() -> None:
    assert {name for page in PAGES for name in blocks(text_of(page))} == TABLES.keys()


def test_the_operators_page_lists_every_setting_with_its_default() -> None:
    section = text_of(DOCS / "operator.md").split("## Configuration")[1].split("\n## ")[0]
    shown = {name: text.strip() for name, text in _ROW.findall(section)}
    assert shown == settings()


def test_the_operators_page_lists_every_event_of_the_log() -> None:
    sources = [*(ROOT / "server").rglob("*.py"), *(ROOT / "ledger").rglob("*.py")]
    logged = {name for path in sources for name in _LOGGED.findall(text_of(path))}
    section = text_of(DOCS / "operator.md").split("## Logs")[1].split("\n## ")[0]
    assert {name.strip("`") for name, _ in _ROW.findall(section)} == logged


def test_the_page_about_loans_lists_every_term_of_a_product() -> None:
    section = text_of(DOCS / "loans.md").split("## Terms of a product")[1].split("\n## ")[0]
    shown = [name.strip("`") for name, _ in _ROW.findall(section)]
    assert shown == list(product_service_pb2.Terms.DESCRIPTOR.fields_by_name)


def test_every_make_target_that_is_named_exists() -> None:
    made = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for page in PAGES:
        examples = [
            *re.findall(r"`(make [^`]+)`", prose(page)),
            *(line for block in fenced(page, "bash") for line in block.splitlines()),
        ]
        named = {name for line in examples for name in _TARGET.findall(line.partition("#")[0])}
        assert named <= made, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_an_example_exists_with_its_options(page: Path) -> None:
    from loanledger.cli import app

    for program, tool in (("loanledger", app), ("loanledger-server", server_cli)):
        for arguments in commands(page, program):
            understood(typer.main.get_command(tool), arguments)


def understood(command: Any, arguments: list[str]) -> None:
    """Walks down to the subcommand, and asks it whether it knows the options."""
    known = options_of(command)
    rest = list(arguments)
    while hasattr(command, "commands"):
        while rest and rest[0].startswith("-"):
            assert rest[0].partition("=")[0] in known, arguments
            del rest[: 2 if known[rest[0].partition("=")[0]] and "=" not in rest[0] else 1]
        assert rest, f"{arguments} names no command"
        assert rest[0] in command.commands, f"{arguments}: no command {rest[0]}"
        command = command.commands[rest.pop(0)]
        known = options_of(command)
    given = {word.partition("=")[0] for word in rest if word.startswith("--")}
    assert given <= known.keys() | {"--help"}, arguments


def options_of(command: Any) -> dict[str, bool]:
    """Each option, and whether it takes a value."""
    return {
        name: not getattr(parameter, "is_flag", False)
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    }


def test_the_hash_of_a_line_by_hand_is_its_leaf(client: Client, tmp_path: Path) -> None:
    example = next(b for b in fenced(DOCS / "auditor.md", "bash") if "sha256sum" in b)
    chunks = b"".join(part.chunk for part in client.audit.export_history())
    (tmp_path / "history.jsonl").write_bytes(chunks)
    line = example.replace("repayment_recorded", "book_opened")
    shown = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    first = next(iter(client.audit.list_events(kind="book_opened").events))
    assert shown.split()[0] == first.leaf_hash.hex()


def test_the_auditors_database_login_sees_its_books_and_changes_nothing(server: Running) -> None:
    statements = next(b for b in fenced(DOCS / "auditor.md", "sql") if "create role" in b)
    with psycopg.connect(server.dsn, autocommit=True) as admin:
        admin.execute("insert into ledger.book values (9, 'other', 'Other', 'CNY', 1)")
        admin.execute(statements.encode())
        try:
            dsn = make_conninfo(server.dsn, user="auditor_jane")
            with psycopg.connect(dsn, autocommit=True) as auditor:
                assert auditor.execute("select code from ledger.book").fetchall() == [("main",)]
                assert auditor.execute("select count(*) from ledger.event").fetchone() == (1,)
                for refused in ("select from ledger.party", "select from ledger.answer"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        auditor.execute(refused.encode())
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    auditor.execute("delete from ledger.event")
        finally:
            admin.execute("drop role auditor_jane")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_python_example_is_python(page: Path) -> None:
    for block in fenced(page, "python"):
        compile(block, page.name, "exec")


@pytest.mark.parametrize("name", ["channel-developer.md", "finance.md"])
def test_the_python_examples_of_a_page_run_in_order(
    name: str, server: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOANLEDGER_TARGET", server.target)
    monkeypatch.setenv("LOANLEDGER_TOKEN", server.token())
    known: dict[str, Any] = {
        "__name__": name,
        "client": server.client(),
        "target": server.target,
        "token": server.token(),
    }
    for number, block in enumerate(fenced(DOCS / name, "python"), start=1):
        exec(compile(block, f"{name} example {number}", "exec"), known)
