"""The text of a first `amendment.yaml`: each changed element as one declared change, and `TODO` for what people know.

Comments show what changed, in words cleaned so that no text can leave its comment. No rationale, answer or class is
made up. The text loads with open items alone.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from regdocs.amendment.change import Change, Json
from regdocs.amendment.coverage import OWN, is_path
from regdocs.amendment.labels import ELEMENTS
from regdocs.amendment.places import parent_of, segments_of
from regdocs.amendment.words import text_of
from regdocs.spec.paths import join
from regdocs.spec.yaml_characters import clean_text

MOST_CHANGES = 300  # elements declared one by one; beyond, the elements of one list are one declared change
_MOST_SHOWN = 6  # changes of one element shown in comments
_MOST_BLOCKS = 50
_SHOWN = 240  # characters of an old or new value
_WIDTH = 116


def by_element(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """Return the changes by the element that they are of, or by the part of the protocol where it is no element."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.path not in OWN:
            found.setdefault(_element(change.path), []).append(change)
    return {path: tuple(of) for path, of in found.items()}


def draft_declaration(
    version: str,
    number: int,
    on: str,
    changes_by_element: Mapping[str, Sequence[Change]],
    other_blocks: Mapping[str, str],
) -> str:
    """Return the text of a first declaration.

    Args:
        version: Version of the amended protocol.
        number: Number of the amendment.
        on: Date of the amended protocol.
        changes_by_element: As `by_element` gives them.
        other_blocks: Labels of blocks that changed for another reason, by "kind#block".
    """
    elements = changes_by_element if len(changes_by_element) <= MOST_CHANGES else _by_list(changes_by_element)
    lines = [
        *_head(version, number, on),
        "changes:  # affects_consent: {affects: false, why: …} where it is asked",
    ]
    ids: set[str] = set()
    for path, changes in elements.items():
        lines += _declared(_new_id(path, ids), [path], _told(changes))
    for kind, blocks in _by_kind(other_blocks).items():
        covers = list(blocks) if len(blocks) <= _MOST_BLOCKS else [f"{kind}#*"]
        lines += _declared(_new_id(f"/words-of/{kind}", ids), covers, _told_blocks(kind, blocks))
    if not ids:
        lines[-1] = "changes: []"
    return "\n".join([*lines, *_asked(elements), ""])


def _element(path: str) -> str:
    """Return the place of the element that a path is of: two keys and ids, three where a list lies deeper."""
    segments = segments_of(path)
    length = 3 if "/".join(segments[:2]) in ELEMENTS else 2
    place = ""
    for segment in segments[:length]:
        place = join(place, segment)
    return place


