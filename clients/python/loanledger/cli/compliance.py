"""`loanledger compliance`: what is watched, the alerts of the close, and the cases made of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import Because, Day, DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import compliance_service_pb2 as pb

app = group("Monitoring, cases, and the registers of the compliance programme.")
RULES = ("scenario", "amounts", "within_days", "count")
THRESHOLDS = ("indicator", "amber", "red")
ITEMS = ("name", "state", "title", "owner", "due_date", "party", "amounts", "update_time")
STEPS = ("step", "create_time", "actor", "state", "reason", "note", "workpapers")
TRANSACTIONS = ("event", "kind", "loan", "value_date", "amount", "actor", "payer", "scenarios")
Alert = Annotated[str, typer.Argument(help="An alert: its short id or full name.")]
Case = Annotated[str, typer.Argument(help="A case: its short id or full name.")]
Alerts = Annotated[list[str] | None, typer.Option("--alert", help="An alert; may be repeated.")]
Owner = Annotated[str | None, typer.Option(help="Who answers for it, such as users/ann.")]
State = Annotated[str | None, typer.Option(help="Only in this state.")]
NewState = Annotated[str | None, typer.Option("--state", help="The state that it goes to.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is past its due date.")]
Note = Annotated[str | None, typer.Option(help="What was done or found; - reads standard input.")]
Facts = Annotated[list[str] | None, typer.Option("--fact", help="name=text; may be repeated.")]
Papers = Annotated[
    list[Path] | None,
    typer.Option("--paper", help="A file whose SHA-256 is kept; may be repeated.", exists=True),
]


@command(app, "publish-policy")
def publish_policy(
    s: Session,
    file: Annotated[Path, typer.Argument(help="JSON: {title, effective_from, rules}.")],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of what is watched from a JSON file."""
    found = s.client.compliance.publish_monitoring_policy(
        policy=inputs.message_file(file, pb.MonitoringPolicy),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return _policy(found)


@command(app, "policy")
def policy(
    s: Session,
    version: Annotated[str, typer.Argument(help="A version; what is in force by default.")] = (
        "current"
    ),
) -> Result:
    """Show what is watched."""
    name = s.name("monitoringPolicies", version)
    return _policy(s.client.compliance.get_monitoring_policy(name=name))


@command(app, "policies")
def policies(s: Session, *, limit: Limit = 100) -> Result:
    """List all versions of what is watched."""
    request = pb.ListMonitoringPoliciesRequest()
    found = gather(s.client.compliance.list_monitoring_policies, request, limit)
    columns = ("version", "effective_from", "title", "create_time")
    return Result(found, (output.table("policies", pb.MonitoringPolicy, found.policies, columns),))


@command(app, "alerts")
def alerts(
    s: Session,
    *,
    state: State = None,
    party: Annotated[str | None, typer.Option(help="Only about this borrower.")] = None,
    limit: Limit = 100,
) -> Result:
    """List what the close of business found."""
    request = pb.ListAlertsRequest(state=state or "", party=s.optional("parties", party) or "")
    found = gather(s.client.compliance.list_alerts, request, limit)
    return Result(found, (output.table("alerts", pb.RegisterItem, found.alerts, ITEMS),))


@command(app, "alert")
def alert(s: Session, alert: Alert) -> Result:
    """Show an alert with its log."""
    return shown(s.client.compliance.get_alert(name=s.name("alerts", alert)))


@command(app, "dismiss")
def dismiss(
    s: Session, alert: Alert, *, note: Note, reason: Because, request_id: RequestId = None
) -> Result:
    """End an alert that is nothing."""
    found = s.client.compliance.dismiss_alert(
        name=s.name("alerts", alert), note=text_of(note), reason=reason, request_id=request_id
    )
    return shown(found)


@command(app, "open-case")
def open_case(
    s: Session,
    title: Annotated[str, typer.Argument(help="In a line, without personal data.")],
    *,
    owner: Annotated[str, typer.Option(help="Who investigates, such as users/ann.")],
    alert: Alerts = None,
    party: Annotated[str | None, typer.Option(help="The borrower; else the alert's.")] = None,
    due: Day = None,
    note: Note = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Open a case about alerts, or about a borrower."""
    found = s.client.compliance.open_case(
        title=title,
        owner=owner,
        alerts=[s.name("alerts", one) for one in alert or ()],
        party=s.optional("parties", party),
        due_date=due,
        note=text_of(note),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


@command(app, "update-case")
def update_case(
    s: Session,
    case: Case,
    *,
    state: NewState = None,
    owner: Owner = None,
    due: Day = None,
    alert: Alerts = None,
    fact: Facts = None,
    note: Note = None,
    paper: Papers = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Add a step to an investigation."""
    found = s.client.compliance.update_case(
        name=s.name("cases", case),
        state=state,
        owner=owner,
        due_date=due,
        alerts=[s.name("alerts", one) for one in alert or ()],
        facts=facts_of(fact),
        note=text_of(note),
        workpapers=papers_of(paper),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


@command(app, "close-case")
def close_case(
    s: Session,
    case: Case,
    *,
    outcome: Annotated[str, typer.Option(help="no_suspicion or reported.")],
    fact: Facts = None,
    reason: Because,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """End a case."""
    found = s.client.compliance.close_case(
        name=s.name("cases", case),
        outcome=outcome,
        facts=facts_of(fact),
        reason=reason,
        request_id=request_id,
        validate_only=dry_run,
    )
    return shown(found)


@command(app, "case")
def case(s: Session, case: Case) -> Result:
    """Show a case with its log."""
    return shown(s.client.compliance.get_case(name=s.name("cases", case)))


@command(app, "cases")
def cases(
    s: Session,
    *,
    state: State = None,
    owner: Owner = None,
    overdue: Overdue = False,
    limit: Limit = 100,
) -> Result:
    """List cases."""
    request = pb.ListCasesRequest(state=state or "", owner=owner or "", overdue=overdue)
    found = gather(s.client.compliance.list_cases, request, limit)
    return Result(found, (output.table("cases", pb.RegisterItem, found.cases, ITEMS),))


@command(app, "report")
def report(
    s: Session,
    case: Case,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Write FILE.json and FILE.txt for the authority.")
    ] = None,
) -> Result:
    """Show a case as the authority gets it, or write it to files."""
    found = s.client.compliance.get_suspicion_report(name=s.name("cases", case))
    if out:
        out.with_suffix(".json").write_text(output.to_json(found) + "\n", "utf-8")
        out.with_suffix(".txt").write_text(found.text, "utf-8")
    rows = output.table("transactions", pb.SuspiciousTransaction, found.transactions, TRANSACTIONS)
    return Result(found, (rows, found.text))


def shown(found: pb.RegisterItem) -> Result:
    """An item under its name within the book, and its log where it has one."""
    bare = pb.RegisterItem()
    bare.CopyFrom(found)
    bare.ClearField("log")
    bare.name = within(bare.name)
    views = [output.record(found.kind, bare)]
    if found.log:
        views.append(output.table("log", pb.RegisterStep, found.log, STEPS))
    return Result(found, tuple(views))


def within(name: str) -> str:
    """A name within its book, as commands take it: `findings/000-...`."""
    return "/".join(name.split("/")[2:])


def text_of(note: str | None) -> str:
    """A note; from standard input where it is a dash."""
    return typer.get_text_stream("stdin").read() if note == "-" else note or ""


def facts_of(given: list[str] | None) -> dict[str, str]:
    """`name=text` by name."""
    found = dict(one.partition("=")[::2] for one in given or ())
    if wrong := [one for one in given or () if "=" not in one]:
        raise ValueError(f"{wrong[0]!r} is no fact such as severity=high")
    return found


def papers_of(given: list[Path] | None) -> list[pb.Workpaper]:
    """Files by their names and hashes."""
    hashed = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in given or ()]
    return [pb.Workpaper(title=title, sha256=digest) for title, digest in hashed]


def _policy(found: pb.MonitoringPolicy) -> Result:
    bare = pb.MonitoringPolicy()
    bare.CopyFrom(found)
    bare.ClearField("rules")
    bare.ClearField("thresholds")
    rules = output.table("rules", pb.MonitoringRule, found.rules, RULES)
    levels = output.table("thresholds", pb.IndicatorThreshold, found.thresholds, THRESHOLDS)
    return Result(found, (output.record("policy", bare), rules, levels))
