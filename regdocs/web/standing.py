"""What stands where on a day: which forms a site uses and whether it may, and what is due; each with its entries.

Worked out of the log by `versions`, with the words of the commands `valid` and `status --due`. Reads no clock.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from regdocs.versions.copies_back import Copy, copy_at
from regdocs.versions.due_line import view_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of
from regdocs.versions.validity import BodyState, FormState, forms_at, why_not

_LATEST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a site uses.

    Attributes:
        name: As entries name it ("consent/en/2.0").
        date: The document's own.
        valid: Whether it may be used on the day.
        since: From which day the site uses it.
        permits: What permits it, in words.
        why_not: What keeps it from being used.
        copy: What came back from a body as the form to hand out, in words; None where nothing did.
        entries: Numbers of the entries that the answer rests on.
    """

    name: str
    date: str
    valid: bool
    since: str | None
    permits: tuple[str, ...]
    why_not: tuple[str, ...]
    copy: str | None
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SiteStanding:
    """A site, the day that is asked about there, and the forms that it uses on that day."""

    site: str
    day: str
    forms: tuple[Form, ...]


def standings(logbook: Logbook, day_of: Callable[[str], str]) -> tuple[SiteStanding, ...]:
    """Return what each site uses on its day. Raises as `validity.forms_at`."""
    return tuple(_standing(logbook, site, day_of(site)) for site in sites_in(logbook))


def sites_in(logbook: Logbook) -> tuple[str, ...]:
    """Return the sites of all recorded versions."""
    return view_of(logbook, lambda site: _LATEST).sites


def _standing(logbook: Logbook, site: str, day: str) -> SiteStanding:
    if not any(version.issues for version in logbook.versions):
        return SiteStanding(site, day, ())
    forms = sorted((_form(logbook, one) for one in forms_at(logbook, site, day)), key=lambda one: one.name)
    return SiteStanding(site, day, tuple(forms))


def _form(logbook: Logbook, state: FormState) -> Form:
    copy = copy_at(logbook, state)
    since = state.in_use.since if state.in_use else None
    return Form(
        name_of(state.document),
        state.document.date,
        state.valid,
        since,
        tuple(_permits(state)),
        why_not(state),
        copy_words(copy) if copy else None,
        state.entries,
    )


def copy_words(copy: Copy) -> str:
    """Return in words which copy is the form to hand out."""
    told = f"; {copy.told}" if copy.told else ""
    return f"the copy that came back from {copy.body} on {copy.on} (entry {copy.entry}){told}"


def _permits(state: FormState) -> Iterator[str]:
    for one in state.bodies:
        if one.standing == "permits":
            yield _permit(one)


def _permit(one: BodyState) -> str:
    until = f" until {one.expires}" if one.expires else ""
    return f"{one.body}: {one.outcome} from {one.since}{until} ({one.reference}, entry {one.entry})"
