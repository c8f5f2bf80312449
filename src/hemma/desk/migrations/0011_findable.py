"""Whatever changes a case's words marks it; whatever is there already is marked once."""

from django.db import migrations

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

INSERT INTO desk_stalecase (case_id) SELECT id FROM desk_case;
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
    dependencies = [("desk", "0010_casework")]

    operations = [migrations.RunSQL(MARK, UNMARK)]
