"""What people hang into the frame: where a chosen language is kept."""

from hemma.people import actions
from hemma.people.models import Person
from hemma.ui import language


def _keep(person: Person, code: str) -> None:
    actions.choose_language(actor=person, language=code)


language.register_saver(_keep)
