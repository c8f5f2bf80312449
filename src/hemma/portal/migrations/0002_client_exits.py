import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0011_set_up"), ("portal", "0001_customers_pages")]

    operations = [
        migrations.CreateModel(
            name="ClientExit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        condition=models.Q(("state__in", ["exporting", "ready", "deleting"])),
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
    ]
