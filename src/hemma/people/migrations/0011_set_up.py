from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0010_trust")]

    operations = [
        migrations.CreateModel(
            name="SetUp",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("company", models.CharField(max_length=120)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(id=1), name="setup_once")
                ],
            },
        ),
    ]
