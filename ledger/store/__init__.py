"""The only SQL of the core, one module a noun: rows in and out, decisions are made elsewhere."""
