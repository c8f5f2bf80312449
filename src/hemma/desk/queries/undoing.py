"""Ways back."""

from datetime import timedelta
from uuid import UUID

from hemma.desk.models import Undo
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads

OPEN_FOR = timedelta(hours=1)


@reads("desk.case")
def undo_for(asker: Asker, token: UUID) -> Undo:
    """The way back that `asker` was given, within the hour. Raises NotVisible (404) otherwise."""
    own = Undo.objects.filter(pk=token, at__gt=clock.now() - OPEN_FOR)
    found = own.filter(person=asker).first() if isinstance(asker, Person) else own.first()
    if found is None:
        raise NotVisible("desk.case", "undo")
    return found
