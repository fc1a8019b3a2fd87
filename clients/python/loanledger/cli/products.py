"""`loanledger products`: versions of terms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loanledger.cli import inputs, output
from loanledger.cli.command import Result, command, group
from loanledger.cli.pages import gather
from loanledger.cli.params import DryRun, Limit, Reason, RequestId
from loanledger.cli.session import Session
from loanledger.v1 import product_service_pb2 as pb

app = group("Products: versions of terms.")
COLUMNS = (
    *("name", "title", "currency=terms.currency", "amortization=terms.amortization"),
    *("interest basis=terms.interest_basis", "min rate=terms.min_rate", "max rate=terms.max_rate"),
    *("min amount=terms.min_amount", "max amount=terms.max_amount", "create_time"),
)


@command(app, "publish")
def publish(
    s: Session,
    file: Annotated[Path, typer.Argument(help="JSON: {code, title, terms}.", dir_okay=False)],
    *,
    reason: Reason = None,
    request_id: RequestId = None,
    dry_run: DryRun = False,
) -> Result:
    """Publish the next version of a product, or the first, from a JSON file."""
    request = inputs.message_file(file, pb.PublishProductRequest)
    request.reason = reason or request.reason
    request.request_id = request_id or request.request_id
    request.validate_only = dry_run or request.validate_only
    product = s.client.products.publish_product(request)
    return Result(product, (output.record("product", product),))


@command(app, "list")
def list_(
    s: Session,
    *,
    code: Annotated[str | None, typer.Option(help="All versions of this one.")] = None,
    limit: Limit = 100,
) -> Result:
    """List the latest version of each product."""
    found = gather(s.client.products.list_products, pb.ListProductsRequest(code=code), limit)
    return Result(found, (output.table("products", pb.Product, found.products, COLUMNS),))


@command(app, "show")
def show(
    s: Session,
    product: Annotated[str, typer.Argument(help="A product, or one version as CODE@3.")],
) -> Result:
    """Show a product's terms."""
    answer = s.client.products.get_product(name=s.product(product))
    return Result(answer, (output.record("product", answer),))
