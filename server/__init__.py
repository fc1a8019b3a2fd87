"""The gRPC server: configuration, security, conversion, one servicer a service."""
