"""Live audiences: the queues of the teams one belongs to or leads."""

from hemma.desk.queries.scope import queue_ids_of
from hemma.lib.live import audiences
from hemma.people.models import Person


@audiences.register
def _queues(person: Person) -> set[str]:
    return {f"queue:{queue}" for queue in queue_ids_of(person)}
