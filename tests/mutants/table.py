"""All planted bugs."""

from __future__ import annotations

from tests.mutants import books, guards
from tests.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (*books.MUTANTS, *guards.MUTANTS)
