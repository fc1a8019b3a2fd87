"""Bugs in the rules that commands must keep."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_RULES = ("tests/server/test_rules.py",)
_PURE = ("tests/calc/test_rules.py",)

MUTANTS = (
    Mutant(
        "a rule whose facts are not known holds",
        "ledger/calc/rules.py",
        "            return Said(rule, Outcome.BROKEN, error.names)\n",
        "            return Said(rule, Outcome.HELD, error.names)\n",
        _PURE,
    ),
    Mutant(
        "conditions are rounded",
        "ledger/calc/expressions.py",
        "traps=[Inexact, InvalidOperation,",
        "traps=[InvalidOperation,",
        _PURE,
    ),
    Mutant(
        "a rule counts a day too long",
        "ledger/calc/rules.py",
        "<= day <= (self.until or day)",
        "<= day <= (self.until or day) + __import__('datetime').timedelta(1)",
        _PURE,
    ),
    Mutant(
        "what waited is done without asking the rules again",
        "server/services/base.py",
        "        return self.command()._replace(decide=self._ruled)\n",
        "        return self.command()._replace(decide=self.decide)\n",
        _RULES,
    ),
    Mutant(
        "a refusal is recorded at each attempt",
        "ledger/lending/rules.py",
        "    if last and last.content == content:\n",
        "    if False:\n",
        _RULES,
    ),
    Mutant(
        "a rulebook is published though its cases fail",
        "ledger/calc/rule_checks.py",
        "        if said.outcome is not case.expected:\n",
        "        if False:\n",
        ("tests/server/test_rulebooks.py",),
    ),
    Mutant(
        "anybody records a fact",
        "ledger/lending/rules.py",
        "        if not set(allowed) & set(roles):\n",
        "        if False:\n",
        ("tests/server/test_rulebooks.py",),
    ),
    Mutant(
        "an exposure leaves out what may still be drawn",
        "ledger/lending/exposures.py",
        "    return state.principal + state.undrawn(day)\n",
        "    return state.principal\n",
        _RULES,
    ),
    Mutant(
        "a rulebook is tried on what was found out later",
        "ledger/lending/rule_trials.py",
        "        until=record.booked_at,\n",
        "        until=None,\n",
        ("tests/server/test_rulebooks.py",),
    ),
    Mutant(
        "a rule looks at today's rate only",
        "ledger/lending/occasions.py",
        "    return max([state.rate_on(at.value_date), *later, *steps])\n",
        "    return state.rate_on(at.day)\n",
        _RULES,
    ),
    Mutant(
        "a notice may be made up for a month ago",
        "ledger/lending/contact_facts.py",
        "c.recorded_on or date.min)",
        "date.min)",
        _RULES,
    ),
    Mutant(
        "a free text that names a loan opens the book",
        "server/branches.py",
        "        if field.name in _FREE:\n",
        "        if False:\n",
        ("tests/server/test_branches.py",),
    ),
)
