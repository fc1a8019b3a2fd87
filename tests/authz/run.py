"""Every RPC by every role in every way to call it; the table of roles says what must come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message

from loanledger import LoanLedgerError
from loanledger.errors import from_rpc
from server.security import ALLOWED, LISTING, NAMING, OPEN
from tests.authz.books import HERE, WAYS, Books, principal
from tests.authz.requests import OWN_KEYS, naming, request
from tests.authz.tokens import Metadata, bearer, signed, worthless
from tests.book import ROLES
from tests.server.bad import METHODS, answered
from tests.server.desk import Desk

DENIED, UNKNOWN, ABSENT = "PERMISSION_DENIED", "UNAUTHENTICATED", "NOT_FOUND"
#: Let in: whatever the answer, it is none of these.
NEVER = {DENIED, UNKNOWN, "INTERNAL", "UNKNOWN", "UNIMPLEMENTED", "UNAVAILABLE"}
#: Of the whole book, and asked for by roles of a branch.
BOUNDED = "NOT_ENTITLED"
ALLOW = "let in"
#: What belongs to a branch, or leads to it.
OWNED = frozenset({"loans", "parties", "collaterals", "events", "pendingCommands"})
#: The same where the names are of nothing here: an error, or a list of nothing.
NOTHING = "let in, and told of nothing"
BETWEEN = 400


class Violated(Exception):
    """A call that came back otherwise than the table says."""


@dataclass(frozen=True)
class Try:
    """One call, and what must come back."""

    cell: str
    method: MethodDescriptor
    who: str
    metadata: Metadata
    data: bytes
    expected: str
    desk: Desk

    def __str__(self) -> str:
        return f"{self.method.full_name} by {self.who}, {self.cell}"


@dataclass
class Run:
    """What is tried, from a seed; `whole` tries every token with every role."""

    books: Books
    seed: int
    whole: bool = True
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance, self._data = Random(self.seed), self.books.main.server.data
        self._good = {role: bearer(signed(self._data, role)) for role in ROLES}
        self._bad = {role: worthless(self._data, role) for role in ROLES}
        self._ways = {
            (way, role): bearer(
                signed(self.books.strict.server.data, *ROLES, sub=principal(way, role))
            )
            for way in WAYS
            for role in ROLES
        }

    def go(self) -> int:
        """Tries all; first those that must be refused, of which none may write."""
        missing = {_name(method) for method in METHODS} ^ set(ALLOWED)
        if missing:
            raise Violated(f"no rule in ALLOWED, or no RPC: {', '.join(sorted(missing))}")
        every = [one for method in METHODS for one in self._tries(method)]
        refused = [one for one in every if one.expected not in (ALLOW, NOTHING)]
        for start in range(0, len(refused), BETWEEN):
            self._unwritten(refused[start : start + BETWEEN])
        for one in every:
            if one.expected in (ALLOW, NOTHING):
                self._judge(one)
        return self.done.total()

    def _unwritten(self, tries: Iterable[Try]) -> None:
        before = self.books.main.written()
        for one in tries:
            self._judge(one)
        if self.books.main.written() != before:
            raise Violated(f"something was written by one of: {', '.join(map(str, tries))}")

    def _judge(self, one: Try) -> None:
        path = f"/{one.method.containing_service.full_name}/{one.method.name}"
        answers: list[Message] = []
        error = None
        try:
            answers = answered(one.desk, path, one.data, one.metadata)
        except grpc.RpcError as failure:
            error = from_rpc(failure)
        if not _fits(one.expected, error, answers):
            came = error or f"an answer: {str(answers[:1])[:200]}"
            raise Violated(f"{one}: {one.expected} was due, and this came: {came}")
        self.done[one.cell.partition(":")[0]] += 1

    def _tries(self, method: MethodDescriptor) -> Iterator[Try]:
        own = request(method, self.books.own).SerializeToString()
        yield from self._by_role(method, own)
        yield from self._by_token(method, own)
        yield from self._several(method, own)
        yield from self._given(method, own)
        yield from self._by_branch(method, own)

    def _by_role(self, method: MethodDescriptor, own: bytes) -> Iterator[Try]:
        """Each role about this book's things, about another book's, and about keys of those."""
        main = self.books.main
        for role, token in self._good.items():
            may = role in ALLOWED[_name(method)]
            yield Try("own book", method, role, token, own, ALLOW if may else DENIED, main)
            for cell, data, due in self._foreign(method):
                yield Try(cell, method, role, token, data, due if may else DENIED, main)

    def _foreign(self, method: MethodDescriptor) -> Iterator[tuple[str, bytes, str]]:
        own, theirs = self.books.own, self.books.theirs
        for name, collection in naming(method):
            changed = request(method, own, **{name: theirs[collection]})
            yield f"another book's name: {name}", changed.SerializeToString(), ABSENT
            if collection in OWN_KEYS:
                moved = theirs[collection].replace(theirs["books"], own["books"])
                changed = request(method, own, **{name: moved})
                yield f"another book's key: {name}", changed.SerializeToString(), NOTHING

    def _by_token(self, method: MethodDescriptor, own: bytes) -> Iterator[Try]:
        """Tokens that are worth nothing, whatever they claim."""
        every = list(self._bad[ROLES[0]])
        for which in every if self.whole else self._chance.sample(every, 5):
            for role in ROLES if self.whole else self._chance.sample(ROLES, 1):
                header = self._bad[role][which]
                metadata = (("authorization", header),) if header is not None else ()
                cell = f"worthless token: {which}"
                yield Try(cell, method, role, metadata, own, UNKNOWN, self.books.main)

    def _several(self, method: MethodDescriptor, own: bytes) -> Iterator[Try]:
        """Several roles at once, none, and one that nobody knows."""
        counts = range(2, 6) if self.whole else [self._chance.randint(2, 5)]
        drawn = [self._chance.sample(ROLES, count) for count in counts]
        for roles in ([], ["root"], ["admin", "*"], list(ROLES), *drawn):
            may = ALLOWED[_name(method)] & set(roles)
            token = bearer(signed(self._data, *roles))
            due = ALLOW if may else DENIED
            who = " and ".join(roles) or "nobody"
            yield Try("several roles or none", method, who, token, own, due, self.books.main)

    def _given(self, method: MethodDescriptor, own: bytes) -> Iterator[Try]:
        """Roles of the book: the token claims all of them, which is worth nothing."""
        for role in ROLES if self.whole else self._chance.sample(ROLES, 1):
            for way, counts in WAYS.items():
                may = counts and role in ALLOWED[_name(method)]
                due, token = ALLOW if may else DENIED, self._ways[way, role]
                cell = f"role of the book: {way}"
                yield Try(cell, method, role, token, own, due, self.books.strict)

    def _by_branch(self, method: MethodDescriptor, own: bytes) -> Iterator[Try]:
        """All roles, bounded to the branch of what is named, and to another one."""
        name, named = _name(method), {collection for _, collection in naming(method)}
        about = bool(named & OWNED)
        for cell, branch in (("own branch", HERE), ("other branch", "elsewhere")):
            lost = branch != HERE or "pendingCommands" in named
            due = ABSENT if about and lost else ALLOW
            if name in OPEN:
                due = ALLOW
            elif name not in LISTING and not (name in NAMING and about):
                due = BOUNDED
            token = bearer(signed(self._data, *ROLES, branches=[branch]))
            yield Try(cell, method, "all roles", token, own, due, self.books.main)


def _fits(due: str, error: LoanLedgerError | None, answers: list[Message]) -> bool:
    if due == ALLOW:
        return error is None or error.code.name not in NEVER or _own_limit(error)
    if due == NOTHING:
        return error.code.name not in NEVER if error else not any(map(_things, answers))
    if due == BOUNDED:
        return error is not None and (error.code.name, error.reason) == (DENIED, BOUNDED)
    return error is not None and (error.code.name, error.reason) == (due, due)


def _things(answer: Message) -> bool:
    """Whether it holds a thing of a list: a single one that was asked for may not come at all."""
    lists = [field for field in answer.DESCRIPTOR.fields if field.is_repeated]
    found = [field for field in lists if field.message_type and getattr(answer, field.name)]
    return bool(found) or not lists


def _own_limit(error: LoanLedgerError) -> bool:
    """Let in by the table, and refused by what the call is about."""
    return error.code.name == DENIED and error.reason != DENIED


def _name(method: MethodDescriptor) -> str:
    return f"{method.containing_service.name}/{method.name}"
