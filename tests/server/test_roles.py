"""Roles that the book gives: by others, for a time, apart from those they exclude; or lent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from loanledger import Client, FailedPrecondition, InvalidArgument, PermissionDenied, date_of
from loanledger.v1 import access_service_pb2 as pb
from loanledger.v1 import approval_service_pb2 as ap
from server.config import Config
from server.keys import ensure_key, token
from server.roles import Assigned, give_role
from tests.server.desk import Desk, serving
from tests.server.test_approvals import WRITE_OFF, ruled, waits


def ahead(seconds: float) -> Timestamp:
    """A moment so many seconds from now."""
    found = Timestamp()
    found.FromDatetime(datetime.now(UTC) + timedelta(seconds=seconds))
    return found


def give(desk: Desk, who: str, role: str, **more: object) -> pb.RoleAssignment:
    """Gives a role by compliance."""
    assignment = pb.RoleAssignment(principal=who, role=role, **more)  # type: ignore[arg-type]
    return compliance(desk).access.assign_role(assignment=assignment, reason="hired")


def person(desk: Desk, name: str, *roles: str) -> Client:
    """A client of somebody whose token claims some roles."""
    key = ensure_key(desk.server.data / "token.key")
    made = Client(desk.server.target, token=token(key, name, list(roles)), retries=0)
    desk.server.clients.append(made)
    return made


def compliance(desk: Desk) -> Client:
    """Who gives roles."""
    return person(desk, "users/cho", "compliance")


@pytest.fixture
def strict(database: str) -> Iterator[Desk]:
    """A server that takes roles from the book; users/cho and the desk's actor have theirs."""
    with serving(database):
        config = Config.model_validate({"dsn": database, "book": "main"})
        everything = "channel", "credit_officer", "finance", "auditor", "operator"
        for who, role in [("users/cho", "compliance"), *(("dev:channel", r) for r in everything)]:
            asyncio.run(give_role(config, Assigned(who, role, "users/root", "first of all")))
    with serving(database, roles_from="book") as desk:
        yield desk


def test_a_token_s_roles_are_worth_nothing_where_the_book_gives_them(strict: Desk) -> None:
    loan = strict.lent(strict.publish(), "1200")
    ann = person(strict, "users/ann", "finance", "credit_officer")
    with pytest.raises(PermissionDenied):
        ann.loans.get_loan(name=loan)
    given = give(strict, "users/ann", "auditor")
    assert ann.loans.get_loan(name=loan).name == loan
    access = ann.access.get_access()
    assert (access.principal, [*access.roles]) == ("users/ann", ["auditor"])
    assert "AuditService/ExportHistory" in access.methods
    assert "LoanService/RepayLoan" not in access.methods
    ended = compliance(strict).access.end_role_assignment(name=given.name, reason="left")
    assert ended.ended
    with pytest.raises(PermissionDenied):
        ann.loans.get_loan(name=loan)
    with pytest.raises(FailedPrecondition, match="was ended before, by users/cho"):
        compliance(strict).access.end_role_assignment(name=given.name, reason="again")


def test_nobody_gives_themselves_a_role_nor_has_one_outside_its_time(strict: Desk) -> None:
    with pytest.raises(PermissionDenied, match="given by somebody else"):
        give(strict, "users/cho", "finance")
    with pytest.raises(InvalidArgument) as told:
        give(strict, "users/ann", "boss", valid_until=ahead(-5))
    assert {field for field, _ in told.value.violations} == {"assignment.role", "valid_until"}
    ages = {"valid_from": Timestamp(seconds=-1), "valid_until": Timestamp(seconds=32_503_680_000)}
    with pytest.raises(InvalidArgument, match="between 1970 and 2199") as told:
        give(strict, "users/ann", "finance", **ages)
    assert [field for field, _ in told.value.violations] == ["valid_from", "valid_until"]
    ann = person(strict, "users/ann")
    give(strict, "users/ann", "finance", valid_from=ahead(3600))
    give(strict, "users/ann", "auditor", valid_until=ahead(2))
    assert [*ann.access.get_access().roles] == ["auditor"]
    time.sleep(2.1)
    with pytest.raises(PermissionDenied):
        ann.access.get_access()
    with pytest.raises(FailedPrecondition, match="already"):
        give(strict, "users/ann", "finance", valid_from=ahead(7200))
    mine = compliance(strict).access.list_role_assignments
    assert [one.role for one in mine.iterate(principal="users/ann")] == ["finance"]
    assert len(list(mine.iterate(principal="users/ann", show_ended=True))) == 2


