"""A browser of somebody at a client's."""

from django.test import Client as Browser

PASSWORD = "winter apples 7 in a bowl"


def signed_in(person):
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(person)
    browser.post("/confirm/", {"password": PASSWORD})
    return browser
