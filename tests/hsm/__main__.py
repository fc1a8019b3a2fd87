"""make hsm: keys of parties in a hardware module, which SoftHSM plays, on the real parts."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pkcs11

from server.config import Config
from server.embedded import start
from server.errors import StartError
from server.hsm import Module, ModuleKeys
from server.migrate import migrate
from server.rotation import Rotation, rotate
from tests.server.desk import Desk, serving

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so")
TOKEN, PIN, NAME = "ledger", "1234", "Wang Fang"
WHY = Rotation("users/root", "to a module")


def main() -> int:
    """1 where SoftHSM is not there, or a name cannot be read as it should be."""
    library = next((place for place in LIBRARIES if Path(place).exists()), None)
    if library is None or shutil.which("softhsm2-util") is None:
        print("hsm: NOT CHECKED: SoftHSM is not installed (apt-get install softhsm2)")
        return 1
    with tempfile.TemporaryDirectory(prefix="loanledger-hsm-") as folder:
        module = token(Path(folder), library)
        moved_to_a_module(Path(folder), module)
        what_is_missing_is_told(module)
        a_module_that_forgets_us_is_logged_in_to_again(module)
    print("hsm: a ring was wrapped, moved from a file, rotated, and opened by SoftHSM only")
    return 0


def token(folder: Path, library: str) -> dict[str, Any]:
    """A token with two keys; the settings of a server that uses the older one."""
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    made = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN]
    subprocess.run([*made, "--pin", PIN, "--so-pin", PIN], check=True, capture_output=True)
    with pkcs11.lib(library).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        for label in ("h1", "h2"):
            session.generate_key(pkcs11.KeyType.AES, 256, label=label, store=True)
    pin = folder / "pin"
    pin.write_text(f"{PIN}\n", encoding="ascii")
    where = {"pkcs11_module": Path(library), "pkcs11_token": TOKEN, "pkcs11_pin_file": pin}
    return {**where, "pkcs11_keys": "h1"}


@contextmanager
def opened(dsn: str, settings: dict[str, Any], party: str) -> Iterator[Desk]:
    """A server whose party's name must be readable."""
    with serving(dsn, **settings) as desk:
        seen = desk.client.parties.get_party(name=party, reason="calls us")
        require(seen.display_name == NAME, f"the name is {seen.display_name!r}")
        yield desk


def moved_to_a_module(folder: Path, module: dict[str, Any]) -> None:
    """From a file to the module, to its newer key, and erased."""
    file = folder / "party.keys"
    file.write_text(f"f1 {b64encode(os.urandom(32)).decode()}\n", encoding="ascii")
    with start(folder / "data", fsync=False) as postgres:
        migrate(postgres.dsn)
        with serving(postgres.dsn, party_keys=file) as desk:
            party = desk.party(NAME)
        both = {**module, "party_keys": file}
        require(turned(postgres.dsn, both) == 1, "one ring moves to the module")
        newer = {**module, "pkcs11_keys": "h2 h1"}
        with opened(postgres.dsn, module, party):
            require(turned(postgres.dsn, newer) == 1, "one ring is rotated")
        try:
            with serving(postgres.dsn, **module):
                raise SystemExit("hsm: a server without the newer key has started")
        except StartError as told:
            require("lacks h2" in str(told), str(told))
        with opened(postgres.dsn, newer, party) as desk:
            last = list(desk.client.ledger.verify_ledger())[-1]
            require(last.finished and not last.differences, "the full-book check finds nothing")
            desk.rows("update ledger.party_key set key = set_byte(key, 20, get_byte(key, 20) # 1)")
            last = list(desk.client.ledger.verify_ledger())[-1]
            require(last.differences == 1, "an altered ring is found")
            desk.client.parties.erase_party(name=party, reason="asked for it")
            require(not desk.rows("select from ledger.party_key"), "the ring is gone")


def turned(dsn: str, settings: dict[str, Any]) -> int:
    """How many rings were rotated."""
    return asyncio.run(rotate(Config.model_validate({"dsn": dsn, **settings}), WHY))


def what_is_missing_is_told(module: dict[str, Any]) -> None:
    """A key, a token, a PIN."""
    library, pin = module["pkcs11_module"], module["pkcs11_pin_file"]
    for wrong in (Module(library, TOKEN, pin, ("h3",)), Module(library, "other", pin, ("h1",))):
        try:
            ModuleKeys(wrong)
        except StartError as told:
            print(f"hsm: {told}")
        else:
            raise SystemExit(f"hsm: {wrong} was taken")


def a_module_that_forgets_us_is_logged_in_to_again(module: dict[str, Any]) -> None:
    """Its sessions are closed behind our back, as when it was started again."""
    library, pin = module["pkcs11_module"], module["pkcs11_pin_file"]
    keys = ModuleKeys(Module(library, TOKEN, pin, ("h1",)))
    wrapped = keys.wrap(b"r" * 32)
    pkcs11.lib(str(library)).reinitialize()
    require(keys.unwrap("h1", wrapped) == b"r" * 32, "the module is logged in to again")
    try:
        keys.unwrap("h1", wrapped[:-1] + b"x")
    except ValueError:
        return
    raise SystemExit("hsm: an altered ring was opened")


def require(fact: bool, what: str) -> None:
    """Ends the run with what does not hold."""
    if not fact:
        raise SystemExit(f"hsm: {what}: not so")


if __name__ == "__main__":
    sys.exit(main())
