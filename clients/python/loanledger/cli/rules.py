"""`loanledger rules`: what must hold when commands are asked for, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, DryRun, Limit, Loan, Reason, RequestId, Since, Until
from loanledger.cli.session import Session
from loanledger.v1 import rule_service_pb2 as pb

app = group("Rules as data, the facts that they look at, and contacts with borrowers.")
VERSIONS = ("version", "effective_from", "title", "create_time")
RULES = ("code", "methods", "when", "must", "effect", "since", "until", "text")
DECLARED = ("name", "about", "kind", "words", "roles", "title")
TRIED = ("event", "method", "posting_date", "broken", "unknown")
REFUSALS = ("create_time", "method", "subject", "actor", "rulebook", "broken", "unknown")
CONTACTS = ("contact_time", "local_time", "channel", "purpose", "actor")
FACTS = ("fact", "value", "create_time", "actor", "reason")
KNOWN = ("name", "kind", "title")
File = Annotated[Path, typer.Argument(help="JSON: {title, effective_from, facts, tables, rules}.")]
Subject = Annotated[str, typer.Argument(help="parties/ID, loans/ID, or book for the book itself.")]


@command(app, "publish")
def publish(
    s: Session,
    file: File,
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of the rulebook from a JSON file."""
    found = s.client.rules.publish_rulebook(
        rulebook=inputs.message_file(file, pb.Rulebook),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _rulebook(found)


@command(app, "show")
def show(
    s: Session,
    version: Annotated[str, typer.Argument(help="A version; what is in force by default.")] = (
        "current"
    ),
) -> Result:
    """Show the rules, and the facts that people record for them."""
    return _rulebook(s.client.rules.get_rulebook(name=s.name("rulebooks", version)))


@command(app, "list")
def versions(s: Session, *, limit: Limit = 100) -> Result:
    """List the versions of the rulebook."""
    found = gather(s.client.rules.list_rulebooks, pb.ListRulebooksRequest(), limit)
    return Result(found, (output.table("rulebooks", pb.Rulebook, found.rulebooks, VERSIONS),))


@command(app, "try")
def try_(s: Session, file: File, *, since: Since, until: Until, limit: Limit = 100) -> Result:
    """Ask a rulebook that is not published about what happened; nothing is recorded."""
    asked = s.client.rules.try_rulebook(
        rulebook=inputs.message_file(file, pb.Rulebook),
        start_date=since,
        end_date=until,
        limit=limit,
    )
    found = pb.TryRulebookResponse()
    for told in asked:
        events = [*found.found, *told.found]
        found.CopyFrom(told)
        del found.found[:]
        found.found.extend(events)
    counts = output.record("tried", output.without(found, "found"))
    return Result(found, (counts, output.table("broken", pb.TriedEvent, found.found, TRIED)))


@command(app, "known")
def known(s: Session) -> Result:
    """List the facts that the ledger knows by itself."""
    found = s.client.rules.list_known_facts()
    return Result(found, (output.table("known facts", pb.KnownFact, found.facts, KNOWN),))


@command(app, "record")
def record(
    s: Session,
    subject: Subject,
    facts: Annotated[list[str], typer.Argument(help="name=value; name= takes it back.")],
    *,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Record facts about a party, a loan or the book."""
    found = s.client.rules.record_facts(
        name=_subject(s, subject),
        facts=_pairs(facts),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("facts", found),))


@command(app, "facts")
def facts(
    s: Session,
    subject: Subject,
    *,
    fact: Annotated[str, typer.Option(help="Only this one.")] = "",
    limit: Limit = 100,
) -> Result:
    """Show what was recorded of a party, a loan or the book, newest first."""
    found = s.client.rules.list_fact_versions(parent=_subject(s, subject), fact=fact, limit=limit)
    return Result(found, (output.table("facts", pb.FactVersion, found.versions, FACTS),))


@command(app, "contact")
def contact(
    s: Session,
    loan: Loan,
    channel: Annotated[str, typer.Argument(help="Such as call, sms, letter, visit.")],
    purpose: Annotated[str, typer.Argument(help="Such as collection or rate_notice.")],
    *,
    zone: Annotated[str, typer.Option(help="The borrower's, such as Asia/Shanghai.")] = "",
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Record a contact that is about to be made, if the rules allow it now."""
    found = s.client.rules.record_contact(
        loan=s.name("loans", loan),
        channel=channel,
        purpose=purpose,
        time_zone=zone,
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return Result(found, (output.record("contact", found),))


@command(app, "contacts")
def contacts(s: Session, loan: Loan, *, limit: Limit = 100) -> Result:
    """List the contacts about a loan, newest first."""
    found = s.client.rules.list_contacts(parent=s.name("loans", loan), limit=limit)
    return Result(found, (output.table("contacts", pb.Contact, found.contacts, CONTACTS),))


@command(app, "refusals")
def refusals(s: Session, *, limit: Limit = 100) -> Result:
    """List commands that rules refused."""
    found = gather(s.client.rules.list_refusals, pb.ListRefusalsRequest(), limit)
    return Result(found, (output.table("refusals", pb.Refusal, found.refusals, REFUSALS),))


def _subject(s: Session, text: str) -> str:
    if text == "book":
        return s.parent
    return text if text.startswith("books/") else f"{s.parent}/{text}"


def _pairs(given: Sequence[str]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise typer.BadParameter(f"{text!r} is not name=value")
    return {name: value for name, _, value in (text.partition("=") for text in given)}


def _rulebook(found: pb.Rulebook) -> Result:
    return Result(
        found,
        (
            output.record("rulebook", output.without(found, "facts", "tables", "rules")),
            output.table("rules", pb.Rule, found.rules, RULES),
            output.table("facts", pb.DeclaredFact, found.facts, DECLARED),
        ),
    )
