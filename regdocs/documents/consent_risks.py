"""The risks as a participant reads them: by product, by procedure, and of taking part as such.

Knows the recorded risks and to what they belong. A product or an invasive procedure without a risk is an open item: it
is never passed over in silence.
"""

from dataclasses import dataclass

from regdocs.documents.consent_words import capitalised, yes_or_no
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.consent import Risk
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

FREQUENCIES = {
    "very-common": "very common",
    "common": "common",
    "uncommon": "uncommon",
    "rare": "rare",
    "very-rare": "very rare",
    "not-known": "not known",
}


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk, how often it happens and whether it can be serious."""

    id: Name
    text: Shown
    frequency: Shown
    serious: Shown


@dataclass(frozen=True, slots=True)
class RiskGroup:
    """The risks of one product or procedure; `lacking` where none is recorded."""

    id: Name
    of: Shown
    risks: tuple[RiskLine, ...]
    lacking: Shown | None


@dataclass(frozen=True, slots=True)
class Risks:
    """All risks in the order in which the form tells them, and the known serious ones for the key information."""

    products: tuple[RiskGroup, ...]
    procedures: tuple[RiskGroup, ...]
    taking_part: tuple[RiskLine, ...]
    serious: tuple[RiskLine, ...]


def risks_of(protocol: Protocol, reader: Reader) -> Risks:
    """Return the risks, grouped."""
    products = [_group(protocol, reader, one.id, one.lay_name) for one in protocol.products]
    procedures = [
        _group(protocol, reader, one.id, one.lay_name)
        for one in protocol.procedures
        if one.invasive or any(risk.of == one.id for risk in protocol.consent.risks)
    ]
    return Risks(
        products=tuple(products),
        procedures=tuple(procedures),
        taking_part=_lines(protocol, reader, None),
        serious=tuple(_line(reader, risk) for risk in protocol.consent.risks if reader.holds(risk.serious, True)),
    )


def _group(protocol: Protocol, reader: Reader, of: str, lay_name: Known[str]) -> RiskGroup:
    lines = _lines(protocol, reader, of)
    what = f"risks of {lay_name.value or of}"
    return RiskGroup(
        id=Name(of),
        of=reader.show(lay_name, capitalised),
        risks=lines,
        lacking=None if lines else reader.lacking(what, "/consent/risks"),
    )


def _lines(protocol: Protocol, reader: Reader, of: str | None) -> tuple[RiskLine, ...]:
    return tuple(_line(reader, risk) for risk in protocol.consent.risks if risk.of == of)


def _line(reader: Reader, risk: Risk) -> RiskLine:
    return RiskLine(
        id=Name(risk.id),
        text=reader.show(risk.text),
        frequency=reader.show(risk.frequency, FREQUENCIES.__getitem__),
        serious=reader.show(risk.serious, yes_or_no),
    )
