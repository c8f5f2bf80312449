"""One's own chat, if one has connected it."""

from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.workday.models import ChatLink


@reads("workday.chat")
def chat_of(asker: Person) -> ChatLink | None:
    """The chat that says when `asker` has gone home; the key in it is sealed and shown nowhere."""
    return ChatLink.objects.filter(person=asker).defer("sealed_token").first()
