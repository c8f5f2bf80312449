"""Passwords: kept as argon2id, and old hashes still open."""

import threading
import time

import pytest
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    check_password,
    identify_hasher,
    make_password,
)

from hemma.people import hashers

WORDS = "kanelbulle till frukost"


def test_a_password_is_kept_as_argon2id_with_the_memory_that_owasp_names():
    kept = hashers.Argon2().encode(WORDS, "saltsaltsaltsalt")
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert hashers.Argon2().verify(WORDS, kept)
    assert not hashers.Argon2().verify(WORDS + "!", kept)


def test_amandas_hash_from_before_still_opens_and_is_made_anew(settings):
    settings.PASSWORD_HASHERS = ["hemma.people.hashers.Argon2"]
    before = Argon2PasswordHasher().encode(WORDS, "saltsaltsaltsalt")
    anew = []
    assert check_password(WORDS, before, setter=anew.append)
    assert anew == [WORDS]
    assert isinstance(identify_hasher(make_password(WORDS)), hashers.Argon2)


@pytest.mark.parametrize("kind", ["encode", "verify"])
def test_a_whole_shift_that_signs_in_takes_turns(monkeypatch, kind):
    inside, most = [], []

    def slow(_self, *_words):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return ""

    monkeypatch.setattr(Argon2PasswordHasher, kind, slow)
    shift = [
        threading.Thread(target=getattr(hashers.Argon2(), kind), args=(WORDS, "salt"))
        for _ in range(12)
    ]
    for one in shift:
        one.start()
    for one in shift:
        one.join()
    assert len(most) == 12
    assert max(most) <= hashers.AT_ONCE
