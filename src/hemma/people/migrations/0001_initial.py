"""People, their teams and sites, sessions, the organisation's register, and who looked at what."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import hemma.people.models.employment
import hemma.people.zones
import uuid
from django.conf import settings
from django.db import migrations, models

from hemma.lib.tables import CreateTables

# Nordic order without ICU, which the embedded server lacks: å ä ö (and æ ø) after z, é as e,
# ü as y. Immutable, so that an index can hold it.
SORT = r"""
CREATE FUNCTION hemma_sort(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(replace(replace(lower(t), 'é', 'e'), 'ü', 'y'), 'åäæöø',
                     E'\u007b\u007c\u007c\u007d\u007d') COLLATE "C"
$$;
"""

# The access log is written once: a person's right to know who looked can't be edited away.
GUARD = """
CREATE TRIGGER people_look_insert_only BEFORE UPDATE OR DELETE ON people_look
    FOR EACH ROW EXECUTE FUNCTION hemma_refuse_change();
"""

# A session that ends, however it ends, cuts its person's event streams: the browsers that are still
# signed in open theirs again by themselves, the others are refused.
TELL = """
CREATE FUNCTION people_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hemma_live', json_build_object(
        'audience', 'person:' || OLD.person_id, 'topic', 'stream', 'version', 0)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER people_session_ended AFTER DELETE ON people_session
    FOR EACH ROW WHEN (OLD.person_id IS NOT NULL) EXECUTE FUNCTION people_session_ended();
"""

UNTELL = """
DROP TRIGGER people_session_ended ON people_session;
DROP FUNCTION people_session_ended();
"""

# What people were told is written once.
WRITTEN_ONCE = """
CREATE TRIGGER people_visibilityversion_insert_only BEFORE UPDATE OR DELETE
    ON people_visibilityversion FOR EACH ROW EXECUTE FUNCTION hemma_refuse_change();
"""

WRITTEN_ONCE_OFF = "DROP TRIGGER people_visibilityversion_insert_only ON people_visibilityversion"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(SORT, reverse_sql="DROP FUNCTION hemma_sort(text)"),
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Site",
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
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("country", models.CharField(max_length=2)),
                        (
                            "zone",
                            models.CharField(
                                default="Europe/Stockholm",
                                max_length=40,
                                validators=[hemma.people.zones.validate_zone],
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Skill",
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
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                    ],
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("email", models.EmailField(max_length=254)),
                        ("name", models.CharField(max_length=120)),
                        ("language", models.CharField(default="sv", max_length=5)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "journal_key",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="people.site",
                            ),
                        ),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("delisted", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="person_email_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("external_id",),
                                name="person_external_id_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonSkill",
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
                            "level",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skills",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="people.skill",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "skill"), name="personskill_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 9)),
                                name="personskill_level_1_to_9",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                        ("name", models.CharField(max_length=80, unique=True)),
                        (
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams_led",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="people.site",
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams_stood_in_for",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        ("delisted", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="people.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("person", "team"),
                                name="membership_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("agent", "Customer service"),
                                    ("team_leader", "Team leader"),
                                    ("planner", "Planner"),
                                    ("manager", "Customer service manager"),
                                    ("it_support", "IT support"),
                                    ("safety_rep", "Safety representative"),
                                    ("client", "Client"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="people.site",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="people.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("person", "role"),
                                name="grant_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("programme", None), ("role", "client"), _connector="OR"
                                ),
                                name="grant_programme_is_a_clients",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("site", None), ("role", "safety_rep"), _connector="OR"
                                ),
                                name="grant_site_is_a_safety_reps",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Look",
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
                        ("at", models.DateTimeField(db_index=True)),
                        ("kind", models.CharField(max_length=60)),
                        ("about", models.CharField(blank=True, max_length=60)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("seen", "looked"), ("refused", "was refused")],
                                default="seen",
                                max_length=10,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looked_at",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "viewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject", "-at"], name="look_subject_at")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        ("number", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("since", models.DateTimeField()),
                        ("last_seen", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("device", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SentLink",
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
                                choices=[("invitation", "invitation"), ("reset", "new password")],
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sent_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["person", "-at"], name="sentlink_person_at")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryToken",
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
                        ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="directory_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Employment",
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
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "hours_per_week",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(48),
                                ],
                            ),
                        ),
                        ("country", models.CharField(max_length=2)),
                        (
                            "contract",
                            models.CharField(
                                choices=[
                                    ("permanent", "Permanent"),
                                    ("fixed_term", "For a fixed term"),
                                    ("trial", "On trial"),
                                    ("hourly", "By the hour"),
                                    ("hired", "Hired from another company"),
                                ],
                                default="permanent",
                                max_length=12,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="employments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        hemma.people.models.employment.DateRange(
                                            "since",
                                            "until",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                    ("person", "="),
                                ],
                                name="employment_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hours_per_week__gte", 0), ("hours_per_week__lte", 48)
                                ),
                                name="employment_hours_0_to_48",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="employment_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupRule",
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
                        ("group", models.CharField(max_length=200)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agent", "Customer service"),
                                    ("team_leader", "Team leader"),
                                    ("planner", "Planner"),
                                    ("manager", "Customer service manager"),
                                    ("it_support", "IT support"),
                                    ("safety_rep", "Safety representative"),
                                    ("client", "Client"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_rules",
                                to="people.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "role", "team"),
                                name="grouprule_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", ""), ("team__isnull", False)),
                                    models.Q(models.Q(("role", ""), _negated=True), ("team", None)),
                                    _connector="OR",
                                ),
                                name="grouprule_role_or_team",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeopleImport",
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
                        ("file_name", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("looked_at", "to be confirmed"),
                                    ("applied", "applied"),
                                    ("undone", "undone"),
                                ],
                                default="looked_at",
                                max_length=10,
                            ),
                        ),
                        ("rows", models.JSONField(default=list)),
                        ("before", models.JSONField(default=dict)),
                        ("added", models.PositiveIntegerField(default=0)),
                        ("changed", models.PositiveIntegerField(default=0)),
                        ("applied_at", models.DateTimeField(null=True)),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people_imports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PersonLanguage",
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
                        ("language", models.CharField(max_length=5)),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="languages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "language"), name="personlanguage_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__gte", 1), ("level__lte", 9)),
                                name="personlanguage_level_1_to_9",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
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
                        ("name", models.CharField(max_length=120, unique=True)),
                        ("client", models.CharField(max_length=120)),
                        (
                            "teams",
                            models.ManyToManyField(
                                blank=True, related_name="programmes", to="people.team"
                            ),
                        ),
                    ],
                ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                condition=models.Q(
                                    ("keep_months__gte", 1), ("keep_months__lte", 120)
                                ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                migrations.CreateModel(
                    name="SetUp",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                        ("company", models.CharField(max_length=120)),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="setup_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(GUARD, reverse_sql="DROP TRIGGER people_look_insert_only ON people_look"),
        migrations.RunSQL(TELL, reverse_sql=UNTELL),
        migrations.RunSQL(WRITTEN_ONCE, reverse_sql=WRITTEN_ONCE_OFF),
    ]
