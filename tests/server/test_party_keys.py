"""Keys of parties: wrapped by a key that the database does not have, and rotated under it."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.lending.parties import KEY_BYTES, opened, sealed
from ledger.store.parties import PartyRecord
from server.config import Config
from server.errors import StartError
from server.party_keys import KeyUnavailable, PartyKeys, key_file, provider_of
from server.rotation import Rotation, rotate
from tests.server.desk import Desk, serving
from tests.server.secured import registered

OLD, NEW = b"o" * 32, b"n" * 32
WHY = Rotation("users/root", "yearly")


def lines(**keys: bytes) -> str:
    return "".join(f"{name} {b64encode(key).decode()}\n" for name, key in keys.items())


def written(folder: Path, **keys: bytes) -> Path:
    file = folder / "party.keys"
    file.write_text(lines(**keys), encoding="ascii")
    return file


def verified(desk: Desk) -> bool:
    last = list(desk.client.ledger.verify_ledger())[-1]
    return last.finished and not last.differences


def turned(database: str, file: Path | None, asked: Rotation = WHY) -> int:
    config = Config.model_validate({"dsn": database, "book": "main", "party_keys": file})
    return asyncio.run(rotate(config, asked))


def rings(desk: Desk) -> list[tuple[str, int]]:
    return desk.rows("select wrapped_by, length(key) from ledger.party_key order by party")


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32), st.text())
def test_what_a_key_sealed_is_opened_by_every_ring_that_holds_it(
    first: bytes, later: bytes, text: str
) -> None:
    ciphertext = sealed(text, first, b"n" * 12)
    assert opened(ciphertext, first) == opened(ciphertext, later + first) == text
    assert opened(sealed(text, later + first, b"n" * 12), later) == text


def test_a_key_that_was_wrapped_opens_nothing_without_its_wrapping_key(tmp_path: Path) -> None:
    keys = PartyKeys(key_file(written(tmp_path, k2=NEW, k1=OLD)))
    record = PartyRecord(1000, 1, "person", b"", "", 0, b"")
    ring = b"r" * KEY_BYTES
    wrapped = keys.wrapped(record, ring)
    assert (wrapped.wrapped_by, keys.ring(wrapped)) == ("k2", ring)
    assert ring not in wrapped.key
    assert keys.told(wrapped) == ring
    other = PartyKeys(key_file(written(tmp_path, k1=OLD)))
    assert other.told(wrapped) is None
    for wrong in (other, PartyKeys(), PartyKeys(key_file(written(tmp_path, k2=OLD)))):
        with pytest.raises(KeyUnavailable):
            wrong.ring(wrapped)


@pytest.mark.parametrize(
    "text", ["", "k1\n", "k1 short\n", lines(k1=b"x" * 31), lines(k1=OLD) * 2, f" {lines(k=OLD)}"]
)
def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "party.keys"
    file.write_text(text, encoding="ascii")
    with pytest.raises(StartError, match=r"line \d must be a new name|has no key"):
        key_file(file)


def test_a_module_is_named_with_all_that_it_needs(tmp_path: Path) -> None:
    pin = tmp_path / "pin"
    pin.write_text("1234", encoding="ascii")
    asked = {"pkcs11_module": "/nowhere.so", "pkcs11_token": "ledger", "pkcs11_pin_file": pin}
    with pytest.raises(StartError, match="needs _TOKEN, _PIN_FILE and _KEYS"):
        provider_of(Config.model_validate(asked))
    with pytest.raises(StartError, match=r"/nowhere\.so"):
        provider_of(Config.model_validate({**asked, "pkcs11_keys": "k1"}))


def test_keys_are_wrapped_rotated_and_renewed_while_names_stay_readable(
    database: str, tmp_path: Path
) -> None:
    with serving(database) as desk:
        party = desk.party("Wang Fang")
        van = registered(desk, party).name
        gone = desk.party("Li Na")
        desk.client.parties.erase_party(name=gone, reason="asked for it")
        assert rings(desk) == [("", 32)]
    old = written(tmp_path, k1=OLD)
    with serving(database, party_keys=old) as desk:
        second = desk.party("Zhang Wei")
        assert sorted(rings(desk)) == [("", 32), ("k1", 40)]
        assert turned(database, old) == 1
        assert turned(database, old) == 0
        assert rings(desk) == [("k1", 40)] * 2
    both = written(tmp_path, k2=NEW, k1=OLD)
    with serving(database, party_keys=both) as desk:
        assert turned(database, both) == 2
        assert rings(desk) == [("k2", 40)] * 2
        assert turned(database, both, Rotation("users/root", "yearly", renew=True)) == 2
        assert rings(desk) == [("k2", 72)] * 2
        late = registered(desk, second).name
        get = desk.client.parties.get_party
        assert get(name=party, reason="calls us").display_name == "Wang Fang"
        assert get(name=second, reason="calls us").display_name == "Zhang Wei"
        for name in (van, late):
            found = desk.client.collateral.get_collateral(name=name, reason="towed")
            assert found.description == "Blue van, plate 沪A 12345"
        assert get(name=gone, reason="calls us").erased
        events = list(desk.client.audit.list_events.iterate(kind="party_keys_rotated"))
        assert {event.actor for event in events} == {"users/root"}
        assert [event.payload["renewed"] for event in events].count(True) in (1, 2)
        assert verified(desk)
        desk.client.parties.erase_party(name=second, reason="asked for it")
        assert get(name=second, reason="calls us").display_name == ""
        assert len(rings(desk)) == 1


def test_a_server_that_lacks_a_wrapping_key_does_not_start(database: str, tmp_path: Path) -> None:
    with serving(database, party_keys=written(tmp_path, k1=OLD)) as desk:
        desk.party()
    for other in (None, written(tmp_path, k2=NEW)):
        with pytest.raises(StartError, match="lacks k1"), serving(database, party_keys=other):
            pass


def test_a_wrapped_key_that_was_altered_is_found_by_the_full_book_check(
    database: str, tmp_path: Path
) -> None:
    with serving(database, party_keys=written(tmp_path, k1=OLD)) as desk:
        party = desk.party()
        assert verified(desk)
        desk.rows("update ledger.party_key set key = set_byte(key, 3, get_byte(key, 3) # 1)")
        steps = list(desk.client.ledger.verify_ledger())
        (found,) = [one for step in steps for one in step.found]
        assert (found.resource, found.figure) == (party, "key")
