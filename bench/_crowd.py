"""Signed-in people, each with a browser and an open event stream, in a process of their own.

    python bench/_crowd.py < TOLD

TOLD is one line of JSON: `port`, `ramp_s` (they come one after the other), `seconds` (measured after
that), `pace` (1: as `load.py` says; 2: twice as often), `busy_s` (what a case takes in the mean),
`seed` and `people`: {"key": session key, "case": number in hand or null, "leads": bool}. A browser does
what the product's scripts do: it opens the stream anew with each page, asks for what is live when an
event names it, as often as the page says and a little spread, for what follows the minute once a
minute, and answers the beat. Files that a browser keeps are not asked for. Prints one JSON object:
elapsed ms by page, the number of every status, and errors.
"""

import asyncio
import json
import random
import re
import sys
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

TOKEN = "hemmabenchhemmabenchhemmabench12"
OFFER = re.compile(r"/routing/offer/(\d+)/accept/")
CASE = re.compile(r"/cases/(\d+)/")
TAG = re.compile(r"<[a-z][a-z0-9]* [^>]*hx-(?:get|post)=[^>]*>")
STREAM = re.compile(r'data-live-stream="([^"]+)"')
TOLD = re.compile(r'\{"topic": "([^"]+)", "version": \d+\}')
AT_ONCE = 5  # of the six that a browser opens to a server, one has the stream
PACE_S, SPREAD_S, ANSWER_S, MINUTE_SPREAD_S = 0.3, 0.15, 50.0, 3.0  # as in live.js and minutes.js
PATIENCE_S = 30.0
PAGES = {"my day": "/day/", "cases": "/cases/", "the team now": "/team/", "own hours": "/day/hours/",
         "who sees what": "/me/who-sees-what/"}  # fmt: skip


@dataclass
class Live:
    """One element of a page that renews itself."""

    method: str
    path: str
    topics: frozenset[str]
    minute: bool
    quiet_s: float
    trigger: str
    pace_s: float = PACE_S
    due: bool = False
    last: float = -1e9


def live_parts(page: str) -> tuple[list[Live], str]:
    """The elements of a page that renew themselves, and where its beat is answered."""
    found, beat = [], ""
    for tag in TAG.findall(page):
        words = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        method = "GET" if "hx-get" in words else "POST"
        path = unescape(words.get("hx-get") or words["hx-post"])
        trigger = words.get("hx-trigger", "")
        if "data-live-beat" in tag:
            beat = path
        elif "live" in trigger or "load" in trigger or "minute" in trigger:
            topics = frozenset(words.get("data-live", "").split())
            pace_s = float(words.get("data-live-pace") or PACE_S)
            quiet_s = float(words.get("data-minute") or 0)
            minute = "data-minute" in tag
            found.append(Live(method, path, topics, minute, quiet_s, trigger, pace_s))
    return found, beat


class Crowd:
    """Everybody, and what was measured."""

    def __init__(self, told: dict) -> None:
        self.told = told
        self.began = time.monotonic()
        self.counts_from = self.began + told["ramp_s"]
        self.ends = self.counts_from + told["seconds"]
        self.ms: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.open: set[Person] = set()

    def note(self, name: str, path: str, began: float, status: int) -> None:
        if not self.counts_from <= began < self.ends:
            return
        self.ms[name].append((time.monotonic() - began) * 1000)
        self.statuses[str(status)] += 1
        self.asked[re.sub(r"\d+", "N", path.partition("?")[0])] += 1
        if status >= 400:
            self.errors[f"{status} {re.sub(r'[0-9]+', 'N', path)}"] += 1


