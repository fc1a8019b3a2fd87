"""The public keys that sign bearer tokens: from a file, and from the URL of an identity provider.

What a key is good for is told by the key, never by a token: RS256, ES256 or EdDSA by its type.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import jwt
import orjson
import structlog
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from server.apart import apart
from server.config import Config
from server.errors import StartError, first_line

log = structlog.get_logger()
_END = "-----END PUBLIC KEY-----"
_LEAST_RSA_BITS = 2048
#: A set with its certificates has some kilobytes.
MOST_BYTES, MOST_KEYS = 256 * 1024, 100
_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, its name where it has one, and the one algorithm that it is good for."""

    kid: str
    algorithm: str
    public: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where an identity provider tells its keys (JWKS), and how often they are read, in seconds.

    `again` is the least time between two readings because of a key that nobody knows.
    """

    url: str
    authority: Path | None
    every: int
    again: int


def algorithm_of(key: object) -> str | None:
    """The algorithm of a key; None where its kind or its size is not good enough."""
    if isinstance(key, RSAPublicKey):
        return "RS256" if key.key_size >= _LEAST_RSA_BITS else None
    if isinstance(key, EllipticCurvePublicKey):
        return "ES256" if isinstance(key.curve, SECP256R1) else None
    return "EdDSA" if isinstance(key, Ed25519PublicKey) else None


def keys_of_file(path: Path) -> list[Key]:
    """The keys of a file in PEM form, one after the other; StartError where one is no good."""
    found = list[Key]()
    for block in path.read_text(encoding="ascii").split(_END):
        if not block.strip():
            continue
        try:
            public = load_pem_public_key(f"{block}{_END}\n".strip().encode())
        except ValueError:
            raise StartError(f"{path}: key {len(found) + 1} is no public key in PEM form") from None
        algorithm = algorithm_of(public)
        if algorithm is None:
            raise StartError(
                f"{path}: key {len(found) + 1} must be RSA of {_LEAST_RSA_BITS} bits or more,"
                " P-256 or Ed25519"
            )
        found.append(Key("", algorithm, public))
    return found


def keys_of_set(data: bytes) -> list[Key]:
    """The keys of a JSON Web Key Set that are good for signatures; ValueError where it is none."""
    told = orjson.loads(data)
    given = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(given, list):
        raise ValueError("it is no JSON Web Key Set")
    return [key for key in map(_key, given[:MOST_KEYS]) if key]


def _key(told: Any) -> Key | None:
    if not isinstance(told, dict) or told.get("use", "sig") != "sig":
        return None
    try:
        public = jwt.PyJWK(told).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    algorithm, kid = algorithm_of(public), told.get("kid")
    if algorithm is None or told.get("alg", algorithm) != algorithm or not isinstance(kid, str):
        return None
    return Key(kid, algorithm, public) if kid else None


class _Straight(HTTPRedirectHandler):
    """Follows nobody elsewhere: keys come from the URL that was set."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def read(source: Source) -> bytes:
    """What stands at the URL; OSError, HTTPException or ValueError where it does not come whole."""
    trusted = ssl.create_default_context(cafile=source.authority)
    opener = build_opener(_Straight(), HTTPSHandler(context=trusted))
    asked = Request(source.url, headers={"accept": "application/json"})
    with opener.open(asked, timeout=_PATIENCE_SECONDS) as answer:
        data: bytes = answer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} bytes")
    return data


@dataclass(slots=True)
class KeyRing:
    """The keys that count now. Those of a URL that is away stay as they were last known."""

    fixed: Sequence[Key]
    source: Source | None = None
    keys: Sequence[Key] = ()
    _tried: float = float("-inf")
    _reading: asyncio.Task[None] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.keys = self.fixed

    def named(self, kid: object) -> list[Key]:
        """Those that may have signed: of the name, or without one."""
        return [key for key in self.keys if not key.kid or not kid or key.kid == kid]

    async def look_for(self, kid: object) -> None:
        """Reads the URL for a name that nobody knows, unless that was done a moment ago."""
        if self.source is None or any(key.kid == kid for key in self.keys):
            return
        if time.monotonic() - self._tried >= self.source.again:
            await self.refresh()
        elif self._reading:
            await asyncio.shield(self._reading)

    async def refresh(self) -> None:
        """Reads the URL; callers that come meanwhile wait for the same answer."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        await asyncio.shield(self._reading)

    async def run(self) -> None:
        """Reads it again and again, so that a key which was taken away is soon good no more."""
        while self.source:
            await asyncio.sleep(self.source.every)
            await self.refresh()

    async def _read(self) -> None:
        assert self.source
        self._tried = time.monotonic()
        work = apart(partial(read, self.source), OSError, HTTPException, ValueError)
        try:
            found = keys_of_set(await asyncio.wait_for(work, 2 * _PATIENCE_SECONDS))
            if not found:
                raise ValueError("none of its keys is good for signatures")
        except (OSError, HTTPException, ValueError) as error:
            log.warning("token_keys_not_read", url=self.source.url, error=first_line(error))
        else:
            if [*self.fixed, *found] != self.keys:
                self.keys = [*self.fixed, *found]
                log.info("token_keys_read", kids=[key.kid for key in found])
        finally:
            self._reading = None


def source_of(config: Config) -> Source | None:
    """Where keys are read from, if anywhere; StartError where the setting is no good."""
    url = config.token_jwks_url
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" and not (config.insecure and parts.scheme == "http"):
        raise StartError("LOANLEDGER_TOKEN_JWKS_URL must begin with https://")
    if parts.username or parts.password:
        raise StartError("LOANLEDGER_TOKEN_JWKS_URL must hold no password")
    every, again = config.token_jwks_seconds, config.token_jwks_again_seconds
    return Source(url, config.token_jwks_ca, every, again)
