"""Every field of the language is read by a document or a rule, or stands in a list that says why not.

A field that nobody reads is a promise to those who fill it in. Reads are noted while all documents of several studies
are composed, all rules look at them and elements of consent are judged; by name alone two fields called alike could not
be told apart.
"""

import sys
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from regdocs.consent.elements import packs
from regdocs.consent.packs import Applied, packs_of
from regdocs.consent.standing import Form, standings
from regdocs.documents.compose import compose
from regdocs.documents.kinds import KINDS
from regdocs.documents.template import Template
from regdocs.rules.accepted import acceptance_of
from regdocs.rules.table import RULES
from regdocs.spec.known import Frozen, Known
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.documents.companions import study
from tests.documents.test_designs import MASKED, RISING, text_of

REPOSITORY = Path(__file__).resolve().parents[1]
EXAMPLES = ("demo-101", "crossover-202", "device-303", "cohort-404")
_TEMPLATE = Template('<document title="T" subject="S"><section id="m"><p id="p">x</p></section></document>', "t.xml")
_DECISIONS = """\
waivers:
  - id: shorter
    body: ethics-committee
    kind: alteration-of-consent
    citation: 45 CFR 46.116(f)
    reference: EX-2 (fictional)
    decided: 2026-01-10
    elements: [CR-c3]
    wording: [{id: costs, element: CR-c3, text: Ask us.}]
    reason: It is small.
sign_offs:
  - {id: plain, element: CR-a3, version: "1", by: Ann, role: Reader, on: 2026-01-10, documents: [consent/x/en]}
accepted:
  - {id: one, rule: SCH-007, element: /procedures/questions, reason: We know., by: Dr Example, on: 2026-01-10}
oversight:
  - id: ethics-committee
"""
_ANSWER = """\
answers:
  - {id: costs, question: CR-c3, answer: No., reason: Nothing costs., by: Dr Example, on: 2026-01-10}
"""

_UNUSED_PROCEDURE = ("    procedures:\n      - questions\n", "")

_WHOLE_PROTOCOL = "for the text of the whole protocol, which no kind of document prints yet"
_LAW = "a recorded answer about the law that stands behind others; kept for who asks why"
NOT_READ = {
    "Procedure.name": "the activity's name and the procedure's plain name are printed; for exports of the schedule",
    "Site.languages": "read by the build, which makes the documents of each language",
    "OversightBody.stamps": "read from recorded versions, where forms for use are laid down",
    "Site.time_zone": "read from recorded versions, where days are counted by the clock of the site",
    "Regulation.applicable_trial_answers": _LAW,
    "ApplicableTrialAnswer.question": _LAW,
    "ApplicableTrialAnswer.answer": _LAW,
    "ApplicableTrialAnswer.rationale": _LAW,
    "NarrativeSection.number": _WHOLE_PROTOCOL,
    "NarrativeSection.title": _WHOLE_PROTOCOL,
    "Reference.citation": _WHOLE_PROTOCOL,
    "ProtocolNote.text": "for the people who work on the file; printed nowhere",
    "ProtocolNote.tags": "for the people who work on the file; printed nowhere",
}


def studies() -> Iterator[Protocol]:
    texts = [(REPOSITORY / "protocol.yaml").read_text("utf-8")]
    texts += [(REPOSITORY / "examples" / name / "protocol.yaml").read_text("utf-8") for name in EXAMPLES]
    for text in (*texts, text_of(MASKED) + RISING):
        protocol = load(text.encode()).protocol
        assert protocol is not None
        yield protocol
    yield study(("oversight:\n  - id: ethics-committee\n", _DECISIONS), ("answers:\n", _ANSWER), _UNUSED_PROCEDURE)


def name_of(model: type[BaseModel], field: str) -> str:
    return f"{model.__name__}.{field}"


def language() -> set[str]:
    """Every field that a person fills in; names of elements are what paths and references are made of."""
    found: dict[type[BaseModel], None] = {}
    _gather(Protocol, found)
    return {name_of(model, field) for model in found for field in model.model_fields if field not in ("id", "regdocs")}


def _gather(model: type[BaseModel], found: dict[type[BaseModel], None]) -> None:
    if model in found:
        return
    found[model] = None
    for info in model.model_fields.values():
        for part in _parts(info.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel) and not issubclass(part, Known):
                _gather(part, found)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)
    if isinstance(annotation, type) and issubclass(annotation, Known):
        yield from _parts(annotation.model_fields["value"].annotation)


@cache
def fields_read() -> frozenset[str]:
    found: set[str] = set()

    def noting(self: Frozen, name: str) -> Any:
        reader = sys._getframe(1).f_globals.get("__name__", "")
        # `rules.elements` walks over all fields, whatever they are.
        if (
            reader.startswith(("regdocs.documents", "regdocs.rules", "regdocs.consent"))
            and reader != "regdocs.rules.elements"
        ):
            found.add(name_of(type(self), name))
        return object.__getattribute__(self, name)

    protocols = tuple(studies())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Frozen, "__getattribute__", noting, raising=False)
        for protocol in protocols:
            _use(protocol)
    return frozenset(found)


def _use(protocol: Protocol) -> None:
    for rule in RULES:
        for hit in rule.look(protocol):
            acceptance_of(protocol, rule, hit)
    for kind in KINDS:
        for site in protocol.sites if kind.per_site else (None,):
            if kind.applies(protocol, site):
                compose(kind, protocol, site, protocol.language, {kind.template: _TEMPLATE})
    for site in protocol.sites:
        every = tuple(Applied(pack.id, applies=True, reason="") for pack in packs())
        standings(Form("consent/x/en", site, "en", {}), protocol, every)
        packs_of(protocol, site)


def test_every_field_is_read_or_says_why_not() -> None:
    assert sorted(language() - fields_read() - set(NOT_READ)) == []


def test_no_excuse_stands_for_a_field_that_is_read_or_is_not_there() -> None:
    assert sorted(set(NOT_READ) & fields_read()) == []
    assert sorted(set(NOT_READ) - language()) == []
