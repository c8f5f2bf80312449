"""A backup is whole or it is not used; a restore loses nothing when it fails."""

import json
import tarfile

import psycopg
import pytest

from hemma.run import backup, restore
from hemma.run.binaries import find_binaries
from hemma.run.maintenance import database
from hemma.run.postgres import Server
from hemma.run.telling import Refusal
from hemma.run.tests.conftest import DATABASES, PG15

pytestmark = pytest.mark.processes


@pytest.fixture(autouse=True)
def _embedded(monkeypatch):
    monkeypatch.delenv("HEMMA_DATABASE_URL", raising=False)


@pytest.fixture
def tar(tmp_path):
    return tmp_path / "hemma.tar"


def run(data, statement):
    with database(data, "test") as url, psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(statement)
        return [row[0] for row in done.fetchall()] if done.description else []


def fill(data):
    run(data, "CREATE TABLE cases (customer text); INSERT INTO cases VALUES ('Kim')")
    (data / "secret.key").write_text("the first key")
    (data / "attachments/2026").mkdir(parents=True)
    (data / "attachments/2026/photo").write_bytes(b"\x00\x01" * 70_000)


@pytest.mark.parametrize("bin", DATABASES)
def test_kims_case_is_back_after_it_was_changed(data, tar, bin, monkeypatch):
    if bin:
        monkeypatch.setenv("HEMMA_PG_BIN", bin)
    fill(data)
    assert backup.write(tar, data) == 0
    run(data, "UPDATE cases SET customer = 'nobody'")
    (data / "secret.key").write_text("another key")
    (data / "attachments/2026/photo").unlink()
    assert restore.read(tar, data, replace=True, migrate=False) == 0
    assert run(data, "SELECT customer FROM cases") == ["Kim"]
    assert (data / "secret.key").read_text() == "the first key"
    assert (data / "attachments/2026/photo").stat().st_size == 140_000
    assert run(data, "SELECT datname FROM pg_database WHERE datname LIKE 'hemma_%'") == []


def test_it_works_while_hemma_runs(start_tree, data, tar):
    tree = start_tree()
    tree.ready()
    with tree.connect() as connection:
        connection.execute("CREATE TABLE cases (customer text); INSERT INTO cases VALUES ('Kim')")
    backup.write(tar, data)
    with tree.connect() as busy:
        busy.execute("DELETE FROM cases")
        restore.read(tar, data, replace=True, migrate=False)
    with tree.connect() as connection:
        assert connection.execute("SELECT customer FROM cases").fetchone() == ("Kim",)
    assert tree.process.poll() is None


def test_only_its_owner_can_read_a_backup_and_nothing_half_is_left(data, tar):
    fill(data)
    backup.write(tar, data)
    assert tar.stat().st_mode & 0o077 == 0
    assert [x.name for x in tar.parent.iterdir()] == ["hemma.tar"]


def test_a_database_that_holds_something_is_not_replaced_unasked(data, tar):
    fill(data)
    backup.write(tar, data)
    run(data, "UPDATE cases SET customer = 'Lisa'")
    with pytest.raises(Refusal, match="not empty"):
        restore.read(tar, data, replace=False, migrate=False)
    assert run(data, "SELECT customer FROM cases") == ["Lisa"]


def damage_middle(tar):
    content = bytearray(tar.read_bytes())
    content[700] ^= 0xFF
    tar.write_bytes(content)


def cut_off(tar):
    tar.write_bytes(tar.read_bytes()[:3_000])


def forge_manifest(tar):
    with tarfile.open(tar, "a:") as more:
        text = json.dumps({"format": 1, "hemma": "0", "made_at": "", "postgres": 18, "sha256": {}})
        (tar.parent / "manifest").write_text(text)
        more.add(tar.parent / "manifest", "manifest.json")


def climb_out(tar):
    with tarfile.open(tar, "a:") as more:
        more.add(__file__, "files/attachments/../../../climbed")


@pytest.mark.parametrize("harm", [damage_middle, cut_off, forge_manifest, climb_out])
def test_a_damaged_backup_is_refused_and_nothing_is_lost(data, tar, harm):
    fill(data)
    backup.write(tar, data)
    harm(tar)
    run(data, "UPDATE cases SET customer = 'Lisa'")
    with pytest.raises(Refusal, match="Nothing was changed"):
        restore.read(tar, data, replace=True, migrate=False)
    assert run(data, "SELECT customer FROM cases") == ["Lisa"]
    assert list(data.glob("restore-*")) == []
    assert not list(data.parent.rglob("climbed"))


def test_a_restore_that_fails_half_way_leaves_what_was_there(data, tar, monkeypatch):
    fill(data)
    backup.write(tar, data)
    run(data, "UPDATE cases SET customer = 'Lisa'")
    # The dump is whole but of a format that pg_restore does not read.
    with tarfile.open(tar) as whole:
        manifest = json.load(whole.extractfile("manifest.json"))
    (tar.parent / "dump").write_text("not a dump")
    (tar.parent / "manifest").write_text(
        json.dumps(manifest | {"sha256": {"database.dump": _sum(tar.parent / "dump")}})
    )
    with tarfile.open(tar, "w:") as forged:
        forged.add(tar.parent / "dump", "database.dump")
        forged.add(tar.parent / "manifest", "manifest.json")
    with pytest.raises(Refusal, match="unchanged"):
        restore.read(tar, data, replace=True, migrate=False)
    assert run(data, "SELECT customer FROM cases") == ["Lisa"]


def _sum(path):
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(not PG15.exists(), reason="PostgreSQL 15 is not installed")
def test_petra_moves_from_postgresql_15_to_the_embedded_one(data, tar, monkeypatch):
    monkeypatch.setenv("HEMMA_PG_BIN", str(PG15))
    fill(data)
    backup.write(tar, data)
    monkeypatch.delenv("HEMMA_PG_BIN")
    with pytest.raises(Refusal, match="was made by PostgreSQL 15"):
        run(data, "SELECT 1")
    Server(data, binaries=find_binaries(PG15)).home.rename(data / "postgres-15")
    restore.read(tar, data, replace=False, migrate=False)
    assert run(data, "SELECT customer FROM cases") == ["Kim"]
