"""The web process holds nothing heavy: it must start at once and be cheap to have twice."""

import os

from architecture.rules.imports import loaded_by


def environment(tmp_path) -> dict[str, str]:
    return os.environ | {"HEMMA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hemma.settings"}


def test_the_web_process_loads_nothing_heavy(root, tmp_path):
    told = environment(tmp_path)
    assert loaded_by("import hemma.asgi", path=[str(root / "src")], environment=told) == []


def test_a_heavy_import_would_be_seen(root, tmp_path):
    (tmp_path / "numpy.py").write_text("")
    (tmp_path / "page.py").write_text("import numpy")
    path = [str(tmp_path), str(root / "src")]
    told = environment(tmp_path)
    assert loaded_by("import page", path=path, environment=told) == ["numpy"]
