"""Mattermost and Slack on this machine, as their own documents say that they answer; for tests alone."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN, USER = "xoxp-a-key", "4xp9fdt77pncbef59f4k1qe83o"


class ChatServer:
    """One person's account. `asked`: (method, path, body) of what came; `refuse`: answer so instead."""

    def __init__(self, url):
        self.url = url
        self.asked = []
        self.refuse = None
        self.status, self.custom = "online", None
        self.during = None  # called while a request is being answered

    def answer(self, method, path, token, body):
        self.asked.append((method, path, body))
        if self.during:
            self.during()
        if self.refuse is not None:
            return self.refuse
        if path.startswith("/api/v4/"):
            return self._mattermost(method, path.removeprefix("/api/v4"), token, body)
        return self._slack(path.removeprefix("/api"), token, body)

    def _mattermost(self, method, path, token, body):
        if token != f"Bearer {TOKEN}":
            return 401, {"id": "api.context.session_expired.app_error"}
        if (method, path) == ("GET", "/users/me"):
            return 200, {"id": USER, "username": "amanda"}
        if (method, path) == ("PUT", f"/users/{USER}/status"):
            if body["user_id"] != USER or body["status"] not in {
                "online",
                "away",
                "dnd",
                "offline",
            }:
                return 400, {"id": "api.context.invalid_body_param.app_error"}
            self.status = body["status"]
            return 200, {"user_id": USER, "status": self.status, "manual": self.status != "online"}
        if (method, path) == ("PUT", f"/users/{USER}/status/custom"):
            self.custom = (body["emoji"], body["text"])
            return 200, {"status": "OK"}
        if (method, path) == ("DELETE", f"/users/{USER}/status/custom"):
            self.custom = None
            return 200, {"status": "OK"}
        return 404, {"id": "api.context.404.app_error"}

    def _slack(self, path, token, body):
        if token != f"Bearer {TOKEN}":
            return 200, {"ok": False, "error": "invalid_auth"}
        if path == "/auth.test":
            return 200, {"ok": True, "user_id": "U024BE7LH"}
        if path == "/users.profile.set":
            profile = body["profile"]
            self.custom = (profile["status_emoji"], profile["status_text"])
            return 200, {"ok": True, "profile": profile}
        return 200, {"ok": False, "error": "unknown_method"}


@contextmanager
def chat_server():
    """A server that is up within the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_any(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"null")
            status, said = server.chat.answer(
                self.command, self.path, self.headers.get("Authorization"), body
            )
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.chat = ChatServer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
