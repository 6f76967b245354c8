"""Every document can be composed of every study that can be read, however odd: nothing ends in an error of ours."""

import pytest

from regdocs.content.model import FootnoteRef
from regdocs.content.query import values, walk_inlines
from regdocs.documents.compose import Composed, compose
from regdocs.documents.draft import draft_of
from regdocs.documents.kinds import KINDS
from regdocs.documents.template import Template
from regdocs.spec.load import load
from tests.documents.composing import TEMPLATES
from tests.rules.cases import MINIMAL

ALWAYS = {"consent", "eligibility", "crf", "schedule", "registry"}
HOSTILE = """A <b>&amp; {{ 7*7 }} {% x %} ]]> "q" 's' {0} %s \\ #}"""
SHIPPED = {
    path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), path.name)
    for path in TEMPLATES.rglob("*.xml")
}
ROW = "    - id: row-consent\n      activity: informed-consent\n"


def between(start: str, end: str) -> str:
    return MINIMAL[MINIMAL.index(start) : MINIMAL.index(end)]


SITE = between("  - id: example-hospital\n    name: Example Hospital (fictional)\n    city", "contacts:\n")
ODD = {
    "no_exclusion_criterion": ((between("  - id: E01\n", "encounters:\n"), ""), ("    measures:\n      - E01\n", "")),
    "no_inclusion_criterion": ((between("  - id: I01\n", "  - id: E01\n"), ""), ("      - I01\n", "")),
    "no_forms": ((between("forms:\n", "consent:\n"), ""),),
    "a_form_that_nobody_fills_in": (
        (between("    activities:\n      - score\n    fields", "      - id: total"), "    fields:\n"),
    ),
    "two_sites": ((SITE, SITE + SITE.replace("example-hospital", "second")),),
    "two_sites_that_share_a_committee": (
        (SITE, SITE + SITE.replace("example-hospital", "second")),
        ("      - example-hospital\n    approval", "      - example-hospital\n      - second\n    approval"),
    ),
    "an_activity_that_is_not_defined": ((ROW, ROW.replace("informed-consent", "informed-consnet")),),
    "an_epoch_that_is_not_defined": (("    epoch: follow-up\n    day: 28", "    epoch: followup\n    day: 28"),),
    "a_footnote_that_is_not_defined": (("      footnotes:\n        - women", "      footnotes:\n        - wommen"),),
    "another_language": (("language: en\nd", "language: vi\nd"),),
    "open_ages": (("  minimum_age: P18Y\n  maximum_age: P65Y\n", ""),),
    "a_window_to_be_completed": (("    window:\n      before: 2\n      after: 2\n", "    window: 'TODO: how long'\n"),),
    "visits_to_be_completed": (("      at:\n        - screening\n        - week-4\n", "      at: 'TODO: when'\n"),),
    "words_of_markup_and_templates": (
        ("    label: Week 4\n", f"    label: |-\n      {HOSTILE}\n"),
        ("  why_asked: You are asked because you have example disease.\n", f"  why_asked: |-\n    {HOSTILE}\n"),
        ("    text: Pregnancy\n", f"    text: |-\n      {HOSTILE}\n\n      {HOSTILE}\n"),
    ),
}


def composed(text: str) -> list[Composed]:
    protocol = load(text.encode("utf-8")).protocol
    assert protocol is not None
    documents = [
        compose(kind, protocol, site, protocol.language, SHIPPED)
        for kind in KINDS
        for site in (protocol.sites if kind.per_site else (None,))
        if kind.applies(protocol, site)
    ]
    assert all(draft_of(document.document, protocol).mark for document in documents)
    return documents


def odd(name: str) -> str:
    text = MINIMAL
    for old, new in ODD[name]:
        assert text.count(old) == 1, f"stands {text.count(old)} times, not once: {old!r}"
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", ODD)
def test_every_document_of_an_odd_study_is_composed(name):
    assert {one.document.kind for one in composed(odd(name))} >= ALWAYS


def test_words_of_markup_and_templates_are_printed_as_they_stand():
    for one in composed(odd("words_of_markup_and_templates")):
        if one.document.kind in ("consent", "eligibility", "crf", "schedule"):
            assert HOSTILE in {value.text for value in values(one.document)}


def test_study_without_forms_asks_for_them():
    (booklet,) = [one.document for one in composed(odd("no_forms")) if one.document.kind == "crf"]
    assert "[TO BE COMPLETED: case report forms]" in {value.text for value in values(booklet)}


def test_footnotes_beyond_z_keep_their_order():
    names = [f"note-{number}" for number in range(30)]
    used = "".join(f"        - {name}\n" for name in names)
    defined = "".join(f"    - id: {name}\n      text: Note.\n" for name in names)
    text = MINIMAL.replace("        - women\n", used).replace("    - id: women\n      text: Women only.\n", defined)
    (schedule,) = [one.document for one in composed(text) if one.document.kind == "schedule"]
    references = [one.mark for one in walk_inlines(schedule) if isinstance(one, FootnoteRef)]
    assert references[24:] == ["y", "z", "aa", "ab", "ac", "ad"]


@pytest.mark.parametrize(
    ("kind", "path", "old", "new"),
    [
        ("eligibility", "/eligibility/I01/at_least", "    at_least: 1\n", "    at_least: 2\n"),
        (
            "eligibility",
            "/eligibility/I01/category",
            "I01\n    category: inclusion\n",
            "I01\n    category: exclusion\n",
        ),
        ("crf", "/organisations/example-hospital/role", "    role: sponsor\n", "    role: collaborator\n"),
        (
            "schedule",
            "/encounters/treatment/epoch",
            "Treatment\n    epoch: treatment\n",
            "Treatment\n    epoch: screening\n",
        ),
        ("consent", "/activities/blood-test/procedures", "    procedures:\n      - blood-draw\n", ""),
        ("schedule", "/schedule/rows/row-blood-test/footnotes", "      footnotes:\n        - women\n", ""),
    ],
)
def test_a_document_says_that_it_read_what_only_its_layout_depends_on(kind, path, old, new):
    assert MINIMAL.count(old) == 1
    (before,) = [one for one in composed(MINIMAL) if one.document.kind == kind]
    (after,) = [one for one in composed(MINIMAL.replace(old, new)) if one.document.kind == kind]
    assert before.document != after.document
    assert any(f"{path}/".startswith(f"{read}/") for read in before.reads)
