"""Edits that are proposed for the example: in a template that came with the program, and in a translation."""

from pathlib import Path

import pytest

from regdocs.build.examine import Examined, examine, template_texts
from regdocs.build.identity import identity_of
from regdocs.build.study import REFERENCE_DOCX, Inputs, read_inputs
from regdocs.cli.adopt import sources_of
from regdocs.documents.compose import places_of
from regdocs.render.docx import render_docx
from regdocs.returned.looking import look_at
from regdocs.returned.proposals import Proposals, propose
from tests.returned.files import edited

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return read_inputs(ROOT / "examples/demo-101")


@pytest.fixture(scope="module")
def examined(inputs: Inputs) -> Examined:
    return examine(inputs)


def proposed(examined: Examined, inputs: Inputs, stem: str, *changes: tuple[str, str]) -> Proposals:
    """What is proposed for a document that came back with each first text replaced by the second."""
    (one,) = [draft for draft in examined.documents if draft.stem == stem]
    protocol, document = examined.loaded.protocol, one.composed.document
    assert protocol is not None
    reference = inputs.templates[REFERENCE_DOCX]
    made = render_docx(document, identity_of(document, protocol, final=False), reference=reference)
    comparison = look_at(edited(made, *changes), {stem: document}, reference).comparison
    templates, _ = template_texts(inputs)
    places = places_of(one.kind, protocol, one.site, protocol.language, templates)
    return propose(document, comparison, sources_of(inputs), places, one.language != protocol.language)


def lines(proposals: Proposals) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that go and those that come, by file."""
    told = {}
    for edit in proposals.edits:
        before, after = edit.before.splitlines(), edit.after.splitlines()
        told[edit.file] = [one for one in before if one not in after], [one for one in after if one not in before]
    return told


def test_words_of_a_template_that_came_along_go_into_a_copy_of_the_study_s_own(
    examined: Examined, inputs: Inputs
) -> None:
    old, new = "You may choose not to join this study.", "You are free not to join this study."
    found = proposed(examined, inputs, "consent/north/en", (old, new))
    (edit,) = found.edits
    assert (edit.file, edit.own, found.unproposed) == ("templates/consent/choices.xml", False, ())
    assert edit.after == edit.before.replace(old, new)


def test_words_in_another_language_go_into_the_translation_and_numbers_into_the_protocol(
    examined: Examined, inputs: Inputs
) -> None:
    found = proposed(
        examined, inputs, "consent/south/vi", ("Đơn vị cấp kinh phí", "Nơi cấp kinh phí"), (">160<", ">180<")
    )
    told = lines(found)
    assert set(told) == {"protocol.yaml", "translations/vi/consent.yaml"} and found.unproposed == ()
    assert told["protocol.yaml"] == (["    count: 160"], ["    count: 180"])
    assert [one.strip() for one in told["translations/vi/consent.yaml"][1]] == [
        'text: "Nơi cấp kinh phí (chi trả cho nghiên cứu)"'
    ]


def test_a_value_made_from_several_is_left_to_a_person_with_their_lines(examined: Examined, inputs: Inputs) -> None:
    found = proposed(examined, inputs, "consent/north/en", (">32 mL (about 2 tablespoons)<", ">40 mL<"))
    assert found.edits == ()
    (one,) = found.unproposed
    assert "made from several values" in one.why and "(protocol.yaml:" in one.why
