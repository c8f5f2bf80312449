"""Other programs that leaders have connected, and what they may see: what the leader sees."""

import hashlib

from django.db.models import Prefetch, QuerySet

from hemma.desk.models import ApiToken, Attachment, Case, Delivery, Message, Webhook
from hemma.desk.queries.scope import cases_of
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads, standing


@reads("desk.case")
def must_lead(asker: Asker) -> None:
    """Raises NotVisible unless `asker` leads a team."""
    if isinstance(asker, Person) and not standing(asker).led:
        raise NotVisible("desk.case", "connections")


@reads("desk.case")
def tokens_of(asker: Person) -> list[ApiToken]:
    """The own keys that still open something, by name."""
    must_lead(asker)
    return list(ApiToken.objects.filter(made_by=asker, revoked_at=None).order_by("name", "pk"))


@reads("desk.case")
def token_of(asker: Person, token_id: int) -> ApiToken:
    """One of them. Raises NotVisible (404) otherwise."""
    found = ApiToken.objects.filter(pk=token_id, made_by=asker).first()
    if found is None:
        raise NotVisible("desk.case", f"api_token:{token_id}")
    return found


@reads("desk.case")
def token_behind(_asker: Asker, key: str) -> ApiToken | None:
    """The key's row while it opens something: not ended, and its maker still works here."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    rows = ApiToken.objects.filter(digest=digest, revoked_at=None, made_by__is_active=True)
    return rows.select_related("made_by").first()


@reads("desk.case")
def webhooks_of(asker: Person) -> list[tuple[Webhook, Delivery | None]]:
    """The own addresses, each with what was told last."""
    must_lead(asker)
    rows = Webhook.objects.filter(made_by=asker, ended_at=None).order_by("pk")
    return [(one, one.deliveries.order_by("-at").first()) for one in rows]


@reads("desk.case")
def webhook_of(asker: Person, webhook_id: int) -> Webhook:
    """One of them. Raises NotVisible (404) otherwise."""
    found = Webhook.objects.filter(pk=webhook_id, made_by=asker).first()
    if found is None:
        raise NotVisible("desk.case", f"webhook:{webhook_id}")
    return found


@reads("desk.case")
def cases_to_tell(asker: Asker) -> QuerySet[Case]:
    """Cases that exist for the key's maker, with what the API tells of them."""
    return cases_of(asker).select_related("merged_into").prefetch_related("tags")


@reads("desk.case")
def case_to_tell(asker: Asker, number: int) -> Case:
    """One of them. Raises NotVisible (404) otherwise."""
    found = cases_to_tell(asker).filter(number=number).first()
    if found is None:
        raise NotVisible("desk.case", f"case:{number}")
    return found


@reads("desk.case")
def messages_to_tell(asker: Asker, case: Case) -> QuerySet[Message]:
    """What was written in a case that exists for the asker; files by name."""
    files = Prefetch("attachments", queryset=Attachment.objects.defer("content"))
    own = Message.objects.filter(case__in=cases_of(asker).filter(pk=case.pk))
    return own.prefetch_related(files)
