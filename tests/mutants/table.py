"""All planted bugs."""

from __future__ import annotations

from tests.mutants import access, books, guards
from tests.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (*books.MUTANTS, *guards.MUTANTS, *access.MUTANTS)
