"""A request of every RPC that names what it is about, made from its descriptor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from loanledger import new_request_id

#: What `name` names, by a word of the method; everything of LoanService names a loan.
NAMED: Mapping[str, str] = {
    "MonitoringPolicy": "monitoringPolicies",
    "Alert": "alerts",
    "Case": "cases",
    "SuspicionReport": "cases",
    "RegisterItem": "obligations",
    "AuditSample": "complianceAudits",
    "RiskAmount": "riskEvents",
    "ResultTransfer": "periods",
    "TransferResult": "periods",
    "Period": "periods",
    "Account": "accounts",
    "Journal": "journals",
    "Product": "products",
    "RateIndex": "rateIndexes",
    "Calendar": "calendars",
    "Party": "parties",
    "Collateral": "collaterals",
    "Coverage": "loans",
    "Repossession": "collaterals",
    "CreditPolicy": "creditPolicies",
    "ApprovalPolicy": "approvalPolicies",
    "Rulebook": "rulebooks",
    "Facts": "parties",
    "PendingCommand": "pendingCommands",
    "RoleAssignment": "roleAssignments",
    "InclusionProof": "events",
    "Event": "events",
    "Loan": "loans",
}
#: What other fields name, whatever the method.
REFERRED: Mapping[str, str] = {
    "loan": "loans",
    "into": "loans",
    "party": "parties",
    "product": "products",
    "index": "rateIndexes",
    "event": "events",
    "charge": "events",
    "repayment": "events",
    "source": "events",
    "proposal": "events",
}
PARENTS: Mapping[str, str] = {
    "ListTransactions": "loans",
    "ListValuations": "collaterals",
    "ListDelinquencySpans": "loans",
    "ListClassifications": "loans",
    "ListAllowanceLines": "loans",
    "ListFactVersions": "parties",
    "ListContacts": "loans",
}
#: A code without a book, whatever the field is called.
CODES = {("ResetIndexRate", "index"), ("ListLoans", "product")}
#: Names that hold a key of their own, which no other book has by chance.
OWN_KEYS = frozenset({"loans", "parties", "collaterals", "pendingCommands", "roleAssignments"})


def noun(method: MethodDescriptor, field: FieldDescriptor) -> str:
    """The collection that a field's name is of; "" where it names nothing; "books" is the book."""
    if field.type != FieldDescriptor.TYPE_STRING or field.is_repeated:
        return ""
    if field.name == "parent":
        return PARENTS.get(method.name, "books")
    if (method.name, field.name) in CODES:
        return ""
    if field.name != "name":
        return REFERRED.get(field.name, "")
    if method.containing_service.name == "LoanService":
        return "loans"
    found = [collection for word, collection in NAMED.items() if word in method.name]
    assert found, f"{method.full_name} has a name: say in NAMED what it names"
    return found[0]


def naming(method: MethodDescriptor) -> Iterator[tuple[str, str]]:
    """The fields of a request that name something, and what."""
    for field in method.input_type.fields:
        collection = noun(method, field)
        if collection:
            yield field.name, collection


def request(method: MethodDescriptor, names: Mapping[str, str], **changed: Any) -> Message:
    """A request about a book's own things, but for the fields that are changed."""
    fields: dict[str, Any] = {field: names[collection] for field, collection in naming(method)}
    if method.client_streaming or method.name in ("OpenLoan", "QuoteSchedule", "ListLoans"):
        fields.setdefault("parent", names["books"])
    known = method.input_type.fields_by_name
    if "request_id" in known:
        fields["request_id"] = new_request_id()
    if "reason" in known:
        fields["reason"] = "as the table of roles says"
    fields |= changed
    return GetMessageClass(method.input_type)(**{k: v for k, v in fields.items() if k in known})
