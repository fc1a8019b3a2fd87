"""An export read by pieces, by whichever process, is judged as one read line by line."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.export import lines_line
from ledger.audit.findings import Report
from ledger.audit.pieces import LINES, PIECE_LINES, Piece, examine, pieces
from ledger.audit.reader import Reader
from ledger.audit.spread import START, Workers
from ledger.audit.verify import verify_export
from ledger.audit.workers import workers
from tests.audit.histories import CHUNKS, SAMPLE, History, harmed, histories
from tests.audit.sample import BULK, Sample, found
from tests.examples import examples

REPOSITORY = Path(__file__).resolve().parents[2]
ARCHIVES = (lines_line(7, 1, BULK), lines_line(8, 2, BULK[1:]))


class Moody:
    """Workers of which each next one works, never ends, dies or is not to be had: w, n, d, r."""

    count = 2

    def __init__(self, moods: str) -> None:
        self._moods = iter(moods)

    def submit(self, lines: Sequence[bytes], book: str) -> Future[Piece | None]:
        """Does it in this process, or does not."""
        mood = next(self._moods, "w")
        if mood == "r":
            raise RuntimeError("it cannot be started")
        future: Future[Piece | None] = Future()
        if mood == "w":
            future.set_result(examine(lines, book))
        elif mood == "d":
            future.set_exception(RuntimeError("killed"))
        return future


def line_by_line(lines: Iterable[bytes], reader: Reader, _: Workers | None = None) -> None:
    """As if there were no pieces."""
    for line in lines:
        reader.read(line)


def judged(
    lines: Sequence[bytes], notes: Sequence[str], limits: tuple[int, int], moods: str, **more: Any
) -> tuple[Report, Report]:
    """The report by pieces of so many lines or bytes, and the one line by line."""
    note, *previous = notes
    with ExitStack() as stack:
        stack.enter_context(patch("ledger.audit.pieces.PIECE_LINES", limits[0]))
        stack.enter_context(patch("ledger.audit.pieces.PIECE_BYTES", limits[1]))
        stack.enter_context(patch("ledger.audit.spread.START", 1))
        sharing = Moody(moods) if moods else None
        spread = verify_export(iter(lines), note, SAMPLE.key, previous, workers=sharing, **more)
        stack.enter_context(patch("ledger.audit.verify.read_all", line_by_line))
        return spread, verify_export(iter(lines), note, SAMPLE.key, previous, **more)


@examples(600)
@given(
    histories(),
    st.tuples(st.integers(1, 9), st.sampled_from([1, 2000, 10**6])),
    st.text("wwwndr", max_size=12),
    CHUNKS,
    st.data(),
)
def test_a_report_by_pieces_is_the_report_line_by_line(
    history: History, limits: tuple[int, int], moods: str, chunk: int, data: st.DataObject
) -> None:
    lines = data.draw(harmed(history))
    hashes = data.draw(st.sampled_from([None, history.leaves, history.leaves[::-1]]))
    archives = data.draw(st.lists(st.sampled_from(ARCHIVES), max_size=2))
    with patch("ledger.audit.reader.LEAVES_PER_LINE", chunk):
        spread, plain = judged(
            lines, history.notes, limits, moods, hashes=hashes, archives=archives
        )
    assert spread == plain


def taken(lines: Sequence[bytes]) -> int:
    """How many pieces of an export the reader takes whole."""
    with patch.object(Reader, "take", autospec=True, side_effect=Reader.take) as take:
        assert verify_export(iter(lines), None, SAMPLE.key).ok
    return take.call_count


def many(count: int) -> Sample:
    """Events of two stripes by turns; each tenth reverses the one before it in its stripe."""
    return Sample(
        tuple(
            SAMPLE.event(1 + at // 2, 7 + at % 2, reverses=at // 2 if at % 10 == 9 else None)
            for at in range(count)
        )
    )


@pytest.fixture(scope="module")
def large() -> Sample:
    """More events than verifying begins to share out."""
    return many(START * PIECE_LINES + 4000)


@pytest.fixture(scope="module")
def export(large: Sample) -> list[bytes]:
    """Its export, which has a checkpoint."""
    return large.export()


def test_an_honest_export_is_read_by_pieces() -> None:
    assert taken(SAMPLE.export()) == 1
    assert taken(many(5000).export()) == 5


def test_what_binds_pieces_together_is_found() -> None:
    twice = [SAMPLE.event(1), SAMPLE.event(2, reverses=1), SAMPLE.event(3, reverses=1)]
    early = [SAMPLE.event(1), SAMPLE.event(2, booked_at=5)]
    gap = [SAMPLE.event(1), SAMPLE.event(3)]
    for events, name in ((twice, "7-3"), (early, "7-2"), (gap, "7-2")):
        sample = Sample(tuple(events))
        spread, plain = judged(sample.export(), [sample.note()], (1, 10**6), "")
        assert spread == plain
        assert {event for event, _ in found(spread)} == {name}


def test_pieces_are_bounded_by_lines_and_bytes() -> None:
    lines = many(3000).export()[1:-2]
    bulk = [line for line in SAMPLE.export() if line.startswith(LINES)]
    found = list(pieces([*lines, *bulk * 5000]))
    assert [line for piece in found for line in piece] == [*lines, *bulk * 5000]
    assert max(map(len, found)) == PIECE_LINES
    with patch("ledger.audit.pieces.PIECE_BYTES", 10_000):
        assert max(sum(map(len, piece)) for piece in pieces(lines)) < 11_000


def test_a_bulk_event_stays_with_its_lines() -> None:
    lines = SAMPLE.export()[1:-2]
    with patch("ledger.audit.pieces.PIECE_LINES", 1):
        assert [len(piece) for piece in pieces(lines)] == [1, 1, 1, 1, 2, 1, 1]


def test_no_process_starts_for_a_small_export() -> None:
    with workers(4) as sharing:
        assert sharing is not None
        assert verify_export(iter(SAMPLE.export()), None, SAMPLE.key, workers=sharing).ok
        assert not multiprocessing.active_children()
    with workers(1) as alone:
        assert alone is None


def test_a_large_export_is_shared_with_processes(large: Sample, export: list[bytes]) -> None:
    answers = list[Future[Piece | None]]()
    with workers(3) as sharing:
        assert sharing is not None
        submit = sharing.submit

        def kept(lines: Sequence[bytes], book: str) -> Future[Piece | None]:
            answers.append(submit(lines, book))
            return answers[-1]

        with patch.object(sharing, "submit", kept):
            report = verify_export(iter(export), None, large.key, workers=sharing)
        assert len(multiprocessing.active_children()) == 2
    assert report == verify_export(iter(export), None, large.key)
    assert report.ok
    assert any(not each.cancelled() and not each.exception() and each.result() for each in answers)
    assert not multiprocessing.active_children()


def test_a_forged_event_among_many_is_named_by_processes_too(
    large: Sample, export: list[bytes]
) -> None:
    at = len(export) // 2
    forged = [*export[:at], export[at].replace(b'"reason":""', b'"reason":"-"'), *export[at + 1 :]]
    assert forged != export
    with workers(2) as sharing:
        report = verify_export(iter(forged), None, large.key, workers=sharing)
    assert report == verify_export(iter(forged), None, large.key)
    assert not report.ok


@pytest.mark.parametrize("harm", [False, True])
def test_killed_processes_lose_nothing(large: Sample, export: list[bytes], harm: bool) -> None:
    killed = list[int]()
    lines = [*export[:-3000], *export[-2999:]] if harm else export

    def source() -> Iterator[bytes]:
        for at, line in enumerate(lines):
            yield line
            if at % 20_000 == 19_999:
                for child in multiprocessing.active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)
                    killed.append(child.pid or 0)

    with workers(3) as sharing:
        report = verify_export(source(), None, large.key, workers=sharing)
    assert killed
    assert report == verify_export(iter(lines), None, large.key)
    assert report.ok is not harm


def test_a_worker_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, os, signal\n"
        "from ledger.audit.workers import workers\n"
        "if __name__ == '__main__':\n"
        "    with workers(2) as sharing:\n"
        "        sharing.submit([], 'main').result()\n"
        "        (worker,) = multiprocessing.active_children()\n"
        "        print(worker.pid, flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        check=False,
        timeout=60,
    )
    worker = Path("/proc") / done.stdout.decode().strip()
    for _ in range(100):
        if not worker.exists() or "Z" in (worker / "stat").read_text().split()[2:3]:
            return
        time.sleep(0.1)
    raise AssertionError(f"{worker} lives on")
