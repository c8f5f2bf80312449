"""Logs are JSON, whoever writes them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import hemma

PROGRAM = """
import logging, structlog
from hemma.lib import logs
logs.configure("worker")
structlog.get_logger("hemma.x").info("mail.stored", mailbox=3)
logging.getLogger("library").warning("it is %s", "late")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("library").exception("broken")
"""


def test_every_line_is_one_json_object_also_from_libraries_and_with_a_traceback():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(hemma.__file__).parents[1])},
    )
    own, library, broken = [json.loads(line) for line in done.stderr.splitlines()]
    assert (own["event"], own["mailbox"], own["part"]) == ("mail.stored", 3, "worker")
    assert (library["event"], library["level"]) == ("it is late", "warning")
    assert "ZeroDivisionError" in broken["exception"]
