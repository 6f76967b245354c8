"""What is given to a participant and what is done to them, one by one, with volumes and totals.

Knows products and procedures; at which visit they are done is `consent_visits.py`.
"""

from dataclasses import dataclass
from decimal import Decimal

from regdocs.documents.blood import blood, marrow, times_done, volume_in_all, volume_of
from regdocs.documents.consent_words import capitalised, duration_words, joined, volume_words, yes_or_no
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.design import Product
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Procedure

_WITHOUT_DOSE = ("device", "sham-device", "behavioural", "diagnostic")
_ORIGINS = {
    "autologous": "your own body",
    "allogeneic": "another person (a donor)",
    "synthetic": "made without material of a person",
    "other": "another source",
}


@dataclass(frozen=True, slots=True)
class GivenProduct:
    """A study product in plain words, and how it is given.

    Attributes:
        has_dose: Whether it has a dose and an origin; a device, a programme and a test have neither.
    """

    id: Name
    heading: Shown
    lay_name: Shown
    name: Shown
    description: Shown
    has_dose: bool
    origin: Shown
    dose: Shown
    administrations: Shown
    route: Shown


@dataclass(frozen=True, slots=True)
class Taken:
    """How much of one thing a procedure takes: each time and over the whole study."""

    each: Shown
    total: Shown | None


@dataclass(frozen=True, slots=True)
class Step:
    """One procedure.

    Attributes:
        care: Whether it belongs to ordinary care or is done only for the research.
        under_study: Whether the procedure itself is being tested, in words.
        only_in: Names of the sub-studies it belongs to alone; empty for a step of the study itself.
    """

    id: Name
    heading: Shown
    description: Shown
    invasive: bool
    care: Shown
    under_study: Shown
    times: Shown
    blood: Taken | None
    marrow: Taken | None
    fasting: Shown | None
    duration: Shown | None
    only_in: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Procedures:
    """All procedures, the invasive ones also by themselves, and what they take in all.

    Attributes:
        for_all: Whether some invasive procedure may not be left out.
        invasive_in_all: The names of those procedures.
    """

    steps: tuple[Step, ...]
    invasive: tuple[Step, ...]
    for_all: bool
    invasive_in_all: Shown
    other: tuple[Step, ...]
    blood_in_all: Shown | None
    marrow_in_all: Shown | None


def products_of(protocol: Protocol, reader: Reader) -> tuple[GivenProduct, ...]:
    """Return the study's products, in the protocol's order."""
    return tuple(_product(product, reader) for product in protocol.products)


def procedures_of(protocol: Protocol, reader: Reader) -> Procedures:
    """Return the study's procedures, in the protocol's order."""
    steps = tuple(_step(protocol, procedure, reader) for procedure in protocol.procedures)
    needed = _invasive_for_all(protocol)
    return Procedures(
        steps=steps,
        invasive=tuple(step for step in steps if step.invasive),
        for_all=bool(needed),
        invasive_in_all=joined(reader, needed, "/procedures"),
        other=tuple(step for step in steps if not step.invasive),
        blood_in_all=volume_in_all(protocol, reader, blood, volume_words),
        marrow_in_all=volume_in_all(protocol, reader, marrow, volume_words),
    )


def _invasive_for_all(protocol: Protocol) -> list[Known[str]]:
    """Return the names of invasive procedures that a participant may not leave out.

    Left out are those of a sub-study and those by which alone an optional sample is taken.
    """
    optional = {name for part in protocol.sub_studies for name in part.procedures}
    optional.update(name for sample in protocol.biosamples if sample.optional for name in sample.procedures)
    return [one.lay_name for one in protocol.procedures if one.invasive and one.id not in optional]


def _product(product: Product, reader: Reader) -> GivenProduct:
    return GivenProduct(
        id=Name(product.id),
        heading=reader.show(product.lay_name, capitalised),
        lay_name=reader.show(product.lay_name),
        name=reader.show(product.name),
        description=reader.show(product.lay_description),
        has_dose=product.kind not in _WITHOUT_DOSE,
        origin=reader.show(product.origin, _ORIGINS.__getitem__),
        dose=reader.show(product.dose),
        administrations=reader.show(product.administrations),
        route=reader.show(product.route),
    )


def _step(protocol: Protocol, procedure: Procedure, reader: Reader) -> Step:
    path = f"/procedures/{procedure.id}"
    reader.note(f"{path}/invasive")
    return Step(
        id=Name(procedure.id),
        heading=reader.show(procedure.lay_name, capitalised),
        description=reader.show(procedure.lay_description),
        invasive=procedure.invasive,
        care=reader.show(procedure.standard_care, _care_words),
        under_study=reader.fact(yes_or_no(procedure.experimental), f"{path}/experimental"),
        times=times_done(protocol, reader, procedure),
        blood=_taken(protocol, reader, procedure, procedure.blood_volume_ml),
        marrow=_taken(protocol, reader, procedure, procedure.marrow_volume_ml),
        fasting=reader.maybe(procedure.fasting, yes_or_no),
        duration=reader.maybe(procedure.duration, duration_words),
        only_in=tuple(reader.show(part.name) for part in protocol.sub_studies if procedure.id in part.procedures),
    )


def _taken(protocol: Protocol, reader: Reader, procedure: Procedure, each: Known[Decimal] | None) -> Taken | None:
    if each is None:
        return None
    volume = blood if each is procedure.blood_volume_ml else marrow
    total = volume_of(protocol, reader, procedure, volume, volume_words)
    return Taken(reader.show(each, volume_words), total)


def _care_words(standard: bool) -> str:
    return "Part of ordinary care" if standard else "Only for this research"
