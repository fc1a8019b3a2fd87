"""Which events are evidence of general IT controls: who may do what, what failed, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ROLE, PRIVILEGED, FAILED = "role", "privileged_access", "failed_job"
CONFIGURATION, SCHEMA = "configuration", "schema"
CATEGORIES: Final = (ROLE, PRIVILEGED, FAILED, CONFIGURATION, SCHEMA)
#: A check that the ledger made of itself; it stands in the register as well.
SELF_TEST: Final = "self_test"
#: Roles that run the system or give others what they may do.
POWERFUL: Final = frozenset({"operator", "compliance"})
_OF_KIND: Final[Mapping[str, str]] = {
    **dict.fromkeys(("role_assigned", "role_delegated", "role_ended"), ROLE),
    **dict.fromkeys(
        (
            *("tokens_revoked", "party_erased", "party_keys_rotated", "period_reopened"),
            *("personal_data_exported", "result_transfer_reversed"),
        ),
        PRIVILEGED,
    ),
    **dict.fromkeys(("loan_set_aside", "loan_resumed"), FAILED),
    "schema_changed": SCHEMA,
    **dict.fromkeys(
        (
            *("account_created", "product_published", "rate_index_created", "calendar_published"),
            *("credit_policy_published", "approval_policy_published"),
            *("monitoring_policy_published", "rulebook_published"),
        ),
        CONFIGURATION,
    ),
}
#: The kinds of events that are evidence.
KINDS: Final = tuple(sorted(_OF_KIND))


def category(kind: str, payload: Mapping[str, Any]) -> str:
    """What an event is evidence of, empty where of nothing; powerful roles are privileged."""
    if kind == "register_item_opened" and payload.get("kind") == SELF_TEST:
        return SELF_TEST
    found = _OF_KIND.get(kind, "")
    return PRIVILEGED if found == ROLE and payload.get("role") in POWERFUL else found
