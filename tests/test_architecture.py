"""The house rules that a program can check, so that nobody has to remind anybody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("ledger", "server", "migrations", "clients/python", "bench", "examples", "tests")
GENERATED = ROOT / "clients/python/loanledger/v1"
FUNCTION_LINES, FILE_LINES = 70, 300

SQL = re.compile(
    r"^\s*(select\s|insert\s+into\s|update\s+[\w.]+\s+set\s|delete\s+from\s|truncate\s+\w"
    r"|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|role|schema|database|function)\s"
    r"|set\s+(local|session)\s|lock\s+table\s|copy\s+\w+\s+(from|to)\s)",
    re.IGNORECASE,
)
SQL_HOMES = ("ledger/store/", "migrations/", "tests/")
# Outside its homes SQL is for the database as a server, never for the books.
SQL_ALLOWED = {
    "bench/": "makes a database of its own and multiplies loans in it, to measure",
    "server/embedded.py": "asks whether the server answers",
}

# What only the edges may know: the date and the ids are arguments below the store.
PURE = ("ledger/calc", "ledger/loan", "ledger/book", "ledger/audit", "ledger/money.py")
IMPURE_MODULES = {"random", "secrets", "time", "uuid", "socket", "subprocess", "asyncio"}
IMPURE_CALLS = {"today", "now", "utcnow", "urandom"}


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    found = (path for name in folders for path in _files(ROOT / name))
    return tuple(sorted(path for path in found if not path.is_relative_to(GENERATED)))


def _files(path: Path) -> Iterator[Path]:
    yield from [path] if path.is_file() else path.rglob("*.py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.AST | None = None) -> str:
    line = getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT)}:{line}"


def test_functions_are_short() -> None:
    long = [
        f"{place(path, node)} {node.name}"
        for path in sources(*FOLDERS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 >= FUNCTION_LINES
    ]
    assert not long


def test_files_are_short() -> None:
    assert not [
        place(path)
        for path in sources(*FOLDERS)
        if len(path.read_text(encoding="utf-8").splitlines()) >= FILE_LINES
    ]


def _literals(path: Path) -> Iterator[ast.Constant]:
    """String literals that are values: not docstrings."""
    bare = {id(n.value) for n in ast.walk(tree(path)) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and id(node) not in bare:
            yield node


def test_sql_stands_only_in_the_store_and_the_migrations() -> None:
    strays = [
        place(path, node)
        for path in sources(*FOLDERS)
        for node in _literals(path)
        if isinstance(node.value, str) and SQL.match(node.value)
    ]
    homes = (*SQL_HOMES, *SQL_ALLOWED)
    assert not [stray for stray in strays if not stray.startswith(homes)]
    unused = [name for name in SQL_ALLOWED if not any(s.startswith(name) for s in strays)]
    assert not unused, "take what is no longer needed from SQL_ALLOWED"


def test_the_core_never_computes_with_floats() -> None:
    assert not [
        place(path, node)
        for path in sources("ledger")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


def test_nothing_swallows_every_error() -> None:
    broad = {"Exception", "BaseException"}
    assert not [
        place(path, node)
        for path in sources(*FOLDERS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or broad & {n.id for n in _names(node.type)})
        and not _raises_again(node)
    ]


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """A handler that only looks on, to log or to tell, ends by raising what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (found for found in ast.walk(node) if isinstance(found, ast.Name))


def test_nothing_is_left_for_later() -> None:
    mark = re.compile("TO" + "DO|FIX" + "ME")
    assert not [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(*FOLDERS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]


def test_below_the_store_there_is_no_clock_and_no_chance() -> None:
    strays = []
    for path in sources(*PURE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                modules = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules = {(node.module or "").split(".")[0]}
            else:
                modules = set()
            called = isinstance(node, ast.Attribute) and node.attr in IMPURE_CALLS
            if modules & IMPURE_MODULES or called:
                strays.append(place(path, node))
    assert not strays


def test_what_the_core_offers_says_why_it_is_there() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [
        f"{place(path, node)} {node.name}"
        for path in sources("ledger")
        for node in tree(path).body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


@pytest.mark.parametrize("folder", ["ledger", "server"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    assert not [place(path) for path in sources(folder) if not ast.get_docstring(tree(path))]


def test_migrations_only_go_forward() -> None:
    assert not [
        place(path, node)
        for path in sources("migrations")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name == "downgrade"
    ]
