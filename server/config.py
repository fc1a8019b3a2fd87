"""Configuration from the environment: LOANLEDGER_DSN, LOANLEDGER_TLS_CERT and so on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """All settings; production needs a DSN, TLS files, a token key and a signing key."""

    model_config = SettingsConfigDict(env_prefix="LOANLEDGER_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = 50051
    #: A PostgreSQL DSN; empty means the embedded server on `data`.
    dsn: SecretStr = SecretStr("")
    #: A file that holds the DSN, where it does not stand in the environment.
    dsn_file: Path | None = None
    data: Path = Path(".loanledger")
    #: Where the embedded server archives its write-ahead log, for a restore to any moment.
    wal_archive: Path | None = None
    #: The role that the server takes on each connection: no more rights than it needs.
    database_role: str = "loanledger_app"

    book: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")] = "main"
    lender: str = "Example Lender"
    currency: str = "CNY"
    stripes: Annotated[int, Field(ge=1, le=1000)] = 64
    business_date: date | None = None
    #: Where the book's days begin and end, such as Asia/Shanghai.
    time_zone: str = "UTC"

    tls_cert: Path | None = None
    tls_key: Path | None = None
    #: With this the server asks for client certificates of these authorities (mTLS).
    tls_client_ca: Path | None = None
    #: Whether the certificate must be of the token's subject.
    tls_client_subject: Literal["any", "token"] = "any"
    #: Whether tools may ask for the contract; in development they may.
    reflection: bool = False
    #: Switches off TLS and the checks that production mode makes at the start.
    insecure: bool = False

    #: PEM public key, or keys one after the other, that sign bearer tokens (EdDSA, ES256, RS256).
    token_keys: Path | None = None
    #: Where an identity provider tells its keys, whose authority that is, and when they are read.
    token_jwks_url: str = ""
    token_jwks_ca: Path | None = None
    token_jwks_seconds: Annotated[int, Field(ge=1)] = 300
    token_jwks_again_seconds: Annotated[int, Field(ge=1)] = 10
    #: How far clocks may differ, in seconds.
    token_leeway_seconds: Annotated[int, Field(ge=0, le=300)] = 0
    #: Whether a token must name its books in the claim `books`.
    token_books: Literal["optional", "required"] = "optional"  # noqa: S105 no secret
    token_issuer: str = "loanledger"  # noqa: S105 a name, not a secret
    token_audience: str = "loanledger"  # noqa: S105 a name, not a secret

    #: Calls a second of one caller, in one process, and how many at once; 0 is no limit.
    rate_reads: Annotated[float, Field(ge=0)] = 0
    rate_writes: Annotated[float, Field(ge=0)] = 0
    rate_burst: Annotated[int, Field(ge=1)] = 100
    #: A connection without calls is closed after so many seconds.
    idle_seconds: Annotated[int, Field(ge=1)] = 900
    #: A stream is ended when its client leaves an answer unread for so many seconds.
    unread_seconds: Annotated[int, Field(ge=1)] = 60

    #: Keys that wrap the keys of parties, a line each, the newest first.
    party_keys: Path | None = None
    #: The same in a hardware module: its PKCS#11 library, token, PIN, and labels, the newest first.
    pkcs11_module: Path | None = None
    pkcs11_token: str = ""
    pkcs11_pin_file: Path | None = None
    pkcs11_keys: str = ""

    #: Where roles come from: the token's claim, or what AccessService gave the token's subject.
    roles_from: Literal["token", "book"] = "token"

    #: PEM Ed25519 private key that signs checkpoints.
    signing_key: Path | None = None
    #: While auditors change to a new key: the one before, which signs beside it.
    signing_key_before: Path | None = None
    signing_name: str = "loanledger"

    #: Where checkpoints are handed out to: folders and URLs of object storage, spaces between them.
    checkpoint_to: str = ""

    #: A time-stamping authority (RFC 3161), its root certificate in PEM form, and how often to ask.
    timestamp_url: str = ""
    timestamp_certificate: Path | None = None
    timestamp_seconds: Annotated[int, Field(ge=1)] = 3600

    #: Processes that serve the port together; each has its own lanes.
    processes: Annotated[int, Field(ge=1, le=64)] = 1
    lanes: Annotated[int, Field(ge=1, le=32)] = 1
    lane_batch: Annotated[int, Field(ge=1, le=5000)] = 512
    #: What may wait in a lane, in commands and in bytes; one caller may fill half of it, so half
    #: must hold the largest batch.
    lane_queue: Annotated[int, Field(ge=2000)] = 20_000
    lane_bytes: Annotated[int, Field(ge=48 * 1024 * 1024)] = 128 * 1024 * 1024
    #: Processes that close days beside the server's own; with 0 the server's own does it.
    closers: Annotated[int, Field(ge=0, le=64)] = 2
    seal_seconds: Annotated[int, Field(ge=1)] = 5
    drain_seconds: Annotated[int, Field(ge=0)] = 15
    log_level: str = "info"
    #: Where Prometheus scrapes, on the same host; 0 means nowhere.
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = 0

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is not a time zone of the IANA database")
        return value

    @model_validator(mode="after")
    def _dsn_of_file(self) -> Self:
        """Takes the DSN from its file; what is wrong with a DSN is told without its words."""
        if self.dsn_file and not self.dsn.get_secret_value():
            try:
                self.dsn = SecretStr(self.dsn_file.read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError):
                raise ValueError(f"DSN_FILE: {self.dsn_file} cannot be read") from None
        try:
            conninfo_to_dict(self.dsn.get_secret_value())
        except ProgrammingError:
            raise ValueError("DSN: it is no DSN of PostgreSQL") from None
        return self

    def production_problems(self) -> list[str]:
        """What is missing for a server that is not in development."""
        if self.insecure:
            return []
        wanted = {
            "DSN": self.dsn.get_secret_value(),
            "TLS_CERT": self.tls_cert,
            "TLS_KEY": self.tls_key,
            "TOKEN_KEYS": self.token_keys or self.token_jwks_url,
            "SIGNING_KEY": self.signing_key,
        }
        if self.tls_client_subject == "token":
            wanted["TLS_CLIENT_CA"] = self.tls_client_ca
        return [f"LOANLEDGER_{name} is not set" for name, value in wanted.items() if not value]
