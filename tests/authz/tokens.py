"""Bearer tokens: of any claims, and those that nobody may get in with."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.keys import ensure_key

Metadata = tuple[tuple[str, str], ...]


def _claims(*roles: str, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    plain = {"sub": "me", "roles": list(roles), "iss": "loanledger", "aud": "loanledger"}
    return {**plain, "iat": now, "exp": now + 3600} | changes


def signed(folder: Path, *roles: str, **changes: Any) -> str:
    """A token of a development server's key, with claims as they should be unless changed."""
    claims = {k: v for k, v in _claims(*roles, **changes).items() if v is not None}
    return jwt.encode(claims, ensure_key(folder / "token.key"), algorithm="EdDSA")


def bearer(token: str) -> Metadata:
    """The metadata of a call with a token."""
    return (("authorization", f"Bearer {token}"),)


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).rstrip(b"=").decode()


def _unsigned(claims: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def worthless(folder: Path, *roles: str) -> dict[str, str | None]:
    """Authorization headers that claim the roles, and that nobody may get in with."""
    public, now = (folder / "token.pub").read_bytes(), int(time.time())
    claims, good = _claims(*roles), signed(folder, *roles)
    somebody = jwt.encode(claims, Ed25519PrivateKey.generate(), algorithm="EdDSA")
    head, body, signature = good.split(".")
    more = _part(_claims(*roles, sub="another"))
    tokens = {
        "without a token": "",
        "garbage": "a.b.c",
        "expired": signed(folder, *roles, iat=now - 7200, exp=now - 3600),
        "not valid yet": signed(folder, *roles, nbf=now + 3600),
        "for another audience": signed(folder, *roles, aud="elsewhere"),
        "of another issuer": signed(folder, *roles, iss="elsewhere"),
        "without expiry": signed(folder, *roles, exp=None),
        "without a subject": signed(folder, *roles, sub=None),
        "with roles as a text": signed(folder, roles=" ".join(roles)),
        "unsigned": _unsigned(claims),
        "signed by somebody": somebody,
        "signed with our public key": f"{_part({'alg': 'HS256'})}.{body}.{public.hex()}",
        "cut short": good[:-4],
        "with claims put in": f"{head}.{more}.{signature}",
    }
    headers: dict[str, str | None] = {name: f"Bearer {token}" for name, token in tokens.items()}
    return headers | {"missing": None, "empty": "", "of another scheme": "Basic bWU6bWU="}
