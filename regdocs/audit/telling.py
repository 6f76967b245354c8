"""What a verification tells in plain words: what was checked, what was not, and what a reader should know besides.

Knows the outcome; judges nothing.
"""

from regdocs.audit.chain import Chain
from regdocs.audit.heads import Heads, Read
from regdocs.audit.meaning import Meaning
from regdocs.audit.state import State
from regdocs.audit.times import Times
from regdocs.audit.verification import Asked, Interval, Listed, Notes, Verification
from regdocs.audit.vouching import vouching

NOT_REBUILT = "whether the documents come out the same when they are rendered again: `regdocs verify --rebuild` says"
NOT_LOADED = "whether protocol.yaml (spec) loads to the recorded data form (data): `regdocs verify` says"
NOT_CHECKED = (
    "whether what was recorded was true when it was recorded, and whether anything was left out",
    "whether a person's key was in that person's hands alone",
    NOT_LOADED,
    NOT_REBUILT,
)


def told(  # noqa: PLR0913 – one argument a part of the work, which is told of together
    chain: Chain,
    meaning: Meaning,
    own: Read | None,
    notes: Notes,
    heads: Heads,
    times: Times,
    asked: Asked,
    before: State | None,
) -> Verification:
    """Return the verification of a log that has been read and judged; `before` is the state it was gone on from."""
    genesis, authority = meaning.genesis or {}, meaning.authority
    intervals = _intervals(meaning, times)
    _tell_of_evidence(meaning, heads, intervals, notes)
    faults = sorted(notes.faults, key=lambda fault: (fault.entry is None, fault.entry or 0))
    listed = [*sorted(notes.listed, key=lambda one: (one.entry is None, one.entry or 0)), *_passed(notes)]
    return Verification(
        study=genesis.get("study"),
        origin=authority.origin if authority else None,
        checkpoint=own.checkpoint if own else None,
        entries=chain.tree.size,
        faults=tuple(faults),
        listed=tuple(listed),
        checked=_checked(chain, meaning, asked, before),
        unchecked=_unchecked(meaning, asked, before),
        versions=tuple(meaning.versions.values()),
        signatures=tuple(meaning.signatures),
        intervals=intervals,
        vouching=vouching(meaning, heads, asked, before),
        covered=heads.covered,
        demonstration=bool(authority and authority.demonstration),
    )


def _tell_of_evidence(meaning: Meaning, heads: Heads, intervals: tuple[Interval, ...], notes: Notes) -> None:
    """Tell of evidence that contradicts itself, and of heads that left the house and are no longer kept."""
    for one in intervals:
        if one.contradicts:
            message = "the evidence of time contradicts itself: one cosigner's clock or key is not to be trusted"
            notes.tell(message, one.entry)
    kept = heads.kept_sizes()
    for placed in meaning.anchors:
        if meaning.whole and placed.entry["size"] not in kept:
            notes.tell(f"heads/{placed.entry['size']}.note, of the head that left the house, is not there", placed.n)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 version", "2 versions"."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _passed(notes: Notes) -> tuple[Listed, ...]:
    faults = Listed(f"{notes.passed} more faults are not printed")
    listed = Listed(f"{notes.passed_listed} more things to know are not printed")
    return (*((faults,) if notes.passed else ()), *((listed,) if notes.passed_listed else ()))


def _checked(chain: Chain, meaning: Meaning, asked: Asked, before: State | None) -> tuple[str, ...]:
    which = f"an entry from {before.size} on" if before else "an entry"
    since = f" (entries {before.size} and later were read)" if before else ""
    size = chain.tree.size
    entries = "1 entry" if size == 1 else f"{size} entries"
    found = [f"{entries}{since}: form, numbers, chain, times that do not run back, the root of the tree"]
    if meaning.authority is not None:
        signatures = count(len(meaning.signatures), "signature")
        found.append(f"{signatures} of persons that hold, and who was entitled to what at each entry")
    if meaning.authority is not None and meaning.whole:
        versions = count(len(meaning.versions), "version")
        found += [
            f"{versions}: each amendment's steps against the data form before and after it",
            f"every object that {which} names, by its digest; files in issued/ as far as they are there",
        ]
    if asked.heads or asked.footers:
        outside = sum(not head.inside for head in asked.heads)
        found.append(f"heads from outside: {outside} with signatures, {len(asked.footers)} from pages")
    return tuple(found)


def _unchecked(meaning: Meaning, asked: Asked, before: State | None) -> tuple[str, ...]:
    found = list(NOT_CHECKED)
    if not meaning.whole:
        found.append("objects that entries name, and the steps of amendments: the lines of the log are here alone")
    if meaning.authority is None:
        found.append("what the entries say: genesis, on which all of it rests, cannot be used")
    if before is not None:
        message = f"entries 0 to {before.size - 1} were not read again: they are taken as they were verified then"
        found.append(f"{message}, and so are the objects that they name, their signatures and their steps")
    if meaning.authority is not None:
        found.append("who recorded an entry that no person signed: its `by` is the word of whoever had the log's key")
    if asked.footers:
        found.append("who wrote the pages with footers: a footer carries no signature")
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
