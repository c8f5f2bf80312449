"""A session that ends, however it ends, cuts its person's event streams: the browsers that are still
signed in open theirs again by themselves, the others are refused.
"""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_organisation"),
    ]

    operations = [
        migrations.RunSQL(TELL, reverse_sql=UNTELL),
    ]
