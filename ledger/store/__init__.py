"""The only SQL of the core: one module a noun. Rows go in and out as arrays; decisions are made elsewhere."""
