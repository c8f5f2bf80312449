"""Offers, verdicts, the rules of a queue, on call, personal limits and replays."""

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import hemma.core.routing.facts
import hemma.routing.models
from django.conf import settings
from django.db import migrations, models

from hemma.lib.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("desk", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Verdict",
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
                        ("at", models.DateTimeField()),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="verdict",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("alarmed_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Offer",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for an answer"),
                                    ("accepted", "taken"),
                                    ("declined", "passed on"),
                                    ("unanswered", "no answer"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("knowledge", "It needs other knowledge than mine"),
                                    ("language", "It needs another language"),
                                    ("queue", "It belongs in another queue"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["case", "-offered_at"], name="offer_case")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("case",),
                                name="offer_one_open_a_case",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("person",),
                                name="offer_one_open_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalLimit",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="personal_limit",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at_most", models.PositiveSmallIntegerField()),
                        ("until", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Capacity",
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
                        ("channel", models.CharField(max_length=10)),
                        ("at_once", models.PositiveSmallIntegerField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="capacities",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "channel"), name="capacity_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OnCall",
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
                                related_name="on_call",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="on_call",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="oncall_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("queue", "="),
                                    ("person", "="),
                                    (hemma.routing.models._Span("starts_at", "ends_at"), "&&"),
                                ],
                                name="oncall_never_two_at_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueueRules",
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
                        ("version", models.PositiveIntegerField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "skill_choice",
                            models.CharField(
                                choices=[
                                    ("enough", "Able is able; fairness decides"),
                                    (
                                        "closest",
                                        "The level closest to what is needed, so that specialists stay free",
                                    ),
                                    ("highest", "The most skilled first"),
                                ],
                                default=hemma.core.routing.facts.SkillChoice["ENOUGH"],
                                max_length=10,
                            ),
                        ),
                        ("prefer_earlier_person", models.BooleanField(default=True)),
                        ("also_in_wrap_up", models.BooleanField(default=False)),
                        (
                            "answer_within_s",
                            models.PositiveIntegerField(
                                default=90,
                                validators=[
                                    django.core.validators.MinValueValidator(20),
                                    django.core.validators.MaxValueValidator(900),
                                ],
                            ),
                        ),
                        (
                            "out_of_hours",
                            models.CharField(
                                choices=[
                                    ("closed", "It waits; the customer is told when we open"),
                                    ("on_call", "Whoever is on call is asked"),
                                    (
                                        "next_day",
                                        "It waits; the customer is promised an answer the next working day",
                                    ),
                                ],
                                default="next_day",
                                max_length=10,
                            ),
                        ),
                        ("customer_message", models.TextField(blank=True, max_length=1000)),
                        (
                            "rest_after_h",
                            models.PositiveSmallIntegerField(
                                default=11,
                                validators=[
                                    django.core.validators.MinValueValidator(11),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="desk.queue",
                            ),
                        ),
                        ("compensation_code", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("queue", "version"), name="queuerules_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Replay",
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
                        ("asked_at", models.DateTimeField()),
                        ("values", models.JSONField()),
                        ("against", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits for its turn"),
                                    ("running", "is being played"),
                                    ("done", "done"),
                                    ("stopped", "stopped"),
                                    ("failed", "did not work out"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("percent", models.PositiveSmallIntegerField(default=0)),
                        ("result", models.JSONField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replays",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=["asked_at"],
                                name="replay_to_play",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
