"""The terminal shows what went wrong in words; the file keeps it whole."""

from hemma.run.logs import Log


def test_a_json_line_is_shown_as_a_sentence_and_kept_as_it_came(tmp_path, capsys):
    log = Log(tmp_path, "worker")
    line = (
        b'{"event": "the loop routing failed", "level": "error",'
        b' "exception": "Traceback\\n  File x\\nOSError: no database"}\n'
    )
    log.feed(b'{"event": "calm", "level": "info"}\n' + line)
    log.close()
    shown = "".join(capsys.readouterr())
    assert "worker: the loop routing failed (OSError: no database)" in shown
    assert "calm" not in shown
    assert "Traceback" not in shown
    assert line in log.path.read_bytes()


def test_a_line_that_is_no_json_is_shown_as_it_is(tmp_path, capsys):
    log = Log(tmp_path, "database")
    log.feed(b"2026-11-24 FATAL: the disk is full\n")
    log.close()
    assert "FATAL: the disk is full" in "".join(capsys.readouterr())
