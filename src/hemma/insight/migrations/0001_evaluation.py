"""Trials, what they measure and whom they compare, and the decisions that came of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hemma.lib.tables import CreateTables

# Decisions are written once; what a trial measures and whom it compares is fixed once it starts.
LOCKS = """
CREATE TRIGGER insight_decision_insert_only BEFORE UPDATE OR DELETE ON insight_decision
    FOR EACH ROW EXECUTE FUNCTION hemma_refuse_change();

CREATE FUNCTION hemma_pilot_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        OLD.name, OLD.question, OLD.measures, OLD.starts_on, OLD.ends_on, OLD.seed, OLD.started_at
    ) IS DISTINCT FROM (
        NEW.name, NEW.question, NEW.measures, NEW.starts_on, NEW.ends_on, NEW.seed, NEW.started_at
    ) OR (OLD.state <> 'draft' AND NEW.state = 'draft') THEN
        RAISE EXCEPTION 'a trial that has started cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER insight_pilot_is_fixed BEFORE UPDATE ON insight_pilot
    FOR EACH ROW EXECUTE FUNCTION hemma_pilot_is_fixed();

CREATE FUNCTION hemma_lot_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR (SELECT state FROM insight_pilot WHERE id = NEW.pilot_id) <> 'draft' THEN
        RAISE EXCEPTION 'the lot of a trial that has started cannot be drawn anew'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER insight_pilotplace_is_fixed BEFORE INSERT OR UPDATE ON insight_pilotplace
    FOR EACH ROW EXECUTE FUNCTION hemma_lot_is_fixed();
"""

UNLOCK = """
DROP TRIGGER insight_pilotplace_is_fixed ON insight_pilotplace;
DROP FUNCTION hemma_lot_is_fixed();
DROP TRIGGER insight_pilot_is_fixed ON insight_pilot;
DROP FUNCTION hemma_pilot_is_fixed();
DROP TRIGGER insight_decision_insert_only ON insight_decision;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Release",
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
                        ("source", models.CharField(db_index=True, max_length=80)),
                        ("label", models.CharField(max_length=120)),
                        ("at", models.DateTimeField()),
                        ("inside", models.JSONField()),
                        ("shown", models.JSONField()),
                    ],
                ),
                migrations.CreateModel(
                    name="DataFile",
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
                            "subject",
                            models.CharField(
                                choices=[
                                    ("work", "Work at home and in the office"),
                                    ("panel", "An outcome by person and period"),
                                    ("leaving", "Who stays and who leaves"),
                                    ("absence", "Short absence"),
                                    ("fairness", "Pay steps, promotion and training"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("file_name", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("looked_at", "to be looked through"),
                                    ("waiting", "is being counted"),
                                    ("counted", "counted"),
                                    ("refused", "could not be counted"),
                                ],
                                default="looked_at",
                                max_length=10,
                            ),
                        ),
                        ("rows", models.JSONField(default=list)),
                        ("answers", models.JSONField(default=dict)),
                        ("maximum", models.FloatField(null=True)),
                        ("counted_rows", models.PositiveIntegerField(default=0)),
                        ("problem", models.CharField(blank=True, max_length=80)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Pilot",
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
                        ("name", models.CharField(max_length=100)),
                        ("question", models.TextField()),
                        (
                            "measures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20)
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("running", "under way"),
                                    ("ended", "ended"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(null=True)),
                        ("seed", models.BigIntegerField(null=True)),
                        ("power", models.JSONField(null=True)),
                        ("result", models.JSONField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("teams", models.ManyToManyField(related_name="+", to="people.team")),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="pilot_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("seed", None), ("started_at", None), ("state", "draft")
                                    ),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("seed__isnull", False),
                                        ("started_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="pilot_started_means_drawn",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PilotPlace",
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
                        ("stratum", models.CharField(max_length=80)),
                        ("tries", models.BooleanField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pilot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="insight.pilot",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pilot", "person"), name="pilotplace_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                            "subject",
                            models.CharField(
                                choices=[
                                    ("work", "Work at home and in the office"),
                                    ("panel", "An outcome by person and period"),
                                    ("leaving", "Who stays and who leaves"),
                                    ("absence", "Short absence"),
                                    ("fairness", "Pay steps, promotion and training"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("made_at", models.DateTimeField()),
                        ("data", models.JSONField()),
                        (
                            "file",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reading",
                                to="insight.datafile",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("file", None)),
                                fields=("subject", "first", "last"),
                                name="reading_once_a_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="reading_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("question", models.CharField(max_length=200)),
                        ("alternatives", models.TextField()),
                        ("grounds", models.TextField()),
                        ("consulted", models.TextField(blank=True)),
                        ("not_consulted_because", models.TextField(blank=True)),
                        ("decided", models.TextField()),
                        ("review_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="insight.decision",
                            ),
                        ),
                        (
                            "reading",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="insight.reading",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consulted", ""), _negated=True),
                                    models.Q(("not_consulted_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decision_consulted_or_says_why_not",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(LOCKS, reverse_sql=UNLOCK),
    ]
