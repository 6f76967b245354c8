"""Version and date of single documents: by rule, or as a person chose."""

import pytest

from regdocs.errors import Refusal, UsageError
from regdocs.versions.proposal import Before, Proposed, parse_chosen, propose

TREES = {"consent/north/en": "a", "crf/en": "b"}
BEFORE = {
    "consent/north/en": Before("1.0", "2026-01-15", "a", "1.0"),
    "crf/en": Before("1.1", "2026-02-01", "x", "1.1"),
}
USED = {"consent/north/en": frozenset({"1.0"}), "crf/en": frozenset({"1.0", "1.1"})}


def proposed(**chosen: str) -> dict[str, Proposed]:
    by_stem = {{"consent": "consent/north/en", "crf": "crf/en"}[name]: version for name, version in chosen.items()}
    return propose(TREES, "2.0", "2026-05-20", BEFORE, by_stem, USED)


def test_at_the_release_every_document_gets_the_protocols_version_and_date():
    found = propose(TREES, "1.0", "2026-01-15", {}, {}, {})
    assert set(found.values()) == {Proposed("1.0", "2026-01-15")}


def test_at_an_amendment_only_what_changed_gets_its_version():
    found = proposed()
    assert found["crf/en"] == Proposed("2.0", "2026-05-20")
    assert found["consent/north/en"] == Proposed("1.0", "2026-01-15", since="1.0")


def test_an_unchanged_document_stands_since_the_version_that_issued_it():
    before = {**BEFORE, "crf/en": Before("1.1", "2026-02-01", "b", "1.1")}
    assert propose(TREES, "3.0", "2026-07-01", before, {}, USED)["crf/en"].since == "1.1"


def test_a_chosen_version_is_taken_and_issues_the_document_anew():
    assert proposed(consent="1.5")["consent/north/en"] == Proposed("1.5", "2026-05-20")


@pytest.mark.parametrize("again", ["1.0", "1.1"])
def test_a_version_that_a_document_had_is_not_given_to_other_words(again: str):
    with pytest.raises(Refusal, match=f"has had the version {again}"):
        proposed(crf=again)


def test_a_version_for_a_document_that_is_not_there_is_an_error_of_the_call():
    with pytest.raises(UsageError, match='no document "consent/south/en"; the documents are: consent/north/en, crf/en'):
        propose(TREES, "1.0", "2026-01-15", {}, {"consent/south/en": "2.0"}, {})


@pytest.mark.parametrize("version", [" 2.0", "two\nlines", "2.0\u202e"])
def test_a_chosen_version_is_one_line_that_can_be_signed(version: str):
    with pytest.raises(UsageError, match="one line"):
        propose(TREES, "1.0", "2026-01-15", {}, {"crf/en": version}, {})


def test_choices_are_read_as_people_write_them():
    assert parse_chosen(("consent/north/en=2.0", "crf/en=1=2")) == {"consent/north/en": "2.0", "crf/en": "1=2"}


@pytest.mark.parametrize("given", [("consent/en",), ("=2.0",), ("crf/en=",), ("crf/en=1", "crf/en=2")])
def test_a_choice_of_another_form_is_an_error_of_the_call(given: tuple[str, ...]):
    with pytest.raises(UsageError):
        parse_chosen(given)
