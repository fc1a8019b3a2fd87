"""Page tokens that somebody made: they fit the query, and go on where no answer said."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from google.protobuf.descriptor import MethodDescriptor

from server.pages import token
from tests.authz.books import furnished
from tests.authz.requests import request
from tests.server.bad import METHODS, send
from tests.server.desk import Desk

BEYOND = (2**31, 2**62, 2**63 - 1, 2**63, 2**64, -2, -(2**70))
CHOSEN = {"INVALID_ARGUMENT", "NOT_FOUND"}


def paged() -> list[MethodDescriptor]:
    return [method for method in METHODS if "page_token" in method.input_type.fields_by_name]


def test_a_forged_token_is_refused_or_leads_to_a_page(desk: Desk) -> None:
    names = furnished(desk, desk.client, "main")
    for method in paged():
        path = f"/{method.containing_service.full_name}/{method.name}"
        for parts in (1, 2, 3):
            for number in BEYOND:
                asked = request(method, names)
                made = token(asked, (number,) * parts)
                error = send(
                    desk, path, request(method, names, page_token=made).SerializeToString()
                )
                assert error is None or error.code.name in CHOSEN, (method.name, number, error)


@pytest.mark.parametrize("number", ["9" * 5000, "x", "", "1e9", "١"])
def test_a_token_without_a_number_is_refused(desk: Desk, number: str) -> None:
    method = next(method for method in paged() if method.name == "ListLoans")
    names = {"books": "books/main", "parties": ""}
    digest = urlsafe_b64decode(token(request(method, names), ())).decode().partition(":")[0]
    made = urlsafe_b64encode(f"{digest}:{number}:1".encode()).decode()
    data = request(method, names, page_token=made).SerializeToString()
    error = send(desk, "/loanledger.v1.LoanService/ListLoans", data)
    assert error is None or error.code.name in CHOSEN
