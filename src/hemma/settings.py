"""Settings: everything comes from the environment, with a default that suits one machine.

Each `HEMMA_*` name is described in docs/settings.md; a test fails when one is missing there.
"""

import os
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from hemma.lib.env import database_from_url, env, env_flag, env_list, secret_from

PACKAGE = Path(__file__).resolve().parent
DATA = Path(env("HEMMA_DATA", str(Path.home() / ".local/share/hemma/main"))).resolve()

DEBUG = False
# Demo mode adds the one-click doors and the moved clock; never on in a real installation.
DEMO = env_flag("HEMMA_DEMO", default=False)
# A file with an offset in seconds: how tests and the demo move the one clock of all processes.
CLOCK_FILE = env("HEMMA_CLOCK_FILE", "")
MAIL_AT_ONCE = int(env("HEMMA_MAIL_AT_ONCE", "4"))

# Own networks (CIDR) that webhooks may reach; every other address must be on the open internet.
OUTWARD_NETWORKS = env_list("HEMMA_OUTWARD_NETWORKS", "")

SECRET_KEY = env("HEMMA_SECRET_KEY", "") or secret_from(DATA / "secret.key")
ALLOWED_HOSTS = env_list("HEMMA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("HEMMA_TRUSTED_ORIGINS", "")
HTTPS = env_flag("HEMMA_HTTPS", default=False)
METRICS_TOKEN = env("HEMMA_METRICS_TOKEN", "")
# A ClamAV daemon that customers' files are shown to; without one they are not scanned.
CLAMD = env("HEMMA_CLAMD", "")

ROOMS = [
    "journal",
    "people",
    "desk",
    "workplace",
    "planning",
    "workday",
    "routing",
    "portal",
    "insight",
    "support",
    "notices",
]

INSTALLED_APPS = [
    # First, so that our own pages win over those that libraries bring.
    "hemma.ui",
    *(f"hemma.{room}" for room in ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hemma.ui.static_files.StaticFilesMiddleware",
    "hemma.ui.middleware.RequestLogMiddleware",
    "hemma.lib.live.BegunMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "hemma.ui.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hemma.ui.signed_out.KeepWordsMiddleware",
    "hemma.ui.middleware.PersonLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hemma.lib.once.OnePageMiddleware",
    "hemma.people.middleware.DenialMiddleware",
    "hemma.people.middleware.SecondStepMiddleware",
    "hemma.routing.border.BorderMiddleware",
]

# People sign in by e-mail, which one person has however it is written (a database constraint).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

ROOT_URLCONF = "hemma.urls"
ASGI_APPLICATION = "hemma.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hemma.ui.context.frame",
            ],
            "builtins": ["hemma.ui.templatetags.hemma_ui", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": database_from_url(env("HEMMA_DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "hemma.people.hashers.Argon2",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "hemma.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "hemma.people.forms.SignInForm",
    "reauthenticate": "hemma.people.forms.ConfirmPasswordForm",
    "change_password": "hemma.people.forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# A whole office signs in at eight, behind one address: only failures are counted closely.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "reset_password": "30/h/ip",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "hemma.people.adapter.ProofAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hemma"
# A clock that is half a minute wrong is no reason to be locked out.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "hemma.people.forms.ActivateTotpForm",
    "add_webauthn": "hemma.people.forms.AddPasskeyForm",
    "authenticate": "hemma.people.forms.SecondStepForm",
    "reauthenticate": "hemma.people.forms.ConfirmCodeForm",
}

# The company's own sign-in service (OpenID Connect), when there is one.
OIDC_URL = env("HEMMA_OIDC_URL", "").rstrip("/")
OIDC_NAME = env("HEMMA_OIDC_NAME", "")
OIDC_GROUPS = env("HEMMA_OIDC_GROUPS", "groups")
OIDC_STRONG = env_flag("HEMMA_OIDC_STRONG", default=False)
OIDC_TRUST_EMAIL = env_flag("HEMMA_OIDC_TRUST_EMAIL", default=False)
SOCIALACCOUNT_ADAPTER = "hemma.people.company_sign_in.CompanyAdapter"
# A link, not a form: a form's policy would have to name the service's address.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": env_list("HEMMA_OIDC_SCOPES", "openid,profile,email"),
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": env("HEMMA_OIDC_CLIENT", ""),
                "secret": env("HEMMA_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
# Who may see most must prove more. The demo's doors have no keys.
SECOND_STEP_ROLES = [] if DEMO else env_list("HEMMA_SECOND_STEP", "administrator,team_leader")

SESSION_ENGINE = "hemma.people.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 14  # a long working day, not a week
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hemma.ui.views.csrf_failure"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("nb", _("Norwegian")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static_collected"
STORAGES = {"staticfiles": {"BACKEND": "hemma.ui.static_files.VersionedStorage"}}
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

# Mail to people's own inboxes (invitations, resets); the desk's mailboxes carry their own servers.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env("HEMMA_SMTP_HOST", "localhost"),
            "port": int(env("HEMMA_SMTP_PORT", "25")),
        },
    }
}
DEFAULT_FROM_EMAIL = env("HEMMA_FROM", "hemma@localhost")
LEAK_ADDRESS = env("HEMMA_LEAK_ADDRESS", "")

# The cache holds how often somebody tried to sign in: that counts for all web processes together.
WEB_PROCESSES = int(env("HEMMA_WEB_PROCESSES", "1"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "tries",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
    if WEB_PROCESSES > 1
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "hemma.ui.forms.Renderer"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_ON_APP_READY = "hemma.lib.jobs.on_ready"

LOGGING_CONFIG = None
os.environ.setdefault("PGAPPNAME", "hemma")
