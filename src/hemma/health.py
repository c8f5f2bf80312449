"""Is it alive, is it ready, how does it do: for monitors and reverse proxies, never about people."""

import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from hemma.desk import queries as desk
from hemma.journal import queries as journal
from hemma.lib.stream import hub
from hemma.people.system import SYSTEM

# A part is late when it has said nothing for this long, in seconds.
LATE_S = {"routing": 30, "wakeups": 30, "mail": 90}


@never_cache
@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@login_not_required
def readyz(_request: HttpRequest) -> JsonResponse:
    """Everything a working day needs: the database, the worker's loops, the mail poller."""
    parts: dict[str, str] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = "ok"
        ages = journal.heartbeat_ages(SYSTEM)
    except Error as error:
        return JsonResponse({"ready": False, "database": type(error).__name__}, status=503)
    for name, late_s in LATE_S.items():
        age = ages.get(name)
        parts[name] = "not started" if age is None else _judge(age.total_seconds(), late_s)
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _judge(age_s: float, late_s: float) -> str:
    return "ok" if age_s <= late_s else f"silent for {age_s:.0f} s"


@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus. From this machine, or with the token of `HEMMA_METRICS_TOKEN`."""
    if not _may_scrape(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    Gauge("hemma_open_streams", "Open event streams", registry=registry).set(hub.open)
    beats = Gauge(
        "hemma_heartbeat_age_seconds", "Since a part was last heard of", ["part"], registry=registry
    )
    for name, age in journal.heartbeat_ages(SYSTEM).items():
        beats.labels(name).set(age.total_seconds())
    waiting = Gauge("hemma_cases_waiting", "Cases that wait for us", ["queue"], registry=registry)
    for queue, count in desk.waiting_by_queue(SYSTEM).items():
        waiting.labels(queue).set(count)
    aside = Gauge("hemma_mails_set_aside", "Mails someone has to look at", registry=registry)
    aside.set(desk.set_aside_count(SYSTEM))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_scrape(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), token.encode())
    # Behind a proxy every request comes from this machine: then only the token counts.
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not settings.HTTPS
