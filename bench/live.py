"""Live pages at the size of a whole company: how late, how big, how much processor time.

    ./hemma bench live [--streams 1100] [--seconds 60]

A real server on a real database; 1,100 people, each with an open event stream held by a client in
another process; once a second an event for all of them. Measured per event and stream: from
just before the publishing statement to the bytes in the client, both on the machine's monotonic
clock. Promise: p99 under 300 ms, at most 20 kB of the server's memory a stream.
"""

import argparse
import asyncio
import json
import re
import resource
import subprocess
import sys
import time

from _server import database, percentile, print_json, raise_open_files, session_cookies, web

P99_MS, STREAM_KB = 300.0, 20.0
OPENING_AT_ONCE = 40
VERSION = re.compile(rb'"topic": "bench", "version": (\d+)\}\n\n')


class Stream(asyncio.Protocol):
    """One open stream: as little as can be between the socket and the stopwatch."""

    def __init__(self, request: bytes, greeted: "asyncio.Future[None]", late_ns: list[int]) -> None:
        self._request, self._greeted, self._late_ns = request, greeted, late_ns
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        data = self._rest + data
        if not self._greeted.done() and b"hello" in data:
            self._greeted.set_result(None)
        end = 0
        for found in VERSION.finditer(data):
            self._late_ns.append(now - int(found[1]))
            end = found.end()
        self._rest = data[end:][-200:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self._greeted.done():
            self._greeted.set_exception(error or ConnectionError("refused"))


async def client() -> None:
    """The other process: told by one line on its input, tells by lines on its output."""
    told = json.loads(sys.stdin.readline())
    late_ns: list[int] = []
    gate = asyncio.Semaphore(OPENING_AT_ONCE)
    loop = asyncio.get_running_loop()

    async def open_one(key: str) -> None:
        request = (
            f"GET /live/stream HTTP/1.1\r\nHost: 127.0.0.1:{told['port']}\r\n"
            f"Cookie: sessionid={key}\r\nAccept: text/event-stream\r\n\r\n"
        ).encode()
        greeted = loop.create_future()
        async with gate:
            await loop.create_connection(
                lambda: Stream(request, greeted, late_ns), "127.0.0.1", told["port"]
            )
            await asyncio.wait_for(greeted, 30)

    await asyncio.gather(*(open_one(key) for key in told["sessions"]))
    late_ns.clear()
    before = _own_cpu_s()
    print("open", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    late_ms = sorted(value / 1e6 for value in late_ns)
    facts = {"events": len(late_ms), "cpu_s": round(_own_cpu_s() - before, 2)}
    if late_ms:
        facts |= {
            "p50_ms": round(percentile(late_ms, 0.5), 1),
            "p99_ms": round(percentile(late_ms, 0.99), 1),
            "max_ms": round(late_ms[-1], 1),
        }
    print(json.dumps(facts), flush=True)


def _own_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def company(size: int) -> tuple[str, list[str]]:
    """`size` people in one team; the team's audience, and a session for each of them."""
    from hemma.people.actions import Newcomer, add_people, form_team, open_site
    from hemma.people.system import SYSTEM

    site = open_site(actor=SYSTEM, name="Linköping", country="SE", zone="Europe/Stockholm")
    newcomers = [
        Newcomer(f"person{n}@hemma.example", f"Person {n}", site=site) for n in range(size)
    ]
    people = add_people(actor=SYSTEM, newcomers=newcomers)
    team = form_team(actor=SYSTEM, name="Everyone", site=site, members=people)
    return f"team:{team.pk}", session_cookies(people)


def measure(streams: int, seconds: int) -> dict[str, float]:
    """Open the streams, publish once a second, and tell what was seen."""
    from hemma.lib import live

    audience, sessions = company(streams)
    with web() as (server, port), _client() as reader:
        empty_kb = server.rss_kb()
        reader.stdin.write(json.dumps({"port": port, "sessions": sessions}) + "\n")
        reader.stdin.flush()
        if reader.stdout.readline().strip() != "open":
            raise SystemExit("the streams could not be opened")
        time.sleep(1)
        open_kb, cpu_s = server.rss_kb(), server.cpu_s()
        for _second in range(seconds):
            live.publish(audience, "bench")
            time.sleep(1)
        used_s, end_kb = server.cpu_s() - cpu_s, server.rss_kb()
        reader.stdin.write("done\n")
        reader.stdin.flush()
        facts = json.loads(reader.stdout.readline())
    return facts | {
        "expected": streams * seconds,
        "server_cpu_s": round(used_s, 2),
        "server_empty_mb": round(empty_kb / 1024, 1),
        "stream_kb": round((open_kb - empty_kb) / streams, 1),
        "stream_kb_at_the_end": round((end_kb - empty_kb) / streams, 1),
    }


def _client() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, __file__, "--client"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Live pages at the size of a whole company.")
    parser.add_argument("--streams", type=int, default=1100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--client", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    raise_open_files()
    if options.client:
        asyncio.run(client())
        return 0
    with database():
        facts = measure(options.streams, options.seconds)
    return verdict(facts, options)


def verdict(facts: dict, options: argparse.Namespace) -> int:
    """Say it in words; 0 when every promise is kept."""
    complete = facts["events"] == facts["expected"]
    quick = facts.get("p99_ms", P99_MS) < P99_MS
    small = max(facts["stream_kb"], facts["stream_kb_at_the_end"]) <= STREAM_KB
    print(f"{options.streams} streams, {options.seconds} events to each, one a second")
    print(f"  arrived      {facts['events']} of {facts['expected']}")
    if facts["events"]:
        print(
            f"  latency      p50 {facts['p50_ms']} ms, p99 {facts['p99_ms']} ms, max {facts['max_ms']} ms"
        )
    print(
        f"  memory       {facts['stream_kb']} kB a stream when opened, "
        f"{facts['stream_kb_at_the_end']} kB at the end (server alone {facts['server_empty_mb']} MB)"
    )
    print(f"  processor    server {facts['server_cpu_s']} s, client {facts['cpu_s']} s")
    kept = complete and quick and small
    print(
        f"  p99 < {P99_MS:.0f} ms, <= {STREAM_KB:.0f} kB a stream, none lost: {'kept' if kept else 'NOT kept'}"
    )
    print_json(facts)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
