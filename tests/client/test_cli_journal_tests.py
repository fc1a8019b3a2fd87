"""The tests of journal entries from the command: a summary, the events, and JSON; no server."""

import json
from pathlib import Path

import pytest

from tests.audit.sample import Sample, build
from tests.client.conftest import Run
from tests.client.fake import Fake


@pytest.fixture
def history(tmp_path: Path) -> str:
    """The sample's events and a manual journal."""
    manual = Sample(()).event(5, kind="journal_posted", reason="=1")
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"".join(Sample((*build().events, manual)).export()))
    return str(path)


def test_the_summary_and_the_events_are_shown(fake: Fake, run: Run, history: str) -> None:
    options = (
        "--authority-limit",
        "130",
        "--time-zone",
        "Asia/Shanghai",
        "--working-hours",
        "9-18",
    )
    shown = run("audit", "journal-tests", history, *options)
    assert shown.exit_code == 0, shown.stderr
    words = " ".join(shown.stdout.split())
    assert "8 events, 7 of them posted by people" in words
    assert "manual journals entered by hand 1 CNY 123.45" in words
    assert "below-limit just below the limit of authority 7 CNY 864.15" in words
    assert "7-5 journal_posted users/ann 2026-03-02 CNY 123.45 journal posted" in words
    assert fake.asked == []


def test_json_has_every_test(run: Run, history: str) -> None:
    found = json.loads(run("audit", "journal-tests", history, "--limit", "1", "--json").stdout)
    tests = {test["test"]: test for test in found["tests"]}
    assert len(tests) == 13
    assert (tests["below-limit"]["ran"], tests["manual"]["count"]) == (False, 1)
    assert tests["manual"]["amounts"] == {"CNY": "12345"}
    assert tests["manual"]["events"][0]["event"] == "7-5"


@pytest.mark.parametrize(
    "options",
    [
        ("--time-zone", "Nowhere"),
        ("--working-hours", "20-8"),
        ("--working-hours", "eight"),
        ("--authority-limit", "much"),
    ],
)
def test_what_is_no_setting_is_wrong_usage(
    run: Run, history: str, options: tuple[str, str]
) -> None:
    assert run("audit", "journal-tests", history, *options).exit_code == 2


def test_a_broken_export_is_not_tested(run: Run, history: str) -> None:
    Path(history).write_bytes(Path(history).read_bytes()[:-20])
    shown = run("audit", "journal-tests", history)
    assert (shown.exit_code, "control line" in shown.stderr) == (2, True)
