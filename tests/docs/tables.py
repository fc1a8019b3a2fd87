"""The tables of the documentation that the code decides: `python -m tests.docs.tables` renews them.

A table stands between `<!-- table: name -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ledger.book.chart import CREDIT_SIDE, DEFAULT_CHART, DEFAULT_ROLES, Role
from ledger.book.rules import DEFAULT_PROFILE, RULES, control_roles
from ledger.calc.delinquency import BUCKETS
from ledger.calc.indicators import INDICATORS
from ledger.calc.monitoring import SCENARIOS
from ledger.calc.registers import FORMS
from ledger.lending.known_facts import KNOWN
from ledger.loan.events import ALLOWED as ALLOWED_EVENTS
from ledger.loan.events import Kind
from ledger.loan.state import Status
from server.config import Config
from server.security import ALLOWED, AUDITOR, CHANNEL, COMPLIANCE, CREDIT, FINANCE, OPERATOR
from tests.docs.contract import CONTRACT, table
from tests.tampering.run import BY

ROOT = Path(__file__).resolve().parents[2]
_ROLES = (CHANNEL, CREDIT, FINANCE, AUDITOR, OPERATOR, COMPLIANCE)
_BLOCK = re.compile(r"<!-- table: ([a-z-]+) -->\n(.*?)<!-- end -->", re.DOTALL)


def chart() -> str:
    """The default chart of accounts."""
    rows = [
        (a.code, a.title, a.title_zh, a.type.value, a.control.value if a.control else "")
        for a in DEFAULT_CHART
    ]
    return table(("code", "title", "标题", "type", "control account of"), rows)


def alterations() -> str:
    """What `make tamper` alters, and the check that must find it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, check in BY.items():
        what, _, how = name.partition(": ")
        groups.setdefault((what, check), []).append(how)
    rows = [(what, "; ".join(found), check) for (what, check), found in groups.items()]
    return table(("altered", "how", "found by"), rows)


def scenarios() -> str:
    """What a rule of the monitoring policy may look for."""
    rows = [(name, str(look.__doc__).splitlines()[0]) for name, look in SCENARIOS.items()]
    return table(("scenario", "what it finds"), rows)


def registers() -> str:
    """The states of the registers, what an item may say, and what it must say in a state."""
    rows = [
        (
            f"{form.kind} (`{form.collection}`)",
            "; ".join(f"{one} → {', '.join(later)}" for one, later in form.moves.items() if later),
            ", ".join(form.facts),
            "; ".join(f"{state}: {', '.join(found)}" for state, found in form.needs.items()),
        )
        for form in FORMS.values()
    ]
    return table(("register", "from state → to", "facts", "needed in a state"), rows)


def indicators() -> str:
    """Key risk indicators."""
    return table(("indicator",), [(name,) for name in INDICATORS])


def _pair(debit: Role, credit: Role) -> tuple[str, str]:
    return (
        f"{debit.value} ({DEFAULT_ROLES[debit]})",
        f"{credit.value} ({DEFAULT_ROLES[credit]})",
    )


def posting_rules() -> str:
    """Every (movement, component) of the default profile with its pairs of accounts."""
    rows = [
        (movement, part.value, *_pair(debit, credit))
        for movement, parts in RULES[DEFAULT_PROFILE].items()
        for part, pairs in parts.items()
        for debit, credit in pairs
    ]
    return table(("movement", "component", "debit", "credit"), rows)


def other_profiles() -> str:
    """The rules of the other profiles that are not those of the default; none is a dash."""
    rows = [
        (profile, movement, part.value, *(_pair(*pair) if pair else ("-", "-")))
        for profile, movements in RULES.items()
        for movement, usual in RULES[DEFAULT_PROFILE].items()
        for part in {**usual, **movements[movement]}
        if movements[movement].get(part) != usual.get(part)
        for pair in movements[movement].get(part) or (None,)
    ]
    return table(("profile", "movement", "component", "debit", "credit"), rows)


def control_accounts() -> str:
    """The control account of each component, by profile where it differs."""
    rows = [
        (
            part.value,
            DEFAULT_ROLES[role],
            "credit" if part in CREDIT_SIDE else "debit",
            ", ".join(
                f"{profile}: {DEFAULT_ROLES[roles[part]]}"
                for profile, roles in ((name, control_roles(name)) for name in RULES)
                if roles[part] is not role
            ),
        )
        for part, role in control_roles().items()
    ]
    return table(("component", "control account", "side", "other in"), rows)


def allowed_events() -> str:
    """Which events each status allows."""
    rows = [
        (kind.value, *("yes" if kind in ALLOWED_EVENTS[status] else "" for status in Status))
        for kind in Kind
    ]
    return table(("event", *(status.value for status in Status)), rows)


def roles() -> str:
    """Which roles may call each RPC."""
    rows = [
        (method, *("yes" if role in allowed else "" for role in _ROLES))
        for method, allowed in ALLOWED.items()
    ]
    return table(("RPC", *_ROLES), rows)


def buckets() -> str:
    """The delinquency buckets."""
    rows = [(name, str(first), "" if last is None else str(last)) for name, first, last in BUCKETS]
    return table(("bucket", "first day past due", "last day"), rows)


def known_facts() -> str:
    """What conditions of rules may name without a declaration."""
    rows = [(f"`{name}`", one.kind.value, one.title) for name, one in KNOWN.items()]
    return table(("fact", "kind", "what it tells"), rows)


def settings() -> dict[str, str]:
    """Every environment variable of the server with its default."""
    found = {}
    for name, field in Config.model_fields.items():
        value = field.default
        secret = getattr(value, "get_secret_value", None)
        text = secret() if secret else value
        shown = "" if text in (None, "") else f"`{str(text).lower() if text is False else text}`"
        found[f"`LOANLEDGER_{name.upper()}`"] = shown
    return found


TABLES: Mapping[str, Callable[[], str]] = {
    "chart": chart,
    "posting-rules": posting_rules,
    "posting-rules-other-profiles": other_profiles,
    "control-accounts": control_accounts,
    "allowed-events": allowed_events,
    "roles": roles,
    "buckets": buckets,
    "alterations": alterations,
    "known-facts": known_facts,
    "scenarios": scenarios,
    "registers": registers,
    "indicators": indicators,
    **CONTRACT,
}


def blocks(text: str) -> dict[str, str]:
    """The generated tables of a page by name."""
    return {found[1]: found[2] for found in _BLOCK.finditer(text)}


def pages() -> list[Path]:
    """README.md and all pages under docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def renew() -> None:
    """Writes the tables as the code has them now."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        fresh = _BLOCK.sub(
            lambda found: f"<!-- table: {found[1]} -->\n{TABLES[found[1]]()}<!-- end -->", text
        )
        if fresh != text:
            page.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    renew()
