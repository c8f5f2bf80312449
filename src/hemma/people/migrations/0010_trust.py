"""What people were told about who sees what; leavers; the record of processing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What people were told is written once.
GUARD = """
CREATE TRIGGER people_visibilityversion_insert_only BEFORE UPDATE OR DELETE
    ON people_visibilityversion FOR EACH ROW EXECUTE FUNCTION hemma_refuse_change();
"""
UNGUARD = "DROP TRIGGER people_visibilityversion_insert_only ON people_visibilityversion"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_delisted"),
    ]

    operations = [
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="departure",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("country", models.CharField(blank=True, max_length=2)),
                ("reduced_at", models.DateTimeField(null=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="VisibilityVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("content", models.JSONField()),
                ("changes", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="ProcessingRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme", models.CharField(max_length=120, unique=True)),
                ("client", models.CharField(max_length=120)),
                ("client_contact", models.CharField(blank=True, max_length=200)),
                ("purpose", models.TextField()),
                ("categories", models.TextField()),
                ("sub_processors", models.TextField(blank=True)),
                ("transfers", models.TextField(blank=True)),
                ("keep_months", models.PositiveSmallIntegerField(default=24)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("keep_months__gte", 1), ("keep_months__lte", 120)),
                        name="processingrecord_1_to_120_months",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisibilityRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_versions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reads",
                        to="people.visibilityversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "version"), name="visibilityread_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, reverse_sql=UNGUARD),
    ]
