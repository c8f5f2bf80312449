"""A requirement is claimed only as long as a test shows it."""

import pytest

from hemma.run.checks import requirements

MARKED = '@pytest.mark.requirement("S4-3", "S10-1")\ndef test_trust(): pass\n'


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "docs/how").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_trust.py").write_text(MARKED)
    requirements.renew(tmp_path)
    return tmp_path


def test_the_table_names_each_marked_test_in_the_order_of_the_ids(checkout):
    assert list(requirements.check(checkout)) == []
    assert requirements.claimed(checkout) == {
        "S4-3": "`tests/test_trust.py::test_trust`",
        "S10-1": "`tests/test_trust.py::test_trust`",
    }
    assert list(requirements.claimed(checkout)) == ["S4-3", "S10-1"]


def test_a_claim_that_lost_its_test_is_caught_and_not_dropped_in_silence(checkout):
    (checkout / "tests/test_trust.py").write_text(MARKED.replace('"S4-3", ', ""))
    assert list(requirements.check(checkout)) == ["S4-3 is claimed and no test shows it"]
    with pytest.raises(ValueError, match="S4-3"):
        requirements.renew(checkout)


def test_a_marked_test_that_the_table_does_not_know_is_caught(checkout):
    (checkout / "tests/test_more.py").write_text(
        '@pytest.mark.requirement("S4-4")\ndef test_more(): pass\n'
    )
    assert list(requirements.check(checkout)) == [f"S4-4 is out of step in {requirements.TABLE}"]


def test_a_mark_that_is_no_id_is_caught(checkout):
    (checkout / "tests/test_more.py").write_text(
        '@pytest.mark.requirement("trust 4")\ndef test_more(): pass\n'
    )
    assert "trust 4 is no requirement's id" in list(requirements.check(checkout))
