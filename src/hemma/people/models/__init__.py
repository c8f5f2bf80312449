"""Who is here, where they belong, what they can and what they may."""

from hemma.people.models.company import (
    Grant,
    Membership,
    OpenEnded,
    Person,
    PersonManager,
    PersonSkill,
    Place,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.models.signing_in import Look, SentLink, Session

__all__ = [
    "Grant",
    "Look",
    "Membership",
    "OpenEnded",
    "Person",
    "PersonManager",
    "PersonSkill",
    "Place",
    "Role",
    "SentLink",
    "Session",
    "Site",
    "Skill",
    "Team",
]
