"""django-helpdesk at work, in a Python of its own that has it. Told what to do line by line.

    PEER_PYTHON bench/_helpdesk.py SOCKET_FOLDER DATABASE USER

Each line of the input is a JSON list [verb, ...]; each answer is one line of JSON, with the
seconds of this process's processor time that it took. Nothing of Hemma is imported here.
"""

import json
import logging
import sys
import time
import types
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.urls import include, path

APPS = ["auth", "contenttypes", "sessions", "messages", "admin", "sites", "humanize", "staticfiles"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
PROCESSORS = ["debug", "request", "i18n", "static"]


def configure(host, name, user):
    settings.configure(
        SECRET_KEY="only for this measurement",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": host, "NAME": name, "USER": user, "CONN_MAX_AGE": None,
            }
        },
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "rest_framework", "helpdesk"],
        MIDDLEWARE=MIDDLEWARE,
        ROOT_URLCONF="peer_urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        *(f"django.template.context_processors.{one}" for one in PROCESSORS),
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        MEDIA_ROOT="/tmp/hemma-bench-media",
        USE_TZ=True,
        SITE_ID=1,
        ALLOWED_HOSTS=["*"],
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        LOGGING_CONFIG=None,
    )  # fmt: skip
    logging.disable(logging.CRITICAL)
    django.setup()
    addresses = types.ModuleType("peer_urls")
    addresses.urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
    sys.modules["peer_urls"] = addresses


def setup(people):
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    names = [f"agent{number}" for number in range(people)]
    people_table = get_user_model()
    people_table.objects.bulk_create(people_table(username=name, is_staff=True) for name in names)
    people_table.objects.create_superuser("leader", "leader@example.org", "x")
    for number in range(max(1, people // 20)):
        Queue.objects.create(
            title=f"Queue {number}", slug=f"q{number}", email_address="support@bjorkvik.example"
        )
    return {}


def mails(files):
    from django.utils.encoding import force_str
    from helpdesk.email import extract_email_metadata
    from helpdesk.models import Queue

    logger = logging.getLogger("peer")
    queue = Queue.objects.get(slug="q0")
    texts = [force_str(Path(file).read_bytes(), errors="replace") for file in files]
    began, made = time.process_time(), 0
    for text in texts:
        made += extract_email_metadata(message=text, queue=queue, logger=logger) is not None
    return {"cpu_s": time.process_time() - began, "made": made}


def fill(cases):
    """As many tickets with one follow-up each; one in twenty is open, as in Hemma."""
    from django.db import connection
    from django.utils import timezone
    from helpdesk.models import FollowUp, Queue, Ticket

    queues = list(Queue.objects.all())
    now = timezone.now()
    for first in range(0, cases, 5000):
        made = Ticket.objects.bulk_create(
            Ticket(
                title=f"A question about invoice {number}",
                queue=queues[number % len(queues)],
                submitter_email=f"customer{number % 20000}@post.example",
                created=now - timedelta(minutes=number),
                modified=now - timedelta(minutes=number),
                status=1 if number % 20 == 0 else 3,
                description="Hello, I have a question. " * 12,
                secret_key="x",
            )
            for number in range(first, min(cases, first + 5000))
        )
        FollowUp.objects.bulk_create(
            FollowUp(ticket=one, date=one.created, title="Came", public=True) for one in made
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"tickets": Ticket.objects.count()}


def page(turns):
    """The list of open tickets as a browser gets it: the page, then its 25 rows."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from helpdesk.query import query_to_base64

    browser = Client(headers={"host": "localhost"})
    browser.force_login(get_user_model().objects.get(username="leader"))
    wanted = query_to_base64(
        {"filtering": {"status__in": [1]}, "filtering_null": {}, "sorting": "created",
         "search_string": "", "sortreverse": False}
    )  # fmt: skip
    rows = {"draw": 1, "start": 0, "length": 25, "order[0][column]": 0, "order[0][dir]": "asc"}
    rows |= {"search[value]": ""}

    def fetch():
        shown = browser.get("/tickets/")
        told = browser.get(f"/datatables_ticket_list/{wanted}", rows)
        assert shown.status_code == told.status_code == 200, (shown.status_code, told.content[:200])
        return told

    count = len(json.loads(fetch().content)["data"])
    began = time.process_time()
    for _turn in range(turns):
        fetch()
    return {"cpu_s": time.process_time() - began, "rows": count}


def main():
    configure(*sys.argv[1:4])
    verbs = {"setup": setup, "mails": mails, "fill": fill, "page": page}
    for line in sys.stdin:
        verb, *words = json.loads(line)
        print(json.dumps(verbs[verb](*words)), flush=True)


if __name__ == "__main__":
    main()
