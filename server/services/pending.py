"""Approval policies and pending commands between contract and domain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from google.protobuf import json_format, timestamp_pb2
from google.protobuf.message import Message
from google.type import date_pb2, money_pb2

from ledger.calc.authority import (
    MAX_APPROVALS,
    MAX_DAYS,
    MAX_RULES,
    ApprovalPolicy,
    Conflict,
    Limit,
    Rule,
)
from ledger.money import decimal_text
from ledger.names import event_text
from ledger.store.approvals import Pending, State
from loanledger import minor, to_date
from loanledger.v1 import approval_service_pb2 as pb
from server import convert
from server.checks import Checks
from server.security import ROLES
from server.services.base import Room

#: Their requests hold personal data, which no event may keep in clear, or they are many in one.
_NEVER = frozenset(
    {
        *("CreateParty", "RegisterCollateral", "BatchPostJournals", "ImportLoans", "ResetRates"),
        *("DismissAlert", "OpenCase", "UpdateCase", "OpenRegisterItem", "UpdateRegisterItem"),
        "RunSelfTest",
        "ExportParty",
    }
)
_MOSTROLES, _DEFAULT_DAYS = 20, 7


def governable(room: Room) -> set[str]:
    """The RPCs that a rule may name: commands by themselves, without personal data."""
    return {
        name
        for name, method in room.methods.items()
        if "request_id" in method.form.DESCRIPTOR.fields_by_name
        and not name.endswith("PendingCommand")
        and name not in _NEVER
    }


def asked(check: Checks, given: pb.ApprovalPolicy, field: str = "policy") -> ApprovalPolicy:
    """The policy of a request; its version is set when it is published."""
    effective = check.date(given, "effective_from", f"{field}.", required=True)
    title = check.text(given.title, f"{field}.title", required=True, most=200)
    rules = [_rule(check, rule, f"{field}.rules[{no}]") for no, rule in enumerate(given.rules)]
    for part in ("rules", "limits", "conflicts"):
        if len(getattr(given, part)) > MAX_RULES:
            check.add(f"{field}.{part}", f"at most {MAX_RULES}")
    limits = [_limit(check, one, f"{field}.limits[{no}]") for no, one in enumerate(given.limits)]
    conflicts = [
        Conflict(
            _role(check, one.first, f"{field}.conflicts[{no}].first"),
            _role(check, one.second, f"{field}.conflicts[{no}].second"),
            check.text(one.reason, f"{field}.conflicts[{no}].reason", required=True),
        )
        for no, one in enumerate(given.conflicts)
    ]
    parts = tuple(rules), tuple(limits), tuple(conflicts)
    return ApprovalPolicy(*parts, title, effective_from=effective or date.min)


def _limit(check: Checks, given: pb.AuthorityLimit, field: str) -> Limit:
    if len(given.products) > MAX_RULES:
        check.add(f"{field}.products", f"at most {MAX_RULES}")
    products = {check.text(code, f"{field}.products", required=True) for code in given.products}
    if len(given.branches) > MAX_RULES:
        check.add(f"{field}.branches", f"at most {MAX_RULES}")
    branches = {check.branch(code, f"{field}.branches") for code in given.branches}
    return Limit(
        _role(check, given.role, f"{field}.role"),
        check.text(given.method, f"{field}.method", required=True, most=100),
        check.amounts(given.most, f"{field}.most"),
        tuple(sorted(products)),
        tuple(sorted(branches)),
    )


def _role(check: Checks, role: str, field: str) -> str:
    if role not in ROLES:
        check.add(field, f"must be one of {', '.join(ROLES)}")
    return role


def _rule(check: Checks, given: pb.ApprovalRule, field: str) -> Rule:
    if len(given.roles) > _MOSTROLES:
        check.add(f"{field}.roles", f"at most {_MOSTROLES}")
    for index, role in enumerate(given.roles[:_MOSTROLES]):
        _role(check, role, f"{field}.roles[{index}]")
    return Rule(
        check.text(given.method, f"{field}.method", required=True, most=100),
        check.amounts(given.above, f"{field}.above"),
        check.integer(given.approvals or 1, f"{field}.approvals", 1, MAX_APPROVALS),
        tuple(sorted(set(given.roles))),
        check.integer(given.valid_days or _DEFAULT_DAYS, f"{field}.valid_days", 1, MAX_DAYS),
    )


def policy_message(book: str, policy: ApprovalPolicy, booked_at: int = 0) -> pb.ApprovalPolicy:
    """A policy as the contract tells it; where there is none, one without a version."""
    told = pb.ApprovalPolicy(
        name=f"books/{book}/approvalPolicies/{policy.version}",
        version=policy.version,
        title=policy.title,
        rules=[
            pb.ApprovalRule(
                method=rule.method,
                above=[convert.money(amount, code) for code, amount in rule.above.items()],
                approvals=rule.approvals,
                roles=rule.roles,
                valid_days=rule.days,
            )
            for rule in policy.rules
        ],
        limits=[
            pb.AuthorityLimit(
                role=limit.role,
                method=limit.method,
                most=[convert.money(amount, code) for code, amount in limit.most.items()],
                products=limit.products,
                branches=limit.branches,
            )
            for limit in policy.limits
        ],
        conflicts=[
            pb.RoleConflict(first=one.first, second=one.second, reason=one.reason)
            for one in policy.conflicts
        ],
    )
    if policy.version:
        told.effective_from.CopyFrom(convert.day(policy.effective_from))
        told.create_time.CopyFrom(convert.moment(booked_at or policy.booked_at))
    return told


def request_of(room: Room, found: Pending) -> Message:
    """The request as its caller sent it."""
    message = room.methods[found.content.method].form()
    return json_format.Parse(found.content.request, message)


def pending_message(room: Room, found: Pending, day: date) -> pb.PendingCommand:
    """A pending command as it is on a business date."""
    content, book = found.content, room.book.code
    waits = found.state is State.WAITING
    state = "expired" if waits and day > content.until else found.state.value
    told = pb.PendingCommand(
        name=f"books/{book}/{found.resource}",
        method=content.method,
        command_request_id=content.request_id,
        actor=content.actor,
        state=f"PENDING_STATE_{state.upper()}",
        amounts=[convert.money(amount, code) for code, amount in content.amounts.items()],
        policy_version=content.policy,
        approvals_needed=content.needed,
        approvals=[pb.GivenApproval(actor=who, reason=why) for who, why in content.approvals],
        approver_roles=content.roles,
        valid_until=convert.day(content.until),
        create_time=convert.moment(content.asked_at),
        event=f"books/{book}/events/{event_text(found.stripe, found.number)}",
        last_actor=found.actor,
        last_reason=found.reason,
    )
    told.request.Pack(request_of(room, found))
    return told


def changes(before: Message, after: Message) -> list[pb.FieldChange]:
    """Where two messages of a form differ, field by field, as text."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return [
        pb.FieldChange(field=name, before=old.get(name, ""), after=new.get(name, ""))
        for name in sorted(old.keys() | new.keys())
        if old.get(name, "") != new.get(name, "")
    ]


def _leaves(message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """The fields that are set, by path; amounts, dates and moments are leaves."""
    for field, value in message.ListFields():
        name = f"{path}{field.name}"
        if field.is_repeated:
            yield name, ", ".join(str(item).strip() for item in value)
        elif field.enum_type:
            yield name, field.enum_type.values_by_number[value].name
        elif isinstance(value, money_pb2.Money):
            yield name, f"{value.currency_code} {decimal_text(minor(value), value.currency_code)}"
        elif isinstance(value, date_pb2.Date):
            yield name, str(to_date(value))
        elif isinstance(value, timestamp_pb2.Timestamp):
            yield name, value.ToJsonString()
        elif field.message_type:
            yield from _leaves(value, f"{name}.")
        else:
            yield name, str(value)
