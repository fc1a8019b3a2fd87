"""How far collateral covers what is owed: its value after the haircut, by rank of the liens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Claim:
    """What a lien secures: what its loan owes, and at most so much where it is limited."""

    rank: int
    owed: int
    most: int | None = None


def lending_value(value: int, haircut: Fraction) -> int:
    """The value less the haircut, in minor units; a fraction of a unit is left out."""
    return value * (haircut.denominator - haircut.numerator) // haircut.denominator


def shares(available: int, claims: Sequence[Claim]) -> list[int]:
    """What each claim gets of a value, in the order given: a lower rank number is served first.

    Claims of one rank share what is left in proportion to what they secure, by largest remainder.
    """
    found = [0] * len(claims)
    left = available
    for rank in sorted({claim.rank for claim in claims}):
        places = [place for place, claim in enumerate(claims) if claim.rank == rank]
        wanted = [_secured(claims[place]) for place in places]
        for place, share in zip(places, _apportioned(left, wanted), strict=True):
            found[place] = share
            left -= share
    return found


def _secured(claim: Claim) -> int:
    return max(claim.owed if claim.most is None else min(claim.owed, claim.most), 0)


def _apportioned(amount: int, wanted: Sequence[int]) -> list[int]:
    total = sum(wanted)
    if total <= amount:
        return list(wanted)
    parts = [amount * share // total for share in wanted]
    rest = [(amount * share % total, -place) for place, share in enumerate(wanted)]
    for _, place in sorted(rest, reverse=True)[: amount - sum(parts)]:
        parts[-place] += 1
    return parts
