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


def _declare(*groups: tuple[str, Door]) -> dict[str, Door]:
    """Each name once."""
    doors: dict[str, Door] = {}
    for names, door in groups:
        for name in names.split():
            assert name not in doors, f"{name} is declared twice"
            doors[name] = door
    return doors


STAFF = frozenset(Who) - {Who.CLIENT}
LEADERS = frozenset({Who.LEADER, Who.OTHER_LEADER})
ACCESS: dict[str, Door] = _declare(
    (
        "start account_login account_inactive account_logout healthz readyz metrics"
        " mfa_authenticate mfa_login_webauthn openid_connect_login openid_connect_callback"
        " people:forgot people:reset_asked people:set_password routing:how ui:language"
        " ui:appearance people:welcome portal:begin portal:start portal:access portal:find portal:write"
        " ui:manifest ui:worker ui:offline",
        Door(public=True),
    ),
    # These come with a token of their own; without it each says 401 or 404.
    (
        "people:scim_users people:scim_user people:scim_groups people:scim_group"
        " people:scim_config people:scim_resource_types people:scim_schemas people:scim_openapi"
        " planning:feed workday:light"
        " portal:own portal:more portal:call portal:say portal:rate desk_api:description"
        " desk_api:cases desk_api:case desk_api:messages desk_api:customers desk_api:customer desk_api:nothing",
        Door(public=True),
    ),
    (
        "account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn mfa_index"
        " account_change_password mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn"
        " people:visibility people:looks people:visibility_news people:read_news"
        " people:everything people:recovery_codes people:new_recovery_codes people:totp_off"
        " ui:kitchen_table people:end_other_sessions people:second_step_needed people:helpers"
        " workday:my_day workday:end_day workday:start_day workday:my_day_band workday:my_team"
        " workday:mebar workday:mode workday:here workday:sick workday:back workday:absent"
        " workday:begin workday:todo_do workday:rhythm workday:book workday:breaks"
        " workday:todos workday:todo_new workday:own_weeks workday:shutdown"
        " workday:chat workday:try_chat workday:end_chat workday:make_light workday:end_light"
        " workday:my_hours workday:my_hours_file workday:missing_hours workday:past_hours"
        " workday:off workday:go_on workday:peace workday:eased_now workplace:look workplace:forget"
        " workplace:choose workplace:again"
        " notices:line notices:mine notices:read notices:choose support:talk support:leak notices:settings"
        " notices:set_habit notices:add_device notices:try_devices"
        " planning:my_calendar planning:make_link planning:end_link"
        " desk:cases desk:list desk:my_cases desk:queue_health desk:new desk:several"
        " desk:guidance desk:incidents desk:save_view desk:forget_view portal:contentment"
        " desk:customers desk:reports portal:complaints desk:readings desk:draw_reading desk:to_read"
        " routing:overtime routing:my_offer routing:my_limit routing:set_limit routing:unplaced",
        Door(own=True),
    ),
    # What the walk asks for here belongs to nobody.
    (
        "people:remove_passkey people:end_session people:demo_enter people:revoke_token"
        " people:remove_group_rule portal:own_copy portal:have_copy"
        " desk:confirm_read desk:undo desk:take_note_back"
        " desk:answer_decision desk:undo_same_person desk:end_key desk:end_hook"
        " desk:tell_reading desk:ask_reading desk:take_reading_back"
        " portal:learn"
        " workday:take_back workday:move planning:use_template planning:drop_template"
        " workday:book_away workday:end_eased notices:remove_device",
        Door(),
    ),
    ("people:processing people:processing_file", Door(STAFF)),
    # A client's own page shows sums alone: no kind that shows persons lies behind it.
    ("portal:programme", Door(frozenset({Who.CLIENT}))),
    (
        "portal:clients portal:leaving portal:begin_exit portal:call_off_exit portal:end_exit"
        " portal:deletion_report",
        Door(frozenset({Who.MANAGER})),
    ),
    (
        "people:new_processing people:change_processing desk:rules desk:rule_new desk:rule"
        " desk:rule_delete desk:case_imports portal:forms portal:form_new portal:form",
        Door(frozenset({Who.ADMINISTRATOR, Who.MANAGER})),
    ),
    (
        "people:list people:new people:invite people:end_employment people:leaving people:erase"
        " people:person people:directory people:make_token people:add_group_rule"
        " people:organisation people:new_part people:part people:imports people:import"
        " people:apply_import people:undo_import people:export people:set_up people:set_up_steps"
        " people:set_up_company people:set_up_team people:set_up_invite people:end_set_up",
        Door(frozenset({Who.ADMINISTRATOR}), "people.account"),
    ),
    (
        "desk:case_import desk:import_now desk:import_rows desk:undo_case_import"
        " planning:law_to_verify desk:mailboxes desk:mailbox_new desk:mailbox desk:mailbox_try"
        " desk:mailbox_first desk:queues desk:queue_first desk:queue_new desk:queue",
        Door(frozenset({Who.ADMINISTRATOR})),
    ),
    ("workday:correct_hours", Door(frozenset({Who.SELF, Who.LEADER}), "workday.hours")),
    # Her leader has said that the day was otherwise: she answers.
    ("workday:answer_hours", Door(frozenset({Who.SELF}), "workday.hours")),
    ("workday:led_hours", Door(LEADERS, "workday.hours")),
    ("workday:team_hours", Door(frozenset({Who.LEADER}), "workday.hours")),
    ("workday:team_pay_file", Door(frozenset({Who.LEADER, Who.MANAGER}), "workday.pay")),
    ("workday:pay_file", Door(frozenset({Who.MANAGER}), "workday.pay")),
    (
        "workday:hours_trend",
        Door(frozenset({Who.MANAGER, Who.SAFETY_REP}), "workday.hours"),
    ),
    (
        "insight:focus insight:focus_file",
        Door(LEADERS | {Who.MANAGER, Who.SAFETY_REP}, "workday.focus"),
    ),
    ("notices:after_hours", Door(frozenset({Who.MANAGER}), "notices.word")),
    ("workday:agreement", Door(frozenset({Who.SELF, Who.LEADER}), "workday.agreement")),
    ("workday:eased", Door(frozenset({Who.LEADER}), "workday.eased")),
    ("workday:team workday:team_list", Door(frozenset({Who.SELF, Who.LEADER}), "workday.mode")),
    # The walk asks for Amanda: her leader may write to her.
    (
        "support:contacts support:contact_new support:contact support:remove",
        Door(frozenset({Who.ADMINISTRATOR})),
    ),
    ("support:slips support:slip", Door(frozenset({Who.IT_SUPPORT}), "support.slip")),
    ("notices:write", Door(frozenset({Who.LEADER}), "workday.mode")),
    ("workday:gaps", Door(LEADERS | {Who.PLANNER})),
    ("workday:team_now", Door(LEADERS | {Who.SELF, Who.OUTSIDER})),
    ("planning:law", Door(LEADERS | {Who.ADMINISTRATOR, Who.MANAGER, Who.PLANNER})),
    ("planning:schedule", Door(LEADERS | {Who.PLANNER}, "planning.shift")),
    (
        "planning:team planning:add_shift planning:add_absence planning:import_file"
        " planning:remove_shift planning:templates planning:keep_template",
        Door(frozenset({Who.LEADER, Who.PLANNER}), "planning.shift"),
    ),
    (
        "desk:set_aside desk:quarantine desk:connections desk:make_key desk:add_hook",
        Door(LEADERS, "desk.case"),
    ),
    (
        "desk:take_in_again desk:release_from_quarantine desk:customer_data desk:erase_customer",
        Door(frozenset({Who.LEADER}), "desk.case"),
    ),
    (
        "desk:attachment desk:case desk:case_now desk:answer desk:take desk:release"
        " desk:hand_over desk:move desk:snooze desk:note desk:tags desk:join desk:split"
        " desk:draft desk:looking desk:decide desk:incident_of desk:incident"
        " desk:answer_incident desk:close_incident desk:how_it_came desk:language"
        " desk:call_spam desk:take_back portal:beside workday:todo_of_case desk:customer desk:change_customer"
        " desk:add_address desk:remove_address desk:same_person",
        Door(frozenset({Who.SELF, Who.LEADER}), "desk.case"),
    ),
    (
        "insight:home insight:method insight:export insight:decisions insight:pilots insight:pilot",
        Door(frozenset({Who.MANAGER, Who.SAFETY_REP})),
    ),
    (
        "insight:files insight:file insight:drop_file",
        Door(frozenset({Who.MANAGER})),
    ),
    (
        "insight:decision_new insight:pilot_new insight:pilot_change insight:pilot_start"
        " insight:pilot_end",
        Door(frozenset({Who.MANAGER}), "insight.pilot"),
    ),
    ("routing:accept routing:decline", Door(frozenset({Who.SELF}), "routing.offer")),
    ("routing:overtime_people", Door(frozenset({Who.SAFETY_REP}), "routing.overtime")),
    (
        "routing:overtime_of routing:overtime_file",
        Door(frozenset({Who.SELF, Who.SAFETY_REP}), "routing.overtime"),
    ),
    ("routing:rules", Door(LEADERS, "routing.rules")),
    (
        "routing:queue_rules routing:put_on_call routing:off_call routing:go_back"
        " routing:replay routing:replay_now routing:stop routing:switch_on",
        Door(frozenset({Who.LEADER}), "routing.rules"),
    ),
    ("routing:why", Door(frozenset({Who.SELF, Who.LEADER}), "routing.verdict")),
)
