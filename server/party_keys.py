"""Keys of parties: each is wrapped by a key that a provider holds, so that the database opens none.

A provider that is a hardware module or a cloud's key service has the same three parts as `KeyFile`.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from ledger.errors import FailedPrecondition
from ledger.lending import parties
from ledger.store.parties import PartyRecord
from server.config import Config
from server.errors import StartError
from server.hsm import Module, ModuleKeys

_BYTES = 32


class KeyUnavailable(FailedPrecondition):
    """A party's key is wrapped by one that this server does not have; nothing was told."""

    reason = "KEY_UNAVAILABLE"


class KeyProvider(Protocol):
    """Whoever holds wrapping keys, by name; the one called `newest` wraps."""

    @property
    def newest(self) -> str:
        """The name of the key that wraps from now on; "" wraps nothing."""

    @property
    def names(self) -> Sequence[str]:
        """All keys that unwrap."""

    def wrap(self, ring: bytes) -> bytes:
        """A ring under the newest key."""

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The ring again; ValueError where the key is not the one that wrapped it."""


@dataclass(frozen=True, slots=True)
class NoKeys:
    """Wraps nothing: keys of parties stand in the database as they are."""

    newest: str = ""
    names: Sequence[str] = ()

    def wrap(self, ring: bytes) -> bytes:
        """The ring itself."""
        return ring

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """No key has wrapped anything."""
        raise ValueError(f"{name} is not known")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """AES-256 keys of a file, which wrap as RFC 3394 says."""

    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def newest(self) -> str:
        """The first one of the file."""
        return next(iter(self.keys))

    @property
    def names(self) -> Sequence[str]:
        """All of the file."""
        return tuple(self.keys)

    def wrap(self, ring: bytes) -> bytes:
        """Under the first one."""
        return aes_key_wrap(self.keys[self.newest], ring)

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """By the one of the name."""
        try:
            return aes_key_unwrap(self.keys[name], wrapped)
        except InvalidUnwrap:
            raise ValueError(f"{name} did not wrap it") from None


@dataclass(frozen=True, slots=True)
class Several:
    """Keys of several providers; the first one wraps."""

    parts: Sequence[KeyProvider]

    @property
    def newest(self) -> str:
        """Of the first."""
        return self.parts[0].newest

    @property
    def names(self) -> Sequence[str]:
        """Of all."""
        return [name for part in self.parts for name in part.names]

    def wrap(self, ring: bytes) -> bytes:
        """By the first."""
        return self.parts[0].wrap(ring)

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """By the first that has the key."""
        return next(part for part in self.parts if name in part.names).unwrap(name, wrapped)


def provider_of(config: Config) -> KeyProvider:
    """What a configuration names: a module, then a file; without either no key is wrapped."""
    found: list[KeyProvider] = []
    if config.pkcs11_module:
        if not (config.pkcs11_token and config.pkcs11_pin_file and config.pkcs11_keys.split()):
            raise StartError("LOANLEDGER_PKCS11_MODULE needs _TOKEN, _PIN_FILE and _KEYS too")
        labels = tuple(config.pkcs11_keys.split())
        place = config.pkcs11_module, config.pkcs11_token, config.pkcs11_pin_file
        found.append(ModuleKeys(Module(*place, labels)))
    if config.party_keys:
        found.append(key_file(config.party_keys))
    return Several(found) if found else NoKeys()


def key_file(path: Path) -> KeyProvider:
    """The keys of a file, a line each: a name, a space, 32 bytes in base64."""
    keys: dict[str, bytes] = {}
    for no, line in enumerate(path.read_text(encoding="ascii").splitlines(), start=1):
        name, _, text = line.partition(" ")
        try:
            key = b64decode(text.strip(), validate=True)
        except binascii.Error:
            key = b""
        if not name or len(key) != _BYTES or name in keys:
            raise StartError(f"{path}: line {no} must be a new name and {_BYTES} bytes in base64")
        keys[name] = key
    if not keys:
        raise StartError(f"{path}: it has no key")
    return KeyFile(keys)


@dataclass(frozen=True, slots=True)
class PartyKeys:
    """Seals and opens personal data with the rings of parties."""

    provider: KeyProvider = field(default_factory=NoKeys)

    def ring(self, record: PartyRecord) -> bytes:
        """A party's keys, none once it was erased; KeyUnavailable where they cannot be had."""
        name = record.wrapped_by
        if not record.key or not name:
            return record.key
        if name not in self.provider.names:
            raise KeyUnavailable(f"the key {name}, which wraps a party's, is not known here")
        try:
            return self.provider.unwrap(name, record.key)
        except ValueError:
            raise KeyUnavailable(f"the key {name} does not open a party's key") from None

    def opened(self, ciphertext: bytes, record: PartyRecord) -> str:
        """Personal data of a party; nothing once it was erased."""
        return parties.opened(ciphertext, self.ring(record))

    def wrapped(self, record: PartyRecord, ring: bytes) -> PartyRecord:
        """A party with its ring under the newest key."""
        return replace(record, key=self.provider.wrap(ring), wrapped_by=self.provider.newest)

    def told(self, record: PartyRecord) -> bytes | None:
        """For the full-book check: the ring, or None where another server holds its key."""
        known = not record.wrapped_by or record.wrapped_by in self.provider.names
        return self.ring(record) if known else None
