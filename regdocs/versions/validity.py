"""Whether a form may be used at a site on a day: worked out from decisions and activations, never typed in.

A document is valid for use at a site on a day where each body that decides there has let it be used by a decision with
its letter that holds on that day, and the site uses it by then and nothing newer. Knows submissions, decisions and
activations as the log has them now; what was recorded later about that day counts. Reads no clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from regdocs.errors import Refusal
from regdocs.versions.activations import activations_of
from regdocs.versions.decisions import decisions_of
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import deciding_bodies, name_of, sites_of

Use = Literal["permits", "leaves", "ends"]
Standing = Literal["permits", "undecided", "expired", "ended"]

# What each outcome does to the use of a document. "permits" needs the letter; "ends" does not: in doubt a form is not
# used. Unlike as a base (`bases.EFFECTS`), where a body's agreement to the words is what counts.
USES: dict[str, Use] = {
    "approved": "permits",
    "no-objection": "permits",
    "acknowledged": "permits",
    "not-required": "permits",
    "conditionally-approved": "leaves",
    "changes-required": "leaves",
    "deferred": "leaves",
    "disapproved": "ends",
    "suspended": "ends",
    "terminated": "ends",
    "expired": "ends",
    "withdrawn": "ends",
}


@dataclass(frozen=True, slots=True)
class BodyState:
    """How a body stands to a document at a site on a day.

    Attributes:
        body: Its id.
        standing: Whether it permits its use; "ended" is said by `outcome`.
        entry: Number of the entry of the decision that this rests on; None while there is none.
        outcome, reference: Of that decision.
        since: Day from which it holds.
        expires: Day on which it ends, or None.
        letter: Digest of its letter, or None.
        reported: Entries that would permit it, had their letter come.
        since_then: Entries of later decisions that leave it as it is, such as conditions.
    """

    body: str
    standing: Standing
    entry: int | None = None
    outcome: str | None = None
    reference: str | None = None
    since: str | None = None
    expires: str | None = None
    letter: str | None = None
    reported: tuple[int, ...] = ()
    since_then: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InUse:
    """A document that a site uses: from which day, by which entry, and which version brought it."""

    document: IssuedDocument
    since: str
    entry: int
    version: str


@dataclass(frozen=True, slots=True)
class FormState:
    """Whether a document may be used at a site on a day, and what that rests on.

    Attributes:
        document: The document.
        site, day: Where and when.
        bodies: Each body that decides there.
        in_use: Since when the site uses it; None where it does not on that day.
        instead: What the site uses of this kind and language on that day in its place, or None.
        issued: Numbers of the entries of its version and of its issue.
    """

    document: IssuedDocument
    site: str
    day: str
    bodies: tuple[BodyState, ...]
    in_use: InUse | None
    instead: InUse | None
    issued: tuple[int, ...]

    @property
    def valid(self) -> bool:
        """Whether it may be used."""
        return bool(self.bodies) and self.in_use is not None and all(one.standing == "permits" for one in self.bodies)

    @property
    def entries(self) -> tuple[int, ...]:
        """Numbers of the entries that the answer rests on, in the order of the log."""
        decided = (one.entry for one in self.bodies if one.entry is not None)
        used = (one.entry for one in (self.in_use, self.instead) if one is not None)
        return tuple(sorted({*self.issued, *decided, *used}))


def activation_flags(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of an activation: what it brought into use that was not permitted that day.

    Raises as `documents_of`.
    """
    by_reason: dict[str, list[str]] = {}
    for one in brought_by(logbook, entry):
        for reason in (standing_words(body) for body in one.bodies if body.standing != "permits"):
            by_reason.setdefault(reason, []).append(name_of(one.document))
    return tuple(
        f"used at {entry['site']} from {entry['on']} although {reason}: {', '.join(dict.fromkeys(names))}"
        for reason, names in by_reason.items()
    )


