"""A running server: database, book, lanes, sealer, gRPC; started and drained in order."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import grpc
import structlog
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from loanledger.v1 import (
    access_service_pb2,
    approval_service_pb2,
    audit_service_pb2,
    calendar_service_pb2,
    collateral_service_pb2,
    compliance_service_pb2,
    end_of_day_service_pb2,
    ledger_service_pb2,
    loan_service_pb2,
    party_service_pb2,
    product_service_pb2,
    rate_service_pb2,
    report_service_pb2,
    risk_service_pb2,
    rule_service_pb2,
)
from server import metrics
from server.config import Config
from server.database import Database
from server.errors import StartError
from server.furnishing import furnished
from server.gate import opened
from server.handout import Handout
from server.rpc import Door, handlers
from server.services.access import AccessService
from server.services.approvals import ApprovalService
from server.services.audit import AuditService
from server.services.base import Method, Room
from server.services.calendars import CalendarService
from server.services.collateral import CollateralService
from server.services.compliance import ComplianceService
from server.services.end_of_day import EndOfDayService
from server.services.ledger import LedgerService
from server.services.loans import LoanService
from server.services.parties import PartyService
from server.services.products import ProductService
from server.services.rates import RateIndexService
from server.services.reports import ReportService
from server.services.risk import RiskService
from server.services.rules import RuleService
from server.stores import Store, open_store
from server.timestamps import Asked, Stamper, asked

log = structlog.get_logger()
MAX_MESSAGE = 16 * 1024 * 1024
SERVICES = (
    (ledger_service_pb2, "LedgerService", LedgerService),
    (product_service_pb2, "ProductService", ProductService),
    (rate_service_pb2, "RateIndexService", RateIndexService),
    (calendar_service_pb2, "CalendarService", CalendarService),
    (party_service_pb2, "PartyService", PartyService),
    (loan_service_pb2, "LoanService", LoanService),
    (collateral_service_pb2, "CollateralService", CollateralService),
    (end_of_day_service_pb2, "EndOfDayService", EndOfDayService),
    (audit_service_pb2, "AuditService", AuditService),
    (report_service_pb2, "ReportService", ReportService),
    (risk_service_pb2, "RiskService", RiskService),
    (approval_service_pb2, "ApprovalService", ApprovalService),
    (access_service_pb2, "AccessService", AccessService),
    (rule_service_pb2, "RuleService", RuleService),
    (compliance_service_pb2, "ComplianceService", ComplianceService),
)
_OPTIONS = (
    ("grpc.max_receive_message_length", MAX_MESSAGE),
    ("grpc.max_send_message_length", MAX_MESSAGE),
    ("grpc.max_metadata_size", 32 * 1024),
    # Calls that arrived and were not looked at yet: beyond the first figure gRPC ends some of them,
    # beyond the second all, as CANCELLED and with no word of when to come back. The lanes tell.
    ("grpc.server.max_pending_requests", 20_000),
    ("grpc.server.max_pending_requests_hard_limit", 40_000),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.http2.min_ping_interval_without_data_ms", 20_000),
)
#: A connection stays with one of several processes: after a while its client is asked to make a new
#: one, so that a process started again gets its part.
_CONNECTION_MILLISECONDS = 300_000
#: How long places may take at the end.
_LAST_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """Which of several processes on one port this is; the first one seals on the timer."""

    number: int


class App:
    """Everything that a process serves."""

    def __init__(self, config: Config, dsn: str, part: Part | None = None) -> None:
        self.config = config
        self.database = Database(dsn, config.database_role)
        self.health = health.aio.HealthServicer()  # type: ignore[attr-defined] # not in the stubs
        shared = (("grpc.max_connection_age_ms", _CONNECTION_MILLISECONDS),) if part else ()
        idle = ("grpc.max_connection_idle_ms", config.idle_seconds * 1000)
        options = (*_OPTIONS, idle, *shared, ("grpc.so_reuseport", int(part is not None)))
        self.server = grpc.aio.server(options=options)
        self._seals = part is None or part.number == 0
        self.port = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._handouts: list[Handout] = []
        self.room: Room | None = None

    async def start(self) -> None:
        """Opens the book and the port."""
        stores, stamps = self._stores(), self._stamps()
        self.room = room = await furnished(self.config, self.database)
        await self.database.open()
        config = self.config
        watched = await opened(config, self.database, room.book.number)
        room.roles, room.revoked, gate = watched.roles, watched.revoked, watched.gate
        door = Door(gate, room.branches.narrowed, gate.limits)
        self._tasks += watched.tasks
        names, methods = [], {}
        for module, name, servicer in SERVICES:
            descriptor = module.DESCRIPTOR.services_by_name[name]
            names.append(descriptor.full_name)
            serving = servicer(room)
            for method in descriptor.methods:
                forms = map(GetMessageClass, (method.input_type, method.output_type))
                methods[method.name] = Method(getattr(serving, method.name), *forms)
            served = handlers(descriptor, serving, door, config.unread_seconds)
            self.server.add_generic_rpc_handlers((served,))
        room.methods = methods
        health_pb2_grpc.add_HealthServicer_to_server(self.health, self.server)
        if config.insecure or config.reflection:
            reflected = (*names, health.SERVICE_NAME, reflection.SERVICE_NAME)
            reflection.enable_server_reflection(reflected, self.server)
        if config.metrics_port:
            metrics.WAITING.set_function(lambda: self.waiting)
            metrics.serve(config.host, config.metrics_port)
        self.port = self._listen()
        await self.server.start()
        for name in ("", *names):
            await self.health.set(name, health_pb2.HealthCheckResponse.SERVING)
        if self._seals:
            self._handouts = [Handout(self.database, room.book, *each) for each in stores.items()]
            loops = [room.sealer.run, *(each.run for each in self._handouts)]
            if stamps:
                stamper = Stamper(self.database, room.book, stamps)
                self._tasks.append(asyncio.create_task(stamper.run()))
            self._tasks += [asyncio.create_task(loop(config.seal_seconds)) for loop in loops]

    @property
    def waiting(self) -> int:
        """Commands in the lanes, waiting or under way."""
        return self.room.lanes.waiting if self.room else 0

    async def stop(self) -> None:
        """Says so, lets calls finish, drains the lanes, seals what was recorded."""
        await self.health.enter_graceful_shutdown()
        await self.server.stop(self.config.drain_seconds)
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        try:
            if self.room:
                self.room.closers.stop()
                await self.room.lanes.stop()
                await self.room.sealer.seal()
                await self._hand_out_last()
        finally:
            await self.database.close()

    def _stores(self) -> dict[str, Store]:
        """Where checkpoints go, by the setting's own words."""
        try:
            return {place: open_store(place) for place in self.config.checkpoint_to.split()}
        except ValueError as error:
            raise StartError(f"LOANLEDGER_CHECKPOINT_TO: {error}") from None

    def _stamps(self) -> Asked | None:
        """Who stamps checkpoints, if anybody."""
        config = self.config
        if not config.timestamp_url:
            return None
        try:
            return asked(
                config.timestamp_url, config.timestamp_certificate, config.timestamp_seconds
            )
        except ValueError as error:
            raise StartError(str(error)) from None

    async def _hand_out_last(self) -> None:
        """What was sealed at the end leaves the house now, or after the next start."""
        last = asyncio.gather(*(each.deliver() for each in self._handouts))
        with suppress(TimeoutError):
            await asyncio.wait_for(last, _LAST_SECONDS)

    def _listen(self) -> int:
        config = self.config
        address = f"{config.host}:{config.port}"
        try:
            if config.tls_cert and config.tls_key:
                return self.server.add_secure_port(address, _credentials(config))
            return self.server.add_insecure_port(address)
        except RuntimeError as error:
            raise StartError(
                f"cannot listen on {address}: the port is in use or not allowed"
            ) from error


def _credentials(config: Config) -> grpc.ServerCredentials:
    assert config.tls_cert
    assert config.tls_key
    pair = (config.tls_key.read_bytes(), config.tls_cert.read_bytes())
    authorities = config.tls_client_ca.read_bytes() if config.tls_client_ca else None
    return grpc.ssl_server_credentials([pair], authorities, authorities is not None)
