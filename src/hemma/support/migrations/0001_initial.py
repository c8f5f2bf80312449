"""Whom to talk to."""

from django.db import migrations, models

from hemma.lib.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Contact",
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
                                    ("occupational", "Occupational health service"),
                                    ("other", "Somebody else outside of the team"),
                                    ("crisis", "Crisis line, at any hour"),
                                ],
                                max_length=12,
                                verbose_name="sort",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                blank=True,
                                help_text="Two letters, such as SE or NO; empty for everybody.",
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                        ("link", models.URLField(blank=True, verbose_name="address on the web")),
                        (
                            "about",
                            models.CharField(
                                blank=True,
                                help_text="When it is open, what it costs, whether one can be anonymous.",
                                max_length=200,
                                verbose_name="in a few words",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("link", ""), ("phone", ""), _negated=True),
                                name="contact_can_be_reached",
                            )
                        ],
                    },
                )
            ],
        ),
    ]
