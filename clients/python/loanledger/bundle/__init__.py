"""The auditor's bundle: the history as tables for people's own tools, and the check of them."""
