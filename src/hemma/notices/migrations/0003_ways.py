import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("word", "Words from colleagues"),
    ("case", "Somebody mentions you or asks you about a case"),
    ("customer", "Thanks and words from customers"),
    ("waiting", "Cases that nobody fits"),
    ("plan", "Gaps and breaks in the plan"),
    ("on_call", "You are called while on call"),
    ("reminder", "Your shift begins in a quarter of an hour"),
]
WAYS = [
    ("page", "On every page"),
    ("push", "On phone and computer"),
    ("mail", "By mail, once a day"),
]
PUSHES = [
    ("news", "News"),
    ("urgent", "Urgent"),
    ("on_call", "On Call"),
    ("reminder", "Reminder"),
    ("trial", "Trial"),
]
PERSON = "people.person"


class Migration(migrations.Migration):
    """A kind that was muted stays unwanted on the page: each row becomes a wish of that sort."""

    dependencies = [("notices", "0002_urgent"), ("people", "0010_trust")]

    operations = [
        migrations.RemoveConstraint("muted", "muted_once"),
        migrations.RenameModel("Muted", "Wish"),
        migrations.AlterField(
            "wish",
            "person",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to=PERSON
            ),
        ),
        migrations.AlterField("wish", "sort", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddField(
            "wish", "way", models.CharField(choices=WAYS, default="page", max_length=4)
        ),
        migrations.AddField("wish", "wanted", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "wish",
            models.UniqueConstraint(fields=("person", "sort", "way"), name="wish_once"),
        ),
        migrations.AlterField("notice", "sort", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                condition=Q(sort="reminder"), fields=("person", "about"), name="notice_remind_once"
            ),
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
                        to=PERSON,
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
                        condition=Q(push_every__lte=240), name="habit_push_at_least_every_4_hours"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PushKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("only", models.BooleanField(default=True, unique=True)),
                ("sealed_private", models.BinaryField()),
                ("public", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(only=True), name="pushkey_only_one")
                ]
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        to=PERSON,
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=PUSHES, max_length=10)),
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
                ]
            },
        ),
    ]
