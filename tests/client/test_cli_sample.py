"""A sample from the command ties to the export, and is drawn without a server."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.audit.canonical import Entry
from tests.audit.sample import Sample, build
from tests.client.conftest import Run
from tests.client.fake import Fake


@pytest.fixture
def history(tmp_path: Path) -> str:
    """Forty events of growing amounts; one in another currency."""
    sample = Sample(())

    def entries(amount: int, currency: str) -> tuple[Entry, Entry]:
        day = "2026-03-01"
        return (
            Entry(1, day, "1001", "D", currency, amount),
            Entry(1, day, "1311", "C", currency, amount),
        )

    events = [sample.event(n, entries=entries(n * n * 100, "CNY")) for n in range(1, 40)]
    events.append(sample.event(40, entries=entries(7, "JPY")))
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"".join(Sample(tuple(events)).export()))
    return str(path)


def drawn(run: Run, *arguments: str) -> dict[str, Any]:
    shown = run("audit", "sample", *arguments, "--json")
    assert shown.exit_code == 0, shown.stderr
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


METHODS = ("random", "stratified", "monetary-unit")


@pytest.mark.parametrize("method", METHODS)
def test_a_sample_is_repeatable_and_ties(
    fake: Fake, run: Run, history: str, method: str, tmp_path: Path
) -> None:
    asked = (history, "--method", method, "--size", "8", "--seed", "Q1", "--currency", "CNY")
    found = drawn(run, *asked)
    assert found == drawn(run, *asked)
    names = [row["event"] for row in found["sample"]]
    assert len(set(names)) == len(names)
    total = 100 * sum(n * n for n in range(1, 40))
    assert found["population"] == {"units": 39, "total": str(total)}
    assert found["left_out"] == {"events": 1, "total": "0"}
    assert found["sample_total"] == str(sum(row["amount_minor"] for row in found["sample"]))
    if method == "monetary-unit":
        assert found["interval"] == str(-(-total // 8))
        assert found["selections"] in (7, 8)
    if method == "stratified":
        assert sum(band["units"] for band in found["bands"]) == 39
        assert sum(int(band["total"]) for band in found["bands"]) == total
    file = tmp_path / "sample.csv"
    shown = run("audit", "sample", *asked, "--csv", str(file))
    assert (shown.exit_code, names[0] in shown.stdout) == (0, True)
    assert len(file.read_text("utf-8").splitlines()) == len(names) + 1
    assert fake.asked == []


def test_filters_bands_and_the_only_currency(run: Run, history: str, tmp_path: Path) -> None:
    base = ("--method", "stratified", "--size", "9", "--seed", "x", "--currency", "CNY")
    found = drawn(run, history, *base, "--bands", "100,1000", "--account", "1001")
    assert [band["from"] for band in found["bands"]] == ["0", "10000", "100000"]
    (tmp_path / "one").write_bytes(b"".join(build().export()))
    one = drawn(run, str(tmp_path / "one"), "--method", "random", "--size", "2", "--seed", "x")
    assert one["filter"]["currency"] == "CNY"
    assert one["left_out"]["events"] == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "give --currency, one of CNY, JPY"),
        (("--currency", "XYZ", "--method", "stratified"), "no currency that is known"),
        (("--currency", "CNY", "--kind", "none"), "the population is empty"),
        (("--currency", "CNY", "--from", "2030-01-01"), "the population is empty"),
    ],
)
def test_what_cannot_be_sampled_is_refused(
    run: Run, history: str, more: tuple[str, ...], words: str
) -> None:
    shown = run(
        "audit", "sample", history, "--method", "random", "--size", "1", "--seed", "x", *more
    )
    assert (shown.exit_code, words in shown.stderr) == (2, True)


def test_a_broken_export_is_not_sampled(run: Run, history: str) -> None:
    data = Path(history).read_bytes()
    Path(history).write_bytes(data[: len(data) // 2].rpartition(b"\n")[0] + b"\n")
    shown = run("audit", "sample", history, "--method", "random", "--size", "1", "--seed", "x")
    assert (shown.exit_code, "breaks off" in shown.stderr) == (2, True)
