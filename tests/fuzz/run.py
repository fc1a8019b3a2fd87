"""Throws calls at a server in groups, and holds every answer and the books to what may be."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import grpc
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass

from tests.authz.tokens import bearer, signed
from tests.fuzz.messages import Call
from tests.fuzz.rig import Rig, Violated

#: What may come back. The last three only where the call itself asks for it.
CHOSEN = {
    "OK", "INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "FAILED_PRECONDITION",
    "PERMISSION_DENIED", "ABORTED", "RESOURCE_EXHAUSTED",
}  # fmt: skip
BY_WAY = {
    "no token": {"UNAUTHENTICATED"},
    "bad token": {"UNAUTHENTICATED"},
    "no role": {"PERMISSION_DENIED"},
    "1 ms": CHOSEN | {"DEADLINE_EXCEEDED"},
    "0 ms": CHOSEN | {"DEADLINE_EXCEEDED"},
    "large metadata": CHOSEN | {"UNAUTHENTICATED", "CANCELLED"},
}
#: Calls under way at a time, messages that are read of a stream, and refused calls sent again.
AT_ONCE, OF_A_STREAM, AGAIN = 16, 200, 150
SECONDS = 60
#: What the client's own library says where the server ended a stream while it was written to.
_OURS = "Internal error from Core"
LAST_DAY = (2024, 3, 20)


@dataclass
class Sent:
    """A call with what came back; `refused` says that nothing of it may have been written."""

    call: Call
    code: str
    reason: str
    ids: list[str]

    @property
    def refused(self) -> bool:
        """Whether an error came that leaves nothing behind."""
        unknown = self.code in ("OK", "DEADLINE_EXCEEDED", "CANCELLED")
        # What came before the message that ended a stream stays.
        return not unknown and self.reason != "APPROVAL_PENDING" and len(self.call.parts) == 1


@dataclass
class Run:
    """What was sent, and what came of it."""

    rig: Rig
    codes: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    again: int = 0

    def __post_init__(self) -> None:
        self._accepted: set[str] = set()
        server = self.rig.desk.server
        good = bearer(server.token())
        self._metadata = {
            "no token": (),
            "bad token": bearer("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9."),
            "no role": bearer(signed(server.data)),
            "large metadata": (*good, ("x-filler", "x" * 65_536)),
        }
        self._good = good

    async def group(self, calls: Sequence[Call]) -> None:
        """Sends a group of calls, then looks at everything."""
        options = [
            ("grpc.max_send_message_length", -1),
            ("grpc.max_receive_message_length", -1),
            ("grpc.use_local_subchannel_pool", 1),
        ]
        async with grpc.aio.insecure_channel(self.rig.desk.server.target, options) as channel:
            wanted = [call for call in calls if _wanted(call)]
            sent = await self._send(channel, wanted)
            self.messages += len(sent)
            self.rig.look()
            self._unwritten(sent)
            await self._again(channel, [one.call for one in sent if one.refused][:AGAIN])
            self.rig.look()

    async def _send(self, channel: grpc.aio.Channel, calls: Sequence[Call]) -> list[Sent]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(call: Call) -> Sent:
            async with gate:
                return await self._one(channel, call)

        return await asyncio.gather(*map(one, calls))

    async def _one(self, channel: grpc.aio.Channel, call: Call) -> Sent:
        answer, code, reason = b"", "OK", ""
        try:
            answer = await asyncio.wait_for(self._asked(channel, call), SECONDS + 10)
        except grpc.aio.AioRpcError as error:
            answer, code = _told(error), error.code().name
            reason = _reason(error)
            if call.rpc.client_streaming and error.details() == _OURS:
                code, answer = "CANCELLED", b""
        if code not in BY_WAY.get(call.way, CHOSEN) and not (code == "CANCELLED" and not answer):
            raise Violated(f"{code}: {answer[:500]!r}\n{shown(call)}")
        said = self.rig.told(answer) or ("internal error" if b"internal error" in answer else "")
        if said:
            raise Violated(f"an answer says {said}: {answer[:500]!r}\n{shown(call)}")
        self.codes[code] += 1
        self.done[call.rpc.name] += code == "OK"
        self.ways[call.way] += 1
        return Sent(call, code, reason, _request_ids(call))

    async def _asked(self, channel: grpc.aio.Channel, call: Call) -> bytes:
        method = call.rpc
        path = f"/{method.containing_service.full_name}/{method.name}"
        seconds = {"1 ms": 0.001, "0 ms": 0.0}.get(call.way, SECONDS)
        more = {"timeout": seconds, "metadata": self._metadata.get(call.way, self._good)}
        if not method.server_streaming:
            return bytes(await channel.unary_unary(path)(call.parts[0], **more))
        if method.client_streaming:
            stream = channel.stream_stream(path)(**more)
            await _written(stream, call.parts)
        else:
            stream = channel.unary_stream(path)(call.parts[0], **more)
        found = b""
        for _ in range(OF_A_STREAM):
            part = await stream.read()
            if part is grpc.aio.EOF:
                return found
            found += part
        stream.cancel()
        return found

    def _unwritten(self, sent: Sequence[Sent]) -> None:
        """No refused call left a trace under its request id."""
        self._accepted |= {one for s in sent if not s.refused for one in s.ids}
        refused = {one for s in sent if s.refused for one in s.ids} - self._accepted
        found = self.rig.recorded(sorted(one for one in refused if "\0" not in one))
        if found:
            calls = [shown(s.call) for s in sent if found & set(s.ids)]
            raise Violated(f"refused, and recorded under {sorted(found)}:\n" + "\n".join(calls))

    async def _again(self, channel: grpc.aio.Channel, calls: Sequence[Call]) -> None:
        """Refused calls alone, after one another's end: rows and balances stay as they are."""
        before = self.rig.settled()
        sent = await self._send(channel, calls)
        if not all(one.refused for one in sent):
            self._accepted |= {one for s in sent if not s.refused for one in s.ids}
            return
        after = self.rig.settled()
        self.again += len(sent)
        if before != after:
            every = "\n".join(shown(call) for call in calls)
            raise Violated(f"refused, and written: {before} became {after}, by one of\n{every}")

    def close(self) -> None:
        """The whole book is as sound as if nothing had happened."""
        client = self.rig.desk.client
        steps = list(client.ledger.verify_ledger())
        found = [one for step in steps for one in step.found]
        if found or sum(step.differences for step in steps):
            raise Violated(f"the full-book check finds {found[:3]}")
        if not self.rig.desk.tied() or not client.ledger.get_trial_balance().balanced:
            raise Violated("the books do not tie")
        self.rig.look()


