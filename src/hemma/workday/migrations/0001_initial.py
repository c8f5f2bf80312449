"""Modes, breaks, to-dos and the working-time record."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import hemma.workday.record_models
from django.conf import settings
from django.db import migrations, models

from hemma.lib.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="ModeSpell",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("warmup", "Warm-up"),
                                    ("ready", "Queue"),
                                    ("in_contact", "With a customer"),
                                    ("wrap_up", "After-contact work"),
                                    ("focus", "Focus"),
                                    ("recess", "Pause"),
                                    ("meal", "Meal break"),
                                    ("meeting", "Meeting"),
                                    ("away", "Away"),
                                    ("off", "Off work"),
                                    ("lost", "Connection lost"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mode_spells",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("person",),
                                name="modespell_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="modespell_ends_after_start",
                            ),
                        ],
                        "indexes": [models.Index(fields=["until"], name="modespell_until")],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="presence",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(db_index=True)),
                        ("is_lost", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="BreaksSeen",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("until", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="BreakDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("planned", models.PositiveIntegerField(default=0)),
                        ("missed", models.PositiveIntegerField(default=0)),
                        ("placed_again", models.PositiveIntegerField(default=0)),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.team",
                            ),
                        ),
                        (
                            "place_type",
                            models.CharField(
                                choices=[
                                    ("home", "Home"),
                                    ("office", "Office"),
                                    ("customer_site", "At a customer's"),
                                    ("other", "Other agreed place"),
                                ],
                                default="office",
                                max_length=15,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "day", "place_type"), name="breakday_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gaps",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ends_at"], name="gap_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gte", models.F("starts_at"))),
                                name="gap_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Todo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.CharField(max_length=200)),
                        ("start_by", models.DateTimeField(null=True)),
                        ("done_by", models.DateTimeField(null=True)),
                        ("important", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="todos",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "done_at"], name="todo_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start_by", None),
                                    ("done_by", None),
                                    ("done_by__gte", models.F("start_by")),
                                    _connector="OR",
                                ),
                                name="todo_done_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "place_type",
                            models.CharField(
                                choices=[
                                    ("home", "Home"),
                                    ("office", "Office"),
                                    ("customer_site", "At a customer's"),
                                    ("other", "Other agreed place"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("rasts", models.JSONField(default=list)),
                        ("before", models.JSONField(default=dict)),
                        ("proposed_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("agreed", models.BooleanField(default=False)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "worked",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="workday.worked",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["proposed_at"],
                        "indexes": [
                            models.Index(fields=["person", "answered_at"], name="correction_person")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="correction_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("worked",),
                                name="correction_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Eased",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("unusual", "An unusual situation"),
                                    ("fewer", "Fewer people than planned"),
                                    ("calmer", "A calmer period"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("last_day", models.DateField()),
                        ("before", models.JSONField(default=dict)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="eased",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="eased",
                                to="people.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("person__isnull", False), ("team", None)),
                                    models.Q(("person", None), ("team__isnull", False)),
                                    _connector="OR",
                                ),
                                name="eased_team_or_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="eased_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("team",),
                                name="eased_one_a_team",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("person",),
                                name="eased_one_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Peace",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="peace",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("every_min", models.PositiveSmallIntegerField(default=30)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("every_min__gte", 10), ("every_min__lte", 240)),
                                name="peace_10_to_240",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReachWay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("word", "Words in Hemma"),
                                    ("call", "Phone"),
                                    ("mail", "E-mail"),
                                    ("urgent", "When it is urgent"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answer_within_min", models.PositiveSmallIntegerField()),
                        ("opens", models.TimeField(blank=True, null=True)),
                        ("closes", models.TimeField(blank=True, null=True)),
                        ("except_when", models.CharField(blank=True, max_length=120)),
                        ("agreed_at", models.DateTimeField()),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reach_ways",
                                to="people.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["answer_within_min", "way"],
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "way"), name="reachway_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes", None), ("opens", None)),
                                    ("opens__lt", models.F("closes")),
                                    _connector="OR",
                                ),
                                name="reachway_opens_before_it_closes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Worked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(null=True)),
                        (
                            "place_type",
                            models.CharField(
                                choices=[
                                    ("home", "Home"),
                                    ("office", "Office"),
                                    ("customer_site", "At a customer's"),
                                    ("other", "Other agreed place"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("outside", models.BooleanField(default=False)),
                        ("end_is_plans", models.BooleanField(default=False)),
                        ("goes_on_until", models.DateTimeField(null=True)),
                        ("person_told_at", models.DateTimeField(null=True)),
                        ("leader_told_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="worked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "indexes": [models.Index(fields=["ends_at"], name="worked_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None),
                                    ("ends_at__gt", models.F("starts_at")),
                                    _connector="OR",
                                ),
                                name="worked_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("leader_told_at", None),
                                    ("person_told_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="worked_person_is_told_first",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    (
                                        hemma.workday.record_models._Span("starts_at", "ends_at"),
                                        "&&",
                                    ),
                                ],
                                name="worked_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkedRast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "worked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rasts",
                                to="workday.worked",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="workedrast_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("worked", "="),
                                    (
                                        hemma.workday.record_models._Span("starts_at", "ends_at"),
                                        "&&",
                                    ),
                                ],
                                name="workedrast_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreakPlaceDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "place_type",
                            models.CharField(
                                choices=[
                                    ("home", "Home"),
                                    ("office", "Office"),
                                    ("customer_site", "At a customer's"),
                                    ("other", "Other agreed place"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("planned", models.PositiveIntegerField(default=0)),
                        ("missed", models.PositiveIntegerField(default=0)),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "place_type", "day"),
                                name="breakplaceday_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
