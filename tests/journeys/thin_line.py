"""A thin line between a browser and the product: slow, far away, losing packets, or pulled out.

A proxy on loopback carries TCP streams, which never lose bytes: a lost packet shows as a pause of
one retransmission, behind which everything else on that connection waits. So is it played here.
"""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PACKET = 1460


@dataclass
class ThinLine:
    """A line to `port` of this machine. Set what it is like; `pull` and `plug` it."""

    port: int
    bits_per_s: float = 1_500_000
    delay_s: float = 0.15  # one way
    loss: float = 0.02
    resend_s: float = 0.45  # a round trip and a half: how TCP notices, and sends again
    seed: int = 1
    here: int = 0
    carried: int = 0  # bytes towards the browser
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _pulled: bool = False
    _open: set[asyncio.Task] = field(default_factory=set)
    _free_at: dict[bool, float] = field(default_factory=lambda: {True: 0.0, False: 0.0})

    def pull(self) -> None:
        """Nothing goes through any more, and nobody is reached."""
        self._call(self._pull())

    def plug(self) -> None:
        """New connections go through again."""
        self._pulled = False

    def _call(self, coroutine) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _pull(self) -> None:
        self._pulled = True
        for task in list(self._open):
            task.cancel()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._pulled:
            writer.transport.abort()
            return
        there_in, there_out = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(2 * self.delay_s)  # the handshake has crossed the line as well
        both = [
            asyncio.ensure_future(self._carry(reader, there_out, inward=False)),
            asyncio.ensure_future(self._carry(there_in, writer, inward=True)),
        ]
        self._open.update(both)
        with suppress(asyncio.CancelledError):
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
            self._open.discard(task)
        for end in (writer, there_out):
            end.transport.abort() if self._pulled else end.close()

    async def _carry(self, reader, writer, *, inward: bool) -> None:
        chance = random.Random(f"{self.seed}{inward}")
        waiting: asyncio.Queue = asyncio.Queue()
        arrives = asyncio.ensure_future(self._arrive(waiting, writer))
        try:
            while data := await reader.read(PACKET):
                now = self._loop.time()
                # All connections share the line.
                self._free_at[inward] = (
                    max(now, self._free_at[inward]) + 8 * len(data) / self.bits_per_s
                )
                late = self.resend_s if chance.random() < self.loss else 0.0
                await waiting.put((self._free_at[inward] + self.delay_s + late, data))
                self.carried += len(data) if inward else 0
                await asyncio.sleep(max(0.0, self._free_at[inward] - now))
            await waiting.put((0.0, b""))
            await arrives
        finally:
            arrives.cancel()

    async def _arrive(self, waiting, writer) -> None:
        while True:
            at, data = await waiting.get()
            if not data:
                return
            await asyncio.sleep(max(0.0, at - self._loop.time()))
            writer.write(data)
            await writer.drain()


@contextmanager
def thin_line(port: int, **like: float) -> Iterator[ThinLine]:
    """A line to the product; `here` is the port to open in the browser."""
    line = ThinLine(port, **like)
    thread = threading.Thread(target=line._loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(line._accept, "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(listen(), line._loop).result(10)
    line.here = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        line._loop.call_soon_threadsafe(server.close)
        line._call(line._pull())
        line._loop.call_soon_threadsafe(line._loop.stop)
        thread.join(10)
