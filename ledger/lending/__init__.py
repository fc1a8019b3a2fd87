"""Use cases, one module a noun: each decides, under the locks, which event a command becomes."""
