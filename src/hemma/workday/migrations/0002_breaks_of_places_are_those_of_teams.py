from django.db import migrations


class Migration(migrations.Migration):
    """Breaks by team, day and type of place tell the same; nothing else was in this table."""

    dependencies = [("workday", "0001_initial")]

    operations = [migrations.DeleteModel(name="BreakPlaceDay")]
