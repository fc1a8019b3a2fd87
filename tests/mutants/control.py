"""Bugs in who may do what: four eyes, roles, limits of authority."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_ROLES = ("tests/server/test_roles.py",)
_APPROVALS = ("tests/server/test_approvals.py",)

MUTANTS = (
    Mutant(
        "a proof shows an event to every role",
        "server/services/audit.py",
        "if key in found and reads else",
        "if key in found else",
        ("tests/server/test_audit_service.py",),
    ),
    Mutant(
        "a batch costs one call",
        "server/limits.py",
        "self._writes.spend(caller, max(0, items - 1))",
        "self._writes.spend(caller, 0)",
        ("tests/server/test_limits.py",),
    ),
    Mutant(
        "a command that was decided is listed as waiting",
        "ledger/store/approvals.py",
        "\" where c.state = 'waiting' order by c.stripe, c.pending\"",
        '" order by c.stripe, c.pending"',
        ("tests/server/test_long_registers.py",),
    ),
    Mutant(
        "a limit of a branch covers loans of none",
        "ledger/calc/authority.py",
        "return not bounds or (bool(found) and set(found) <= set(bounds))",
        "return not bounds or (bool(found) and {*found} - {''} <= set(bounds))",
        ("tests/server/test_branch_roles.py",),
    ),
    Mutant(
        "a caller approves a command of their own",
        "ledger/lending/approvals.py",
        "    if actor == content.actor:\n",
        "    if False:\n",
        _APPROVALS,
    ),
    Mutant(
        "one person approves twice",
        "ledger/lending/approvals.py",
        "    if actor in dict(found.content.approvals):\n",
        "    if False:\n",
        _APPROVALS,
    ),
    Mutant(
        "a command can be approved after its time",
        "ledger/lending/approvals.py",
        "    if found.state is not State.WAITING or _expired(view, found):\n",
        "    if found.state is not State.WAITING:\n",
        _APPROVALS,
    ),
    Mutant(
        "a rule does not look at the amount",
        "ledger/calc/authority.py",
        "return not self.above or _beyond(amounts, self.above)",
        "return True",
        _APPROVALS,
    ),
    Mutant(
        "journals of a batch are held to no rule",
        "server/services/base.py",
        '    "BatchPostJournals": "PostJournal",\n',
        "",
        _APPROVALS,
    ),
    Mutant(
        "a role is given to oneself",
        "ledger/lending/roles.py",
        "    if asked.principal == actor:\n",
        "    if False:\n",
        _ROLES,
    ),
    Mutant(
        "a lent role outlives its owner's",
        "ledger/store/roles.py",
        "if one.principal == principal and key in owned:\n            far = owned[key]",
        "if one.principal == principal:\n            far = owned.get(key)",
        _ROLES,
    ),
    Mutant(
        "the limit of a role does not look at the amount",
        "ledger/calc/authority.py",
        "return own and (not self.most or not _beyond(amounts, self.most))",
        "return own",
        ("tests/server/test_authority.py",),
    ),
)