class Person:
    """One person with one browser and one page open."""

    def __init__(self, crowd: Crowd, one: dict, number: int) -> None:
        self.crowd, self.told, self.one = crowd, crowd.told, one
        self.chance = random.Random(f"{crowd.told['seed']} {number}")
        self.lines = asyncio.Semaphore(AT_ONCE)
        self.looking = asyncio.Lock()  # one page at a time
        self.parts: list[Live] = []
        self.beat, self.answered, self.known = "", -1e9, 0
        self.where = "/live/stream"
        self.stream: asyncio.Task | None = None
        self.tasks: set[asyncio.Task] = set()
        self.case: int | None = one["case"]

    async def live(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, self.told["ramp_s"] * 0.8))
        await self.look("my day")
        if self.case:
            self.start(self.work(self.case, self.chance.uniform(0, self.told["busy_s"])))
        self.start(self.minutes())
        for page, gap_s in self.habits().items():
            self.start(self.glance(page, gap_s / self.told["pace"]))
        await asyncio.sleep(max(0.0, self.crowd.ends - time.monotonic()))
        for task in (self.stream, *self.tasks):
            task.cancel()

    def habits(self) -> dict[str, float]:
        """What is looked at beside the work, and how many seconds lie between two looks."""
        if self.one["leads"]:
            return {"the team now": 120.0, "cases": 300.0}
        return {"cases": 600.0, "own hours": 3600.0, "who sees what": 7200.0}

    def start(self, coroutine) -> None:
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def glance(self, page: str, gap_s: float) -> None:
        """Look at another page for a while, and go back to where one was."""
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / gap_s))
            await self.look(page)
            await asyncio.sleep(self.chance.uniform(5, 25))
            await (
                self.look("a case", f"/cases/{self.case}/") if self.case else self.look("my day")
            )

    async def work(self, number: int, seconds: float) -> None:
        """Have a case in hand for so long, answer it, be on one's day again."""
        self.case = number
        await self.look("a case", f"/cases/{number}/")
        await asyncio.sleep(seconds / self.told["pace"])
        words = {"text": "Hej! Det ordnar vi.", "then": "solved", "once": str(uuid.uuid4())}
        status, _head, _page = await self.ask("answer", "POST", f"/cases/{number}/answer/", words)
        self.case = None
        if status == 302:
            await self.look("a case", f"/cases/{number}/")
            await asyncio.sleep(self.chance.uniform(2, 10))
        await self.look("my day")

    async def consider(self, offer: int) -> None:
        await asyncio.sleep(self.chance.uniform(1, 8))
        _status, head, _page = await self.ask("take", "POST", f"/routing/offer/{offer}/accept/", {})
        found = CASE.search(head)
        if found:
            busy = self.chance.expovariate(1 / self.told["busy_s"])
            await self.work(int(found[1]), busy)

    async def look(self, name: str, path: str = "") -> None:
        """Go to a page: the stream of the page before ends, and one for this page begins."""
        async with self.looking:
            self.parts = []
            if self.stream:
                self.stream.cancel()
            _status, _head, page = await self.ask(name, "GET", path or PAGES[name])
            self.parts, self.beat = live_parts(page)
            if where := STREAM.search(page):
                self.where = where[1]
            for part in self.parts:
                if "load" in part.trigger:
                    self.start(self.renew(part, 0))
            self.stream = asyncio.create_task(self.listen())

    def hear(self, topic: str) -> None:
        for part in self.parts:
            if part.due or not ((topic == "all" and part.topics) or topic in part.topics):
                continue
            part.due = True
            pause = max(0.0, part.pace_s - (time.monotonic() - part.last))
            spread = part.pace_s / 3 if part.pace_s > PACE_S else SPREAD_S
            self.start(self.renew(part, pause + self.chance.uniform(0, spread)))

    async def renew(self, part: Live, after_s: float) -> None:
        await asyncio.sleep(after_s)
        part.due, part.last = False, time.monotonic()
        if part not in self.parts:
            return
        body = {} if part.method == "POST" else None
        head = "Hemma-Renews: 1" if part.pace_s > PACE_S else ""
        _status, _head, page = await self.ask(
            "a part of a page", part.method, part.path, body, head
        )
        offer = OFFER.search(page)
        if offer and int(offer[1]) != self.known:
            self.known = int(offer[1])
            self.start(self.consider(self.known))

    async def minutes(self) -> None:
        while True:
            await asyncio.sleep(60 - time.time() % 60 + self.chance.uniform(0, MINUTE_SPREAD_S))
            for part in self.parts:
                part.quiet_s -= 60
                if part.minute and part.quiet_s <= 0:
                    self.start(self.renew(part, 0))
                if "every 30s" in part.trigger:  # counted from when the page was opened
                    at = self.chance.uniform(0, 30)
                    self.start(self.renew(part, at))
                    self.start(self.renew(part, at + 30))

    async def listen(self) -> None:
        """The event stream, opened again when it ends."""
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.told["port"])
            except OSError:
                self.crowd.errors["no stream"] += 1
                await asyncio.sleep(2)
                continue
            try:
                writer.write(self.request("GET", self.where, accept="text/event-stream"))
                await self.follow(reader)
            except OSError:
                self.crowd.errors["stream lost"] += 1
            finally:
                self.crowd.open.discard(self)
                writer.close()
            await asyncio.sleep(2)

    async def follow(self, reader: asyncio.StreamReader) -> None:
        while line := (await reader.readline()).decode():
            if "hello" in line:
                self.crowd.open.add(self)
                self.answer()
            elif line.startswith("event: beat"):
                self.answer()
            elif found := TOLD.search(line):
                self.hear(found[1])

    def answer(self) -> None:
        if self.beat and time.monotonic() - self.answered > ANSWER_S:
            self.answered = time.monotonic()
            self.start(self.ask("the beat", "POST", self.beat, {}))

    async def ask(
        self, name: str, method: str, path: str, fields: dict | None = None, extra: str = ""
    ) -> tuple[int, str, str]:
        """One request and its whole answer: status, head, text. 0 when there was none."""
        async with self.lines:
            began = time.monotonic()
            try:
                async with asyncio.timeout(PATIENCE_S):
                    answer = await self.fetch(self.request(method, path, fields, extra=extra))
            except (OSError, TimeoutError) as error:
                self.crowd.errors[f"{type(error).__name__} {name}"] += 1
                self.crowd.note(name, path, began, 0)
                return 0, "", ""
        head, _, page = answer.decode("utf-8", "replace").partition("\r\n\r\n")
        status = int(head.split(" ", 2)[1]) if head else 0
        self.crowd.note(name, path, began, status)
        return status, head, page

    async def fetch(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.told["port"])
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()

    def request(
        self,
        method: str,
        path: str,
        fields: dict | None = None,
        accept: str = "text/html",
        extra: str = "",
    ) -> bytes:
        body = urlencode(fields or {})
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.told['port']}",
            f"Cookie: sessionid={self.one['key']}; csrftoken={TOKEN}",
            f"Accept: {accept}",
        ]
        if accept == "text/html":
            lines.append("Connection: close")
        if extra:
            lines.append(extra)
        if method == "POST":
            lines += [
                f"X-CSRFToken: {TOKEN}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + (body if method == "POST" else "")).encode()


async def main() -> None:
    told = json.loads(sys.stdin.readline())
    crowd = Crowd(told)
    everybody = [Person(crowd, one, number) for number, one in enumerate(told["people"])]
    lives = asyncio.gather(*(one.live() for one in everybody))
    await asyncio.sleep(told["ramp_s"])
    print(json.dumps({"streams": len(crowd.open)}), flush=True)
    await asyncio.sleep(told["seconds"] * 0.95)
    at_the_end = len(crowd.open)
    await lives
    facts = {
        "ms": crowd.ms, "statuses": crowd.statuses, "errors": crowd.errors, "streams": at_the_end,
        "asked": crowd.asked, "client_cpu_s": round(time.process_time(), 1),
    }  # fmt: skip
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
