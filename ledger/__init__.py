"""The core: money, the loan engine, the books and their proof; it knows nothing of gRPC."""
