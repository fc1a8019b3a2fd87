"""Bugs in what is watched, in cases and in the registers."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_SCENARIOS = ("tests/calc/test_monitoring.py", "tests/server/test_monitoring.py")
_CASES = ("tests/server/test_cases.py",)
_PROGRAMME = ("tests/server/test_programme.py",)

MUTANTS = (
    Mutant(
        "an event counts in two alerts of a scenario",
        "ledger/calc/monitoring.py",
        "alerted.get(rule.scenario, ())",
        "set[int]()",
        _SCENARIOS,
    ),
    Mutant(
        "payments above the threshold count as structuring",
        "ledger/calc/monitoring.py",
        "and one.amount < (least or 0)",
        "and one.amount > 0",
        _SCENARIOS,
    ),
    Mutant(
        "a reversed payoff is suspicious all the same",
        "ledger/store/monitoring.py",
        "and v.reverses = x.number)",
        "and v.reverses = -x.number)",
        _SCENARIOS,
    ),
    Mutant(
        "what an older alert named is forgotten at the close",
        "ledger/end_of_day/monitoring.py",
        "update(names[c] for c in causes if c in names)",
        "update([])",
        _SCENARIOS,
    ),
    Mutant(
        "everybody reads the event of an alert",
        "server/services/discretion.py",
        "    if caller.roles & DISCREET:\n",
        "    if True:\n",
        _CASES,
    ),
    Mutant(
        "a link tells whether there is an alert",
        "ledger/lending/registers.py",
        " or (found.kind in CONFIDENTIAL and not discreet)",
        "",
        _PROGRAMME,
    ),
    Mutant(
        "everybody sees that a case waits to be closed",
        "server/services/discretion.py",
        "return method in COMMANDS and not caller.roles & DISCREET",
        "return False",
        _CASES,
    ),
    Mutant(
        "an auditor reads the borrower's name in a report",
        "server/services/suspicion.py",
        "if party and owner and owner.key and COMPLIANCE in caller.roles:",
        "if party and owner and owner.key:",
        _CASES,
    ),
    Mutant(
        "a note about a borrower stands in clear",
        "server/services/registers.py",
        "if not note or owner is None:",
        "if True:",
        (*_CASES, *_PROGRAMME),
    ),
    Mutant(
        "an item that has ended goes on",
        "ledger/lending/registers.py",
        "if found.state in found.form.ends:",
        "if False:",
        (*_CASES, *_PROGRAMME),
    ),
    Mutant(
        "a state is reached by any way",
        "ledger/calc/registers.py",
        "and step.state not in form.moves[step.before]:",
        "and False:",
        _PROGRAMME,
    ),
    Mutant(
        "more is recovered than was lost",
        "ledger/lending/risk_events.py",
        "if kind == name and total(name) > most:",
        "if False:",
        _PROGRAMME,
    ),
    Mutant(
        "a self-test that failed says that it passed",
        "server/services/programme.py",
        '"failed" if lines or told.differences else "passed"',
        '"passed"',
        ("tests/server/test_self_tests.py",),
    ),
    Mutant(
        "a sample is drawn until it pleases",
        "ledger/lending/audit_samples.py",
        'if "sample_hash" in found.content.facts:',
        "if False:",
        _PROGRAMME,
    ),
)
