"""The books: chart of accounts, posting rules as a table, journals as values."""
