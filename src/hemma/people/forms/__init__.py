"""What people fill in, by noun."""

from hemma.people.forms.beginning import CompanyForm, FirstTeamForm, InviteForm, WelcomeForm
from hemma.people.forms.organisation import (
    GroupRuleForm,
    PersonForm,
    ProgrammeForm,
    SiteForm,
    SkillForm,
    TeamForm,
    TokenForm,
)
from hemma.people.forms.people import NewPersonForm, PeopleFileForm
from hemma.people.forms.signing_in import (
    ActivateTotpForm,
    AddPasskeyForm,
    AskResetForm,
    ChangePasswordForm,
    ChoosePasswordForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    SecondStepForm,
    SignInForm,
)

__all__ = [
    "ActivateTotpForm",
    "AddPasskeyForm",
    "AskResetForm",
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "CompanyForm",
    "ConfirmCodeForm",
    "ConfirmPasswordForm",
    "FirstTeamForm",
    "GroupRuleForm",
    "InviteForm",
    "NewPersonForm",
    "PeopleFileForm",
    "PersonForm",
    "ProgrammeForm",
    "SecondStepForm",
    "SignInForm",
    "SiteForm",
    "SkillForm",
    "TeamForm",
    "TokenForm",
    "WelcomeForm",
]
