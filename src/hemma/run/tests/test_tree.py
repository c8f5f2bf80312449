"""One process tree: what is killed comes back, what was written stays, the end comes soon."""

import os
import signal
import socket
import time
import urllib.request

import psycopg
import pytest

from hemma.run.tests.conftest import DATABASES, living, until

pytestmark = pytest.mark.processes

PROMISED_S = 5.0


def ask(url, path=""):
    with urllib.request.urlopen(url + path, timeout=10) as answer:
        return answer.read().decode().strip()


def write_row(tree):
    with tree.connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS cases (customer text)")
        connection.execute("INSERT INTO cases VALUES ('Kim')")


def rows(tree):
    with tree.connect() as connection:
        return connection.execute("SELECT count(*) FROM cases").fetchone()[0]


def answers_again(tree, expected):
    def look():
        try:
            return rows(tree) == expected
        except (OSError, psycopg.OperationalError):
            return False

    until(look)


@pytest.mark.parametrize("bin", DATABASES)
def test_kims_case_survives_the_killing_of_the_database(start_tree, bin):
    tree = start_tree(bin=bin)
    tree.ready()
    write_row(tree)

    os.kill(tree.member("postgres -D"), signal.SIGKILL)
    answers_again(tree, 1)
    write_row(tree)
    assert rows(tree) == 2


def test_the_pages_come_back_when_the_web_process_is_killed(start_tree):

    tree = start_tree()
    url = tree.ready()
    before = int(ask(url))
    os.kill(before, signal.SIGKILL)
    # The supervisor keeps the port: whoever asks meanwhile waits and is answered by the next.
    after = int(ask(url))
    assert after != before
    assert after in tree.members()


@pytest.mark.parametrize("bin", DATABASES)
def test_nothing_is_lost_when_everything_is_killed(start_tree, bin):
    tree = start_tree(bin=bin)
    tree.ready()
    write_row(tree)
    before = tree.members()
    assert any("postgres -D" in words for words in before.values())
    tree.process.kill()
    again = start_tree(bin=bin)
    again.ready()
    assert rows(again) == 1
    until(lambda: living(before) == {})


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_all_is_gone_in_time_though_amanda_has_a_stream_open(start_tree, sent, monkeypatch):
    monkeypatch.setenv("STUBBORN", "1")
    tree = start_tree()
    url = tree.ready()
    before = tree.members()
    stream = urllib.request.urlopen(url + "stream", timeout=10)
    assert [stream.readline() for _ in range(2)][1] == b"data: beat\n"
    began = time.monotonic()
    tree.process.send_signal(sent)
    said = tree.rest()
    assert time.monotonic() - began < PROMISED_S
    assert tree.process.returncode == 0
    assert living(before) == {}
    assert "Hemma has stopped" in said
    log = (tree.data / "logs/database.log").read_text()
    assert "database system is shut down" in log


def test_a_second_start_on_the_same_folder_says_where_the_first_one_runs(start_tree):
    first = start_tree()
    url = first.ready()
    second = start_tree()
    said = second.rest()
    assert second.process.returncode == 0
    assert url in said
    assert str(first.process.pid) in said
    assert first.process.poll() is None


def test_bengt_is_told_when_the_port_he_asks_for_is_taken(start_tree):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        tree = start_tree(str(other.getsockname()[1]))
        said = tree.rest()
    assert tree.process.returncode == 1
    assert "is taken by another program" in said
    assert tree.members() == {}


def test_a_child_that_never_stays_up_ends_the_start_with_its_last_words(start_tree, data):
    (data / "postgres/data").mkdir(parents=True)
    (data / "postgres/data/PG_VERSION").write_text("18\n")
    tree = start_tree()
    said = tree.rest()
    assert tree.process.returncode == 1
    assert "Hemma is ready" not in said
    assert "database" in said


def test_a_folder_of_another_major_version_is_refused_and_left_alone(start_tree, data):
    cluster = data / "postgres/data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("14\n")
    tree = start_tree()
    said = tree.rest()
    assert tree.process.returncode == 1
    assert "was made by PostgreSQL 14" in said
    assert "hemma restore" in said
    assert [x.name for x in cluster.iterdir()] == ["PG_VERSION"]


def test_what_can_wait_is_done_once_when_all_is_ready(start_tree):
    tree = start_tree()
    tree.ready()
    done = tree.data / "afterwards"
    until(lambda: done.exists() and done.read_text() == "done ")
    tree.process.send_signal(signal.SIGTERM)
    tree.process.communicate(timeout=30)
    assert done.read_text() == "done "
