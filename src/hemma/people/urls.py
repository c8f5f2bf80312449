"""Own pages stand below `me/`, everybody's accounts below `people/`; `account` holds what the sign-in library knows by name."""

from django.urls import path

from hemma.people import views
from hemma.people.views import scim

app_name = "people"
urlpatterns = [
    path("me/who-sees-what/", views.visibility, name="visibility"),
    path("me/sign-in/recovery-codes/", views.show_recovery_codes, name="recovery_codes"),
    path("me/sign-in/recovery-codes/new/", views.make_recovery_codes, name="new_recovery_codes"),
    path("me/sign-in/codes/off/", views.turn_off_totp, name="totp_off"),
    path("me/sign-in/passkeys/<int:passkey_id>/", views.remove_passkey, name="remove_passkey"),
    path("me/sign-in/places/<uuid:session_id>/", views.end_session, name="end_session"),
    path("me/sign-in/places/others/", views.end_other_sessions, name="end_other_sessions"),
    path("me/sign-in/needed/", views.second_step_needed, name="second_step_needed"),
    path("me/password/forgotten/", views.forgot, name="forgot"),
    path("me/password/asked/", views.reset_asked, name="reset_asked"),
    path("me/password/", views.set_password, name="set_password"),
    path("people/", views.people, name="list"),
    path("people/new/", views.new_person, name="new"),
    path("people/<int:person_id>/invitation/", views.invite, name="invite"),
    path("people/<int:person_id>/left/", views.end_employment, name="end_employment"),
    path("people/<int:person_id>/", views.one_person, name="person"),
    path("people/directory/", views.directory, name="directory"),
    path("people/directory/keys/", views.make_token, name="make_token"),
    path("people/directory/keys/<int:token_id>/end/", views.revoke_token, name="revoke_token"),
    path("people/directory/groups/", views.add_group_rule, name="add_group_rule"),
    path(
        "people/directory/groups/<int:rule_id>/end/",
        views.remove_group_rule,
        name="remove_group_rule",
    ),
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/<str:noun>/new/", views.part, name="new_part"),
    path("organisation/<str:noun>/<int:thing_id>/", views.part, name="part"),
    path("me/helpers/", views.helpers, name="helpers"),
    path("people/lists/", views.imports, name="imports"),
    path("people/lists/<int:import_id>/", views.one_import, name="import"),
    path("people/lists/<int:import_id>/confirm/", views.apply_import, name="apply_import"),
    path("people/lists/<int:import_id>/undo/", views.undo_import, name="undo_import"),
    path("people/export/", views.export, name="export"),
    path("scim/v2/Users", scim.users, name="scim_users"),
    path("scim/v2/Users/<str:directory_id>", scim.user, name="scim_user"),
    path("scim/v2/Groups", scim.groups, name="scim_groups"),
    path("scim/v2/Groups/<str:directory_id>", scim.group, name="scim_group"),
    path("scim/v2/ServiceProviderConfig", scim.service_config, name="scim_config"),
    path("scim/v2/ResourceTypes", scim.resource_types, name="scim_resource_types"),
    path("scim/v2/Schemas", scim.schemas, name="scim_schemas"),
    path("scim/v2/openapi.json", scim.openapi, name="scim_openapi"),
    path("me/demo/enter/<int:person_id>/", views.demo_enter, name="demo_enter"),
]

account = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path(
        "sign-in/company/",
        views.go_to_company,
        {"provider_id": "company"},
        name="openid_connect_login",
    ),
    path(
        "sign-in/company/back/",
        views.back_from_company,
        {"provider_id": "company"},
        name="openid_connect_callback",
    ),
    path("sign-in/closed/", views.Inactive.as_view(), name="account_inactive"),
    path("sign-in/second-step/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("confirm/", views.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("confirm/code/", views.ReauthenticateByCode.as_view(), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        views.ReauthenticateByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("me/sign-in/", views.my_sign_in, name="mfa_index"),
    path("me/sign-in/password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("me/sign-in/codes/", views.ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("me/sign-in/codes/on/", views.my_sign_in, name="mfa_deactivate_totp"),
    path("me/sign-in/passkeys/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
]
