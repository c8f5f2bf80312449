"""What `pip install` brings: the whole product, and nothing that only its makers need."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[1]


def run(*words: object, cwd: Path, **told: str) -> str:
    """Run a program outside the checkout, without the checkout on any path; its output."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    proxies = {name: text for name, text in os.environ.items() if name.lower().endswith("_proxy")}
    given = {
        name: text for name, text in os.environ.items() if name.startswith(("UV_", "PIP_", "SSL_"))
    }
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=kept | proxies | given | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """The checkout's files without anything that was compiled beside them."""
    folder = tmp_path_factory.mktemp("source") / "hemma"
    left_out = shutil.ignore_patterns("*.mo", "__pycache__", "static_collected")
    shutil.copytree(ROOT / "src", folder / "src", ignore=left_out)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    (made,) = folder.glob("*.whl")
    return made


def expected(source: Path) -> set[str]:
    """Every file the product needs to run, by its name in the wheel."""
    found = set()
    for path in (source / "src").rglob("*"):
        name = path.relative_to(source / "src").as_posix()
        if path.is_file() and "/tests/" not in name and path.suffix not in {".po", ".pyc", ".mo"}:
            found.add(name)
        if path.suffix == ".po":
            found.add(name.removesuffix(".po") + ".mo")
    return found


def test_the_wheel_holds_pages_styles_words_and_tables(source, wheel):
    wanted = expected(source)
    for sort in (".html", ".css", ".js", ".woff2", ".mo", "/migrations/0001_initial.py"):
        assert any(name.endswith(sort) for name in wanted), sort
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("hemma/")}
        licences = [name for name in archive.namelist() if name.endswith("licenses/LICENSE")]
    assert wanted - held == set()
    assert held - wanted == set()
    assert licences


def test_it_runs_where_there_is_no_checkout(wheel, tmp_path):
    uv = shutil.which("uv") or ROOT / ".uv" / "bin" / "uv"
    environment = tmp_path / "venv"
    python = environment / "bin" / "python"
    if shutil.which(str(uv)):
        run(uv, "venv", "-q", "--python", sys.executable, environment, cwd=tmp_path)
        install: list[object] = [uv, "pip", "install", "-q", "--python", python]
    else:
        run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run(*install, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=tmp_path)
    run(*install, "--no-deps", wheel, cwd=tmp_path)
    told = {"HEMMA_DATA": str(tmp_path / "data")}
    assert "demo" in run(environment / "bin" / "hemma", "--help", cwd=tmp_path, **told)
    doctor = run(environment / "bin" / "hemma", "doctor", cwd=tmp_path, **told)
    assert "database answers" in doctor
    code = (
        "import django; django.setup();"
        "from django.template.loader import get_template as get; get('ui/base.html');"
        "from django.contrib.staticfiles.finders import find; assert find('ui/base.css');"
        "from django.utils import translation as t; t.activate('sv');"
        "import hemma; print(t.gettext('Who sees what about me'), hemma.__file__)"
    )
    told |= {"DJANGO_SETTINGS_MODULE": "hemma.settings"}
    said = run(python, "-c", code, cwd=tmp_path, **told)
    assert str(environment) in said
    assert "Who sees what about me" not in said, "the catalogues are not compiled or not found"
