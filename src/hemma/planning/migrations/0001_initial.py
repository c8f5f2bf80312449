"""Shifts, activities, absence, calendar feeds and templates of a day."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import hemma.planning.models
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
                    name="Shift",
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
                                default="office",
                                max_length=15,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "indexes": [
                            models.Index(fields=["starts_at", "ends_at"], name="shift_span")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="shift_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    (hemma.planning.models._Span("starts_at", "ends_at"), "&&"),
                                ],
                                name="shift_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("warmup", "Warm-up"),
                                    ("queue", "Queue"),
                                    ("focus", "Focus"),
                                    ("meeting", "Meeting"),
                                    ("coaching", "Coaching"),
                                    ("pause", "Pause"),
                                    ("recess", "Recess"),
                                    ("fika", "Coffee break"),
                                    ("rast", "Meal break"),
                                    ("shutdown", "Shutdown"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("label", models.CharField(blank=True, max_length=80)),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activities",
                                to="planning.shift",
                            ),
                        ),
                        ("instead", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="activity_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("shift", "="),
                                    (hemma.planning.models._Span("starts_at", "ends_at"), "&&"),
                                ],
                                name="activity_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                        ("fingerprint", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Absence",
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
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="absence_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    (hemma.planning.models._Span("starts_at", "ends_at"), "&&"),
                                ],
                                name="absence_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayTemplate",
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
                        ("name", models.CharField(max_length=80)),
                        ("starts", models.TimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
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
                        ("weekdays", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="day_templates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="day_templates",
                                to="people.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "name"), name="daytemplate_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 30), ("minutes__lte", 1440)),
                                name="daytemplate_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplatePart",
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
                        ("kind", models.CharField(max_length=10)),
                        ("from_min", models.PositiveSmallIntegerField()),
                        ("until_min", models.PositiveSmallIntegerField()),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="planning.daytemplate",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["from_min"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_min__gt", models.F("from_min"))),
                                name="templatepart_ends_after_start",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
