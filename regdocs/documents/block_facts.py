"""Why a block stands in a document, or does not: template and line, conditions, marks, values, signature rule, boards.

Knows one composed document and the templates; how it is told to people is said elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.content.model import Block, ListItem, Row, Tags, Value
from regdocs.content.query import own_runs, tagged_within, walk_tagged
from regdocs.documents.alteration import Outcome
from regdocs.documents.compose import Composed
from regdocs.documents.kind import Kind
from regdocs.documents.sandbox import Template, sandbox
from regdocs.documents.shown import Reader
from regdocs.documents.signature_lines import Signatory, SignatureRule
from regdocs.documents.signatures import RULES
from regdocs.documents.template import FAILURES
from regdocs.documents.template_conditions import Condition, WrittenBlock, written_blocks
from regdocs.documents.wording import words_at
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

_SIGNATURES = ".signatures."


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition, and whether it holds in this study; None where that depends on what a loop goes through."""

    condition: Condition
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Written:
    """A place where a template writes a block, with its conditions from the outside in."""

    block: WrittenBlock
    conditions: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The rule of a line to sign, what it comes to here, and the protocol paths on which that rests."""

    rule: SignatureRule
    signatory: Signatory
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """What there is to say of a block.

    Attributes:
        stands: What stands in the document under that id, or None.
        clauses: The marks of the block, then those of what is in it.
        paths: The protocol paths whose values it prints.
        written: Where templates write it; of an absent block where they could.
        outcomes: What boards' alterations did to it.
    """

    id: str
    stands: Tags | None
    clauses: tuple[str, ...]
    paths: tuple[str, ...]
    written: tuple[Written, ...]
    outcomes: tuple[Outcome, ...]
    signed: Signed | None


@dataclass(frozen=True, slots=True)
class Place:
    """A document of a study, and what it was composed of."""

    kind: Kind
    site: Site | None
    composed: Composed
    protocol: Protocol
    templates: Mapping[str, Template]


def block_facts(name: str, place: Place) -> BlockFacts:
    """Return what there is to say of the block with this id in a document; it may be absent."""
    stands = next((one for one in walk_tagged(place.composed.document) if one.id == name), None)
    inside = () if stands is None else tuple(tagged_within(stands))
    altered = place.composed.altered
    outcomes = () if altered is None else altered.outcomes
    touching = tuple(one for one in outcomes if name in one.left or name in [block for block, _ in one.kept])
    return BlockFacts(
        id=name,
        stands=stands,
        clauses=tuple(dict.fromkeys(clause for one in inside for clause in one.clauses)),
        paths=_paths(inside),
        written=_written(name, place),
        outcomes=touching,
        signed=_signed(name, place),
    )


def blocks_like(name: str, place: Place) -> bool:
    """Tell whether the document has the block, or its templates could write it."""
    if any(one.id == name for one in walk_tagged(place.composed.document)):
        return True
    every = written_blocks(place.kind.template, place.templates)
    return any(not one.id.startswith("…") and one.pattern.fullmatch(name) for one in every)


def ids_written(place: Place) -> tuple[str, ...]:
    """Return the ids that stand in the document, then those that its templates could write besides, without values."""
    standing = (one.id for one in walk_tagged(place.composed.document))
    written = (one.id for one in written_blocks(place.kind.template, place.templates) if one.exact)
    return tuple(dict.fromkeys((*standing, *written)))


def _paths(inside: tuple[Tags, ...]) -> tuple[str, ...]:
    runs = (run for one in inside if not isinstance(one, ListItem | Row) for run in _runs(one))
    return tuple(dict.fromkeys(path for run in runs for path in run))


def _runs(tagged: Tags) -> list[tuple[str, ...]]:
    inlines = [inline for run in own_runs(tagged) for inline in run] if isinstance(tagged, Block) else []
    if not isinstance(tagged, Block):
        inlines = list(getattr(tagged, "inlines", ()))  # a footnote
    found: list[tuple[str, ...]] = []
    while inlines:
        one = inlines.pop(0)
        if isinstance(one, Value):
            found.append(one.paths)
        inlines = [*getattr(one, "inlines", ()), *inlines]
    return found


def _written(name: str, place: Place) -> tuple[Written, ...]:
    """Return where it is written: under its very id, else where ids that hold values could come to it."""
    blocks = written_blocks(place.kind.template, place.templates)
    every = [one for one in blocks if one.pattern.fullmatch(name)]
    # What stands in an item or a cell without an id of its own has the id of that with a last part added.
    every = every or [one for one in blocks if one.pattern.fullmatch(name.rpartition(".")[0])]
    exact = [one for one in every if one.exact]
    most = max((len(one.id) for one in every), default=0)  # of patterns the one that says most about the id
    chosen = exact or [one for one in every if len(one.id) == most]
    reader = Reader(place.protocol.language, words_at(place.protocol, place.site, place.kind.to_parents))
    view = place.kind.view(place.protocol, reader, place.site) if chosen else None
    return tuple(Written(one, tuple(Judged(each, _holds(each, view)) for each in one.conditions)) for one in chosen)


def _holds(condition: Condition, view: object) -> bool | None:
    """Tell whether a condition holds; None for what is asked of an element of a loop or of a macro's own."""
    if condition.kind != "if":
        return None
    environment = sandbox({})
    environment.effort.begin()
    try:
        return bool(environment.compile_expression(condition.said, undefined_to_none=False)(view=view))
    except FAILURES:
        return None


def _signed(name: str, place: Place) -> Signed | None:
    rule = next((one for one in RULES if _is_line_of(name, one)), None)
    if rule is None or place.site is None:
        return None
    reader = Reader(place.protocol.language)
    signatory = rule.decide(place.protocol, reader, place.site)
    return Signed(rule, signatory, reader.paths)


def _is_line_of(name: str, rule: SignatureRule) -> bool:
    block = f"{rule.paper}{_SIGNATURES}{rule.signer}"
    return name == block or name.startswith(f"{block}.")
