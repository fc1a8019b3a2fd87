"""Schema migrations: forward only."""
