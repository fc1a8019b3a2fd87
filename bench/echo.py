"""A bare unary echo on the same stack: grpc.aio and uvloop, no interceptor, no work."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import grpc
import uvloop


async def serve(port: int) -> None:
    """Answers bytes with the same bytes until killed."""

    async def echo(request: bytes, context: Any) -> bytes:
        return request

    handler = grpc.unary_unary_rpc_method_handler(echo)
    server = grpc.aio.server()
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler("bench.Echo", {"Echo": handler}),)
    )
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
