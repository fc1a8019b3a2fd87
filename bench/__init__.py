"""Ratios taken in one run on one server: the ledger against a bare echo and against TPC-B."""
