"""Decisions are written once; what a trial measures and whom it compares is fixed once it starts."""

from django.db import migrations

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
    dependencies = [("insight", "0001_evaluation")]

    operations = [migrations.RunSQL(LOCKS, reverse_sql=UNLOCK)]
