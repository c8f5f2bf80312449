"""The customers' own pages."""

import django.db.models.deletion
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
                    name="Asked",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="asked",
                                serialize=False,
                                to="desk.case",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CallBack",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="call_back",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(db_index=True)),
                        ("ends_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="remark",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("thanks", "thanks"), ("complaint", "complaint")],
                                max_length=10,
                            ),
                        ),
                        ("learned_at", models.DateTimeField(null=True)),
                        ("lesson", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ContactForm",
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
                        ("slug", models.SlugField(max_length=40, unique=True)),
                        ("is_open", models.BooleanField(default=True)),
                        ("calls_an_hour", models.PositiveSmallIntegerField(default=4)),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_forms",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("queue",), name="contactform_one_a_queue"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Satisfaction",
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
                        ("month", models.DateField()),
                        ("answer", models.PositiveSmallIntegerField()),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="satisfaction",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("queue", "month", "answer"), name="satisfaction_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__gte", 1), ("answer__lte", 5)),
                                name="satisfaction_1_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="satisfaction_by_month"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClientExit",
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
                                    ("exporting", "the export is being made"),
                                    ("ready", "the export can be fetched"),
                                    ("deleting", "everything is being deleted"),
                                    ("done", "deleted and verified"),
                                    ("called_off", "called off"),
                                ],
                                default="exporting",
                                max_length=10,
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("exported_at", models.DateTimeField(null=True)),
                        ("export_sha256", models.CharField(blank=True, max_length=64)),
                        ("export_size", models.BigIntegerField(default=0)),
                        ("export_counts", models.JSONField(default=dict)),
                        ("fetched_at", models.DateTimeField(null=True)),
                        ("deleted_at", models.DateTimeField(null=True)),
                        ("remains", models.JSONField(default=dict)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exits",
                                to="people.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["exporting", "ready", "deleting"])
                                ),
                                fields=("programme",),
                                name="clientexit_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["deleting", "done"]), _negated=True),
                                    ("fetched_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="clientexit_fetched_before_deleted",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
