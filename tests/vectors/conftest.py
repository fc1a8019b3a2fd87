"""Lets the runner take its cases from another folder: `pytest tests/vectors --vectors DIR`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.vectors.runner import collected, different, differs

OWN = Path(__file__).parent / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--vectors", metavar="DIR", help="folder of truth cases (default: our copies)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a case, named by its file and id."""
    if "check" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("vectors", default=None)
    folder = Path(chosen) if chosen else OWN
    if not folder.is_dir():
        raise pytest.UsageError(f"--vectors: {folder} is not a folder")
    found = list(collected(folder))
    if not found:
        raise pytest.UsageError(f"--vectors: {folder} holds no case that the runner knows")
    listed = different()
    metafunc.parametrize(
        "check",
        [
            pytest.param(
                partial(differs, check) if name.partition("-")[2] in listed else check, id=name
            )
            for name, check in found
        ],
    )
