"""The pages of this room, by noun."""

from hemma.people.views.accounts import end_employment, invite, new_person, people
from hemma.people.views.company import back_from_company, go_to_company
from hemma.people.views.directory import (
    add_group_rule,
    directory,
    make_token,
    remove_group_rule,
    revoke_token,
)
from hemma.people.views.door import SignIn, demo_enter, second_step_needed, start
from hemma.people.views.imports import apply_import, export, imports, one_import, undo_import
from hemma.people.views.leaving import erase, leaving
from hemma.people.views.links import forgot, reset_asked, set_password
from hemma.people.views.my_sign_in import (
    ActivateTotp,
    AddPasskey,
    ChangePassword,
    Inactive,
    Reauthenticate,
    ReauthenticateByCode,
    ReauthenticateByPasskey,
    SecondStep,
    SignInByPasskey,
    end_other_sessions,
    end_session,
    make_recovery_codes,
    my_sign_in,
    remove_passkey,
    show_recovery_codes,
    turn_off_totp,
)
from hemma.people.views.organisation import helpers, one_person, organisation, part
from hemma.people.views.processing import (
    change_processing,
    new_processing,
    processing,
    processing_file,
)
from hemma.people.views.trust import (
    everything,
    looks,
    read_news,
    visibility,
    visibility_news,
)

__all__ = [
    "ActivateTotp",
    "AddPasskey",
    "ChangePassword",
    "Inactive",
    "Reauthenticate",
    "ReauthenticateByCode",
    "ReauthenticateByPasskey",
    "SecondStep",
    "SignIn",
    "SignInByPasskey",
    "add_group_rule",
    "apply_import",
    "back_from_company",
    "change_processing",
    "demo_enter",
    "directory",
    "end_employment",
    "end_other_sessions",
    "end_session",
    "erase",
    "everything",
    "export",
    "forgot",
    "go_to_company",
    "helpers",
    "imports",
    "invite",
    "leaving",
    "looks",
    "make_recovery_codes",
    "make_token",
    "my_sign_in",
    "new_person",
    "new_processing",
    "one_import",
    "one_person",
    "organisation",
    "part",
    "people",
    "processing",
    "processing_file",
    "read_news",
    "remove_group_rule",
    "remove_passkey",
    "reset_asked",
    "revoke_token",
    "second_step_needed",
    "set_password",
    "show_recovery_codes",
    "start",
    "turn_off_totp",
    "undo_import",
    "visibility",
    "visibility_news",
]
