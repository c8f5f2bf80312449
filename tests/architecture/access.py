"""Who may open which address: declared here once, compared with the registry and with the product."""

from dataclasses import dataclass, field
from enum import StrEnum

from hemma.people.visibility import Relation


class Who(StrEnum):
    """What somebody is to Amanda, whose things the walk asks for; the rest hold a role alone."""

    SELF = "self"
    LEADER = "leader"
    OTHER_LEADER = "other_leader"
    OUTSIDER = "outsider"
    CLIENT = "client"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    PLANNER = "planner"
    IT_SUPPORT = "it_support"
    SAFETY_REP = "safety_rep"

    @property
    def relation(self) -> Relation:
        """The relation by which the registry knows them."""
        by_role = {"other_leader": Relation.LEADER, "it_support": Relation.IT}
        return by_role.get(self.value) or Relation(
            "colleague" if self is Who.OUTSIDER else self.value
        )


@dataclass(frozen=True)
class Door:
    """Who gets in. `own`: everybody who is signed in, to what is theirs; `public`: anybody at all.

    `kind`: the kind of data behind it. Whoever is let in has to stand in the registry for it.
    """

    who: frozenset[Who] = field(default_factory=frozenset)
    kind: str = ""
    own: bool = False
    public: bool = False


def expected(door: Door, who: Who) -> bool:
    """Whether `who`, signed in, is let in."""
    return door.own or door.public or who in door.who


def _doors(names: str, door: Door) -> dict[str, Door]:
    return dict.fromkeys(names.split(), door)


STAFF = frozenset(Who) - {Who.CLIENT}
ACCESS: dict[str, Door] = {
    **_doors(
        "start account_login account_inactive account_logout healthz readyz metrics"
        " mfa_authenticate mfa_login_webauthn people:forgot people:reset_asked"
        " people:set_password routing:how ui:language ui:appearance",
        Door(public=True),
    ),
    **_doors(
        "account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn mfa_index"
        " account_change_password mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn"
        " people:visibility people:looks people:visibility_news people:read_news"
        " people:everything people:recovery_codes people:new_recovery_codes people:totp_off"
        " people:end_other_sessions workday:my_day workday:end_day"
        " workday:start_day workday:my_day_band workday:my_team workday:mebar workday:mode"
        " workday:team_now desk:cases desk:list desk:my_cases desk:queue_health"
        " workday:here workday:sick workday:back workday:absent"
        " planning:my_calendar planning:make_link planning:end_link"
        " routing:my_offer routing:my_limit routing:set_limit routing:unplaced",
        Door(own=True),
    ),
    # What the walk asks for here belongs to nobody.
    **_doors("people:remove_passkey people:end_session people:demo_enter planning:feed", Door()),
    **_doors(
        "people:list people:new people:invite people:end_employment people:leaving people:erase",
        Door(frozenset({Who.ADMINISTRATOR}), "people.account"),
    ),
    **_doors("people:processing people:processing_file", Door(STAFF)),
    **_doors(
        "people:new_processing people:change_processing",
        Door(frozenset({Who.ADMINISTRATOR, Who.MANAGER})),
    ),
    **_doors(
        "workday:team workday:team_list",
        Door(frozenset({Who.SELF, Who.LEADER}), "workday.mode"),
    ),
    "planning:schedule": Door(
        frozenset({Who.LEADER, Who.OTHER_LEADER, Who.PLANNER}), "planning.shift"
    ),
    **_doors(
        "planning:team planning:add_shift planning:add_absence planning:import_file"
        " planning:remove_shift",
        Door(frozenset({Who.LEADER, Who.PLANNER}), "planning.shift"),
    ),
    "desk:set_aside": Door(frozenset({Who.LEADER, Who.OTHER_LEADER}), "desk.case"),
    "desk:take_in_again": Door(frozenset({Who.LEADER}), "desk.case"),
    **_doors(
        "desk:attachment desk:case desk:case_now desk:answer desk:take desk:release desk:hand_over",
        Door(frozenset({Who.SELF, Who.LEADER}), "desk.case"),
    ),
    **_doors("routing:accept routing:decline", Door(frozenset({Who.SELF}), "routing.offer")),
    "routing:why": Door(frozenset({Who.SELF, Who.LEADER}), "routing.verdict"),
    **_doors("openid_connect_login openid_connect_callback", Door(public=True)),
    # The company's directory comes with a token of its own; without it each says 401.
    **_doors(
        "people:scim_users people:scim_user people:scim_groups people:scim_group"
        " people:scim_config people:scim_resource_types people:scim_schemas people:scim_openapi"
        " planning:feed",
        Door(public=True),
    ),
    **_doors(
        "people:second_step_needed people:person people:helpers planning:law"
        " planning:law_to_verify planning:schedule planning:my_calendar planning:make_link"
        " planning:end_link workday:here workday:sick workday:back workday:absent desk:new"
        " desk:several desk:guidance desk:confirm_read desk:incidents desk:undo desk:save_view"
        " desk:forget_view desk:take_note_back desk:answer_decision routing:how routing:unplaced"
        " routing:my_limit routing:set_limit",
        Door(own=True),
    ),
    **_doors(
        "people:directory people:make_token people:revoke_token people:add_group_rule"
        " people:remove_group_rule people:organisation people:new_part people:part people:imports"
        " people:import people:apply_import people:undo_import people:export",
        Door(frozenset({Who.ADMINISTRATOR}), "people.account"),
    ),
    **_doors(
        "desk:move desk:snooze desk:note desk:tags desk:join desk:split desk:draft desk:looking"
        " desk:decide desk:incident_of desk:incident desk:answer_incident desk:close_incident",
        Door(frozenset({Who.SELF, Who.LEADER}), "desk.case"),
    ),
    **_doors(
        "planning:team planning:add_shift planning:remove_shift planning:add_absence"
        " planning:import_file",
        Door(frozenset({Who.LEADER, Who.PLANNER}), "planning.shift"),
    ),
}
