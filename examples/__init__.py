"""The demo: a thousand real loans, from application to write-off, through the public client."""
