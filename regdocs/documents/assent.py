"""The view of a site's assent forms: one part for each band of assent that asks something of the child.

Knows bands and the words written for them; the sentences around them stand in `templates/assent/`. No age stands here.
"""

from dataclasses import dataclass

from regdocs.documents.children import asks_assent, bands_that_ask, determinations
from regdocs.documents.consent_people import Place, place_of
from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.signature_lines import Signatory
from regdocs.documents.signatures import signatory_of
from regdocs.documents.study import Study, study_of
from regdocs.documents.waived_consent import assent_waived
from regdocs.errors import RegdocsError
from regdocs.spec.consent import AssentContent
from regdocs.spec.identity import Site
from regdocs.spec.oversight import AssentBand
from regdocs.spec.protocol import Protocol

_ASKS = {"signature": "the child signs", "spoken-assent": "the child says yes or no", "nothing": "nothing"}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that happens; `id` is its place in the list."""

    id: Name
    text: Shown


@dataclass(frozen=True, slots=True)
class Told:
    """What is written for one band, in words of that age."""

    why: Shown
    what_happens: tuple[Thing, ...]
    what_may_hurt: Shown
    what_may_help: Shown


@dataclass(frozen=True, slots=True)
class Part:
    """What one band of children is told and asked.

    Attributes:
        signs: Whether the child signs; else the answer is said aloud and written down by who heard it.
        rule: What is asked, where that is open, else None.
    """

    id: Name
    from_age: Shown
    below_age: Shown
    signs: bool
    rule: Shown | None
    told: Told


@dataclass(frozen=True, slots=True)
class AssentView:
    """All that the assent forms of one site print."""

    study: Study
    place: Place
    parts: tuple[Part, ...]
    majority: tuple[Shown, ...]
    child: Signatory
    discussion: Signatory


def assent_view(protocol: Protocol, reader: Reader, site: Site | None) -> AssentView:
    """Return the view of one site's assent forms.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the forms are made per site.
    """
    if site is None:
        raise RegdocsError("assent forms are made for one site")
    return AssentView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        parts=tuple(_part(protocol, reader, band) for band in bands_that_ask(protocol, site)),
        majority=tuple(reader.show(one.majority, duration_words) for one in determinations(protocol, site)[:1]),
        child=signatory_of("assent", "child", protocol, reader, site),
        discussion=signatory_of("assent", "discussion", protocol, reader, site),
    )


def assent_applies(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether a child of this site is asked for assent, by the recorded bands and decisions."""
    return asks_assent(protocol, site) and not assent_waived(protocol, site)


def _part(protocol: Protocol, reader: Reader, band: AssentBand) -> Part:
    content = next((one for one in protocol.consent.assent if one.id == band.id), None)
    told = _told(reader, content) if content is not None else _nothing_told(reader, band)
    return Part(
        id=Name(band.id),
        from_age=reader.show(band.from_age, duration_words),
        below_age=reader.show(band.below_age, duration_words),
        signs=not reader.holds(band.asks, "spoken-assent"),
        rule=None if band.asks.state == "known" else reader.show(band.asks, _ASKS.__getitem__),
        told=told,
    )


def _told(reader: Reader, content: AssentContent) -> Told:
    happens = enumerate(content.what_happens, start=1)
    return Told(
        why=reader.show(content.why),
        what_happens=tuple(Thing(Name(str(number)), reader.show(one)) for number, one in happens),
        what_may_hurt=reader.show(content.what_may_hurt),
        what_may_help=reader.show(content.what_may_help),
    )


def _nothing_told(reader: Reader, band: AssentBand) -> Told:
    """Return the open item that stands for what is not written yet; another band's words never stand in."""
    lacking = reader.lacking(f"what children of the band {band.id} are told", "/consent/assent")
    return Told(lacking, (Thing(Name("lacking"), lacking),), lacking, lacking)
