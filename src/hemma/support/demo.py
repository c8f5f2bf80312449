"""The demo's occupational health service."""

from hemma.people.demo import DemoCompany
from hemma.support.models import Contact, Sort

PHONES = {"SE": "013-10 20 30", "NO": "22 10 20 30"}
NAMES = {
    "SE": ("Företagshälsan", "Vardagar 8–17"),
    "NO": ("Bedriftshelsetjenesten", "Hverdager 8–16"),
}


def load(company: DemoCompany) -> None:
    """One service a country. Whoever is there already stays as they are."""
    del company
    for country, (name, about) in NAMES.items():
        Contact.objects.get_or_create(
            sort=Sort.OCCUPATIONAL,
            country=country,
            defaults={"name": name, "phone": PHONES[country], "about": about, "order": 1},
        )
