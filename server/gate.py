"""Who gets in: token, certificate, rate and role of each call, in this order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from server.config import Config
from server.database import Database
from server.errors import Unauthenticated
from server.keyring import KeyRing, keys_of_file, source_of
from server.limits import Limits
from server.revoked import Revoked
from server.roles import Roles
from server.security import Caller, require_role
from server.tokens import Rules, Tokens

Authenticate = Callable[[Any, str], Awaitable[Caller]]
_ANYONE = Caller("dev", frozenset(), 0)


@dataclass(frozen=True, slots=True)
class Gate:
    """What calls are held to; without tokens (insecure mode) everybody is the developer."""

    tokens: Tokens | None
    #: Those that the book gives, where it does.
    roles: Roles | None = None
    limits: Limits | None = None
    #: Whether a caller's certificate must be of the token's subject.
    certified: bool = False

    async def __call__(self, context: Any, method: str) -> Caller:
        """The caller of a call, or why not."""
        if self.tokens is None:
            return _ANYONE
        header = next(
            (value for key, value in context.invocation_metadata() if key == "authorization"), None
        )
        caller = await self.tokens.caller(header if isinstance(header, str) else None)
        if self.certified:
            _require_certificate(context, caller.actor)
        if self.limits:
            self.limits.take(caller.actor, method)
        if self.roles:
            found = self.roles.of(caller.actor)
            reach = {role: far for role, far in found.items() if far is not None}
            caller = replace(caller, roles=frozenset(found), reach=reach)
        require_role(caller, method)
        return caller


def _require_certificate(context: Any, actor: str) -> None:
    """A stolen token is worth nothing without the key of its owner's certificate."""
    told = context.auth_context()
    names = [*told.get("x509_common_name", ()), *told.get("x509_subject_alternative_name", ())]
    if actor.encode() not in names:
        raise Unauthenticated("the client's certificate is not of the token's subject")


@dataclass(frozen=True, slots=True)
class Watched:
    """A gate, what it knows by reading, and the tasks that keep it up to date."""

    gate: Gate
    roles: Roles | None
    revoked: Revoked | None
    tasks: tuple[asyncio.Task[None], ...]


async def opened(config: Config, database: Database, book: int) -> Watched:
    """The gate of a configuration, with everything read once."""
    roles, tokens, revoked, tasks = None, None, None, list[asyncio.Task[None]]()
    if config.token_keys or config.token_jwks_url:
        ring = KeyRing(
            keys_of_file(config.token_keys) if config.token_keys else (), source_of(config)
        )
        if ring.source:
            await ring.refresh()
            tasks.append(asyncio.create_task(ring.run()))
        revoked = Revoked(database, book)
        await revoked.refresh()
        tasks.append(asyncio.create_task(revoked.run()))
        named = config.token_books == "required"  # noqa: S105 no secret
        leeway = config.token_leeway_seconds
        rules = Rules(config.token_issuer, config.token_audience, config.book, leeway, named)
        tokens = Tokens(ring, rules, revoked)
    if config.roles_from == "book":
        roles = Roles(database, book)
        await roles.refresh()
        tasks.append(asyncio.create_task(roles.run()))
    limits = None
    if config.rate_reads or config.rate_writes:
        limits = Limits(config.rate_reads, config.rate_writes, config.rate_burst)
    certified = config.tls_client_subject == "token"
    return Watched(Gate(tokens, roles, limits, certified), roles, revoked, tuple(tasks))
