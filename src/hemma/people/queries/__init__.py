"""Reading people: what each asker may know of the others."""

from hemma.people.queries.accounts import Account, account, accounts, places_to_belong
from hemma.people.queries.everyone import (
    Explained,
    LookedAt,
    agents_by_team,
    audiences_about,
    by_name,
    demo_doors,
    looks_at_me,
    members,
    people_by_key,
    person_about,
    person_named,
    skills_of,
    teams_of,
    who_sees_what,
    with_role,
)
from hemma.people.queries.signing_in import (
    my_authenticator,
    my_passkeys,
    my_sessions,
    strength,
)

__all__ = [
    "Account",
    "Explained",
    "LookedAt",
    "account",
    "accounts",
    "agents_by_team",
    "audiences_about",
    "by_name",
    "demo_doors",
    "looks_at_me",
    "members",
    "my_authenticator",
    "my_passkeys",
    "my_sessions",
    "people_by_key",
    "person_about",
    "person_named",
    "places_to_belong",
    "skills_of",
    "strength",
    "teams_of",
    "who_sees_what",
    "with_role",
]
