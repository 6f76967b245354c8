"""Who vouches for what in a log that was verified: its keys and what joins them, and what nobody signed.

Says so in plain words; judges nothing. What is said here is no fault: a reader has to weigh it.
Source: docs/formats/audit-log.md, "Kinds of entries" and "So that two readers agree", Heads.
"""

from collections.abc import Iterable, Iterator

from regdocs.audit.authority import Authority, LogKey
from regdocs.audit.heads import Heads
from regdocs.audit.meaning import Meaning
from regdocs.audit.state import State
from regdocs.audit.verification import Asked

MOST = 40
"""Runs of entries that are named at most; nobody reads more of them."""


def vouching(meaning: Meaning, heads: Heads, asked: Asked, before: State | None) -> tuple[str, ...]:
    """Return, in plain words, who vouches for the log's keys, and what is not signed by anybody.

    After a state (`before`) unsigned entries are named from there on.
    """
    if meaning.authority is None:
        return ()
    return (
        *_log_keys(meaning, meaning.authority, heads, asked),
        *_without_approval(meaning),
        *_unsigned(meaning, before),
    )


def _log_keys(meaning: Meaning, authority: Authority, heads: Heads, asked: Asked) -> Iterator[str]:
    for place, one in enumerate(authority.log_keys):
        listed = asked.trust is not None and one.key in asked.trust.log
        outside = "in the trust file" if listed else "not in the trust file" if asked.trust else "no trust file given"
        yield f"log key {one.key.id.hex()}: {_origin_of(meaning, one, place, heads)}; {outside}"


def _origin_of(meaning: Meaning, one: LogKey, place: int, heads: Heads) -> str:
    """Return which entry brought a key of the log, and by whom it was joined to the key before."""
    if place == 0:
        return "from entry 0, genesis"
    signed = [sign for sign in meaning.signatures if sign.of == one.brought and sign.meaning == "authorisation"]
    brought = f"from entry {one.brought}, authorised by {', '.join(sign.person for sign in signed) or 'nobody'}"
    joined = heads.joined_by(place)
    if joined is None:
        return f"{brought}, joined to the key before it by no kept head"
    size, key = joined
    if key.name == one.key.name:
        return f"{brought}, joined by the key before it, {key.id.hex()} (head of size {size})"
    return f"{brought}, joined by an administrator and not by the key before it: {key.name} (head of size {size})"


def _without_approval(meaning: Meaning) -> Iterator[str]:
    approved = {one.of for one in meaning.signatures if one.meaning == "approval"}
    for version in meaning.versions.values():
        if approved.isdisjoint({version.entry, *version.issues}):
            yield f"version {version.version}: nobody signed approval in this log"


def _unsigned(meaning: Meaning, before: State | None) -> Iterator[str]:
    signed = {one.of for one in meaning.signatures}
    found = runs(n for n in meaning.recorded if n not in signed)
    if not found:
        return
    named = ", ".join(found[:MOST]) + (f" and {len(found) - MOST} more runs" if len(found) > MOST else "")
    since = f" (of those from {before.size} on)" if before else ""
    yield f"entries {named}{since}: recorded, not signed by anybody; `by` is only what the writer's computer said"


def runs(numbers: Iterable[int]) -> list[str]:
    """Return rising numbers as texts: "23", "25-27"."""
    found: list[list[int]] = []
    for n in numbers:
        if found and found[-1][1] == n - 1:
            found[-1][1] = n
        else:
            found.append([n, n])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]
