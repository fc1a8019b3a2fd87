"""Roles of branches: as the book or a token gives them, in limits and in approvals."""

from __future__ import annotations

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st

from ledger.store.roles import Assignment, held
from loanledger import (
    Client,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    date_of,
)
from loanledger.v1 import approval_service_pb2 as ap
from tests.authz.tokens import signed
from tests.server.desk import Desk
from tests.server.test_approvals import waits
from tests.server.test_branches import (
    EAST,
    WEST,
    borrower,
    bounded,
    opened,
    paid_out,
    shop,
    verified,
)
from tests.server.test_roles import ahead, give, person, strict

__all__ = ["shop", "strict"]


_PEOPLE, _BRANCHES = ("ann", "ben", "cem"), ("a", "b", "c")
_GIVEN = st.builds(
    lambda who, owner, branches: Assignment(
        1000, 1, who, "finance", 0, None, owner if owner != who else "", branches=branches
    ),
    st.sampled_from(_PEOPLE),
    st.sampled_from(("", *_PEOPLE)),
    st.lists(st.sampled_from(_BRANCHES), unique=True).map(tuple),
)


@given_(st.lists(_GIVEN, max_size=8))
def test_a_role_goes_as_far_as_somebody_gave_it_and_lending_adds_nothing(
    given: list[Assignment],
) -> None:
    own = [one for one in given if not one.delegated_by]
    for who in _PEOPLE:
        mine = [one for one in own if one.principal == who]
        far = held(own, who, 1).get("finance", frozenset())
        whole = any(not one.branches for one in mine)
        assert far == (None if whole else {b for one in mine for b in one.branches})
        owners = {one.delegated_by for one in given if one.principal == who and one.delegated_by}
        sources = [held(own, name, 1).get("finance", frozenset()) for name in {who, *owners}]
        if None in sources:
            assert held(given, who, 1)["finance"] is None
        else:
            union = frozenset(b for one in sources for b in one or ())
            assert held(given, who, 1).get("finance", frozenset()) == union


def test_a_limit_of_authority_names_branches(shop: Desk) -> None:
    limit = ap.AuthorityLimit(role="credit_officer", method="ApproveLoan", branches=[EAST])
    policy = ap.ApprovalPolicy(
        title="By branch", effective_from=date_of("2024-01-15"), limits=[limit]
    )
    made = shop.client.approvals.publish_approval_policy(policy=policy)
    assert [*made.limits[0].branches] == [EAST]
    officer = shop.role("credit_officer")
    ours, *others = (opened(shop.client, borrower(shop.client, b)).name for b in (EAST, WEST, ""))
    assert officer.loans.approve_loan(name=ours).loan.branch == EAST
    for loan in others:
        with pytest.raises(PermissionDenied, match=f"in branch {EAST}") as told:
            officer.loans.approve_loan(name=loan)
        assert told.value.reason == "BEYOND_AUTHORITY"
    assert verified(shop)


def test_who_approves_must_be_of_the_branch_and_sees_nothing_else_that_waits(shop: Desk) -> None:
    policy = ap.ApprovalPolicy(
        title="Four eyes",
        effective_from=date_of("2024-01-15"),
        rules=[ap.ApprovalRule(method="WriteOffLoan"), ap.ApprovalRule(method="PublishProduct")],
    )
    loans = [paid_out(shop, branch) for branch in (EAST, WEST)]
    shop.client.approvals.publish_approval_policy(policy=policy)
    asking = shop.role("credit_officer")
    ours, theirs = (
        waits(lambda loan=loan: asking.loans.write_off_loan(name=loan, reason="lost"))
        for loan in loans
    )
    waits(lambda: shop.publish("other"))
    east = bounded(shop, "finance")
    listed = list(east.approvals.list_pending_commands.iterate(page_size=1))
    assert [one.name for one in listed] == [ours]
    assert east.approvals.get_pending_command(name=ours).name == ours
    for call in (east.approvals.approve_pending_command, east.approvals.reject_pending_command):
        with pytest.raises(NotFound):
            call(name=theirs, reason="yes")
    done = east.approvals.approve_pending_command(name=ours, reason="seen it")
    assert done.state == ap.PENDING_STATE_EXECUTED
    assert verified(shop)


def test_a_role_of_the_book_goes_as_far_as_it_was_given_and_so_does_what_is_lent(
    strict: Desk,
) -> None:
    strict.publish()
    ours, theirs = paid_out(strict, EAST), paid_out(strict, WEST)
    given = give(strict, "users/ann", "channel", branches=[EAST])
    assert [*given.branches] == [EAST]
    ann, ben = person(strict, "users/ann"), person(strict, "users/ben")
    assert ann.loans.get_loan(name=ours).branch == EAST
    with pytest.raises(NotFound):
        ann.loans.get_loan(name=theirs)
    ann.access.delegate_role(
        principal="users/ben", role="channel", valid_until=ahead(60), reason="holiday"
    )
    assert ben.loans.get_loan(name=ours).branch == EAST
    with pytest.raises(NotFound):
        ben.loans.get_loan(name=theirs)
    with pytest.raises(FailedPrecondition, match="already"):
        give(strict, "users/ann", "channel", branches=[EAST])
    give(strict, "users/ann", "channel", branches=[WEST])
    assert ann.loans.get_loan(name=theirs).branch == WEST
    give(strict, "users/ann", "auditor")
    assert [*ann.access.get_access().roles] == ["auditor", "channel"]
    assert [(one.role, [*one.branches]) for one in ann.access.get_access().bounded] == [
        ("channel", [WEST, EAST])
    ]
    assert ann.audit.list_events().events
    with pytest.raises(InvalidArgument) as told:
        give(strict, "users/ann", "finance", branches=["", "a b"])
    fields = [field for field, _ in told.value.violations]
    assert fields == ["assignment.branches[0]", "assignment.branches[1]"]
    assert verified(strict)


def test_a_token_whose_branches_are_none_or_no_list_gets_nowhere(shop: Desk) -> None:
    loan = paid_out(shop, EAST)
    token = signed(shop.server.data, "channel", branches=[])
    none = Client(shop.server.target, token=token, retries=0)
    shop.server.clients.append(none)
    with pytest.raises(NotFound):
        none.loans.get_loan(name=loan)
    assert not none.loans.list_loans().loans
