import gzip
import re

from django.templatetags.static import static
from django.test import Client

from hemma.ui import static_files


def test_a_style_is_kept_for_a_year_and_its_address_changes_with_its_content():
    path = static("ui/tokens.css")
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert static_files.catalogue().version in path
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_a_page_from_before_a_release_still_gets_its_files_but_does_not_keep_them():
    for path in ("/static/0123456789ab/ui/tokens.css", "/static/ui/tokens.css"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert "must-revalidate" in answer["Cache-Control"]


def test_a_browser_that_has_the_file_is_told_so():
    first = Client().get("/static/ui/tokens.css")
    again = Client().get("/static/ui/tokens.css", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_files_travel_packed_where_the_browser_unpacks():
    plain = Client().get(static("ui/components.css"))
    packed = Client().get(static("ui/components.css"), headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < len(plain.content) / 2


def test_nothing_but_static_files_is_served():
    for path in (
        "/static/ui/nope.css",
        "/static/../settings.py",
        "/static/ui/%2e%2e/apps.py",
        "/static/",
    ):
        assert Client().get(path).status_code == 404
    assert Client().get("/static/ui/vendor/VENDORED.toml").status_code == 404
    assert Client().post("/static/ui/tokens.css").status_code == 405


def test_every_address_inside_a_style_leads_to_a_file():
    files = static_files.catalogue().files
    for path, file in files.items():
        if path.endswith(".css"):
            for target in re.findall(r'url\("([^"]+)"\)', file.body.decode()):
                assert f"{path.rpartition('/')[0]}/{target}" in files


def test_every_script_imports_scripts_that_exist():
    files = static_files.catalogue().files
    imported = 0
    for path, file in files.items():
        if path.endswith(".js") and "/vendor/" not in path:
            for target in re.findall(r'from "\./([^"]+)"', file.body.decode()):
                imported += 1
                assert f"{path.rpartition('/')[0]}/{target}" in files
    assert imported


def test_pages_link_the_frame_first_and_then_each_rooms_own_style():
    sheets = static_files.stylesheets()
    assert sheets[:3] == ["ui/tokens.css", "ui/base.css", "ui/components.css"]
    assert "people/people.css" in sheets
    assert "workday/workday.css" in sheets
    assert len(sheets) == len(set(sheets))
