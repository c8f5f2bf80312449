from pathlib import Path

import polib
import pytest

from hemma.ui import catalogues
from hemma.ui.extraction import Message, NotLiteralError, from_python, from_template

SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
HELLO = _("Hello {name}")
SEEN = ngettext("%(count)d case", "%(count)d cases", 2)
MODE = pgettext_lazy("mode", "Away")
"""
PAGE = '{% translate "Take it" %}{% blocktranslate %}Until {{ time }}{% endblocktranslate %}'
SV = {
    "Hello {name}": "Hej {name}",
    "Away": "Borta",
    "Take it": "Ta det",
    "Until %(time)s": "Till %(time)s",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A product of one room, translated."""
    room = tmp_path / "desk"
    (room / "templates" / "desk").mkdir(parents=True)
    (room / "words.py").write_text(SOURCE)
    (room / "templates" / "desk" / "page.html").write_text(PAGE)
    catalogues.update(tmp_path)
    for language in ("sv", "nb"):
        change(tmp_path, language, translate)
    assert catalogues.check(tmp_path) == []
    return tmp_path


def translate(po: polib.POFile) -> None:
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(count)d ärende", 1: "%(count)d ärenden"}
        else:
            entry.msgstr = SV[entry.msgid]


def change(package: Path, language: str, how) -> None:
    path = catalogues.po_path(package / "desk", language)
    po = polib.pofile(str(path))
    how(po)
    po.save()


def entry(po: polib.POFile, msgid: str) -> polib.POEntry:
    found = po.find(msgid)
    assert found is not None
    return found


def test_our_own_catalogues_are_complete():
    own = [said for said in catalogues.check() if said.startswith("ui")]
    assert own == []


def test_words_are_found_in_templates_and_in_python():
    source = """
        {% translate "A" %} {{ _("B") }} {% blocktranslate count n=x %}one {{ n }}{% plural %}{{ n }} many{% endblocktranslate %}
        {% translate "C" context "mode" %} {% blocktranslate trimmed %}
          two
          lines{% endblocktranslate %}
    """
    assert set(from_template(source, "x.html")) == {
        Message("A"),
        Message("B"),
        Message("one %(n)s", "", "%(n)s many"),
        Message("C", "mode"),
        Message("two lines"),
    }
    assert set(from_python(SOURCE, "x.py")) == {
        Message("Hello {name}"),
        Message("%(count)d case", "", "%(count)d cases"),
        Message("Away", "mode"),
    }


def test_words_that_cannot_be_read_from_the_source_are_said():
    with pytest.raises(NotLiteralError, match=r"x.py:1"):
        list(from_python("_(name)", "x.py"))
    with pytest.raises(NotLiteralError):
        list(from_python('_(f"Hello {name}")', "x.py"))


def test_new_words_are_missing_until_update_and_untranslated_until_someone_has(package):
    page = package / "desk" / "templates" / "desk" / "page.html"
    page.write_text(PAGE + '{% translate "Hand over" %}')
    assert "desk/sv: 'Hand over' is missing" in catalogues.check(package)
    catalogues.update(package)
    assert catalogues.check(package) == [
        "desk/sv: 'Hand over' is not translated",
        "desk/nb: 'Hand over' is not translated",
    ]
    assert (
        entry(polib.pofile(str(catalogues.po_path(package / "desk", "sv"))), "Take it").msgstr
        == "Ta det"
    )


def test_words_that_are_gone_are_caught_and_dropped(package):
    (package / "desk" / "templates" / "desk" / "page.html").write_text("")
    assert "desk/nb: 'Take it' is not used" in catalogues.check(package)
    catalogues.update(package)
    assert catalogues.check(package) == []


def test_an_empty_translation_is_caught(package):
    change(package, "sv", lambda po: setattr(entry(po, "Take it"), "msgstr", "  "))
    assert catalogues.check(package) == ["desk/sv: 'Take it' is not translated"]


def test_a_guess_is_caught(package):
    change(package, "sv", lambda po: entry(po, "Take it").flags.append("fuzzy"))
    assert catalogues.check(package) == ["desk/sv: 'Take it' is fuzzy"]


@pytest.mark.parametrize(
    ("msgid", "wrong"),
    [
        ("Until %(time)s", "Till %(tid)s"),
        ("Hello {name}", "Hej"),
        ("Until %(time)s", "Till {time}"),
    ],
)
def test_another_placeholder_is_caught(package, msgid, wrong):
    change(package, "nb", lambda po: setattr(entry(po, msgid), "msgstr", wrong))
    assert catalogues.check(package) == [f"desk/nb: {msgid!r} has other placeholders in {wrong!r}"]


def test_a_missing_plural_is_caught(package):
    def drop(po):
        po.find("%(count)d case").msgstr_plural = {0: "%(count)d ärende"}

    change(package, "sv", drop)
    assert catalogues.check(package) == [
        "desk/sv: '%(count)d case' has 1 plural forms instead of 2"
    ]


def test_a_missing_catalogue_is_caught(package):
    catalogues.po_path(package / "desk", "nb").unlink()
    assert catalogues.check(package) == ["desk/nb: there is no catalogue"]


def test_the_same_words_said_in_two_ways_are_caught(package):
    room = package / "people"
    room.mkdir()
    (room / "words.py").write_text('_("Take it")')
    catalogues.update(package)
    for language in ("sv", "nb"):
        path = catalogues.po_path(room, language)
        path.write_text(
            path.read_text().replace('msgstr ""\n\n', 'msgstr ""\n\n').rstrip()[:-2] + '"Ta den"\n'
        )
    assert catalogues.check(package) == [
        "people/sv: 'Take it' is said differently in desk",
        "people/nb: 'Take it' is said differently in desk",
    ]


def test_updating_twice_changes_nothing_and_names_no_places_or_dates(package):
    path = catalogues.po_path(package / "desk", "sv")
    before = path.read_text()
    catalogues.update(package)
    assert path.read_text() == before
    assert "#:" not in before
    assert "Date" not in before
    assert [e.msgid for e in polib.pofile(str(path))] == sorted(
        e.msgid for e in polib.pofile(str(path))
    )


def test_only_what_is_older_is_compiled(package):
    made = catalogues.compile_all(package)
    assert len(made) == 3
    assert all(path.exists() for path in made)
    assert catalogues.compile_all(package) == []
    assert (
        polib.mofile(str(catalogues.po_path(package / "desk", "sv").with_suffix(".mo")))
        .find("Take it")
        .msgstr
        == "Ta det"
    )
