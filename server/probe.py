"""A channel to this server itself, with its own certificate, for the health check."""

from __future__ import annotations

import grpc
from cryptography import x509

from server.config import Config


def probe(config: Config, target: str) -> grpc.Channel:
    """Trusts exactly the server's certificate, and shows it where client certificates are asked."""
    if not (config.tls_cert and config.tls_key):
        return grpc.insecure_channel(target)
    pem = config.tls_cert.read_bytes()
    certificate = x509.load_pem_x509_certificate(pem)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    name = next(iter(names.get_values_for_type(x509.DNSName)), "localhost")
    credentials = grpc.ssl_channel_credentials(pem, config.tls_key.read_bytes(), pem)
    return grpc.secure_channel(target, credentials, (("grpc.ssl_target_name_override", name),))
