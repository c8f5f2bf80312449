"""Foreign keys go the way of the imports: down."""

import tomllib

from architecture.rules.tables import upward_keys
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def order_of_rooms(root) -> list[str]:
    """The rooms as the contract names them, top first, those side by side in one place."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(x for x in contracts["contracts"] if x["containers"] == ["hemma"])["layers"]
    return [room.strip(" ()") for layer in layers for room in layer.split("|") if ":" not in room]


def test_foreign_keys_point_down(root):
    order = order_of_rooms(root)
    assert order.index("routing") < order.index("desk") < order.index("people")
    assert list(upward_keys(apps.get_models(include_auto_created=True), order)) == []


@isolate_apps("hemma.people", "hemma.desk")
def test_a_key_that_points_up_is_caught():
    class Case(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "desk"

    class Person(models.Model):  # noqa: DJ008
        favourite = models.ForeignKey(Case, on_delete=models.CASCADE)

        class Meta:
            app_label = "people"

    assert list(upward_keys([Person], ["desk", "people"])) == [
        "people.Person.favourite points up to desk.Case"
    ]
    assert list(upward_keys([Person], ["people", "desk"])) == []
