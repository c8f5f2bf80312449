"""Lists that people look at often."""

from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemma.desk.models import SavedView
from hemma.people.models import Person

KEPT = {"tab", "q", "queue", "tag", "state", "channel", "since"}


def save_view(*, actor: Person, name: str, query: str) -> SavedView:
    """Keep a list's choices under a name; the same name again replaces it."""
    if not name.strip():
        raise ValidationError(_("Give the list a name."))
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] in KEPT])[:500]
    view, _new = SavedView.objects.update_or_create(
        person=actor, name=name.strip()[:60], defaults={"query": kept}
    )
    return view


def forget_view(*, actor: Person, view_id: int) -> None:
    """Throw away a list of one's own."""
    SavedView.objects.filter(person=actor, pk=view_id).delete()
