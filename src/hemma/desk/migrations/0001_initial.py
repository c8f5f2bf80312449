"""Customers, cases, mail in and out, casework, the search's words, connections and imports."""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

from hemma.lib.tables import CreateTables

# Whatever changes a case's words marks it.
MARK = """
CREATE FUNCTION desk_mark_stale(one bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO desk_stalecase (case_id) VALUES (one) ON CONFLICT DO NOTHING;
  SELECT pg_notify('hemma_work', 'findable');
$$;

CREATE FUNCTION desk_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM desk_mark_stale(NEW.id); RETURN NULL; END $$;

CREATE FUNCTION desk_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM desk_mark_stale(NEW.case_id); RETURN NULL; END $$;

CREATE FUNCTION desk_customer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM desk_mark_stale(id) FROM desk_case WHERE customer_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER desk_case_findable AFTER INSERT OR UPDATE OF subject, customer_id, queue_id
  ON desk_case FOR EACH ROW EXECUTE FUNCTION desk_case_changed();
CREATE TRIGGER desk_message_findable AFTER INSERT OR UPDATE OF text, case_id
  ON desk_message FOR EACH ROW EXECUTE FUNCTION desk_part_changed();
CREATE TRIGGER desk_note_findable AFTER INSERT OR UPDATE OF text
  ON desk_note FOR EACH ROW EXECUTE FUNCTION desk_part_changed();
CREATE TRIGGER desk_customer_findable AFTER UPDATE OF name, email
  ON desk_customer FOR EACH ROW EXECUTE FUNCTION desk_customer_changed();
"""

