"""Changing who is here, where they belong and how they sign in."""

from hemma.people.actions.accounts import employ, end_employment
from hemma.people.actions.belonging import (
    set_employment,
    set_languages,
    set_roles,
    set_skills,
    set_teams,
)
from hemma.people.actions.everyone import (
    Newcomer,
    add_people,
    add_person,
    choose_language,
    forget_journal_key,
    form_team,
    join_team,
    open_site,
    set_skill,
    teach,
)
from hemma.people.actions.imports import apply_import, start_import, undo_import
from hemma.people.actions.links import choose_password, send_invitation, send_reset
from hemma.people.actions.signing_in import (
    end_other_sessions,
    end_session,
    note_sign_in_change,
)

__all__ = [
    "Newcomer",
    "add_people",
    "add_person",
    "apply_import",
    "choose_language",
    "choose_password",
    "employ",
    "end_employment",
    "end_other_sessions",
    "end_session",
    "forget_journal_key",
    "form_team",
    "join_team",
    "note_sign_in_change",
    "open_site",
    "send_invitation",
    "send_reset",
    "set_employment",
    "set_languages",
    "set_roles",
    "set_skill",
    "set_skills",
    "set_teams",
    "start_import",
    "teach",
    "undo_import",
]
