"""What became of a mail is told recipient by recipient, and a bad server is no crash."""

import asyncio
import contextlib
import socket
import threading

from aiosmtpd.smtp import SMTP

from hemma.lib.mail.outgoing import build
from hemma.lib.mail.smtp import Outcome, SmtpServer, send
from hemma.lib.tests.test_outgoing import ANSWER


class Choosy:
    """Takes mail for most, tells the others why not."""

    def __init__(self, last_word: str = "250 kept") -> None:
        self.kept: list[bytes] = []
        self.last_word = last_word

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("gone"):
            return "550 5.1.1 no such person"
        if address.startswith("full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.last_word == "hang up":
            server.transport.abort()
        self.kept.append(envelope.content)
        return self.last_word


@contextlib.contextmanager
def smtp_server(handler):
    loop = asyncio.new_event_loop()
    listening = loop.create_server(lambda: SMTP(handler, hostname="t", loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(listening)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield SmtpServer("127.0.0.1", server.sockets[0].getsockname()[1], timeout_s=5)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)
        server.close()
        loop.close()


def sent(server, *recipients):
    return send(build(ANSWER), server, envelope_from="support@example.org", recipients=recipients)


def test_each_recipient_has_an_outcome():
    handler = Choosy()
    with smtp_server(handler) as server:
        result = sent(server, "kim@example.com", "gone@example.com", "full@example.com")
    assert result.having(Outcome.SENT) == ("kim@example.com",)
    assert result.having(Outcome.PERMANENT) == ("gone@example.com",)
    assert result.having(Outcome.TEMPORARY) == ("full@example.com",)
    assert "no such person" in result.deliveries["gone@example.com"].reason
    assert not result.all_sent
    assert len(handler.kept) == 1


def test_a_refused_text_is_permanent_and_a_busy_server_is_not():
    for word, outcome in (("554 no", Outcome.PERMANENT), ("451 later", Outcome.TEMPORARY)):
        with smtp_server(Choosy(word)) as server:
            assert sent(server, "kim@example.com").having(outcome) == ("kim@example.com",)


def test_a_server_that_hangs_up_after_the_text_leaves_it_unknown():
    with smtp_server(Choosy("hang up")) as server:
        assert sent(server, "kim@example.com").having(Outcome.UNKNOWN) == ("kim@example.com",)


def test_no_server_at_all_is_temporary():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = SmtpServer("127.0.0.1", taken.getsockname()[1], timeout_s=2)
        assert sent(server, "kim@example.com").having(Outcome.TEMPORARY) == ("kim@example.com",)
