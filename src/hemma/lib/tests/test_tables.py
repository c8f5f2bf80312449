"""A room's tables are made in one go, whichever way round they point at each other."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError

from hemma.lib.tables import CreateTables

KEY = ("id", models.BigAutoField(primary_key=True))


def _to(other: str) -> models.ForeignKey:
    return models.ForeignKey(f"tidewater.{other}", models.CASCADE, null=True)


class Tidewater(Migration):
    operations = [  # noqa: RUF012 - Django's habit
        CreateTables(
            models=[
                CreateModel(
                    "Boat", [KEY, ("skipper", _to("Sailor")), ("name", models.TextField())]
                ),
                CreateModel(
                    "Sailor",
                    [KEY, ("boat", _to("Boat")), ("age", models.IntegerField())],
                    {"indexes": [models.Index(fields=["age"], name="sailor_age")]},
                ),
            ]
        )
    ]


def _tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if "tidewater" in name}


@pytest.mark.django_db
@pytest.mark.parametrize("rendered", [False, True])
def test_tables_that_point_at_each_other_are_made_and_dropped_again(rendered: bool) -> None:
    migration = Tidewater("0001_initial", "tidewater")
    before = ProjectState()
    if rendered:
        assert before.apps is not None
    with connection.schema_editor() as editor:
        after = migration.apply(before.clone(), editor)
    assert _tables() == {"tidewater_boat", "tidewater_sailor"}
    boats, sailors = (after.apps.get_model("tidewater", name) for name in ("Boat", "Sailor"))
    boat = boats.objects.create(name="Vega")
    skipper = sailors.objects.create(age=50, boat=boat)
    boat.skipper = skipper
    boat.save()
    assert boats.objects.get(skipper__age=50) == boat
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "tidewater_sailor")
    assert "sailor_age" in found
    assert [part["foreign_key"] for part in found.values() if part["foreign_key"]] == [
        ("tidewater_boat", "id")
    ]
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE tidewater_boat SET skipper_id = 0; SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_what_was_made_can_be_taken_back() -> None:
    migration = Tidewater("0001_initial", "tidewater")
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert _tables() == set()
