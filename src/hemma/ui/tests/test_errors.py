import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from hemma.ui import views

TYPED = "Hej Kim!\nPengarna kommer <i morgon> & jag ringer."


def refused(**data: str):
    client = Client(enforce_csrf_checks=True)
    return client.post("/sign-in/", data, headers={"Accept-Language": "sv"})


def test_a_reply_typed_for_an_hour_survives_an_expired_form():
    answer = refused(body=TYPED, subject="Fakturan")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Hej Kim!\nPengarna kommer &lt;i morgon&gt; &amp; jag ringer.</textarea>" in html
    assert "Fakturan</textarea>" in html


def test_secrets_are_not_shown_again():
    html = refused(
        password="hemligt1",
        new_password2="hemligt2",
        csrfmiddlewaretoken="tok1",
        otp="123456",
        body="x1",
    ).content.decode()
    assert "x1</textarea>" in html
    for secret in ("hemligt1", "hemligt2", "tok1", "123456"):
        assert secret not in html


def test_a_page_on_another_site_is_not_one_click_from_acting_in_a_persons_name():
    html = refused(body=TYPED).content.decode()
    kept = html.split("<main")[1].split("</main>")[0]
    assert "<form" not in kept
    assert "readonly" in kept


@pytest.mark.parametrize(
    ("view", "status"), [("bad_request", 400), ("forbidden", 403), ("not_found", 404)]
)
def test_what_went_wrong_is_said_in_words_with_one_next_step(view, status):
    request = RequestFactory().get("/nope")
    with translation.override("sv"):
        answer = getattr(views, view)(request, Exception())
    html = answer.content.decode()
    assert answer.status_code == status
    assert html.count("btn--do") == 1
    assert 'href="/"' in html
    assert str(status) not in html.split("<main")[1].split("</main>")[0]


def test_a_fault_is_answered_without_asking_anything_of_what_broke():
    with translation.override("nb"):
        answer = views.server_error(object())
    assert answer.status_code == 500
    assert "det er vår feil" in answer.content.decode()


def test_somebody_who_guesses_an_address_is_told_warmly():
    answer = Client().get("/no/such/page", headers={"Accept-Language": "nb"})
    assert answer.status_code == 404
    assert "Her er det ingenting" in answer.content.decode()
