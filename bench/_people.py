"""Simulated people at work, in a process of their own: an event stream each, and what they press.

    python bench/_people.py < TOLD

TOLD is one line of JSON: `port`, `seconds` (of the wall), `speed` (how many of the product's seconds
go by in one), `seed`, `busy_s` (what an answer takes, from-to) and `people`: {"key": session key,
"person": id}. Each opens the stream as a browser does, is in the
queue most of the time, looks when told that something is new, takes what is offered, passes it on,
lets it pass, presses twice, answers. Everything goes through HTTP. Prints one JSON object: when each
subject was first seen on a screen (seconds since 1970), and how often what was done.
"""

import asyncio
import json
import random
import re
import sys
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

TOKEN = "hemmabenchhemmabenchhemmabench12"
OFFER = re.compile(r"/routing/offer/(\d+)/accept/")
SUBJECT = re.compile(r"Fraga \d+")
CASE = re.compile(r"/cases/(\d+)/")
AT_ONCE = 24


class Somebody:
    """One person with one browser."""

    def __init__(self, told: dict, key: str, person: int, gate: asyncio.Semaphore) -> None:
        self.told, self.key, self.person, self.gate = told, key, person, gate
        self.chance = random.Random(f"{told['seed']} {person}")
        self.news = asyncio.Event()
        self.seen: dict[str, float] = {}
        self.did: Counter[str] = Counter()
        self.ends = time.monotonic() + told["seconds"]
        self.work: set[asyncio.Task] = set()
        self.known = 0

    async def live(self) -> None:
        """From coming to going."""
        stream = asyncio.create_task(self.listen())
        await asyncio.sleep(self.chance.uniform(0, min(30.0, self.told["seconds"] / 10)))
        await self.press("/day/mode/", mode="ready")
        modes = asyncio.create_task(self.change())
        while time.monotonic() < self.ends:
            try:
                await asyncio.wait_for(self.news.wait(), 20)
            except TimeoutError:
                continue
            self.news.clear()
            await self.look()
        for task in (stream, modes, *self.work):
            task.cancel()

    async def spend(self, seconds: float) -> None:
        """So long by the product's clock."""
        await asyncio.sleep(seconds / self.told["speed"])

    async def change(self) -> None:
        """Away from the queue for a while, now and then, whatever is offered just then."""
        while True:
            await self.spend(self.chance.expovariate(1 / 240))
            await self.press("/day/mode/", mode=self.chance.choice(["recess", "focus", "meal"]))
            self.did["went"] += 1
            await self.spend(self.chance.uniform(10, 90))
            await self.press("/day/mode/", mode="ready")

    async def look(self) -> None:
        """See what is offered, and answer it as people do."""
        page = (await self.ask("GET", "/routing/offer/"))[1]
        offer = OFFER.search(page)
        if offer is None or int(offer[1]) == self.known:
            return
        self.known = int(offer[1])
        for subject in SUBJECT.findall(page):
            self.seen.setdefault(subject, time.time())
        task = asyncio.create_task(self.consider(self.known))
        self.work.add(task)
        task.add_done_callback(self.work.discard)

    async def consider(self, offer: int) -> None:
        await self.spend(self.chance.uniform(1, 8))
        fate = self.chance.random()
        if fate < 0.03:
            self.did["let pass"] += 1
            return
        if fate < 0.10:
            self.did["passed on"] += 1
            await self.press(f"/routing/offer/{offer}/decline/")
            return
        twice = 2 if fate < 0.20 else 1  # two browsers, or a finger that was too quick
        answers = await asyncio.gather(
            *(self.press(f"/routing/offer/{offer}/accept/") for _turn in range(twice))
        )
        cases = [CASE.search(where) for _status, where in answers]
        if any(cases):
            self.did["took"] += 1
            await self.answer(next(one[1] for one in cases if one))

    async def answer(self, number: str) -> None:
        await self.spend(self.chance.uniform(*self.told["busy_s"]))
        words = {"text": "Hej! Det ordnar vi.", "then": "solved", "once": str(uuid.uuid4())}
        status, _where = await self.press(f"/cases/{number}/answer/", **words)
        self.did["answered" if status == 302 else f"answer {status}"] += 1

    async def press(self, path: str, **fields: str) -> tuple[int, str]:
        head, _page = await self.ask("POST", path, urlencode(fields))
        status = int(head.split(" ", 2)[1])
        if status >= 400:
            self.did[f"refused {status}"] += 1
        where = re.search(r"(?im)^location: (\S+)", head)
        return status, where[1] if where else ""

    async def ask(self, method: str, path: str, body: str = "") -> tuple[str, str]:
        async with self.gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.told["port"])
            writer.write(self.request(method, path, body))
            answer = await reader.read()
            writer.close()
        head, _, page = answer.decode("utf-8", "replace").partition("\r\n\r\n")
        return head, page

    def request(self, method: str, path: str, body: str = "", accept: str = "text/html") -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.told['port']}",
            f"Cookie: sessionid={self.key}; csrftoken={TOKEN}",
            f"Accept: {accept}",
        ]
        if accept == "text/html":
            lines.append("Connection: close")
        if method == "POST":
            lines += [
                f"X-CSRFToken: {TOKEN}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    async def listen(self) -> None:
        """The event stream, opened again when it ends; the beat is answered as the page does.

        Where time is faster than the beat, nobody answers: every line would seem to be down.
        """
        mine = (f'"offer:{self.person}"', '"all"')
        answered = 0.0
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.told["port"])
                writer.write(self.request("GET", "/live/stream", accept="text/event-stream"))
                self.news.set()
                while line := (await reader.readline()).decode():
                    if any(topic in line for topic in mine):
                        self.news.set()
                    beat = "beat" in line and self.told["speed"] == 1
                    if beat and time.monotonic() - answered > 50:
                        answered = time.monotonic()
                        await self.press("/day/here/")
                writer.close()
            except OSError:
                self.did["stream lost"] += 1
            await asyncio.sleep(1)


async def main() -> None:
    told = json.loads(sys.stdin.readline())
    gate = asyncio.Semaphore(AT_ONCE)
    everybody = [Somebody(told, one["key"], one["person"], gate) for one in told["people"]]
    await asyncio.gather(*(one.live() for one in everybody))
    seen: dict[str, float] = {}
    did: Counter[str] = Counter()
    for one in everybody:
        did += one.did
        for subject, at in one.seen.items():
            seen[subject] = min(at, seen.get(subject, at))
    print(json.dumps({"seen": seen, "did": did}))


if __name__ == "__main__":
    asyncio.run(main())
