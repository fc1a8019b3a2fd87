"""Alterations of the database by its superuser, each of which a check must find (make tamper)."""
