"""The chart of accounts as finance extends it."""

from __future__ import annotations

from ledger.batch import Changes, Draft
from ledger.book.chart import Account
from ledger.errors import AlreadyExists
from ledger.record import Decision, View


def create(view: View, account: Account, reason: str) -> Decision:
    """Adds an account; codes are never reused and accounts never deleted."""
    if account.code in view.catalogue.accounts:
        raise AlreadyExists(f"account {account.code} exists", resource=f"accounts/{account.code}")
    return Decision(
        Draft(
            kind="account_created",
            subject=f"accounts/{account.code}",
            payload=account_object(account),
            reason=reason,
        ),
        Changes(accounts=(account,)),
        account,
    )


def account_object(account: Account) -> dict[str, str]:
    """An account as it stands in the history."""
    return {
        "code": account.code,
        "control": account.control.value if account.control else "",
        "title": account.title,
        "title_zh": account.title_zh,
        "type": account.type.value,
    }
