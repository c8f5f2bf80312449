"""Access tokens: asked for, renewed, refused; a mailbox opened and a mail handed in with one."""

import asyncio
import contextlib
import http.server
import json
import threading
import urllib.parse

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from hemma.lib.mail import oauth, smtp


class TokenServer(http.server.ThreadingHTTPServer):
    """A sign-in service with one client, whose refresh tokens are good for one use."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.good, self.count, self.revoked = "refresh-0", 0, False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/token"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = dict(urllib.parse.parse_qsl(body))
        server = self.server
        known = asked.get("client_id") == "hemma" and asked.get("client_secret") == "secret"
        right = asked.get("grant_type") == "refresh_token" and known
        if not right or server.revoked or asked.get("refresh_token") != server.good:
            return self.say(400, {"error": "invalid_grant", "error_description": "taken back"})
        server.count += 1
        server.good = f"refresh-{server.count}"
        access = f"access-{server.count}"
        return self.say(
            200, {"access_token": access, "expires_in": 3600, "refresh_token": server.good}
        )

    def say(self, status, answer):
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


@pytest.fixture
def tokens():
    with TokenServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def grant(tokens, **more):
    known = {"refresh_token": "refresh-0", "client_secret": "secret"} | more
    return oauth.Grant(token_url=tokens.url, client_id="hemma", **known)


def test_a_refresh_token_is_exchanged_for_an_access_token(tokens):
    got = oauth.refresh(grant(tokens))
    assert (got.access_token, got.lives_s, got.refresh_token) == ("access-1", 3600, "refresh-1")
    assert "access-1" not in repr(got)


def test_a_consent_that_was_taken_back_is_said_in_the_services_words(tokens):
    tokens.revoked = True
    with pytest.raises(oauth.Refused, match="invalid_grant: taken back"):
        oauth.refresh(grant(tokens))


@pytest.mark.parametrize("url", ["http://login.example.org/token", "ftp://x/token", "file:///etc"])
def test_secrets_go_by_https_only(url):
    with pytest.raises(ValueError, match="https"):
        oauth.refresh(oauth.Grant(token_url=url, client_id="hemma", refresh_token="r"))


@contextlib.contextmanager
def door(token):
    """An SMTP server that opens to XOAUTH2 with one token."""
    came = []

    class Sink:
        async def auth_XOAUTH2(self, server, args):  # noqa: N802
            said = args[1] if len(args) > 1 else ""
            import base64

            said = base64.b64decode(said).decode()
            if said == f"user=support@x.example\x01auth=Bearer {token}\x01\x01":
                return AuthResult(success=True)
            await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
            await server._reader.readline()
            return AuthResult(success=False, handled=False)

        async def handle_DATA(self, _server, session, envelope):  # noqa: N802
            came.append((session.authenticated, envelope.content))
            return "250 taken"

    loop = asyncio.new_event_loop()

    async def listen():
        return await loop.create_server(
            lambda: SMTP(Sink(), auth_require_tls=False, auth_required=True, loop=loop),
            "127.0.0.1",
            0,
        )

    server = loop.run_until_complete(listen())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1], came
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        server.close()
        loop.close()


@pytest.mark.parametrize(("token", "outcome"), [("right", "sent"), ("stale", "temporary")])
def test_mail_is_handed_in_with_a_token_and_waits_when_it_is_refused(token, outcome):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "support@x.example", "k@x.example", "Hej"
    message.set_content("Hej!")
    with door("right") as (port, came):
        server = smtp.SmtpServer("127.0.0.1", port, user="support@x.example", token=token)
        result = smtp.send(
            message, server, envelope_from="support@x.example", recipients=("k@x.example",)
        )
    assert result.deliveries["k@x.example"].outcome == outcome
    assert [signed_in for signed_in, _data in came] == ([True] if outcome == "sent" else [])
