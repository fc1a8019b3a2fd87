"""Databases of a test's own: empty, or copies of one that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from server.embedded import Embedded


@contextmanager
def database_of(server: Embedded, original: str = "", name: str = "") -> Iterator[str]:
    """The DSN of a new database for as long as it is wanted.

    `original` is the name or the DSN of the one to copy; without it the new one is empty.
    """
    own = name or f"own_{uuid4().hex[:12]}"
    source = str(conninfo_to_dict(original)["dbname"]) if "=" in original else original
    copying = f" template {source} strategy file_copy" if source else ""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"create database {own}{copying}".encode())
        try:
            yield make_conninfo(server.dsn, dbname=own)
        finally:
            connection.execute(f"drop database {own} with (force)".encode())
