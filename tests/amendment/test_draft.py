"""A drafted declaration loads, covers everything, and leaves to people what only people know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.amendment.change import Change, Json
from regdocs.amendment.coverage import uncovered, vain_covers
from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declared import load_declaration, open_items
from regdocs.amendment.draft import MOST_CHANGES, by_element, draft_declaration


def changed(path: str, old: Json = "60 mg", new: Json = "30 mg", label: str = "Label") -> Change:
    kind = "added" if old is None else "removed" if new is None else "changed"
    return Change(path, kind, label, old, new, {"path": path, "old": old, "new": new})  # type: ignore[arg-type]


def drafted(changes: list[Change], blocks: dict[str, str] | None = None) -> tuple[str, Declaration]:
    text = draft_declaration("2.0", 1, "2026-06-12", by_element(changes), blocks or {})
    declared = load_declaration(text.encode("utf-8"))
    assert declared.findings == (), text
    assert declared.declaration is not None
    return text, declared.declaration


def test_each_changed_element_is_one_declared_change():
    _, declaration = drafted(
        [
            changed("/eligibility/E07", old=None, new={"id": "E07", "text": "Fainting"}),
            changed("/eligibility/E02/text"),
            changed("/eligibility/E02/short"),
            changed("/consent/risks/rash/text"),
            changed("/design/enrolment/count", 100, 120),
            changed("/sample_size/reason"),
            changed("/version", "1.0", "2.0"),
        ]
    )
    assert [(change.id, change.covers) for change in declaration.changes] == [
        ("eligibility-E07", ("/eligibility/E07",)),
        ("eligibility-E02", ("/eligibility/E02",)),
        ("consent-risks-rash", ("/consent/risks/rash",)),
        ("design-enrolment", ("/design/enrolment",)),
        ("sample_size-reason", ("/sample_size/reason",)),
    ]


def test_what_only_people_know_is_open():
    _, declaration = drafted([changed("/eligibility/E02/text")])
    assert [one.path for one in open_items(declaration)] == [
        "/scope/level",
        "/reasons/primary",
        "/summary",
        "/enrolment/count",
        "/enrolment/scope",
        "/enrolment/at",
        "/impact/safety_or_rights/substantial",
        "/impact/data_reliability/substantial",
        "/changes/eligibility-E02/summary",
        "/changes/eligibility-E02/rationale",
        "/reconsent/time_sensitive",
        "/reconsent/size",
        "/reconsent/enrolled_meets_new_exclusion",
        "/reconsent/still_to_undergo",
        "/reconsent/groups",
        "/participants/told",
    ]


def test_whether_anyone_meets_a_new_exclusion_is_asked_only_where_criteria_changed():
    text, _ = drafted([changed("/contacts/team/telephone")])
    assert "enrolled_meets_new_exclusion" not in text


def test_comments_show_the_old_words_and_the_new():
    text, _ = drafted([changed("/eligibility/E02/text", label="Exclusion criterion E02: text")])
    assert "# Exclusion criterion E02: text (changed)" in text
    assert "#   old: 60 mg" in text
    assert "#   new: 30 mg" in text


def test_blocks_that_changed_for_another_reason_are_declared_by_kind():
    blocks = {"consent#a.b": "Consent form: a", "consent#a.c": "Consent form: b", "assent#a": "Assent"}
    _, declaration = drafted([], blocks)
    assert [change.covers for change in declaration.changes] == [("consent#a.b", "consent#a.c"), ("assent#a",)]


def test_without_a_change_nothing_is_declared():
    _, declaration = drafted([])
    assert declaration.changes == ()


def test_thousands_of_changed_criteria_are_one_declared_change_that_covers_them():
    changes = [changed(f"/eligibility/E{number}/text", "ố" * 2_000, "🧪" * 2_000) for number in range(3_000)]
    text, declaration = drafted(changes)
    assert [change.covers for change in declaration.changes] == [("/eligibility",)]
    assert uncovered(declaration, [change.path for change in changes], []) == ()
    assert len(text) < 10_000


def test_up_to_the_bound_each_element_is_declared():
    _, declaration = drafted([changed(f"/eligibility/E{number}/text") for number in range(MOST_CHANGES)])
    assert len(declaration.changes) == MOST_CHANGES


texts = st.text(max_size=60) | st.sampled_from(
    [
        "a\nnumber: 9",
        "a\r\n- x",
        "\u2028id: x",
        "\x85changes: []",
        "# \u202e",
        "e\u0301",
        "\ud800",
        "\u0338",
        "'",
        "w" * 500,
    ]
)
ids = st.sampled_from(["E1", "E2", "a.b", "x_y", "a-b", "A" * 64])
lists = st.sampled_from(["eligibility", "consent/risks", "design", "sites"])
changes = st.builds(
    lambda top, element, old, new, label: changed(f"/{top}/{element}/text", old, new, label),
    lists,
    ids,
    texts,
    texts,
    texts,
)


@settings(max_examples=60)
@given(st.lists(changes, max_size=8), st.dictionaries(st.sampled_from(["consent#a", "consent#a.b", "assent#c"]), texts))
def test_no_text_leaves_its_comment(found: list[Change], blocks: dict[str, str]):
    _, declaration = drafted(found, blocks)
    paths = [change.path for change in found]
    assert uncovered(declaration, paths, blocks) == ()
    assert vain_covers(declaration, paths, blocks) == ()
    assert all(change.rationale.todo == "why" for change in declaration.changes)
