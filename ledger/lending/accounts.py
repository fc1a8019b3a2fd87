"""The chart of accounts as finance extends it, and as money is told to move on it."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.book.chart import Account, AccountType
from ledger.drafts import Changes, Draft
from ledger.errors import AlreadyExists, Violation
from ledger.record import Decision
from ledger.view import View


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


def funds_violations(view: View, code: str) -> Iterator[Violation]:
    """The account of the money must be there, and must not be kept by the loans themselves."""
    if not code:
        return
    account = view.catalogue.accounts.get(code) or view.newest().accounts.get(code)
    if account is None:
        yield Violation("funds_account", f"no account {code!r}")
    elif account.control or account.type is AccountType.MEMO:
        text = "must be an account of money, such as cash or a clearing account"
        yield Violation("funds_account", text)
