"""The demo's forms, one a company, and what its customers said."""

from django.utils.text import slugify

from hemma.desk.models import Mailbox
from hemma.people.demo import DemoCompany
from hemma.people.system import SYSTEM
from hemma.portal.actions import save_form
from hemma.portal.demo_voices import load_satisfaction, load_voices
from hemma.portal.models import ContactForm


def load(company: DemoCompany) -> None:
    """A form for each unit that lacks one, and what customers said."""
    boxes = {box.address: box for box in Mailbox.objects.select_related("queue")}
    known = set(ContactForm.objects.values_list("queue", flat=True))
    for unit in company.units:
        box = boxes.get(unit.address)
        if box is not None and box.queue_id not in known:
            slug = slugify(unit.address.partition("@")[2].partition(".")[0] or unit.programme)
            taken = ContactForm.objects.filter(slug=slug).exists()
            slug = f"{slug}-{box.queue_id}"[:40] if taken else slug
            save_form(actor=SYSTEM, form=None, slug=slug, queue=box.queue)
            known.add(box.queue_id)
    load_voices(company)
    load_satisfaction(company)
