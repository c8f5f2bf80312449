"""Group figures that never turn back into a person: a table in, a publishable table out.

`publish(table, earlier)` is the one gate that every group figure passes. It hides groups that are
too small and as many others as it takes for nothing hidden to follow from what is shown.
"""

from hemma.core.disclosure.gate import publish, release
from hemma.core.disclosure.table import (
    LIMITS,
    Cell,
    Dimension,
    Hidden,
    Kind,
    Limits,
    PublicCell,
    PublishedTable,
    Release,
    Table,
)

__all__ = [
    "LIMITS",
    "Cell",
    "Dimension",
    "Hidden",
    "Kind",
    "Limits",
    "PublicCell",
    "PublishedTable",
    "Release",
    "Table",
    "publish",
    "release",
]
