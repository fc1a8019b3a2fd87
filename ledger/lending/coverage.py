"""How far its collateral covers a loan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.calc.coverage import Claim, lending_value, shares
from ledger.store.collateral import Collateral


@dataclass(frozen=True, slots=True)
class Share:
    """What one lien gives a loan, in minor units."""

    collateral: Collateral
    rank: int
    lending_value: int
    amount: int


def coverage(loan: int, owed: Mapping[int, int], found: Iterable[Collateral]) -> list[Share]:
    """The shares of a loan in collateral that secures it, by what all secured loans owe.

    Each collateral is shared out by itself, as if no other secured the loans before: what a loan
    gets is never overstated. The caller takes their sum, at most what is owed.
    """
    given = []
    for one in found:
        liens = one.figures.liens
        if all(lien.loan != loan for lien in liens):
            continue
        available = lending_value(one.figures.value, one.figures.haircut)
        claims = [Claim(lien.rank, owed.get(lien.loan, 0), lien.most) for lien in liens]
        for lien, amount in zip(liens, shares(available, claims), strict=True):
            if lien.loan == loan:
                given.append(Share(one, lien.rank, available, amount))
    return sorted(given, key=lambda share: (share.rank, share.collateral.collateral))