def brought_by(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[FormState, ...]:
    """Return how each document that an activation brought into use stood at its site on its day.

    Raises as `documents_of`.
    """
    site, day = entry["site"], entry["on"]
    return tuple(form_at(logbook, one, site, day) for one in _brought(logbook, entry, site))


def why_not(state: FormState) -> tuple[str, ...]:
    """Return in words what keeps a document from being used at its site on its day; () where nothing does."""
    words = [_why_not_used(state)] if state.in_use is None else []
    words += [standing_words(one) for one in state.bodies if one.standing != "permits"]
    return tuple(words) if state.bodies else (*words, f"no body decides for {state.site}")


def forms_at(logbook: Logbook, site: str, day: str) -> tuple[FormState, ...]:
    """Return the state of every document that a site uses on a day, valid or not, in the order of its version.

    Raises:
        Refusal: No recorded version has the site.
        NotIssued, DoesNotFit: As `documents_of`.
    """
    require_site(logbook, site)
    used = used_at(logbook, site, day)
    return tuple(form_at(logbook, one.document, site, day) for one in used.values())


def form_at(logbook: Logbook, document: IssuedDocument, site: str, day: str) -> FormState:
    """Return the state of one document at a site on a day. Raises as `forms_at`."""
    found = used_at(logbook, site, day).get((document.kind, document.language))
    own = found if found is not None and name_of(found.document) == name_of(document) else None
    version = logbook.version(own.version if own else document.source)
    bodies = deciding_bodies(logbook, version, site)
    states = tuple(body_state(logbook, body, name_of(document), site, day) for body in bodies)
    source = logbook.version(document.source)
    issued = (source.n, *(one.n for one in source.issues[-1:]))
    return FormState(document, site, day, states, own, None if own else found, issued)


def documents_named(logbook: Logbook, site: str, kind: str | None, language: str | None) -> tuple[IssuedDocument, ...]:
    """Return every document that was ever issued for a site, of a kind and in a language where these are named.

    Raises as `documents_of`.
    """
    found: dict[str, IssuedDocument] = {}
    for version in (one for one in logbook.versions if one.issues):
        for one in documents_of(logbook, version):
            if one.site in (None, site) and kind in (None, one.kind) and language in (None, one.language):
                found.setdefault(name_of(one), one)
    return tuple(found.values())


def used_at(logbook: Logbook, site: str, day: str) -> Mapping[tuple[str, str], InUse]:
    """Return what a site uses on a day by kind and language: the latest activation counts, whether permitted or not.

    Raises as `documents_of`.
    """
    known: Mapping[tuple[str, str], InUse] | None = logbook.worked_out.get(("used", logbook.head.size, site, day))
    if known is None:
        known = logbook.worked_out["used", logbook.head.size, site, day] = _used_at(logbook, site, day)
    return known


# ---------------------------------------------------------------------------------------------------------------- use


def _used_at(logbook: Logbook, site: str, day: str) -> dict[tuple[str, str], InUse]:
    used: dict[tuple[str, str], InUse] = {}
    listed = sorted(activations_of(logbook), key=lambda entry: (entry["on"], entry["n"]))
    for entry in (one for one in listed if one["site"] == site and one["on"] <= day):
        brought = {(one.kind, one.language): one for one in _brought(logbook, entry, site)}
        if "documents" not in entry:  # all of the version: what it does not have is used no more
            used = {key: one for key, one in used.items() if key in brought}
        for key, document in brought.items():
            before = used.get(key)
            if before is None or name_of(before.document) != name_of(document):
                used[key] = InUse(document, entry["on"], entry["n"], entry["version"])
    return used


def _brought(logbook: Logbook, entry: Mapping[str, Any], site: str) -> Iterator[IssuedDocument]:
    version = next((one for one in logbook.versions if one.name == entry["version"] and one.issues), None)
    wanted = entry.get("documents")
    for one in documents_of(logbook, version) if version is not None else ():
        if one.site in (None, site) and (wanted is None or name_of(one) in wanted):
            yield one


# -------------------------------------------------------------------------------------------------------------- bodies


def body_state(logbook: Logbook, body: str, document: str, site: str, day: str) -> BodyState:
    """Return how a body stands to a document, as "consent/en/2.0".

    The last of its decisions counts that hold by that day and say something of use.
    """
    about = [one for one in decisions_of(logbook) if _is_about(one, body, document, site) and holds_from(one) <= day]
    about.sort(key=lambda one: (holds_from(one), one["decided"], one["n"]))
    reported = tuple(one["n"] for one in about if USES[one["outcome"]] == "permits" and "letter" not in one)
    counting = [one for one in about if one["n"] not in reported and USES[one["outcome"]] != "leaves"]
    later = about[about.index(counting[-1]) + 1 :] if counting else about
    leaving = tuple(one["n"] for one in later if USES[one["outcome"]] == "leaves")
    if not counting:
        return BodyState(body, "undecided", reported=reported, since_then=leaving)
    last = counting[-1]
    said = partial(
        BodyState,
        body,
        entry=last["n"],
        outcome=last["outcome"],
        reference=last["reference"],
        since=holds_from(last),
        expires=last.get("expires"),
        letter=last["letter"]["object"] if "letter" in last else None,
        reported=reported,
        since_then=leaving,
    )
    return said(standing=_standing(last, day))


def _standing(decision: Mapping[str, Any], day: str) -> Standing:
    if decision["outcome"] == "expired":
        return "expired"
    if USES[decision["outcome"]] == "ends":
        return "ended"
    expires = decision.get("expires")
    return "expired" if expires is not None and expires <= day else "permits"


def holds_from(decision: Mapping[str, Any]) -> str:
    """Return the day from which a decision holds."""
    return str(decision.get("effective") or decision["decided"])


def _is_about(entry: Mapping[str, Any], body: str, document: str, site: str) -> bool:
    return entry["body"] == body and site in entry["sites"] and document in entry["documents"]


def _why_not_used(state: FormState) -> str:
    if state.instead is None:
        return f"not in use at {state.site} by then"
    instead = state.instead
    return f"superseded by {name_of(instead.document)}, used from {instead.since} (entry {instead.entry})"


def standing_words(one: BodyState) -> str:
    """Return in words why a body does not permit a use."""
    if one.standing == "expired":
        return f"{one.body}: expired on {one.expires or one.since} ({one.reference}, entry {one.entry})"
    if one.standing == "ended":
        return f"{one.body}: {one.outcome} from {one.since} ({one.reference}, entry {one.entry})"
    told = f"; reported without its letter (entry {', '.join(map(str, one.reported))})" if one.reported else ""
    return f"{one.body}: no decision that permits it by then{told}"


def require_site(logbook: Logbook, site: str) -> None:
    """Refuse a site that no recorded version has.

    Raises:
        Refusal: There is none.
    """
    known: dict[str, None] = {}
    for version in logbook.versions:
        known |= dict.fromkeys(sites_of(logbook, version))
    if site not in known:
        raise Refusal(f'no recorded version has a site "{site}"; the sites are: {", ".join(known) or "none"}')
