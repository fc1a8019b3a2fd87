"""Bugs in who gets in, how often, and to which book."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_TOKENS = ("tests/server/test_tokens.py",)
_REVOCATION = ("tests/server/test_revocation.py",)
_LIMITS = ("tests/server/test_limits.py",)
_PRODUCTION = ("tests/server/test_production.py",)
_BRANCHES = ("tests/server/test_branches.py",)
_PERSONAL = ("tests/server/test_personal_data.py",)
_KEYS = ("tests/server/test_party_keys.py",)
_APART = ("tests/ledger/test_books_apart.py",)

MUTANTS = (
    Mutant(
        "the server's role sees all books while no book is set",
        "migrations/0030_access.sql",
        "select case when count(*) = 1 then max(b.book) end from ledger.book b",
        "select 2 from ledger.book b limit 1",
        _APART,
    ),
    Mutant(
        "a table whose rows tell their stripe is compared with another book",
        "migrations/0030_access.sql",
        "else 'stripe / 1000' end as book",
        "else 'stripe / 10000' end as book",
        _APART,
    ),
    Mutant(
        "a name of another book is taken for one of this book",
        "server/checks.py",
        "if book == self.book.code:",
        "if book:",
        ("tests/authz/test_authz.py",),
    ),
    Mutant(
        "a role of a branch does what is of the whole book",
        "server/branches.py",
        "roles = caller.roles - caller.reach.keys()",
        "roles = caller.roles",
        _BRANCHES,
    ),
    Mutant(
        "a role of one branch is enough for a call about two",
        "server/branches.py",
        "role not in caller.reach or found <= caller.reach[role]",
        "role not in caller.reach or found & caller.reach[role]",
        _BRANCHES,
    ),
    Mutant(
        "an event about nobody belongs to every branch",
        "server/branches.py",
        "return found or {None}",
        "return found",
        _BRANCHES,
    ),
    Mutant(
        "what is lent goes further than its owner's role",
        "ledger/store/roles.py",
        "            far = owned[key]\n",
        "            far = None if one.delegated_by else owned[key]\n",
        ("tests/server/test_branch_roles.py",),
    ),
    Mutant(
        "a token without branches is of the whole book",
        "server/tokens.py",
        "if branches is None:",
        "if not branches:",
        ("tests/server/test_branch_roles.py",),
    ),
    Mutant(
        "a name is told in clear without a reason",
        "server/services/parties.py",
        "if not reason or not found.key:",
        "if not found.key:",
        _PERSONAL,
    ),
    Mutant(
        "every role sees names in clear",
        "server/services/personal.py",
        "if caller.roles and not caller.roles & IN_CLEAR:",
        "if False:",
        _PERSONAL,
    ),
    Mutant(
        "an export of a person leaves a table out",
        "ledger/store/subjects.py",
        '    "accrual": _OF_LOAN,\n',
        "",
        _PERSONAL,
    ),
    Mutant(
        "a mask shows short words whole",
        "ledger/lending/personal.py",
        'return " ".join(f"{word[0]}{_HIDDEN}" for word in text.split())',
        'return " ".join(f"{word[:2]}{_HIDDEN}" for word in text.split())',
        _PERSONAL,
    ),
    Mutant(
        "keys of parties stand bare beside their wrapping key's name",
        "server/party_keys.py",
        "return aes_key_wrap(self.keys[self.newest], ring)",
        "return ring",
        _KEYS,
    ),
    Mutant(
        "a renewed key locks out what was sealed before",
        "server/rotation.py",
        "os.urandom(KEY_BYTES) + ring if",
        "os.urandom(KEY_BYTES) if",
        _KEYS,
    ),
    Mutant(
        "a server starts that cannot open every key",
        "server/furnishing.py",
        "    if missing:\n",
        "    if False:\n",
        _KEYS,
    ),
    Mutant(
        "an expired token is taken from the cache",
        "server/tokens.py",
        "if caller.expires + self._rules.leeway <= time.time():",
        "if False:",
        ("tests/server/test_access.py",),
    ),
    Mutant(
        "any role may do anything",
        "server/security.py",
        "if not caller.roles & allowed:",
        "if False:",
        ("tests/authz/test_authz.py",),
    ),
    Mutant(
        "an algorithm is what the token says",
        "server/tokens.py",
        "algorithms=[key.algorithm],",
        'algorithms=[jwt.get_unverified_header(token)["alg"]],',
        _TOKENS,
    ),
    Mutant(
        "a key of any size is good",
        "server/keyring.py",
        'return "RS256" if key.key_size >= _LEAST_RSA_BITS else None',
        'return "RS256"',
        _TOKENS,
    ),
    Mutant(
        "each token with a new name makes the server ask for keys",
        "server/keyring.py",
        "if time.monotonic() - self._tried >= self.source.again:",
        "if True:",
        _TOKENS,
    ),
    Mutant(
        "a token is remembered longer than its key",
        "server/tokens.py",
        "if self._keys is not self._ring.keys:",
        "if False:",
        _TOKENS,
    ),
    Mutant(
        "keys are followed to another place",
        "server/keyring.py",
        "build_opener(_Straight(), ",
        "build_opener(",
        _TOKENS,
    ),
    Mutant(
        "a token of another book is good",
        "server/tokens.py",
        "if books is not None and self._rules.book not in books:",
        "if False:",
        _TOKENS,
    ),
    Mutant(
        "a token that was revoked is taken from the cache",
        "server/tokens.py",
        "if self._revoked and self._revoked.covers(",
        "if False and self._revoked.covers(",
        _REVOCATION,
    ),
    Mutant(
        "another token with a revoked id is refused",
        "server/revoked.py",
        "self._ids.add((one.principal, one.token_id))",
        "self._ids |= {(one.principal, one.token_id), ('users/ben', one.token_id)}",
        _REVOCATION,
    ),
    Mutant(
        "a bucket never fills up again",
        "server/limits.py",
        "left + (now - since) * self.rate)\n        if",
        "left)\n        if",
        _LIMITS,
    ),
    Mutant(
        "any certificate goes with any token",
        "server/gate.py",
        "if actor.encode() not in names:",
        "if False:",
        _PRODUCTION,
    ),
    Mutant(
        "everybody may ask a server in production for its contract",
        "server/app.py",
        "if config.insecure or config.reflection:",
        "if True:",
        _PRODUCTION,
    ),
    Mutant(
        "a stream that nobody reads goes on as if nothing had been left out",
        "server/rpc.py",
        "if alarm.when() <= loop.time():",
        "if False:",
        _LIMITS,
    ),
)
