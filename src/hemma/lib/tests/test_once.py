"""Fragments of one page ask the same once."""

from django.http import HttpResponse
from django.test import RequestFactory

from hemma.lib.once import OnePageMiddleware, of_each_once, once_a_page, one_page


def asked_so_often():
    calls = []

    @once_a_page
    def mode_of(name, *, day=0):
        calls.append((name, day))
        if name == "nobody":
            raise LookupError
        return f"{name} {day}"

    return mode_of, calls


def test_inside_a_page_the_same_is_asked_once_and_another_one_on_its_own():
    mode_of, calls = asked_so_often()
    with one_page():
        assert [
            mode_of("Amanda"),
            mode_of("Amanda"),
            mode_of("Bengt"),
            mode_of("Amanda", day=1),
        ] == [
            "Amanda 0",
            "Amanda 0",
            "Bengt 0",
            "Amanda 1",
        ]
    assert calls == [("Amanda", 0), ("Bengt", 0), ("Amanda", 1)]


def test_the_next_page_and_everything_outside_of_pages_asks_anew():
    mode_of, calls = asked_so_often()
    for _page in range(2):
        with one_page():
            mode_of("Amanda")
    mode_of("Amanda")
    mode_of("Amanda")
    assert len(calls) == 4


def test_a_refusal_is_refused_every_time():
    mode_of, calls = asked_so_often()
    with one_page():
        for _turn in range(2):
            try:
                mode_of("nobody")
            except LookupError:
                continue
            raise AssertionError
    assert len(calls) == 2


def test_a_request_that_changes_something_is_never_answered_from_memory():
    mode_of, calls = asked_so_often()

    def page(_request):
        mode_of("Amanda")
        mode_of("Amanda")
        return HttpResponse()

    for method in ("get", "post"):
        OnePageMiddleware(page)(getattr(RequestFactory(), method)("/"))
    assert len(calls) == 1 + 2


def test_a_page_that_knows_the_team_asks_only_for_who_is_new_to_it():
    asked = []

    def modes(ids):
        asked.append(set(ids))
        return {one: f"mode {one}" for one in ids if one != 3}

    with one_page():
        assert of_each_once("mode", [1, 2, 3], modes) == {1: "mode 1", 2: "mode 2"}
        assert of_each_once("mode", [2, 3], modes) == {2: "mode 2"}
        assert of_each_once("mode", [2, 4], modes) == {2: "mode 2", 4: "mode 4"}
        assert of_each_once("another question", [2], modes) == {2: "mode 2"}
        assert of_each_once("mode", [], modes) == {}
    assert asked == [{1, 2, 3}, {4}, {2}]


def test_outside_of_a_page_everyone_is_asked_for_anew():
    asked = []

    def modes(ids):
        asked.append(set(ids))
        return dict.fromkeys(ids, "queue")

    for _turn in range(2):
        assert of_each_once("mode", [1], modes) == {1: "queue"}
    assert of_each_once("mode", [], modes) == {}
    assert asked == [{1}, {1}]
