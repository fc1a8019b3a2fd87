"""Property tests are judged by what they find, not by how long one example takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("ledger", deadline=None)
settings.load_profile("ledger")
