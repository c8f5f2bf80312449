import shutil

import pytest

from hemma.ui import vendored


@pytest.fixture
def copy(tmp_path):
    target = tmp_path / "ui"
    shutil.copytree(vendored.STATIC, target)
    return target


def test_what_others_made_is_as_it_was_vendored():
    assert vendored.verify() == []


def test_one_changed_byte_is_caught(copy):
    path = copy / "vendor" / "htmx.min.js"
    body = bytearray(path.read_bytes())
    body[1000] ^= 1
    path.write_bytes(body)
    assert [problem.split(":")[0] for problem in vendored.verify(copy)] == [
        "vendor/htmx.min.js is not what was vendored"
    ]


def test_a_file_that_nobody_listed_is_caught(copy):
    (copy / "font" / "another.woff2").write_bytes(b"x")
    assert vendored.verify(copy) == ["font/another.woff2 is not listed in vendor/VENDORED.toml"]


def test_a_file_that_has_gone_is_caught(copy):
    (copy / "font" / "OFL.txt").unlink()
    assert vendored.verify(copy) == ["font/OFL.txt is listed, but is not there"]


def test_an_entry_without_its_licence_is_caught(copy):
    listing = copy / vendored.LIST
    listing.write_text(listing.read_text().replace('licence = "0BSD"', 'licence = ""', 1))
    assert vendored.verify(copy) == ["vendor/htmx.min.js lacks licence"]
