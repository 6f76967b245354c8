"""What `regdocs verify` prints and writes: the outcome in words, and as JSON. Judges nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from regdocs.audit.footer import footer_text
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Listed, Signed, Verification, VersionFound


def words_of(found: Verification) -> Iterator[str]:
    """Yield the lines of a report: the verdict and the faults, then what was and was not looked at.

    The verdict is the last line too, which is what a terminal shows after so many lines.
    """
    yield _verdict(found)
    yield from _section("Faults", map(_fault, found.faults))
    yield ""
    yield f"Study: {found.study or 'not known'}"
    yield f"Log: {found.origin or 'not known'}"
    if found.checkpoint is not None:
        head = found.checkpoint
        yield f"Head: {footer_text(head.size, head.root)}; root {head.root.hex()}"
    yield f"Entries read: {found.entries}"
    yield from _section("What the log says, as far as it holds", (*map(_version, found.versions), *_signatures(found)))
    yield from _section("Who vouches for it", found.vouching)
    yield from _section("When it was provably written", _intervals(found))
    yield from _section("To know", map(_listed, found.listed))
    yield from _section("Checked", found.checked)
    yield from _section("Not checked", found.unchecked)
    yield ""
    yield from _coverage(found)
    yield _verdict(found)


def json_of(found: Verification) -> dict[str, Any]:
    """Return the outcome as JSON."""
    head = found.checkpoint
    return {
        "format": "regdocs.verification/v1",
        "study": found.study,
        "origin": found.origin,
        "checkpoint": {"size": head.size, "root": head.root.hex()} if head else None,
        "entries": found.entries,
        "verdict": int(found.verdict),
        "verdicts": sorted({int(fault.verdict) for fault in found.faults}),
        "faults": [_fault_json(fault) for fault in found.faults],
        "listed": [{**asdict(one), "message": _writable(one.message)} for one in found.listed],
        "checked": list(found.checked),
        "not_checked": list(found.unchecked),
        "versions": [asdict(one) for one in found.versions],
        "signatures": [asdict(one) for one in found.signatures],
        "intervals": [asdict(one) for one in found.intervals],
        "vouching": list(found.vouching),
        "covered": found.covered,
        "demonstration": found.demonstration,
        "limits": found.limits or None,
    }


def _fault_json(fault: Fault) -> dict[str, Any]:
    place = {"line": fault.line, "entry": fault.entry}
    return {"verdict": int(fault.verdict), **place, "message": _writable(fault.message), "cause": fault.cause or None}


def _writable(text: str) -> str:
    """Return a text that can be written as UTF-8: names of files need not be."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield f"{title}:"
        yield from (f"  - {line}" for line in listed)


def _version(version: VersionFound) -> str:
    what = "original protocol" if version.amendment is None else f"amendment {version.amendment}"
    issued = ", ".join(map(str, version.issues)) or "none yet"
    day = f", {version.on}" if version.on else ""
    return (
        f"version {version.version} ({what}{day}): entry {version.entry} by {version.by}; documents in entry {issued}"
    )


def _signatures(found: Verification) -> Iterator[str]:
    for one in found.signatures:
        if one.meaning != "authorisation":
            yield _signature(one)


def _signature(one: Signed) -> str:
    who = f"{one.name} ({one.person}), {one.role}"
    instead = "" if one.for_whom is None else f" for {one.for_whom}, under entry {one.under}"
    return f"entry {one.of} signed in entry {one.entry}: {who}; {one.meaning}{instead}; {one.time}; key {one.key}"


def _intervals(found: Verification) -> Iterator[str]:
    for one in found.intervals:
        if one.not_before or one.not_after:
            yield f"entry {one.entry}: not before {one.not_before or '–'}, not after {one.not_after or '–'}"
    against = [str(one.entry) for one in found.intervals if one.contradicts]
    if against:
        yield f"entries {', '.join(against)}: the evidence of time contradicts itself, so it shows nothing"
    bare = [one for one in found.intervals if not one.contradicts]
    none = [str(one.entry) for one in bare if not one.not_before and not one.not_after]
    if none:
        yield f"entries {', '.join(none)}: none; `at` is the writer's own clock"


def _listed(one: Listed) -> str:
    return one.message if one.entry is None else f"entry {one.entry}: {one.message}"


def _fault(fault: Fault) -> str:
    place = "" if fault.entry is None else f"line {fault.line}, entry {fault.entry}: "
    cause = f" Likely cause: {fault.cause}." if fault.cause else ""
    return f"[{int(fault.verdict)} {fault.verdict.words}] {place}{fault.message}.{cause}"


def _coverage(found: Verification) -> Iterator[str]:
    """Yield how far what was kept outside reaches: later entries rest on whoever holds the keys."""
    if found.origin is None:
        return
    later = "could have been cut or rewritten by whoever holds the keys"
    if found.covered is None:
        yield f"No head from outside covers any entry: all that was recorded {later}."
    elif found.covered >= found.entries:
        yield f"Heads from outside cover {_entries(found.covered)}, which is all of them."
    else:
        yield f"Heads from outside cover {_entries(found.covered)}; what was recorded later {later}."


def _entries(size: int) -> str:
    return "entry 0" if size == 1 else f"entries 0 to {size - 1}"


def _verdict(found: Verification) -> str:
    """Return the first and last line, which is never a bare OK."""
    besides_it = f" {found.limits}" if found.limits else ""
    besides_it += " The keys are demonstration keys: anybody can sign with them." if found.demonstration else ""
    if found.verdict is Verdict.HOLDS:
        said = f"all that was asked holds for {found.entries} entries; what was not checked is listed"
        return f"Verdict 0: {said}.{besides_it}"
    others = sorted({fault.verdict for fault in found.faults} - {found.verdict})
    besides = f" Besides: {', '.join(f'{int(one)} {one.words}' for one in others)}." if others else ""
    return f"Verdict {int(found.verdict)}: {found.verdict.words}.{besides}{besides_it}"
