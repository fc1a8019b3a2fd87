"""The gRPC server: configuration, security, conversion, one servicer a service."""

import os

# gRPC's own lines would stand beside the one clear line that says what went wrong.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
