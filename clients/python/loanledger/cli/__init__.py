"""The `loanledger` command: one module a noun of the contract."""

from loanledger.cli.app import app, main

__all__ = ["app", "main"]