UNMARK = """
DROP TRIGGER desk_case_findable ON desk_case;
DROP TRIGGER desk_message_findable ON desk_message;
DROP TRIGGER desk_note_findable ON desk_note;
DROP TRIGGER desk_customer_findable ON desk_customer;
DROP FUNCTION desk_case_changed();
DROP FUNCTION desk_part_changed();
DROP FUNCTION desk_customer_changed();
DROP FUNCTION desk_mark_stale(bigint);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        # The sign-in's tables hang on people and change many times: they are made while few other
        # tables do, because each change has Django render all that is connected.
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        # Case numbers come from a sequence: two mails taken in at once never get the same.
        migrations.RunSQL(
            "CREATE SEQUENCE desk_case_number START 1001",
            reverse_sql="DROP SEQUENCE desk_case_number",
        ),
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Customer",
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
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("language", models.CharField(blank=True, max_length=5)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="customer_email_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("subject", models.CharField(blank=True, max_length=300)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "e-mail"),
                                    ("phone", "phone"),
                                    ("walk_in", "visit"),
                                    ("form", "form"),
                                ],
                                default="mail",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for us"),
                                    ("answered", "waits for the customer"),
                                    ("solved", "solved"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("waiting_since", models.DateTimeField(null=True)),
                        ("promised_at", models.DateTimeField(null=True)),
                        ("solved_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="desk.customer",
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="desk.queue",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="desk.case",
                            ),
                        ),
                        ("snoozed_until", models.DateTimeField(null=True)),
                        (
                            "incident",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="desk.incident",
                            ),
                        ),
                        ("tags", models.ManyToManyField(related_name="cases", to="desk.tag")),
                        ("first_promised_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["queue", "waiting_since"],
                                name="case_waiting",
                            ),
                            models.Index(fields=["customer", "-opened_at"], name="case_customer"),
                            models.Index(fields=["queue", "opened_at"], name="case_opened"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "open"), ("waiting_since__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("waiting_since__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_open_means_waiting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None), ("state", "solved"), _connector="OR"
                                ),
                                name="case_merged_means_solved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                            "direction",
                            models.CharField(
                                choices=[
                                    ("in", "from the customer"),
                                    ("out", "from us"),
                                    ("auto", "automatic answer"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("from_name", models.CharField(blank=True, max_length=200)),
                        ("from_address", models.CharField(blank=True, max_length=254)),
                        ("at", models.DateTimeField()),
                        ("text", models.TextField(blank=True)),
                        ("quoted", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("message_id", models.CharField(blank=True, db_index=True, max_length=400)),
                        ("once", models.UUIDField(null=True, unique=True)),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="desk.case",
                            ),
                        ),
                        (
                            "raw",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="message",
                                to="desk.rawmail",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("name", models.CharField(max_length=255)),
                        ("content_type", models.CharField(max_length=120)),
                        ("size", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="desk.message",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Queue",
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
                        ("programme", models.CharField(max_length=80)),
                        ("min_level", models.PositiveSmallIntegerField(default=1)),
                        ("language", models.CharField(default="sv", max_length=5)),
                        ("zone", models.CharField(default="Europe/Stockholm", max_length=40)),
                        ("answer_within", models.DurationField()),
                        (
                            "skill",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queues",
                                to="people.skill",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queues",
                                to="people.team",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mailbox",
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
                        ("address", models.EmailField(max_length=254, unique=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("imap_host", models.CharField(max_length=120)),
                        ("imap_port", models.PositiveIntegerField(default=993)),
                        (
                            "imap_security",
                            models.CharField(
                                choices=[
                                    ("none", "None (only on this machine)"),
                                    ("starttls", "STARTTLS"),
                                    ("tls", "TLS"),
                                ],
                                default="tls",
                                max_length=10,
                            ),
                        ),
                        ("smtp_host", models.CharField(max_length=120)),
                        ("smtp_port", models.PositiveIntegerField(default=587)),
                        (
                            "smtp_security",
                            models.CharField(
                                choices=[
                                    ("none", "None (only on this machine)"),
                                    ("starttls", "STARTTLS"),
                                    ("tls", "TLS"),
                                ],
                                default="starttls",
                                max_length=10,
                            ),
                        ),
                        ("user", models.CharField(blank=True, max_length=120)),
                        ("sealed_password", models.BinaryField(default=bytes)),
                        ("uidvalidity", models.BigIntegerField(null=True)),
                        ("last_uid", models.BigIntegerField(default=0)),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mailboxes",
                                to="desk.queue",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RawMail",
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
                        ("uidvalidity", models.BigIntegerField()),
                        ("uid", models.BigIntegerField()),
                        ("stored_at", models.DateTimeField()),
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("taken", "taken in"),
                                    ("set_aside", "set aside"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        ("problem", models.TextField(blank=True)),
                        (
                            "mailbox",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raw_mails",
                                to="desk.mailbox",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "new")),
                                fields=["id"],
                                name="rawmail_new",
                            ),
                            models.Index(fields=["mailbox", "sha256"], name="rawmail_sha"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("mailbox", "uidvalidity", "uid"), name="rawmail_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holdings",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holdings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until", None)),
                                fields=["person"],
                                name="holding_current",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("case",),
                                name="holding_one_a_case",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutgoingMail",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="outgoing",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        ("to_address", models.EmailField(max_length=254)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "on its way"),
                                    ("sent", "sent"),
                                    ("failed", "could not be sent"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("queued_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("next_try_at", models.DateTimeField()),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        ("problem", models.TextField(blank=True)),
                        (
                            "mailbox",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="desk.mailbox",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["next_try_at"],
                                name="outgoing_queued",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningSpan",
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
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens", models.TimeField()),
                        ("closes", models.TimeField()),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opening",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)),
                                name="openingspan_weekday_0_to_6",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes__gt", models.F("opens")),
                                    ("closes", datetime.time(0, 0)),
                                    _connector="OR",
                                ),
                                name="openingspan_closes_after_opens",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledged",
                    fields=[
                        (
                            "address",
                            models.CharField(max_length=254, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="invitation",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        ("method", models.CharField(max_length=20)),
                        ("uid", models.CharField(blank=True, max_length=300)),
                        ("summary", models.CharField(blank=True, max_length=300)),
                        ("location", models.CharField(blank=True, max_length=300)),
                        ("organizer", models.CharField(blank=True, max_length=254)),
                        ("starts_at", models.DateTimeField(null=True)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("is_whole_day", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="MailboxSetup",
                    fields=[
                        (
                            "mailbox",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="setup",
                                serialize=False,
                                to="desk.mailbox",
                            ),
                        ),
                        (
                            "sign_in",
                            models.CharField(
                                choices=[
                                    ("password", "Password"),
                                    ("oauth2", "OAuth 2 (Microsoft 365, Google)"),
                                ],
                                default="password",
                                max_length=10,
                            ),
                        ),
                        ("token_url", models.URLField(blank=True, max_length=300)),
                        ("client_id", models.CharField(blank=True, max_length=200)),
                        ("scope", models.CharField(blank=True, max_length=400)),
                        ("sealed_client_secret", models.BinaryField(default=bytes)),
                        ("sealed_refresh_token", models.BinaryField(default=bytes)),
                        ("sealed_access_token", models.BinaryField(default=bytes)),
                        ("access_until", models.DateTimeField(null=True)),
                        ("signature", models.TextField(blank=True, max_length=2000)),
                        ("acknowledges", models.BooleanField(default=False)),
                        ("dkim_domain", models.CharField(blank=True, max_length=200)),
                        ("dkim_selector", models.CharField(blank=True, max_length=60)),
                        ("sealed_dkim_key", models.BinaryField(default=bytes)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("problem", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="SpamWord",
                    fields=[
                        (
                            "word",
                            models.CharField(max_length=40, primary_key=True, serialize=False),
                        ),
                        ("spam", models.PositiveIntegerField(default=0)),
                        ("ham", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="TakeBack",
                    fields=[
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="take_back",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        ("until", models.DateTimeField()),
                        ("state", models.CharField(max_length=10)),
                        ("waiting_since", models.DateTimeField(null=True)),
                        ("promised_at", models.DateTimeField(null=True)),
                        ("solved_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("held", models.BooleanField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Bounced",
                    fields=[
                        (
                            "note",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="bounced",
                                serialize=False,
                                to="desk.message",
                            ),
                        ),
                        ("is_final", models.BooleanField()),
                        ("problem", models.TextField(blank=True)),
                        (
                            "original",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bounces",
                                to="desk.message",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SortingRule",
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
                        ("order", models.PositiveIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True)),
                        ("sender", models.CharField(blank=True, max_length=200)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sv", "Svenska"),
                                    ("nb", "Norsk bokmål"),
                                    ("da", "Dansk"),
                                    ("fi", "Suomi"),
                                    ("en", "English"),
                                    ("es", "Español"),
                                    ("de", "Deutsch"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("priority", models.PositiveSmallIntegerField(default=0)),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list
                            ),
                        ),
                        (
                            "mailbox",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.mailbox",
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("priority__lte", 3)),
                                name="sortingrule_priority_0_to_3",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="arrival",
                                serialize=False,
                                to="desk.case",
                            ),
                        ),
                        ("why", models.CharField(max_length=20)),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sv", "Svenska"),
                                    ("nb", "Norsk bokmål"),
                                    ("da", "Dansk"),
                                    ("fi", "Suomi"),
                                    ("en", "English"),
                                    ("es", "Español"),
                                    ("de", "Deutsch"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("priority", models.PositiveSmallIntegerField(default=0)),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list
                            ),
                        ),
                        (
                            "language_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "mailbox",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="desk.mailbox",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.sortingrule",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("priority__lte", 3)),
                                name="arrival_priority_0_to_3",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withheld",
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
                        ("name", models.CharField(max_length=255)),
                        ("content_type", models.CharField(max_length=120)),
                        ("size", models.PositiveIntegerField()),
                        ("reason", models.CharField(max_length=20)),
                        ("detail", models.CharField(blank=True, max_length=200)),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="withheld",
                                to="desk.message",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("reason", "not_scanned")),
                                fields=["id"],
                                name="withheld_unscanned",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseLink",
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_on",
                                to="desk.case",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_back",
                                to="desk.case",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"), name="caselink_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="caselink_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseWords",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="desk.case",
                            ),
                        ),
                        ("queue_id", models.BigIntegerField()),
                        ("opened_at", models.DateTimeField()),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["words"], name="casewords_words"
                            ),
                            models.Index(fields=["-opened_at"], name="casewords_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerAddress",
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
                                choices=[("email", "e-mail"), ("phone", "phone")], max_length=10
                            ),
                        ),
                        ("value", models.CharField(max_length=254)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="addresses",
                                to="desk.customer",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("value"),
                                condition=models.Q(("kind", "email")),
                                name="customeraddress_mail_once",
                            ),
                            models.UniqueConstraint(
                                fields=("customer", "kind", "value"), name="customeraddress_once"
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
                        ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("currency", models.CharField(max_length=3)),
                        ("what", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("decided", "decided"),
                                    ("asked", "asked"),
                                    ("agreed", "agreed"),
                                    ("refused", "another way"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("answer_by", models.DateTimeField(null=True)),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="decision_amount_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "asked"), _negated=True),
                                    ("answer_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="decision_asked_has_answer_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "person"), name="draft_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
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
                        ("title", models.CharField(max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="incidents",
                                to="desk.queue",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Instruction",
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
                        ("title", models.CharField(max_length=120)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructions",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("queue"),
                                django.db.models.functions.text.Lower("title"),
                                name="instruction_title_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstructionRead",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reads",
                                to="desk.instructionversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "person"), name="instructionread_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstructionVersion",
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
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("must_read", models.BooleanField(default=False)),
                        ("valid_from", models.DateTimeField()),
                        (
                            "instruction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="desk.instruction",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("instruction", "number"), name="instructionversion_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Looking",
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
                        ("until", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "person"), name="looking_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
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
                        ("up_to", models.DecimalField(decimal_places=2, max_digits=10)),
                        ("currency", models.CharField(default="SEK", max_length=3)),
                        ("more", models.TextField(blank=True)),
                        ("answer_within", models.DurationField()),
                        (
                            "queue",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mandate",
                                to="desk.queue",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("text", models.TextField()),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="desk.case",
                            ),
                        ),
                        (
                            "mentions",
                            models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SavedReply",
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
                        ("title", models.CharField(max_length=80)),
                        ("text", models.TextField()),
                        (
                            "queue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_replies",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("queue"),
                                django.db.models.functions.text.Lower("title"),
                                name="savedreply_title_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                        ("query", models.CharField(max_length=500)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "name"), name="savedview_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaleCase",
                    fields=[
                        ("case_id", models.BigIntegerField(primary_key=True, serialize=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Tag",
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
                        ("name", models.CharField(max_length=40)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"), name="tag_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Undo",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField()),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Word",
                    fields=[
                        (
                            "word",
                            models.CharField(max_length=64, primary_key=True, serialize=False),
                        ),
                        (
                            "stems",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64)
                            ),
                        ),
                        (
                            "near",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64)
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["stems"], name="word_stems"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["near"], name="word_near"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerMerge",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField()),
                        ("gone", models.JSONField()),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="desk.customer",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30)
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Webhook",
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
                        ("url", models.URLField(max_length=400)),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40)
                            ),
                        ),
                        ("sealed_secret", models.BinaryField()),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webhooks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("event", models.CharField(max_length=40)),
                        ("case_number", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "queued"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField()),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="desk.webhook",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["next_try_at"],
                                name="delivery_due",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseImport",
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
                                    ("looked_at", "only looked at"),
                                    ("running", "on its way"),
                                    ("done", "done"),
                                    ("undone", "taken back"),
                                ],
                                default="looked_at",
                                max_length=10,
                            ),
                        ),
                        ("by_group", models.JSONField(default=dict)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "queue",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="desk.queue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "looked_at"),
                                    ("queue__isnull", False),
                                    _connector="OR",
                                ),
                                name="caseimport_running_has_queue",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseImportRow",
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
                        ("place", models.CharField(max_length=300)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("group", models.CharField(blank=True, max_length=100)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "waits"),
                                    ("made", "is a case"),
                                    ("known", "was here already"),
                                    ("bad", "can't be used"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("facts", models.JSONField(null=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="desk.caseimport",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "ready")),
                                fields=["batch", "id"],
                                name="caseimportrow_ready",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="origin",
                                serialize=False,
                                to="desk.case",
                            ),
                        ),
                        ("source", models.CharField(max_length=20)),
                        ("number", models.CharField(max_length=40)),
                        (
                            "batch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="desk.caseimport",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "number"), name="origin_once")
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
                        ("drawn", models.BooleanField(default=False)),
                        ("asked_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        ("clear", models.BooleanField(null=True)),
                        ("next_step", models.BooleanField(null=True)),
                        ("warm", models.BooleanField(null=True)),
                        ("words", models.TextField(blank=True)),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reading",
                                to="desk.message",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["reader"],
                                name="reading_waiting",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(MARK, reverse_sql=UNMARK),
    ]