def _by_list(elements: Mapping[str, Sequence[Change]]) -> dict[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    for path, changes in elements.items():
        top = join("", segments_of(path)[0])
        found[top] = (*found.get(top, ()), *changes)
    return found


def _by_kind(blocks: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for block, label in blocks.items():
        found.setdefault(block.partition("#")[0], {})[block] = label
    return found


def _new_id(path: str, ids: set[str]) -> str:
    """Return an id for a declared change that no other has, made of the place it covers."""
    stem = re.sub(r"[^A-Za-z0-9_.]+", "-", "-".join(segments_of(path))).strip("-.")[:56]
    stem = stem if stem[:1].isalpha() and stem.isascii() else f"change-{stem}".rstrip("-")
    name, count = stem, 1
    while name in ids:
        count += 1
        name = f"{stem}-{count}"
    ids.add(name)
    return name


def _head(version: str, number: int, on: str) -> Iterator[str]:
    yield "regdocs-amendment: 1"
    yield "# What only people know is TODO. `regdocs amend --prepare` takes it so; `--record` wants it written."
    yield f"number: {number}"
    yield f"version: {_quoted(version)}"
    yield f"on: {_quoted(on)}"
    yield "scope:"
    yield '  level: "TODO: global, country, region or site"'
    yield "  of: []  # ids of sites, ISO codes of countries or names of regions; nothing for global"
    yield "reasons:  # one of ICH M11's fifteen: docs/amendment-classes.md"
    yield '  primary: "TODO: primary reason"'
    yield "  secondary: []"
    yield "  other: null  # in words, where a reason is Other"
    yield 'summary: "TODO: summary of the amendment"'
    yield "enrolment:"
    yield '  count: "TODO: how many participants are enrolled"'
    yield '  scope: "TODO: globally or locally"'
    yield '  at: "TODO: day of the count, such as 2026-06-10"'
    yield "impact:"
    yield "  safety_or_rights:"
    yield '    substantial: "TODO: true or false: is a substantial impact on safety or rights of participants likely"'
    yield "    explanation: null  # needed for true"
    yield "  data_reliability:"
    yield '    substantial: "TODO: true or false: is a substantial impact on reliability of the data likely"'
    yield "    explanation: null"


def _asked(elements: Iterable[str]) -> Iterator[str]:
    yield "# Classes are proposed; one that a person puts in place of it stands here, with the reason:"
    yield "#   - {regime: us-irb, change: ID, class: minor, reason: why}"
    yield "classes: []"
    yield "reconsent:"
    yield '  time_sensitive: "TODO: true or false: do participants have to know before paper can be approved"'
    yield '  size: "TODO: small, moderate or large, for the decision of a participant"'
    if any(path.startswith(("/eligibility", "/population")) for path in elements):
        yield '  enrolled_meets_new_exclusion: "TODO: no, yes or unknown"'
    yield '  still_to_undergo: "TODO: no, yes or unknown: is anyone enrolled still to undergo what changed"'
    yield '  groups: "TODO: list of groups with at least one participant now, such as on-product"'
    yield "  known_since: null  # day on which new information was known; due days count from it"
    yield "participants:"
    yield '  told: "TODO: what participants are told, in plain words; it stands verbatim in addendum and letter"'
    yield "follows: null  # number of the log entry of an urgent safety measure"
    yield "against: []"


def _declared(name: str, covers: Sequence[str], comments: Iterable[str]) -> Iterator[str]:
    yield f"  - id: {name}"
    yield from (f"    # {line}".rstrip() for line in comments)
    yield '    summary: "TODO: what changes"'
    yield '    rationale: "TODO: why"'
    yield "    covers:"
    yield from (f"      - {_quoted(_nameable(cover))}" for cover in covers)


def _nameable(cover: str) -> str:
    """Return the cover, or the nearest place above it that a cover can name."""
    while cover.startswith("/") and not is_path(cover) and parent_of(cover):
        cover = parent_of(cover)
    return cover


def _told(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes[:_MOST_SHOWN]:
        yield from _wrapped(f"{change.label} ({change.kind})")
        if change.kind == "moved":
            yield from _wrapped(f"after {_place(change.new)}; it was after {_place(change.old)}", "  ")
            continue
        if change.old is not None:
            yield from _wrapped(f"old: {_short(text_of(change.old))}", "  ")
        if change.new is not None:
            yield from _wrapped(f"new: {_short(text_of(change.new))}", "  ")
    if len(changes) > _MOST_SHOWN:
        yield f"and {len(changes) - _MOST_SHOWN} more"


def _told_blocks(kind: str, blocks: Mapping[str, str]) -> Iterator[str]:
    yield from _wrapped(f"Words of {kind} that changed with a template, a translation or this program:")
    for label in list(blocks.values())[:_MOST_SHOWN]:
        yield from _wrapped(_short(label), "  ")
    if len(blocks) > _MOST_SHOWN:
        yield f"and {len(blocks) - _MOST_SHOWN} more"


def _place(neighbour: Json) -> str:
    return "nothing (first)" if neighbour is None else str(neighbour)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …"


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text as lines of a comment: one line becomes several, none of which YAML reads as anything else."""
    clean = " ".join(clean_text(unicodedata.normalize("NFC", text)).split())
    return textwrap.wrap(clean, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _quoted(text: str) -> str:
    clean = " ".join(clean_text(unicodedata.normalize("NFC", text)).split())
    return "'" + clean.replace("'", "''") + "'"
