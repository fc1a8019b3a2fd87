"""Keys and tokens for development: made once in the data folder, readable by their owner only."""

from __future__ import annotations

import os
import time
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

DAYS = 7
_DAY_SECONDS = 86_400


def ensure_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a file, made if the file is missing; its public half beside it as .pub."""
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        path.with_suffix(".pub").write_bytes(public)
    found = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(found, Ed25519PrivateKey):
        raise TypeError(f"{path} is not an Ed25519 private key")
    return found


def token(
    key: Ed25519PrivateKey,
    actor: str,
    roles: list[str],
    issuer: str = "loanledger",
    audience: str = "loanledger",
    seconds: int = DAYS * _DAY_SECONDS,
) -> str:
    """A bearer token that names an actor and roles."""
    now = int(time.time())
    claims = {
        "sub": actor,
        "roles": roles,
        "iss": issuer,
        "aud": audience,
        "iat": now,
        "exp": now + seconds,
    }
    return jwt.encode(claims, key, algorithm="EdDSA")
