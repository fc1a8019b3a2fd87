"""Bearer tokens: verified once, remembered until they expire, are revoked, or lose their key."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jwt

from ledger.errors import NotFound
from server.errors import Unauthenticated
from server.keyring import Key, KeyRing
from server.revoked import Revoked
from server.security import Caller

_CACHE_LIMIT = 10_000
_MOST_NAME = 200
#: A token of an issuer whose clock is ahead is valid at once; its expiry is kept to the leeway.
_AHEAD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Rules:
    """What a token must say. `book` is the one that is served; with `named` tokens must name it."""

    issuer: str
    audience: str
    book: str
    leeway: int = 0
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """Of a token that was verified what each call needs."""

    caller: Caller
    issued: int
    token_id: str


class Tokens:
    """Verifies bearer tokens."""

    def __init__(self, ring: KeyRing, rules: Rules, revoked: Revoked | None = None) -> None:
        self._ring, self._rules, self._revoked = ring, rules, revoked
        self._known: dict[str, _Token] = {}
        self._keys: Sequence[Key] = ()

    async def caller(self, header: str | None) -> Caller:
        """The caller of an authorization header, or Unauthenticated."""
        if not header or not header.startswith("Bearer "):
            raise Unauthenticated("a bearer token is required in the authorization metadata")
        token = header[7:]
        if self._keys is not self._ring.keys:
            self._known.clear()
            self._keys = self._ring.keys
        found = self._known.get(token)
        if found is None:
            found = self._read(await self._verified(token))
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            self._known[token] = found
        caller = found.caller
        if caller.expires + self._rules.leeway <= time.time():
            self._known.pop(token, None)
            raise Unauthenticated("the token has expired")
        # One that says to come from the future may have come before any moment of the past.
        issued = found.issued if found.issued <= time.time() else 0
        if self._revoked and self._revoked.covers(caller.actor, issued, found.token_id):
            raise Unauthenticated("the token was revoked")
        return caller

    async def _verified(self, token: str) -> dict[str, Any]:
        """The claims of a token that one of the keys has signed."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
        except jwt.PyJWTError as error:
            raise Unauthenticated(f"the token is not valid: {error}") from None
        await self._ring.look_for(kid)
        problem = "no key of its name is known"
        for key in self._ring.named(kid):
            try:
                return jwt.decode(
                    token,
                    key.public,
                    algorithms=[key.algorithm],
                    issuer=self._rules.issuer,
                    audience=self._rules.audience,
                    leeway=max(self._rules.leeway, _AHEAD_SECONDS),
                    options={"require": ["exp", "sub", "iss", "aud"], "verify_iat": False},
                )
            except jwt.PyJWTError as error:
                problem = str(error)
        raise Unauthenticated(f"the token is not valid: {problem}")

    def _read(self, claims: dict[str, Any]) -> _Token:
        """What the claims say; NotFound where they name other books than the one served."""
        roles, books = claims.get("roles", []), claims.get("books")
        if not isinstance(roles, list):
            raise Unauthenticated("the token's roles must be a list")
        if not claims["sub"] or len(claims["sub"]) > _MOST_NAME:
            raise Unauthenticated(f"the token's subject must have 1 to {_MOST_NAME} characters")
        if books is None and self._rules.named:
            raise Unauthenticated("the token must name its books")
        if books is not None and not isinstance(books, list):
            raise Unauthenticated("the token's books must be a list")
        if books is not None and self._rules.book not in books:
            raise NotFound("no book of this token is served here")
        reach = _reach(claims.get("branches"), roles)
        caller = Caller(claims["sub"], frozenset(map(str, roles)), int(claims["exp"]), reach=reach)
        return _Token(caller, int(claims.get("iat", 0)), str(claims.get("jti", "")))


def _reach(branches: Any, roles: Sequence[Any]) -> dict[str, frozenset[str]]:
    """All roles of a token that has the claim are bounded to its branches, none of them to none."""
    if branches is None:
        return {}
    if not isinstance(branches, list):
        raise Unauthenticated("the token's branches must be a list")
    return dict.fromkeys(map(str, roles), frozenset(map(str, branches)))
