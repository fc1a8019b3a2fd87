"""Applications and servers of different versions: an old one is served, a new one told clearly."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from loanledger import Client, Unimplemented, decimal_, minor, money
from loanledger.cli.loan_imports import write_report
from loanledger.cli.output import text_of
from loanledger.cli.positions import Line
from loanledger.v1 import ledger_service_pb2 as lg
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import party_service_pb2
from server.app import SERVICES
from tests.book import Running
from tests.client import first
from tests.client.fake import Fake
from tests.server.desk import BOOK, pair, product_terms

NOW = {
    f"/{method.containing_service.full_name}/{method.name}": method
    for module, name, _ in SERVICES
    for method in module.DESCRIPTOR.services_by_name[name].methods
}


@pytest.fixture
def then(server: Running) -> Iterator[Client]:
    """An application that was built with the first contract, on the present server."""
    with first.FirstClient(server.target, token=server.token(), timeout=60) as client:
        yield client


def test_every_method_of_the_first_contract_is_still_there() -> None:
    assert set(first.methods()) <= set(NOW)
    assert len(NOW) > len(first.methods())


def test_an_application_of_the_first_contract_leads_a_loan_through_its_life(then: Client) -> None:
    product = then.products.publish_product(code="plain", title="Plain", terms=product_terms())
    person = party_service_pb2.Party(kind="PARTY_KIND_PERSON", display_name="P")
    loan = then.loans.open_loan(
        party=then.parties.create_party(party=person).name,
        product=product.name,
        amount=money("12000.00", "CNY"),
        annual_rate=decimal_("0.06"),
        instalments=12,
    ).name
    assert then.loans.approve_loan(name=loan).loan.status == ln.LOAN_STATUS_APPROVED
    then.loans.disburse_loan(name=loan)
    closed = list(then.end_of_day.run_end_of_day())
    paid = then.loans.repay_loan(name=loan, amount=money("100.00", "CNY"))
    undone = then.loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    assert undone.transaction.event != paid.transaction.event
    posted = then.ledger.post_journal(parent=BOOK, entries=pair("3.00"))
    assert then.audit.get_event(name=posted.event).name == posted.event
    assert minor(then.loans.get_loan(name=loan).balance.principal) == 1_200_000
    assert [found.name for found in then.loans.list_loans.iterate()] == [loan]
    assert closed
    assert then.reports.get_tie_out().tied
    assert then.audit.create_checkpoint().size > 0


def test_the_same_request_of_both_versions_is_one_command(server: Running, then: Client) -> None:
    asked = lg.PostJournalRequest(parent=BOOK, request_id="one", entries=pair("3.00"))
    with server.client() as now:
        assert now.ledger.post_journal(asked) == now.ledger.post_journal(asked)
        assert then.ledger.post_journal(asked).event == now.ledger.post_journal(asked).event


def _filled(kind: Descriptor, depth: int = 0) -> Message:
    """A message with something in every field."""
    made = GetMessageClass(kind)()
    for field in kind.fields:
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            continue
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            if depth > 4:
                continue
            inner = _filled(field.message_type, depth + 1)
            if field.is_repeated:
                getattr(made, field.name).append(inner)
            else:
                getattr(made, field.name).CopyFrom(inner)
            continue
        value: Any = {
            FieldDescriptor.CPPTYPE_STRING: b"7" if field.type == field.TYPE_BYTES else "7",
            FieldDescriptor.CPPTYPE_BOOL: True,
        }.get(field.cpp_type, 1)
        if field.is_repeated:
            getattr(made, field.name).append(value)
        else:
            setattr(made, field.name, value)
    return made


@pytest.mark.parametrize("path", sorted(first.methods()))
def test_a_message_survives_the_first_contract_byte_for_byte(path: str) -> None:
    """So a request that an old server hashed has the same hash on the new one."""
    for now, then in (
        (NOW[path].input_type, first.request(path)),
        (NOW[path].output_type, first.response(path)),
    ):
        data = _filled(now).SerializeToString(deterministic=True)
        assert then.FromString(data).SerializeToString(deterministic=True) == data


class _FirstServer(grpc.GenericRpcHandler):  # type: ignore[type-arg] # at run time it takes none
    """Answers with what it was asked, as far as the first contract knows it."""

    def __init__(self) -> None:
        self.asked: list[Message] = []

    def service(self, details: grpc.HandlerCallDetails) -> Any:
        if details.method not in first.methods():
            return None

        def handle(data: bytes, context: grpc.ServicerContext) -> bytes:
            self.asked.append(first.request(details.method).FromString(data))
            return first.response(details.method)().SerializeToString()

        return grpc.unary_unary_rpc_method_handler(handle)


@contextmanager
def _old_server() -> Iterator[tuple[_FirstServer, Client]]:
    handler = _FirstServer()
    server = grpc.server(ThreadPoolExecutor(2), handlers=[handler])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with Client(f"127.0.0.1:{port}", timeout=10) as client:
            yield handler, client
    finally:
        server.stop(None).wait()


def test_a_present_client_tells_that_an_old_server_lacks_a_method() -> None:
    with _old_server() as (_, client), pytest.raises(Unimplemented, match="an older version"):
        client.risk.get_provision_ratios()


def test_an_old_server_ignores_what_a_present_client_says_beyond_its_contract() -> None:
    with _old_server() as (server, client):
        asked = _filled(ln.OpenLoanRequest.DESCRIPTOR)
        assert client.loans.open_loan(asked) == ln.Loan()
    assert server.asked[0].SerializeToString(deterministic=True) == asked.SerializeToString(
        deterministic=True
    )
    known = {field.name for field in server.asked[0].DESCRIPTOR.fields}
    assert known < {field.name for field in ln.OpenLoanRequest.DESCRIPTOR.fields}


def test_a_status_that_a_client_does_not_know_is_a_number_to_it(fake: Fake, run: Any) -> None:
    newer = ln.Loan(name="books/main/loans/x", status=99)  # type: ignore[arg-type] # of later
    fake.answers["GetLoan"] = lambda asked, context: newer
    with Client(fake.target, timeout=5) as client:
        assert client.loans.get_loan(name="books/main/loans/x") == newer
    assert text_of(99, ln.Loan.DESCRIPTOR.fields_by_name["status"]) == "99"
    for options in ((), ("--json",)):
        shown = run("loans", "show", "x", *options)
        assert (shown.exit_code, "99" in shown.stdout) == (0, True), shown.output


def test_a_report_of_an_import_shows_a_state_that_it_does_not_know(tmp_path: Path) -> None:
    newer = ln.ImportResult(reference="R", state=99)  # type: ignore[arg-type] # of later
    answer = ln.ImportLoansResponse(results=[newer])
    write_report(tmp_path / "report.csv", [Line(1, ln.Position())], answer)
    assert "1,R,99," in (tmp_path / "report.csv").read_text(encoding="utf-8")


def test_a_field_that_a_client_does_not_know_survives_it(fake: Fake) -> None:
    newer = ln.Loan.FromString(ln.Loan(name="x").SerializeToString() + b"\xba\xbb\x02\x05later")
    fake.answers["GetLoan"] = lambda asked, context: newer
    with Client(fake.target, timeout=5) as client:
        found = client.loans.get_loan(name="books/main/loans/x")
    assert found.name == "x"
    assert found.SerializeToString().endswith(b"later")
