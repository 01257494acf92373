"""The asyncio peer of dev.tandem.benchmarks.chat.ChatServer: what a line says goes back to who said it.

Streams, one coroutine a connection, as the asyncio documentation writes such a server. Prints its port, then serves
until its standard input ends.
"""

import asyncio
import resource
import sys


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main() -> None:
    # as a JVM does for itself: 10,000 connections are more than most shells allow
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
