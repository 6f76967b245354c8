"""What is found in a template: unknown fields, elements left out, no place for the identity, no room; all at once."""

import re
import sys
from typing import Any

import pytest
from docx.enum.section import WD_SECTION

from regdocs.content.query import headings, walk_tagged
from regdocs.errors import EnvironmentLacks, Refusal
from regdocs.finding import Severity
from regdocs.own_template.elements import elements_not_placed
from regdocs.own_template.fields import Source
from regdocs.own_template.fill import Filled, fill
from regdocs.own_template.wording import from_jinja, named, with_jinja_names
from tests.own_template.conftest import REFERENCE
from tests.own_template.institution import add_control, control, new_template, saved, whole_form


def found(word: Any, source: Source, *, part: bool = True) -> Filled:
    return fill(word if isinstance(word, bytes) else saved(word), "own.docx", source, REFERENCE, part=part)


def rules(filled: Filled) -> list[str]:
    return [one.rule for one in filled.findings if one.severity is not Severity.NOTE]


# --------------------------------------------------------------------------------------------------------------- names


def test_unknown_fields_are_told_at_once_with_place_and_nearest(source: Source) -> None:
    word = new_template()
    word.add_paragraph("Costs: {{ consent.cots }}")
    add_control(word, "consent.risk")
    add_control(word, "/identity/protocol_numbr")
    word.sections[0].header.add_paragraph("{{ versoin }}")
    filled = found(word, source)
    assert filled.data is None and set(rules(filled)) == {"OWN-001"}
    told = {re.match('"([^"]+)"', one.message)[1]: one for one in filled.findings}  # type: ignore[index]
    assert set(told) == {"consent.cots", "consent.risk", "/identity/protocol_numbr", "versoin"}
    assert 'did you mean "consent.costs"' in (told["consent.cots"].hint or "")
    assert '"consent.risks"' in (told["consent.risk"].hint or "")
    assert '"version"' in (told["versoin"].hint or "")
    assert 'the text, paragraph 1 ("Costs: {{ consent.cots }}")' in told["consent.cots"].message
    assert "header" in told["versoin"].message


def test_controls_of_the_institution_s_own_are_left_alone(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    add_control(word, "Reception stamp", words="Stamp here")
    assert rules(found(word, source)) == []


def test_controls_without_a_name_are_counted(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    add_control(word, "")
    (finding,) = [one for one in found(word, source).findings if one.rule == "OWN-008"]
    assert finding.severity is Severity.WARNING and "1 place" in finding.message


def test_a_template_without_a_field_is_refused(source: Source) -> None:
    word = new_template()
    word.sections[0].header.paragraphs[1].text = word.sections[0].footer.paragraphs[0].text = ""
    with pytest.raises(Refusal, match="no field"):
        found(word, source)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("{{ consent.risks-lead }}", ["consent.risks-lead"]),
        ("{{consent.risks-lead-}}", ["consent.risks-lead"]),
        ("{%- if a.b-c is defined -%}", ["a.b-c"]),
        ("{{ 'not.a-name' }}", []),
        ("outside a.b {{ version }} a.b", []),
    ],
)
def test_names_with_dots_and_dashes_are_one_name_for_jinja(written: str, names: list[str]) -> None:
    text = with_jinja_names(written)
    assert from_jinja(text) == written
    assert [from_jinja(one) for one in re.findall("[\\w]*[\u01c0\u01c1][\\w]*", text)] == names


def test_a_path_is_the_name_with_dots() -> None:
    assert named(" /sites/one/name ") == "protocol.sites.one.name"


# ------------------------------------------------------------------------------------------------------------ elements


def test_an_element_that_no_placed_block_gives_is_an_error_and_nothing_is_made(source: Source) -> None:
    tops = [one.id for one in headings(source.document) if one.level == 1]
    marked = next(one for one in walk_tagged(source.document) if "CR-c3" in one.clauses)
    assert marked.id.startswith("consent.costs")
    template = whole_form(["consent.facts", *(one for one in tops if one != "consent.costs")])
    filled = found(template, source, part=False)
    assert filled.data is None and set(rules(filled)) == {"OWN-002"}
    told = {one.message.split()[6]: one for one in filled.findings}
    assert "CR-c3" in told and f'"{marked.id}"' in told["CR-c3"].message and "46.116(c)(3)" in told["CR-c3"].message


