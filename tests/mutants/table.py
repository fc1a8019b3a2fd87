"""All planted bugs."""

from __future__ import annotations

from tests.mutants import access, books, compliance, control, guards, pieces, rules
from tests.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *books.MUTANTS,
    *guards.MUTANTS,
    *pieces.MUTANTS,
    *control.MUTANTS,
    *access.MUTANTS,
    *rules.MUTANTS,
    *compliance.MUTANTS,
)
