"""What a verification tells in plain words: what was checked, what was not, and what a reader should know besides.

Knows the outcome; judges nothing.
"""

from regdocs.audit.chain import Chain
from regdocs.audit.heads import Read
from regdocs.audit.meaning import Meaning
from regdocs.audit.state import State
from regdocs.audit.times import Times
from regdocs.audit.verification import Asked, Interval, Notes, Verification

NOT_CHECKED = (
    "whether what was recorded was true when it was recorded, and whether anything was left out",
    "whether a person's key was in that person's hands alone",
    "whether protocol.yaml (spec) loads to the recorded data form (data): only `regdocs verify` can say",
    "whether the documents come out the same when they are rendered again: `regdocs verify --rebuild` says",
)


def told(
    chain: Chain,
    meaning: Meaning,
    own: Read | None,
    notes: Notes,
    times: Times,
    asked: Asked,
    state: State | None,
) -> Verification:
    """Return the verification of a log that has been read and judged."""
    genesis, authority = meaning.genesis or {}, meaning.authority
    faults = sorted(notes.faults, key=lambda fault: (fault.entry is None, fault.entry or 0))
    listed = sorted(notes.listed, key=lambda one: (one.entry is None, one.entry or 0))
    return Verification(
        study=genesis.get("study"),
        origin=authority.origin if authority else None,
        checkpoint=own.checkpoint if own else None,
        entries=chain.tree.size,
        faults=tuple(faults),
        listed=tuple(listed),
        checked=_checked(chain, meaning, asked),
        unchecked=_unchecked(meaning, asked),
        versions=tuple(meaning.versions.values()),
        signatures=tuple(meaning.signatures),
        intervals=_intervals(meaning, times),
        demonstration=bool(authority and authority.demonstration),
        state=state,
    )


def _checked(chain: Chain, meaning: Meaning, asked: Asked) -> tuple[str, ...]:
    found = [
        f"{chain.tree.size} entries: form, numbers, chain, times that do not run back, and the root of the tree",
        f"{len(meaning.signatures)} signatures of persons that hold, and who was entitled to what at each entry",
        f"{len(meaning.versions)} versions: each amendment's steps against the data form before and after it",
        "every object that an entry names, by its digest; files in issued/ as far as they are there",
    ]
    if asked.heads or asked.footers:
        found.append(f"{len(asked.heads)} heads and {len(asked.footers)} footers from outside")
    if any(True for _ in asked.footers):
        found.append("a footer carries no signature: it shows what a page says, not who wrote it")
    return tuple(found)


def _unchecked(meaning: Meaning, asked: Asked) -> tuple[str, ...]:
    found = list(NOT_CHECKED)
    if meaning.authority is not None and not (asked.trust and asked.trust.persons):
        people = meaning.authority.people.values()
        names = ", ".join(person.name for person in people)
        found.append(f"who the persons are: identity rests on this log's own enrolment ({names})")
    if meaning.authority is not None and meaning.authority.demonstration:
        found.append("who signed: these are demonstration keys, with which anybody can sign")
    return tuple(found)


def _intervals(meaning: Meaning, times: Times) -> tuple[Interval, ...]:
    entries = [*meaning.versions, *(n for version in meaning.versions.values() for n in version.issues)]
    return tuple(times.interval(entry) for entry in sorted(entries))
