"""The promises on a whole server: after each of many random commands the books are sound."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from ledger.audit.verify import verify_export
from loanledger import FailedPrecondition, InvalidArgument
from tests.examples import examples
from tests.promises.cases import Life, lives
from tests.promises.intents import Intent, intents
from tests.promises.soundness import require_sound
from tests.promises.teller import Teller
from tests.server.desk import Desk

_LOAN = st.integers(0, 1)
_WISH = st.tuples(st.just("happen"), _LOAN, intents(), st.one_of(st.just(0), st.integers(1, 40)))
_PLAIN = ("close", "close", "reverse", "again", "journal", "look", "look")
_OTHER = st.tuples(st.sampled_from(_PLAIN), _LOAN, st.none(), st.integers(0, 40))
Step = tuple[str, int, Intent | None, int]
_STEPS = st.lists(st.one_of(_WISH, _OTHER, _WISH), min_size=6, max_size=14)
# Each example works on loans of its own in one growing book, so there is nothing to shrink to.
_FEW = examples(
    8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_FEW
@given(st.lists(lives(most=0), min_size=2, max_size=2), _STEPS)
def test_after_every_command_the_books_are_sound_and_answers_of_the_past_stay(
    desk: Desk, found: list[Life], steps: list[Step]
) -> None:
    teller = Teller(desk)
    for life in found:
        teller.lend(publishable(life))
    teller.look(0)
    for step in steps:
        with suppress(FailedPrecondition, InvalidArgument):
            _take(teller, *step)
        assert desk.tied()
        require_sound(desk.server.dsn)
    teller.require_remembered()
    teller.require_verified()
    _require_proven(desk)


def publishable(life: Life) -> Life:
    """Within the contract: rates are decimals, and terms do not pass a lifetime."""
    third = Fraction(1, 3)
    rate = Fraction(1, 4) if life.terms.penalty_rate == third else life.terms.penalty_rate
    return replace(life, terms=replace(life.terms, penalty_rate=rate, max_instalments=12))


def _take(teller: Teller, verb: str, loan: int, intent: Intent | None, number: int) -> None:
    if verb == "happen" and intent:
        teller.happen(loan, intent, number)
    elif verb == "reverse":
        teller.reverse(loan, number)
    elif verb == "close":
        teller.close(number + 1)
    else:
        {"again": teller.again, "journal": teller.journal, "look": teller.look}[verb](number)


def _require_proven(desk: Desk) -> None:
    checkpoint = desk.client.audit.create_checkpoint()
    chunks = b"".join(part.chunk for part in desk.client.audit.export_history())
    lines = chunks.splitlines(keepends=True)
    report = verify_export(lines, checkpoint.note, checkpoint.verifier_key)
    assert report.findings == ()
    assert report.proven[-1] == report.events
