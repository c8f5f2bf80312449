"""Serves styles, scripts, icons and fonts from the rooms' own folders, with no build step.

The whole set (a few hundred kilobytes) is read once per process and gets one version, the
hash of everything in it. The version stands in the path, `/static/<version>/ui/base.css`, so
relative addresses inside a style or a script stay right, browsers may keep a file for a year,
and a new release is fetched at once. A page from before a release still finds its files.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.http.response import HttpResponseBase, HttpResponseNotModified

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

_YEAR_S = 365 * 24 * 60 * 60
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_PACKED = {".js", ".css", ".svg", ".txt"}


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: plain bytes, packed bytes where that helps, and its tag."""

    body: bytes
    packed: bytes | None
    content_type: str
    etag: str


@dataclass(frozen=True)
class Catalogue:
    """Every static file of the product by its path, and the version of the whole set."""

    version: str
    files: dict[str, StaticFile]


def _suffix(path: str) -> str:
    return f".{path.rpartition('.')[2]}"


def _load(path: str, body: bytes) -> StaticFile:
    suffix = _suffix(path)
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return StaticFile(
        body=body,
        packed=gzip.compress(body, 9, mtime=0) if suffix in _PACKED else None,
        content_type=_TYPES.get(suffix, guessed),
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"',
    )


@cache
def catalogue() -> Catalogue:
    """The set, read once per process through Django's finders (the rooms' `static/` folders)."""
    files: dict[str, StaticFile] = {}
    for finder in finders.get_finders():
        for path, storage in finder.list(["*.toml", ".*"]):
            if path not in files:
                with storage.open(path) as source:
                    files[path] = _load(path, source.read())
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path} {files[path].etag}\n".encode())
    return Catalogue(whole.hexdigest()[:12], files)


class VersionedStorage(StaticFilesStorage):
    """What `{% static %}` asks: the address with the version in its path."""

    def url(self, name: str | None) -> str:
        return f"{settings.STATIC_URL}{catalogue().version}/{name}"


class StaticFilesMiddleware:
    """Answers `/static/…` before sessions, sign-in and language are looked at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        prefix = settings.STATIC_URL
        if not request.path_info.startswith(prefix):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return serve(request, request.path_info.removeprefix(prefix))


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The file at `<version>/<path>`; an older or missing version is served, but not kept."""
    known = catalogue()
    version, _, rest = path.partition("/")
    current = version == known.version
    found = known.files.get(rest) or known.files.get(path)
    if found is None:
        return HttpResponseNotFound(b"", content_type="text/plain")
    if request.headers.get("If-None-Match") == found.etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        packed = found.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
        body = found.body if packed is None else packed
        response = HttpResponse(body, content_type=found.content_type)
        response["Content-Length"] = str(len(body))
        if packed is not None:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = found.etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = (
        f"public, max-age={_YEAR_S}, immutable" if current else "public, max-age=0, must-revalidate"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def stylesheets_of_the_frame() -> list[str]:
    """The frame's own layers, which are enough for a page that holds nothing of a room."""
    return [f"ui/{name}.css" for name in ("tokens", "base", "components", "frame", "layout")]


def stylesheets() -> list[str]:
    """Paths of the styles every page links: the frame's layers, then each room's own file."""
    frame = stylesheets_of_the_frame()
    rooms = sorted(
        path
        for path in catalogue().files
        if path.endswith(".css")
        and path.count("/") == 1
        and path == "{0}/{0}.css".format(path.partition("/")[0])
    )
    return frame + rooms
