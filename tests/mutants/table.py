"""All planted bugs."""

from __future__ import annotations

from tests.mutants import access, books, compliance, control, guards, rules
from tests.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *books.MUTANTS,
    *guards.MUTANTS,
    *control.MUTANTS,
    *access.MUTANTS,
    *rules.MUTANTS,
    *compliance.MUTANTS,
)
