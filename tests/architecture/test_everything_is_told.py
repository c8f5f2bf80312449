"""What is kept about people stands on the page about it, is exported, and goes in time."""

import pytest
from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model
from django.test.utils import isolate_apps

from hemma.people.models import Person
from hemma.people.visibility import Kind, Relation, Table, registry


def columns_about_people(models) -> set[str]:
    """Every column that leads to a person, as `room.Model.field`, and the account itself."""
    found = {"people.Person.pk"}
    for model in models:
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Person:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def columns_told(kinds) -> set[str]:
    return {table.path for kind in kinds for table in kind.tables}


def untold(models, kinds) -> set[str]:
    return columns_about_people(models) - columns_told(kinds)


@pytest.mark.requirement("S4-4")
def test_every_column_about_a_person_stands_in_the_registry():
    assert untold(apps.get_models(), registry) == set(), (
        "name the column in the `tables` of the kind of data it is (visibility.py of its room)"
    )


@isolate_apps("hemma.people")
def test_a_table_that_nobody_told_of_is_caught():
    class Diary(Model):  # noqa: DJ008
        writer = ForeignKey(Person, on_delete=CASCADE)

        class Meta:
            app_label = "people"

    assert "people.Diary.writer" in untold([Diary], registry)
    told = Kind("x", "x", "x", "x", {Relation.SELF: "x"}, tables=(Table("people.Diary.writer"),))
    assert untold([Diary], [*registry, told]) == set()


@pytest.mark.django_db
def test_every_table_that_is_told_of_is_there_and_can_be_asked():
    from hemma.people.queries.everything import rows_of

    nobody = Person(pk=0)
    for kind in registry:
        for table in kind.tables:
            assert list(rows_of(nobody, table)) == [], table.path
            columns = {field.name for field in apps.get_model(table.model)._meta.get_fields()}
            assert table.secret <= columns, table.path


def test_every_kind_has_tables_or_is_about_now_alone():
    about_now_or_nobody = {
        "insight.groups",
        "people.helper",
        "people.processing",
        "portal.exit",
        "portal.programme",
        "routing.overtime",
        "support.contact",
        "workday.agreement",
        "workday.breaks",
        "workday.focus",
        "workday.mode",
        "workday.open_today",
        "workday.pay",
    }
    empty = {kind.key for kind in registry if not kind.tables}
    assert empty <= about_now_or_nobody


def test_no_kind_shows_persons_to_a_client_or_work_to_an_administrator():
    for kind in registry:
        assert Relation.CLIENT not in kind.viewers, kind.key
        if Relation.ADMINISTRATOR in {*kind.viewers, *kind.groups}:
            assert kind.key.startswith("people."), f"{kind.key} is no account and no setting"


def test_how_long_somebody_was_in_which_mode_is_theirs_alone():
    assert set(registry["workday.mode_history"].viewers) == {Relation.SELF}
    assert not registry["workday.mode_history"].groups
