"""Bring the database up to date; one process at a time, whoever starts."""

import django
from django.core.management import call_command
from django.db import connection

from hemma.run import lifeline

# Any number will do, as long as nothing else locks by it.
MIGRATION_LOCK = 4_367_662


def main() -> None:
    """Run Django's migrations under a lock in the database, so that two starts do not collide."""
    lifeline.watch()
    django.setup()
    from hemma.journal import actions

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=1)
            # Before anything is written: a month whose first event came too early stays in the rest.
            actions.ensure_partitions()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


if __name__ == "__main__":
    main()
