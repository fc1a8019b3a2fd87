"""A bare unary echo on the same stack and message: grpc.aio and uvloop, no interceptor, no work."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import grpc
import uvloop

from loanledger.v1.ledger_service_pb2 import PostJournalRequest


async def serve(port: int) -> None:
    """Answers a journal with itself until killed."""

    async def echo(request: PostJournalRequest, context: Any) -> PostJournalRequest:
        return request

    handler = grpc.unary_unary_rpc_method_handler(
        echo, PostJournalRequest.FromString, PostJournalRequest.SerializeToString
    )
    server = grpc.aio.server()
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler("bench.Echo", {"Echo": handler}),)
    )
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
