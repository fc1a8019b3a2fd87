"""`loanledger risk`: policies from files, pauses with a reason, spans and buckets as tables."""

from __future__ import annotations

from pathlib import Path

from loanledger import date_of, money
from loanledger.v1 import common_pb2
from loanledger.v1 import risk_service_pb2 as pb
from tests.client.conftest import Run
from tests.client.fake import Fake, in_turn
from tests.docs.test_docs import DOCS, fenced

LOAN = "books/main/loans/017-7"


def test_the_policy_of_the_documentation_is_published(fake: Fake, run: Run, tmp_path: Path) -> None:
    fake.answers["PublishCreditPolicy"] = in_turn(pb.CreditPolicy(version=1))
    fake.answers["GetCreditPolicy"] = in_turn(pb.CreditPolicy(version=1, title="Ours"))
    fake.answers["ListCreditPolicies"] = in_turn(
        pb.ListCreditPoliciesResponse(policies=[pb.CreditPolicy(version=1, title="Ours")])
    )
    file = tmp_path / "policy.json"
    file.write_text(fenced(DOCS / "risk.md", "json")[0], encoding="utf-8")
    shown = run("risk", "publish-policy", str(file), "--reason", "board", "--dry-run")
    assert shown.exit_code == 0, shown.stderr
    sent = fake.asked[0]
    assert (sent.policy.effective_from, sent.validate_only) == (date_of("2026-12-01"), True)
    assert "Ours" in run("risk", "policies").stdout
    assert "Ours" in run("risk", "policy").stdout
    assert fake.asked[2].name == "books/main/creditPolicies/current"


def test_days_are_paused_and_resumed_with_a_reason(fake: Fake, run: Run) -> None:
    fake.answers["PauseDelinquency"] = in_turn(pb.DelinquencyPause(loan=LOAN))
    fake.answers["ResumeDelinquency"] = in_turn(pb.DelinquencyPause(loan=LOAN))
    options = ("--until", "2026-03-01", "--reason", "disputed", "--request-id", "r1")
    assert run("risk", "pause", "017-7", *options).exit_code == 0
    assert run("risk", "pause", "017-7", *options, "--holiday").exit_code == 0
    assert run("risk", "resume", "017-7", "--reason", "settled").exit_code == 0
    plain = {"loan": LOAN, "until": date_of("2026-03-01"), "reason": "disputed", "request_id": "r1"}
    for sent, cause in zip(fake.asked, ("DISPUTE", "PAYMENT_HOLIDAY"), strict=False):
        assert sent == pb.PauseDelinquencyRequest(cause=f"PAUSE_CAUSE_{cause}", **plain)


def test_spans_and_buckets_are_tables(fake: Fake, run: Run) -> None:
    span = pb.DelinquencySpan(first=date_of("2026-02-16"), days_past_due=1, bucket="1-30")
    fake.answers["ListDelinquencySpans"] = in_turn(pb.ListDelinquencySpansResponse(spans=[span]))
    line = pb.BucketSum(bucket="1-30", currency="CNY", loans=3, principal=money("900", "CNY"))
    fake.answers["GetDelinquencyBuckets"] = in_turn(pb.DelinquencyBuckets(buckets=[line]))
    assert "1-30" in run("risk", "spans", "017-7", "--start", "2026-02-01").stdout
    assert fake.asked[0].dates == common_pb2.DateRange(start=date_of("2026-02-01"))
    assert "900.00" in run("risk", "buckets", "--day", "2026-02-28").stdout
    assert fake.asked[1].date == date_of("2026-02-28")


def test_a_loan_is_marked_proposed_and_approved(fake: Fake, run: Run) -> None:
    shown = pb.CreditQuality(loan=LOAN, category="CREDIT_CATEGORY_DOUBTFUL", stage=1)
    for name in ("SetCreditMarks", "RecordRestructuring", "ApproveClassification"):
        fake.answers[name] = in_turn(shown)
    fake.answers["GetCreditQuality"] = in_turn(shown)
    fake.answers["ProposeClassification"] = in_turn(pb.ClassificationProposal(loan=LOAN))
    because = ("--reason", "seen")
    marks = ("--increased-risk", "--loss-to-book", "50%", "--collateral", "EUR 9")
    assert "doubtful" in run("risk", "mark", "017-7", *marks, *because).stdout
    assert fake.asked[0].marks.increased_risk
    assert fake.asked[0].collateral == money("9", "EUR")
    first = ("--first-repayment", "2026-04-15")
    assert run("risk", "restructure", "017-7", *first, *because).exit_code == 0
    assert run("risk", "propose", "017-7", "--category", "doubtful", *because).exit_code == 0
    assert fake.asked[2].override.category == pb.CREDIT_CATEGORY_DOUBTFUL
    assert run("risk", "propose", "017-7", *because).exit_code == 0
    assert not fake.asked[3].HasField("override")
    assert run("risk", "approve", "017-7", "017-42", *because).exit_code == 0
    assert fake.asked[4].proposal == "books/main/events/017-42"
    assert "doubtful" in run("risk", "quality", "017-7").stdout


def test_grades_and_the_report_are_tables(fake: Fake, run: Run) -> None:
    grade = pb.Classification(date=date_of("2026-02-16"), category="CREDIT_CATEGORY_LOSS", stage=1)
    fake.answers["ListClassifications"] = in_turn(
        pb.ListClassificationsResponse(classifications=[grade])
    )
    line = pb.QualitySum(currency="CNY", category="CREDIT_CATEGORY_PASS", stage=1, loans=3)
    fake.answers["GetQualityReport"] = in_turn(pb.QualityReport(sums=[line]))
    assert "loss" in run("risk", "grades", "017-7").stdout
    assert "pass" in run("risk", "report").stdout


def test_allowances_are_assessed_and_told_as_tables(fake: Fake, run: Run, tmp_path: Path) -> None:
    amount = money("12", "CNY")
    line = pb.AllowanceLine(date=date_of("2026-12-31"), grade="stage_1", amount=amount)
    fake.answers["ListAllowanceLines"] = in_turn(pb.ListAllowanceLinesResponse(lines=[line]))
    fake.answers["AssessAllowance"] = in_turn(pb.CreditQuality(assessed_allowance=amount))
    ratio = pb.ProvisionRatio(currency="CNY", allowance=amount)
    fake.answers["GetProvisionRatios"] = in_turn(pb.ProvisionRatios(ratios=[ratio]))
    grade = pb.GradeMovement(currency="CNY", grade="stage_1", closing=amount)
    table = pb.AllowanceMovements(grades=[grade], tied=True)
    fake.answers["GetAllowanceMovements"] = in_turn(table, pb.AllowanceMovements(tied=False))
    assert "stage_1" in run("risk", "allowances", "017-7").stdout
    asked = ("--amount", "CNY 12", "--reason", "seen")
    assert run("risk", "assess", "017-7", *asked).exit_code == 0
    assert fake.asked[1].amount == amount
    assert "12.00" in run("risk", "ratios").stdout
    shown = run("risk", "movements", "--start", "2026-12-01")
    assert (shown.exit_code, "12.00" in shown.stdout) == (0, True)
    assert run("risk", "movements").exit_code == 1
    file = tmp_path / "policy.json"
    file.write_text(fenced(DOCS / "risk.md", "json")[1], encoding="utf-8")
    fake.answers["PublishCreditPolicy"] = in_turn(pb.CreditPolicy(version=1))
    assert run("risk", "publish-policy", str(file)).exit_code == 0