def test_roles_that_exclude_each_other_are_refused_and_reported(strict: Desk) -> None:
    access = compliance(strict).access
    conflict = ap.RoleConflict(
        first="credit_officer", second="finance", reason="who lends keeps no books"
    )
    give(strict, "users/old", "credit_officer")
    give(strict, "users/old", "finance")
    policy = ap.ApprovalPolicy(
        title="Duties", effective_from=date_of("2024-01-15"), conflicts=[conflict]
    )
    compliance(strict).approvals.publish_approval_policy(policy=policy)
    give(strict, "users/ann", "finance", valid_from=ahead(3600))
    with pytest.raises(FailedPrecondition, match="excludes credit_officer") as told:
        give(strict, "users/ann", "credit_officer")
    assert told.value.reason == "ROLE_CONFLICT"
    give(strict, "users/ann", "credit_officer", valid_until=ahead(3000))
    found = access.list_role_conflicts().conflicts
    assert {(one.principal, one.first, one.second) for one in found} == {
        ("users/old", "credit_officer", "finance"),
        ("dev:channel", "credit_officer", "finance"),
    }


def test_a_delegation_ends_on_its_day_with_its_owner_s_role_and_is_not_passed_on(
    strict: Desk,
) -> None:
    loan = strict.lent(strict.publish(), "1200")
    owned = give(strict, "users/ann", "auditor")
    ann, ben, cem = (person(strict, f"users/{name}") for name in ("ann", "ben", "cem"))
    lent = ann.access.delegate_role(
        principal="users/ben", role="auditor", valid_until=ahead(2), reason="holiday"
    )
    assert lent.delegated_by == "users/ann"
    assert ben.loans.get_loan(name=loan).name == loan
    with pytest.raises(PermissionDenied, match="of their own"):
        ben.access.delegate_role(
            principal="users/cem", role="auditor", valid_until=ahead(60), reason="lazy"
        )
    with pytest.raises(InvalidArgument, match="at most 366 days"):
        ann.access.delegate_role(principal="users/cem", role="auditor", reason="for ever")
    time.sleep(2.1)
    with pytest.raises(PermissionDenied):
        ben.loans.get_loan(name=loan)
    ann.access.delegate_role(
        principal="users/cem", role="auditor", valid_until=ahead(600), reason="holiday"
    )
    assert cem.loans.get_loan(name=loan).name == loan
    compliance(strict).access.end_role_assignment(name=owned.name, reason="left the bank")
    with pytest.raises(PermissionDenied):
        cem.loans.get_loan(name=loan)


def test_a_maker_who_has_lost_the_role_gets_nothing_done_by_a_late_approval(strict: Desk) -> None:
    compliance_desk = Desk(strict.server, compliance(strict))
    loan = strict.lent(strict.publish(), "1200")
    ruled(compliance_desk, WRITE_OFF)
    given = give(strict, "users/ann", "credit_officer")
    give(strict, "users/ben", "finance")
    ann, ben = person(strict, "users/ann"), person(strict, "users/ben")
    name = waits(ann.loans.write_off_loan, name=loan, reason="lost")
    compliance(strict).access.end_role_assignment(name=given.name, reason="dismissed")
    with pytest.raises(PermissionDenied, match="may not ask for WriteOffLoan any more"):
        ben.approvals.approve_pending_command(name=name, reason="seen")
    give(strict, "users/ann", "credit_officer")
    ben.approvals.approve_pending_command(name=name, reason="seen")
    assert strict.tied()


def test_roles_stand_in_the_history_and_the_book_is_whole(strict: Desk) -> None:
    give(strict, "users/ann", "auditor")
    (*_, event) = strict.client.audit.list_events.iterate(kind="role_assigned")
    assert (event.actor, event.reason) == ("users/cho", "hired")
    assert event.payload["principal"] == "users/ann"
    steps = list(strict.client.ledger.verify_ledger())
    assert [one for step in steps for one in step.found] == []
    strict.rows("alter table ledger.role_assignment disable trigger all")
    strict.rows("update ledger.role_assignment set role = 'finance' where role = 'auditor'")
    steps = list(strict.client.ledger.verify_ledger())
    found = [one for step in steps for one in step.found]
    assert {(one.figure, one.stored.split()[-1]) for one in found} == {("role", '"finance"')}