async def _written(stream: grpc.aio.StreamStreamCall, parts: Sequence[bytes]) -> None:
    """Writes until the server has heard enough; its own status comes with the first read."""
    for part in parts:
        if not stream.done():
            with suppress(asyncio.InvalidStateError, grpc.aio.AioRpcError):
                await stream.write(part)
    if not stream.done():
        with suppress(asyncio.InvalidStateError, grpc.aio.AioRpcError):
            await stream.done_writing()


def _told(error: grpc.aio.AioRpcError) -> bytes:
    trailing = [value for _, value in error.trailing_metadata() or ()]
    parts = [value if isinstance(value, bytes) else value.encode() for value in trailing]
    return b"\n".join([(error.details() or "").encode(), *parts])


def _reason(error: grpc.aio.AioRpcError) -> str:
    details = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
    return "APPROVAL_PENDING" if b"APPROVAL_PENDING" in bytes(details or b"") else ""


def _messages(call: Call) -> list[Message]:
    found = []
    for part in call.parts:
        try:
            found.append(GetMessageClass(call.rpc.input_type).FromString(part))
        except DecodeError:
            continue
    return found


def _request_ids(call: Call) -> list[str]:
    """The request ids of a call, and of the calls in it."""
    found = []
    for one in _messages(call):
        every = [one, *getattr(one, "requests", ())]
        found += [getattr(each, "request_id", "") for each in every]
    return [one for one in found if one]


def _wanted(call: Call) -> bool:
    """All but closes of many days: one would take the time of thousands of others."""
    if call.rpc.name != "RunEndOfDay":
        return True
    days = [getattr(one, "business_date", None) for one in _messages(call)]
    return all(not day or (day.year, day.month, day.day) <= LAST_DAY for day in days)


def shown(call: Call) -> str:
    """A call as it is printed: enough to send it again."""
    words = [f"{call.rpc.full_name} ({call.way})"]
    words += [f"  bytes {part[:400].hex()}" for part in call.parts]
    words += [f"  {str(one)[:1500]}" for one in _messages(call)]
    return "\n".join(words)