def test_words_of_the_institution_give_an_element_where_a_control_says_so(source: Source) -> None:
    tops = [one.id for one in headings(source.document) if one.level == 1 and one.id != "consent.costs"]
    lacking = {
        one.message.split()[6] for one in found(whole_form(["consent.facts", *tops]), source, part=False).findings
    }
    filled = found(whole_form(["consent.facts", *tops], elements=" ".join(sorted(lacking))), source, part=False)
    assert filled.findings == () and filled.data is not None


def test_an_empty_control_gives_no_element(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    word.element.body.insert(0, control("element CR-b3", "<w:p/>"))
    assert any(" CR-b3 " in one.message for one in found(word, source).findings)


def test_an_unknown_element_is_told_with_the_nearest(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    add_control(word, "element CR-33")
    (finding,) = [one for one in found(word, source).findings if one.rule == "OWN-001"]
    assert "element CR-" in (finding.hint or "")


def test_of_a_part_of_a_form_elements_are_only_noted(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    filled = found(word, source)
    assert filled.data is not None
    assert {one.severity for one in filled.findings if one.rule == "OWN-002"} == {Severity.NOTE}


def test_elements_not_placed_are_those_that_no_placed_id_carries(source: Source) -> None:
    every = {one.id for one in walk_tagged(source.document)}
    clauses = {clause for one in walk_tagged(source.document) for clause in one.clauses}
    assert elements_not_placed(source.document, every) == {}
    assert set(elements_not_placed(source.document, ())) == clauses


# ------------------------------------------------------------------------------------------------------------ identity


@pytest.mark.parametrize(
    ("footer", "lacking"),
    [("{{ date }}", "its version"), ("{{ version }}", "its date"), ("{{ version }} {{ date }}", None)],
)
def test_version_and_date_need_a_place(source: Source, footer: str, lacking: str | None) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    word.sections[0].footer.paragraphs[0].text = footer
    told = [one.message for one in found(word, source).findings if one.rule == "OWN-003"]
    assert [str(lacking) in one for one in told] == ([True] if lacking else [])


def test_the_draft_mark_has_to_stand_on_every_page(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }} ")
    word.sections[0].different_first_page_header_footer = True
    second = word.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    (finding,) = [one for one in found(word, source).findings if one.rule == "OWN-003"]
    assert "the first page of section 1" in finding.message and "the pages of section 2" in finding.message
    assert finding.severity is Severity.ERROR


def test_a_draft_mark_in_the_text_is_not_on_every_page(source: Source) -> None:
    word = new_template()
    word.sections[0].header.paragraphs[1].text = ""
    word.add_paragraph("{{ consent.costs }}")
    word.add_paragraph("{{ draft-mark }}")
    assert "OWN-003" in rules(found(word, source))


# ---------------------------------------------------------------------------------------------------------------- room


def test_blocks_amid_words_have_no_room(source: Source) -> None:
    word = new_template()
    word.add_paragraph("As to costs: {{ consent.costs }}")
    (finding,) = [one for one in found(word, source).findings if one.rule == "OWN-004"]
    assert "consent.costs" in finding.message and "As to costs" in finding.message


def test_a_mark_where_no_words_stand_is_told(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    add_control(word, "x{{ version }}")
    assert "OWN-004" in rules(found(word, source))


# --------------------------------------------------------------------------------------------------------- other things


def test_comments_and_tracked_changes_are_told(source: Source) -> None:
    word = new_template()
    paragraph = word.add_paragraph("{{ consent.costs }}")
    paragraph = word.add_paragraph("Reviewed")
    word.add_comment(paragraph.runs, text="really?", author="A", initials="A")
    assert rules(found(word, source)) == ["OWN-007"]


@pytest.mark.parametrize(
    "braces",
    [
        "{{ consent.costs",
        "{% if %}",
        "{% endfor %}",
        "{{ version + date }}",
        "{{ version.__class__ }}",
        "{{ version | e }}",
    ],
)
def test_braces_that_jinja_does_not_take_are_told_with_their_place(source: Source, braces: str) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    word.add_paragraph(braces)
    filled = found(word, source)
    assert filled.data is None and set(rules(filled)) <= {"TPL-001", "OWN-001"}
    assert all("paragraph" in one.message for one in filled.findings)


def test_without_docxtpl_braces_are_refused_and_controls_are_filled(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)  # what Python itself has where an import cannot succeed
    with pytest.raises(EnvironmentLacks, match=r"regdocs\[template\]"):
        found(new_template(), source)
    word = new_template()
    word.sections[0].header.paragraphs[1].text = word.sections[0].footer.paragraphs[0].text = ""
    for name in ("draft-mark", "version", "date"):
        word.sections[0].header._element.append(control(name, "<w:p/>"))
    add_control(word, "consent.costs")
    assert found(word, source).data is not None
