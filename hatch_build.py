"""The wheel's build: compiles the catalogues, which are kept as sources only."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a `.mo` beside every `.po` before the files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling once a target; an editable installation compiles them itself."""
        if version == "editable":
            return
        for source in sorted(Path(self.root, "src/hemma").glob("*/locale/*/LC_MESSAGES/*.po")):
            polib.pofile(str(source), encoding="utf-8").save_as_mofile(
                str(source.with_suffix(".mo"))
            )
