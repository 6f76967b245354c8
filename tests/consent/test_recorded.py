"""What people and boards recorded changes states only as far as it goes: answers, waivers, alterations, ages."""

import pytest

from regdocs.build.consent_check import Chosen, read_consent
from regdocs.build.examine import examine
from regdocs.build.study import Inputs, read_inputs
from regdocs.consent.as_text import sections_of_document
from regdocs.consent.conditions import condition
from regdocs.consent.reading import FormRead
from regdocs.consent.standing import Standing
from regdocs.consent.unmarked import read_unmarked
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.consent.forms import REAL
from tests.rules.cases import MINIMAL

SHIPPED = read_inputs(REAL)
_WAIVER = """\
waivers:
  - id: decision
    body: ethics-committee
    kind: {kind}
    citation: "{citation}"
    reference: EX-7 (fictional)
    decided: 2026-01-10
    reason: It is small.
"""
_WORDING = """\
    elements: [CR-c3, E6-k]
    wording:
      - {id: costs, element: CR-c3, text: "TODO: words of the board"}
"""
_ANSWER = """\
answers:
  - id: risk
    question: more-than-minimal-risk
    answer: "{answer}"
    reason: Only questions are asked.
    by: "{by}"
"""


def form_of(*added: str) -> FormRead:
    """The consent form of the smallest study, supported by the US government, with more recorded."""
    text = MINIMAL.replace("federal_funding: false", "federal_funding: true") + "".join(added)
    examined = examine(Inputs(text.encode(), SHIPPED.templates, frozenset()))
    assert examined.documents, examined.findings
    return read_consent(examined, Chosen(("consent",)))[0]


def standing(form: FormRead, element: str) -> Standing:
    return next(one for one in form.standings if one.element.id == element)


def protocol_of(text: str) -> Protocol:
    protocol = load(text.encode()).protocol
    assert protocol is not None
    return protocol


def test_a_waiver_of_documentation_is_about_the_signature_of_the_participant_alone() -> None:
    form = form_of(_WAIVER.format(kind="waiver-of-documentation", citation="45 CFR 46.117(c)(1)(ii)"))
    assert standing(form, "E6-sig1").state == "waived or altered"
    assert "EX-7" in standing(form, "E6-sig1").why and "10 January 2026" in standing(form, "E6-sig1").why
    assert standing(form, "E6-sig2").state == "found"


def test_words_of_a_board_that_are_still_open_are_to_be_completed() -> None:
    decided = _WAIVER.format(kind="alteration-of-consent", citation="45 CFR 46.116(f) and ICH E6")
    whole = form_of(decided + _WORDING.replace("TODO: words of the board", "Ask us about costs."))
    assert standing(whole, "CR-c3").state == "waived or altered"
    assert standing(form_of(decided + _WORDING), "CR-c3").state == "to be completed"


@pytest.mark.parametrize(
    ("answer", "by", "holds"),
    [
        ("No. Only questions are asked.", "Ann Example", False),
        ("No", "Ann Example", False),
        ("Normally yes, two biopsies", "Ann Example", True),
        ("No.", "TODO: who answered", True),
        ("Yes.", "Ann Example", True),
    ],
)
def test_risk_is_minimal_only_by_a_whole_no(answer: str, by: str, holds: bool) -> None:
    protocol = protocol_of(MINIMAL + _ANSWER.format(answer=answer, by=by))
    assert condition("more_than_minimal_risk", protocol, protocol.sites[0]).holds is holds


def test_children_take_part_unless_the_youngest_age_says_otherwise() -> None:
    adults, younger = protocol_of(MINIMAL), protocol_of(MINIMAL.replace("minimum_age: P18Y", "minimum_age: P12Y"))
    assert not condition("includes_minors", adults, adults.sites[0]).holds
    assert condition("includes_minors", younger, younger.sites[0]).holds


def test_words_of_our_own_form_are_read_as_sections() -> None:
    form = form_of()
    read = read_unmarked(sections_of_document(form.paper.document))
    assert {"CR-b1.1", "CR-b8.1", "CR-b8.2"} <= read.said.keys()
