"""Wrapping keys that never leave a hardware module, reached by PKCS#11 (package python-pkcs11)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.errors import StartError

_NONCE_BYTES, _TAG_BITS = 12, 128


@dataclass(frozen=True, slots=True)
class Module:
    """The module's library, its token by label, a file with the user's PIN, and labels of keys."""

    library: Path
    token: str
    pin: Path
    keys: Sequence[str]


class ModuleKeys:
    """AES keys of a token, by label, which wrap with AES-GCM; the first label wraps from now on.

    One session at a time: a module that was away is logged in to anew at the next call.
    """

    def __init__(self, module: Module) -> None:
        self._module, self._lock = module, threading.Lock()
        self._keys: dict[str, Any] = {}
        try:
            import pkcs11  # noqa: PLC0415 only where somebody has a module
        except ImportError:
            raise StartError(
                "a hardware module needs python-pkcs11: pip install 'loanledger[hsm]'"
            ) from None
        self._errors: type[Exception] = pkcs11.PKCS11Error
        try:
            self._open()
        except (pkcs11.PKCS11Error, RuntimeError) as error:
            what = str(error) or type(error).__name__
            raise StartError(f"LOANLEDGER_PKCS11_MODULE {module.library}: {what}") from None

    @property
    def newest(self) -> str:
        """The first label."""
        return self._module.keys[0]

    @property
    def names(self) -> Sequence[str]:
        """All labels."""
        return self._module.keys

    def wrap(self, ring: bytes) -> bytes:
        """Ciphertext and tag, with the nonce in front."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._asked(self.newest, lambda key, how: key.encrypt(ring, **how), nonce)

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The ring; ValueError where the module does not open it."""
        nonce, body = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        return self._asked(name, lambda key, how: key.decrypt(body, **how), nonce)

    def _open(self) -> None:
        """Logs in and finds the keys."""
        import pkcs11  # noqa: PLC0415

        module = self._module
        pin = module.pin.read_text(encoding="utf-8").strip()
        token = pkcs11.lib(str(module.library)).get_token(token_label=module.token)
        try:
            session = token.open(user_pin=pin)
        except pkcs11.UserAlreadyLoggedIn:  # of a process all sessions are logged in by one
            session = token.open()
        kind = pkcs11.ObjectClass.SECRET_KEY
        for label in module.keys:
            try:
                self._keys[label] = session.get_key(object_class=kind, label=label)
            except pkcs11.NoSuchKey:
                raise StartError(f"token {module.token} has no secret key {label}") from None

    def _asked(self, name: str, ask: Callable[[Any, dict[str, Any]], bytes], nonce: bytes) -> bytes:
        """One call of the module, and one more after a new login."""
        import pkcs11  # noqa: PLC0415

        how = {
            "mechanism": pkcs11.Mechanism.AES_GCM,
            "mechanism_param": pkcs11.GCMParams(nonce, name.encode(), _TAG_BITS),
        }
        with self._lock:
            try:
                return bytes(ask(self._keys[name], how))
            except self._errors:
                pass
            try:
                self._open()
                return bytes(ask(self._keys[name], how))
            except (self._errors, StartError, OSError) as error:
                raise ValueError(f"the module refused: {type(error).__name__}") from None
