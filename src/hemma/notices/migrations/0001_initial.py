"""What people are told, when and by which way."""

import django.db.models.deletion
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
                    name="Word",
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
                        ("text", models.TextField(max_length=2000)),
                        ("written_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "writer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words_written",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("after_hours", models.BooleanField(default=False)),
                        ("urgent", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Notice",
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
                            "sort",
                            models.CharField(
                                choices=[
                                    ("word", "Words from colleagues"),
                                    ("case", "Somebody mentions you or asks you about a case"),
                                    ("customer", "Thanks and words from customers"),
                                    ("waiting", "Cases that nobody fits"),
                                    ("plan", "Gaps and breaks in the plan"),
                                    ("on_call", "You are called while on call"),
                                    ("reminder", "Your shift begins in a quarter of an hour"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("about", models.CharField(blank=True, max_length=60)),
                        ("made_at", models.DateTimeField()),
                        ("shown_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "word",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice",
                                to="notices.word",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("shown_at", None)),
                                fields=["person"],
                                name="notice_held",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("read_at", None), ("shown_at__isnull", False), _connector="OR"
                                ),
                                name="notice_shown_before_read",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("sort", "reminder")),
                                fields=("person", "about"),
                                name="notice_remind_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wish",
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
                            "sort",
                            models.CharField(
                                choices=[
                                    ("word", "Words from colleagues"),
                                    ("case", "Somebody mentions you or asks you about a case"),
                                    ("customer", "Thanks and words from customers"),
                                    ("waiting", "Cases that nobody fits"),
                                    ("plan", "Gaps and breaks in the plan"),
                                    ("on_call", "You are called while on call"),
                                    ("reminder", "Your shift begins in a quarter of an hour"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("page", "On every page"),
                                    ("push", "On phone and computer"),
                                    ("mail", "By mail, once a day"),
                                ],
                                default="page",
                                max_length=4,
                            ),
                        ),
                        ("wanted", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "sort", "way"), name="wish_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Habit",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="notice_habit",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("push_every", models.PositiveSmallIntegerField(default=15)),
                        ("says_who", models.BooleanField(default=False)),
                        ("mail_at", models.TimeField(null=True)),
                        ("base", models.URLField(blank=True, max_length=300)),
                        ("mailed_for", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("push_every__lte", 240)),
                                name="habit_push_at_least_every_4_hours",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PushKey",
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
                        ("only", models.BooleanField(default=True, unique=True)),
                        ("sealed_private", models.BinaryField()),
                        ("public", models.CharField(max_length=100)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("only", True)), name="pushkey_only_one"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Device",
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
                        ("name", models.CharField(max_length=60)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("sealed_address", models.BinaryField()),
                        ("sealed_point", models.BinaryField()),
                        ("sealed_secret", models.BinaryField()),
                        ("made_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_devices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Push",
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
                                    ("news", "News"),
                                    ("urgent", "Urgent"),
                                    ("on_call", "On Call"),
                                    ("reminder", "Reminder"),
                                    ("trial", "Trial"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("next_try_at", models.DateTimeField(db_index=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pushes",
                                to="notices.device",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("device", "kind"), name="push_once")
                        ],
                    },
                ),
            ],
        ),
    ]
