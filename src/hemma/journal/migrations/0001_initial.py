"""Journal and outbox. The event table is partitioned by retention class, then by month."""

import uuid

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

RETENTION = ["mode", "access", "case", "record", "system"]

EVENT_TABLE = """
CREATE TABLE journal_event (
    id uuid NOT NULL,
    retention varchar(12) NOT NULL,
    at timestamptz NOT NULL,
    kind varchar(60) NOT NULL,
    actor_key uuid,
    subject_key uuid,
    about varchar(60) NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (retention, at, id)
) PARTITION BY LIST (retention);
CREATE INDEX journal_event_about ON journal_event (about, at);
CREATE INDEX journal_event_subject ON journal_event (subject_key, at);
""" + "".join(
    f"""
CREATE TABLE journal_event_{name} PARTITION OF journal_event FOR VALUES IN ('{name}')
    PARTITION BY RANGE (at);
CREATE TABLE journal_event_{name}_rest PARTITION OF journal_event_{name} DEFAULT;
"""
    for name in RETENTION
)

# UPDATE is refused always. DELETE is refused unless a retention job has said, for its own
# transaction, that it is one (SET LOCAL hemma.retention = 'on'): a slip of the pen can't.
FUNCTIONS = """
CREATE FUNCTION hemma_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hemma.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION hemma_make_journal_partition(class text, since date, until date)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    part text := format('journal_event_%s_y%sm%s', class, to_char(since, 'YYYY'), to_char(since, 'MM'));
    low timestamptz := since::timestamp AT TIME ZONE 'UTC';
    high timestamptz := until::timestamp AT TIME ZONE 'UTC';
    rest bigint;
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Rows that came before their month's partition lie in the rest; the month stays there.
    EXECUTE format('SELECT count(*) FROM journal_event_%s_rest WHERE at >= %L AND at < %L', class, low, high)
        INTO rest;
    IF rest > 0 THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF journal_event_%s FOR VALUES FROM (%L) TO (%L)',
                   part, class, low, high);
    RETURN true;
END $$;

CREATE FUNCTION hemma_drop_journal_partitions(class text, before date)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    part text;
    dropped text[] := '{}';
BEGIN
    FOR part IN
        SELECT child.relname FROM pg_inherits
        JOIN pg_class child ON child.oid = inhrelid
        JOIN pg_class parent ON parent.oid = inhparent
        WHERE parent.relname = 'journal_event_' || class AND child.relname ~ '_y[0-9]{4}m[0-9]{2}$'
        ORDER BY 1
    LOOP
        IF (to_date(right(part, 7), 'YYYY"m"MM') + interval '1 month')::date <= before THEN
            EXECUTE format('DROP TABLE %I', part);
            dropped := dropped || part;
        END IF;
    END LOOP;
    PERFORM set_config('hemma.retention', 'on', true);
    EXECUTE format('DELETE FROM journal_event_%s_rest WHERE at < %L', class,
                   before::timestamp AT TIME ZONE 'UTC');
    PERFORM set_config('hemma.retention', 'off', true);
    RETURN dropped;
END $$;
"""

GUARDS = "".join(
    f"""
CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION hemma_refuse_change();
"""
    for table in ["journal_event", "journal_outbox", "journal_outbox_handling"]
)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(EVENT_TABLE, reverse_sql="DROP TABLE journal_event")
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "retention",
                                "at",
                                "id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("id", models.UUIDField(default=uuid.uuid4)),
                        (
                            "retention",
                            models.CharField(
                                max_length=12,
                                choices=[
                                    ("mode", "7 days"),
                                    ("access", "24 months"),
                                    ("case", "24 months"),
                                    ("record", "as long as the working-time record of the country"),
                                    ("system", "12 months"),
                                ],
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("kind", models.CharField(max_length=60)),
                        ("actor_key", models.UUIDField(null=True)),
                        ("subject_key", models.UUIDField(null=True)),
                        ("about", models.CharField(blank=True, max_length=60)),
                        ("data", models.JSONField(default=dict)),
                    ],
                    options={
                        "db_table": "journal_event",
                        "indexes": [
                            models.Index(fields=["about", "at"], name="journal_event_about"),
                            models.Index(
                                fields=["subject_key", "at"], name="journal_event_subject"
                            ),
                        ],
                    },
                )
            ],
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=60)),
                ("person_key", models.UUIDField(null=True)),
                ("about", models.CharField(blank=True, max_length=60)),
                ("data", models.JSONField(default=dict)),
            ],
            options={"db_table": "journal_outbox"},
        ),
        migrations.CreateModel(
            name="OutboxHandling",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="handling",
                        serialize=False,
                        to="journal.outboxmessage",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=40)),
            ],
            options={"db_table": "journal_outbox_handling"},
        ),
        migrations.CreateModel(
            name="Wakeup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("task", models.CharField(max_length=120)),
                ("arguments", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=120, null=True, unique=True)),
            ],
            options={"db_table": "journal_wakeup"},
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "name",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "journal_heartbeat"},
        ),
        migrations.RunSQL(GUARDS, reverse_sql=migrations.RunSQL.noop),
    ]
