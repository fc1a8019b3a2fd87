"""A bundle holds every checkpoint up to its position; each is held against the events."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoint import Checkpoint, VerifierKey, sign
from ledger.audit.kept import Kept, parse_kept
from ledger.audit.timestamps import Authority
from loanledger.bundle.check import Checked, check
from loanledger.bundle.make import listed, make
from tests.audit.sample import ORIGIN, PRIVATE_KEY, build
from tests.authority import Authority as Tsa

SAMPLE = build()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEPT = [Kept(size, SAMPLE.note(size), 10**15 + size) for size in (1, 3, 4, 7)]
Change = Callable[[list[Kept]], list[Kept]]


def made(folder: Path, kept: list[Kept]) -> Path:
    make(SAMPLE.export(), folder, ("csv",), SAMPLE.key, lambda _: {}, kept)
    return folder


def told(found: Checked) -> str:
    return "\n".join(f"{p.file} {p.place}: {p.problem}" for p in found.problems)


def test_all_checkpoints_are_in_it_with_their_figures(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle", KEPT)
    assert check(folder, SAMPLE.key).ok
    data = (folder / "checkpoints.jsonl").read_bytes()
    assert [parse_kept(line) for line in data.splitlines(keepends=True)] == KEPT
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["checkpoints"] == {"count": 4, "first": 1, "last": 7, "timestamps": 0}
    digests = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert digests["checkpoints.jsonl"] == sha256(data).hexdigest()


def noted(index: int, note: str) -> Change:
    return lambda kept: [
        replace(one, note=note) if n == index else one for n, one in enumerate(kept)
    ]


def of_another_history(size: int) -> str:
    return sign(Checkpoint(ORIGIN, size, sha256(b"another").digest()), ORIGIN, PRIVATE_KEY)


CHANGES: dict[str, tuple[Change, str]] = {
    "another root, signed": (
        noted(1, of_another_history(3)),
        "size 3: the first 3 events do not have its root",
    ),
    "another size": (noted(1, SAMPLE.note(2)), "size 3: its note is of 2 events"),
    "another key": (
        noted(2, sign(Checkpoint(ORIGIN, 4, bytes(32)), "other", OTHER)),
        "size 4: its note is refused: the note is not signed by this key",
    ),
    "another log": (
        noted(0, sign(Checkpoint("loanledger/b", 1, bytes(32)), ORIGIN, PRIVATE_KEY)),
        "size 1: its note is of another log, loanledger/b",
    ),
    "a flipped bit": (
        noted(0, SAMPLE.note(1).replace("loanledger/main\n1", "loanledger/main\n2", 1)),
        "size 1: its note is refused: the signature does not fit",
    ),
    "the last one lost": (lambda kept: kept[:-1], "the checkpoint of all 7 events is not in it"),
    "one twice": (lambda kept: [*kept[:2], *kept[1:]], "line 3: it does not stand in order"),
    "another order": (lambda kept: kept[::-1], "line 2: it does not stand in order"),
    "one beyond": (
        lambda kept: [*kept, Kept(9, of_another_history(9))],
        "size 9: it covers more than the 7 events",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_checkpoint_that_does_not_fit_is_named(tmp_path: Path, name: str) -> None:
    change, words = CHANGES[name]
    found = check(made(tmp_path / "bundle", change(KEPT)), SAMPLE.key)
    assert not found.ok
    assert words in told(found)


def test_a_line_that_is_none_and_a_lost_list_are_found(tmp_path: Path) -> None:
    folder = made(tmp_path / "bundle", KEPT)
    path, whole = folder / "checkpoints.jsonl", (folder / "checkpoints.jsonl").read_bytes()
    path.write_bytes(whole.replace(b'"size":3', b'"size": 3'))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"] = listed(folder)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    words = told(check(folder, SAMPLE.key))
    assert "line 2: it is no line of a checkpoint" in words
    assert "manifest.json checkpoints: it is" in words
    path.unlink()
    words = told(check(folder, SAMPLE.key))
    assert "checkpoints.jsonl : it is missing" in words
    assert "the checkpoint of all 7 events is not in it" in words


def at(day: datetime, by: Tsa, size: int = 7) -> list[Kept]:
    """The list with a time stamp over one of them."""
    return [
        replace(one, timestamp=by.response(sha256(one.note.encode()).digest(), moment=day))
        if one.size == size
        else one
        for one in KEPT
    ]


def test_time_stamps_are_checked_where_the_authority_is_given(tmp_path: Path) -> None:
    tsa, recorded = Tsa(), datetime.fromtimestamp(SAMPLE.events[-1].booked_at // 10**6, UTC)
    believed = Authority.parse(tsa.pem)
    day = timedelta(days=1)
    good = check(made(tmp_path / "good", at(recorded + day, tsa)), SAMPLE.key, authority=believed)
    assert good.ok
    assert good.stamped == int((recorded + day).timestamp()) * 10**6
    assert good.manifest["checkpoints"]["timestamps"] == 1
    early = made(tmp_path / "early", at(recorded - day, tsa))
    words = told(check(early, SAMPLE.key, authority=believed))
    assert "size 7: the time stamp is refused: it is of" in words
    assert "before what it covers was recorded" in words
    other = made(tmp_path / "other", at(recorded + day, Tsa("Other")))
    words = told(check(other, SAMPLE.key, authority=believed))
    assert "size 7: the time stamp is refused: unable to get local issuer" in words
    assert check(other, SAMPLE.key).ok, "nobody is believed, so nobody is asked"
    none = made(tmp_path / "none", KEPT)
    assert "no checkpoint has a time stamp" in told(check(none, SAMPLE.key, authority=believed))


def test_a_time_stamp_of_another_checkpoint_is_found(tmp_path: Path) -> None:
    tsa = Tsa()
    stamp = at(datetime(2027, 1, 1, tzinfo=UTC), tsa)[-1].timestamp
    kept = [*KEPT[:-2], replace(KEPT[-2], timestamp=stamp), KEPT[-1]]
    found = check(made(tmp_path / "b", kept), SAMPLE.key, authority=Authority.parse(tsa.pem))
    assert "size 4: the time stamp is refused: Mismatch" in told(found)


def test_after_a_change_of_keys_the_earlier_key_is_given_too(tmp_path: Path) -> None:
    earlier = VerifierKey.of("before", OTHER).text()
    point = Checkpoint.parse(SAMPLE.note(3).partition("\n\n")[0] + "\n")
    folder = made(tmp_path / "bundle", noted(1, sign(point, "before", OTHER))(KEPT))
    assert "size 3: its note is refused" in told(check(folder, SAMPLE.key))
    assert check(folder, SAMPLE.key, earlier_keys=[earlier]).ok
