"""The demo's evaluation: figures of the last months, files that wait to be counted, a decision, and
a trial being prepared.
"""

import random
from datetime import timedelta

from hemma.insight.actions import Said, count_due, count_focus_due, decide, plan_pilot
from hemma.insight.models import DataFile, Decision, Pilot, Subject
from hemma.people.demo import DemoCompany
from hemma.people.models import Grant, Person, Role

FORMS = ("home", "office", "mixed")
PEOPLE = 240


def load(company: DemoCompany) -> None:
    """For whoever manages; what is there already stays as it is."""
    grant = Grant.objects.filter(role=Role.MANAGER, until=None).select_related("person").first()
    if grant is None or not company.cases_wanted:
        return
    sara, today = grant.person, company.now.date()
    count_due()  # the worker has looked before there was anything, and looks again in hours
    count_focus_due()
    if not Decision.objects.exists():
        decide(
            actor=sara,
            said=Said(
                question="Ska alla som vill få arbeta hemifrån tre dagar i veckan?",
                alternatives="Två dagar för alla. Tre dagar för dem som vill. Som det är nu.",
                grounds="Samtal i alla team i september. Siffrorna säger inget säkert än.",
                decided="Tre dagar för dem som vill, med en plats på kontoret för den som hellre vill det.",
                consulted="Facket 14 oktober och skyddsombudet Åsa: ja, om rasterna följs upp.",
                review_on=today + timedelta(days=120),
            ),
        )
    if not Pilot.objects.exists() and company.units:
        plan_pilot(
            actor=sara,
            name="Fredagar hemma",
            question="Blir fler ärenden lösta med första svaret när fredagen är hemma?",
            measures=["enough", "pace"],
            teams=[unit.team for unit in company.units[:2]],
            starts_on=today + timedelta(days=14),
            ends_on=today + timedelta(days=14 + 56),
        )
    if not DataFile.objects.exists():
        _files(company, sara)


def _files(company: DemoCompany, sara: Person) -> None:
    rng = random.Random(f"files {company.seed}")  # noqa: S311 - invented rows, not secrets
    sites = sorted({unit.team.site.name for unit in company.units}) or ["Linköping"]
    for subject, rows in (
        (Subject.ABSENCE, _absence(rng, sites, company)),
        (Subject.LEAVING, _leaving(rng, sites, company)),
        (Subject.FAIRNESS, _fairness(rng, sites)),
    ):
        DataFile.objects.create(
            subject=subject,
            by=sara,
            at=company.now,
            file_name=f"{subject}.csv",
            state=DataFile.State.WAITING,
            rows=list(enumerate(rows, 2)),
        )


def _people(rng: random.Random, sites: list[str]) -> list[dict[str, str]]:
    return [
        {"person": f"{at}", "form": rng.choice(FORMS), "site": rng.choice(sites)}
        for at in range(PEOPLE)
    ]


def _absence(rng: random.Random, sites: list[str], company: DemoCompany) -> list[dict[str, str]]:
    first = company.now.date().replace(day=1) - timedelta(days=1)
    rows = []
    for person in _people(rng, sites):
        times = sum(rng.random() < 0.09 for _chance in range(3))
        days = sum(rng.randint(1, 4) for _time in range(times))
        rows.append(
            person
            | {
                "month": f"{first:%Y-%m}",
                "planned_days": f"{rng.randint(17, 22)}",
                "occasions": f"{times}",
                "days": f"{days}",
            }
        )
    return rows


def _leaving(rng: random.Random, sites: list[str], company: DemoCompany) -> list[dict[str, str]]:
    today = company.now.date()
    rows = []
    for person in _people(rng, sites):
        joined = today - timedelta(days=rng.randint(200, 3000))
        leaves = rng.random() < (0.18 if person["form"] == "office" else 0.11)
        left = today - timedelta(days=rng.randint(0, 360))
        gone = leaves and left > joined
        rows.append(
            person
            | {
                "joined": f"{joined}",
                "left": f"{left}" if gone else "",
                "voluntary": ("yes" if rng.random() < 0.8 else "no") if gone else "",
            }
        )
    return rows


def _fairness(rng: random.Random, sites: list[str]) -> list[dict[str, str]]:
    rows = []
    for person in _people(rng, sites):
        result = rng.gauss(3.5, 0.7)
        chance = 0.1 + 0.08 * (result - 3.5) - (0.05 if person["form"] == "home" else 0)
        rows.append(
            person
            | {
                "result": f"{result:.2f}",
                "pay_step": f"{max(0, round(2 + rng.gauss(0, 1)))}",
                "promoted": "yes" if rng.random() < chance else "no",
                "training": f"{rng.randint(0, 5)}",
                "thanks": f"{rng.randint(0, 9)}",
            }
        )
    return rows
