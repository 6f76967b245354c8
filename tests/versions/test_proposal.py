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


# ----------------------------------------------------------------------------------- a site's, a translation's version

FORMS = ("consent/north/en", "consent/south/en", "consent/south/vi")
FIRST = {stem: Before("2.0", "2026-05-20", stem, "2.0") for stem in FORMS}


def versions_after(*changed: str, before: dict[str, Before] = FIRST) -> dict[str, str]:
    """The versions of the forms when these change and the protocol becomes 3.0; those that stay have none."""
    trees = {stem: "changed" if stem in changed else before[stem].tree for stem in FORMS}
    found = propose(trees, "3.0", "2026-09-01", before, {}, {})
    return {stem: one.version for stem, one in found.items() if one.since is None}


def test_a_form_that_changes_at_all_sites_gets_the_protocols_version():
    assert set(versions_after(*FORMS).values()) == {"3.0"}


def test_a_form_that_changes_at_one_site_alone_gets_a_version_of_that_site():
    assert versions_after("consent/north/en") == {"consent/north/en": "2.0-north"}
    assert versions_after("consent/south/en", "consent/south/vi") == {
        "consent/south/en": "2.0-south",
        "consent/south/vi": "2.0-south",
    }


def test_a_translation_that_changes_alone_gets_a_version_of_its_language():
    assert versions_after("consent/south/vi") == {"consent/south/vi": "2.0-vi.1"}


def test_versions_of_sites_and_translations_are_counted_on():
    again = FIRST | {
        "consent/north/en": Before("2.0-north", "2026-06-01", "x", "2.1"),
        "consent/south/vi": Before("2.0-vi.1", "2026-06-01", "x", "2.1"),
    }
    assert versions_after("consent/north/en", before=again) == {"consent/north/en": "2.0-north.2"}
    assert versions_after("consent/south/vi", before=again) == {"consent/south/vi": "2.0-vi.2"}


def test_a_form_of_a_new_site_gets_the_protocols_version():
    known = {stem: FIRST[stem] for stem in FORMS[:1]}
    found = propose({stem: stem for stem in FORMS}, "3.0", "2026-09-01", known, {}, {})
    assert [found[stem].version for stem in FORMS] == ["2.0", "3.0", "3.0"]
