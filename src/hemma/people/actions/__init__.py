"""Changing who is here, where they belong and how they sign in."""

from hemma.people.actions.accounts import employ, end_employment
from hemma.people.actions.belonging import (
    set_employment,
    set_languages,
    set_roles,
    set_skills,
    set_teams,
)
from hemma.people.actions.directory import (
    add_group_rule,
    change_by_directory,
    delist_group,
    delist_person,
    fill_team,
    follow_groups,
    make_token,
    note_token_used,
    remove_group_rule,
    revoke_token,
    save_group,
    take_in,
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
from hemma.people.actions.leaving import erase, keep_no_longer
from hemma.people.actions.links import choose_password, send_invitation, send_reset
from hemma.people.actions.organisation import (
    change_person,
    save_programme,
    save_site,
    save_skill,
    save_team,
)
from hemma.people.actions.processing import write_processing_record
from hemma.people.actions.signing_in import (
    end_other_sessions,
    end_session,
    link_sign_in,
    note_sign_in_change,
)
from hemma.people.actions.telling import announce_visibility, read_visibility

__all__ = [
    "Newcomer",
    "add_group_rule",
    "add_people",
    "add_person",
    "announce_visibility",
    "apply_import",
    "change_by_directory",
    "change_person",
    "choose_language",
    "choose_password",
    "delist_group",
    "delist_person",
    "employ",
    "end_employment",
    "end_other_sessions",
    "end_session",
    "erase",
    "fill_team",
    "follow_groups",
    "forget_journal_key",
    "form_team",
    "join_team",
    "keep_no_longer",
    "link_sign_in",
    "make_token",
    "note_sign_in_change",
    "note_token_used",
    "open_site",
    "read_visibility",
    "remove_group_rule",
    "revoke_token",
    "save_group",
    "save_programme",
    "save_site",
    "save_skill",
    "save_team",
    "send_invitation",
    "send_reset",
    "set_employment",
    "set_languages",
    "set_roles",
    "set_skill",
    "set_skills",
    "set_teams",
    "start_import",
    "take_in",
    "teach",
    "undo_import",
    "write_processing_record",
]
