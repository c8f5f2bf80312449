"""Who is here, where they belong, what they can and what they may."""

from hemma.people.models.beginning import SetUp
from hemma.people.models.company import (
    Grant,
    Membership,
    OpenEnded,
    Person,
    PersonManager,
    PersonSkill,
    Place,
    Programme,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.models.connections import DirectoryToken, GroupRule, PeopleImport
from hemma.people.models.employment import Contract, Employment, PersonLanguage
from hemma.people.models.signing_in import Look, SentLink, Session
from hemma.people.models.trust import (
    Departure,
    ProcessingRecord,
    VisibilityRead,
    VisibilityVersion,
)

__all__ = [
    "Contract",
    "Departure",
    "DirectoryToken",
    "Employment",
    "Grant",
    "GroupRule",
    "Look",
    "Membership",
    "OpenEnded",
    "PeopleImport",
    "Person",
    "PersonLanguage",
    "PersonManager",
    "PersonSkill",
    "Place",
    "ProcessingRecord",
    "Programme",
    "Role",
    "SentLink",
    "Session",
    "SetUp",
    "Site",
    "Skill",
    "Team",
    "VisibilityRead",
    "VisibilityVersion",
]
