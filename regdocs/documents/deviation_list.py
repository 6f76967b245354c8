"""The list of deviations that goes with a package to a body: what was recorded, in the words of who recorded it.

Prints plain values that the caller hands in, and belongs to one package, as the letter and the list of contents do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regdocs.documents.amended_words import body_name, site_name
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

DEVIATIONS, DEVIATIONS_TITLE = "deviation-list", "List of Deviations"
_AT = "/deviations"


@dataclass(frozen=True, slots=True)
class Reported:
    """To whom a deviation was reported, or has to be: an id of a body or "sponsor", and ISO dates; None: not said."""

    to: str
    on: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class ToldDeviation:
    """A deviation as it was recorded; the day is an ISO date, the site its id."""

    number: str
    day: str
    site: str
    category: str
    important: bool
    text: str
    reported: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class _AtSite:
    id: Name
    site: Shown


@dataclass(frozen=True, slots=True)
class _Line:
    id: Name
    number: Shown
    day: Shown
    site: Shown
    category: Shown
    important: Shown
    text: Shown
    reported: Shown


@dataclass(frozen=True, slots=True)
class DeviationView:
    """All that the list prints."""

    study: Study
    subject: Shown
    sites: tuple[_AtSite, ...]
    deviations: tuple[_Line, ...]


def deviation_list(subject: str, sites: Iterable[str], told: Iterable[ToldDeviation]) -> Kind:
    """Return the kind of one package's list of deviations, to be composed and printed as any other.

    Args:
        subject: What is submitted, in words.
        sites: Ids of the sites whose deviations these are.
    """
    view = _view_of(subject, tuple(sites), tuple(told))
    return Kind(DEVIATIONS, DEVIATIONS_TITLE, ("pdf", "docx"), per_site=False, view=view)


def _view_of(
    subject: str, sites: tuple[str, ...], told: tuple[ToldDeviation, ...]
) -> Callable[[Protocol, Reader, Site | None], object]:
    def view(protocol: Protocol, reader: Reader, _site: Site | None) -> DeviationView:
        return DeviationView(
            study=study_of(protocol, reader),
            subject=reader.fact(subject, f"{_AT}/subject"),
            sites=tuple(_AtSite(Name(site), site_name(protocol, reader, site)) for site in sites),
            deviations=tuple(_line(n, one, protocol, reader) for n, one in enumerate(told, start=1)),
        )

    return view


def _line(number: int, one: ToldDeviation, protocol: Protocol, reader: Reader) -> _Line:
    path = f"{_AT}/{number}"
    reports = "; ".join(_report(each, protocol, reader) for each in one.reported) or "no report is recorded"
    return _Line(
        id=Name(str(number)),
        number=reader.fact(one.number, f"{path}/number"),
        day=reader.fact(date_words(one.day), f"{path}/day"),
        site=site_name(protocol, reader, one.site),
        category=reader.fact(one.category.replace("-", " "), f"{path}/category"),
        important=reader.fact("yes" if one.important else "no", f"{path}/important"),
        text=reader.fact(one.text, f"{path}/text"),
        reported=reader.fact(reports, f"{path}/reported"),
    )


def _report(one: Reported, protocol: Protocol, reader: Reader) -> str:
    is_body = any(body.id == one.to for body in protocol.oversight)
    name = body_name(protocol, reader, one.to).text if is_body else one.to
    if one.on is not None:
        return f"{name}, {date_words(one.on)}"
    return f"{name}, to be reported by {date_words(one.due)}" if one.due is not None else name
