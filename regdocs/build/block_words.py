"""Why a block stands in the documents of a study, told line by line: `regdocs explain --block`.

Knows documents, templates and places in `protocol.yaml`; what a block rests on is worked out by
`documents/block_facts.py`.
"""

import difflib
from collections.abc import Iterator

from regdocs.build.examine import Draftable, Examined, template_texts
from regdocs.build.one_document import composed_documents, near
from regdocs.build.study import TEMPLATES, Inputs
from regdocs.consent.elements import element_named
from regdocs.content.query import walk_tagged
from regdocs.documents.block_facts import (
    BlockFacts,
    Judged,
    Place,
    Signed,
    block_facts,
    blocks_like,
    ids_written,
)
from regdocs.documents.kinds import kind_named
from regdocs.documents.shown import Reader
from regdocs.documents.signatures import RULES
from regdocs.documents.template_conditions import written_blocks
from regdocs.errors import UsageError
from regdocs.spec.load import Loaded
from regdocs.spec.paths import known_values

_MOST_PATHS = 30
_EXCERPT = 120


def block_told(name: str, examined: Examined, inputs: Inputs, site: str | None) -> Iterator[str]:
    """Yield what is to be said of a block, at one site or wherever it stands.

    A line to sign may be named by the first letters of who signs: "consent.signatures.lar".

    Raises:
        Refusal: Nothing was composed.
        UsageError: No document of the study has such a block, and no template could write it.
    """
    places = _places(examined, inputs, site)
    name = next(iter(_by_initials(name)), name)
    having = [one for one in places if any(each.id == name for each in walk_tagged(one.composed.document))]
    could = having or [one for one in places if blocks_like(name, one)]
    if not could:
        yield from _of_no_document(name, examined, inputs, places)
        return
    facts = block_facts(name, could[0])
    yield f"{name}: {_what(facts)} {'of' if having else 'that could stand in'} {', '.join(map(_title, could))}"
    if not having:
        yield from _absent(facts, places)
    yield from _signature(facts.signed, examined.loaded)
    yield from _places_written(facts, inputs)
    yield from _marks(facts.clauses)
    yield from _values(facts.paths, examined.loaded)
    yield from _boards(facts)


def _places(examined: Examined, inputs: Inputs, site: str | None) -> list[Place]:
    documents, (templates, _) = composed_documents(examined), template_texts(inputs)
    protocol = examined.loaded.protocol
    assert protocol is not None  # what cannot be loaded is never composed
    sites = [one.id for one in protocol.sites]
    if site is not None and site not in sites:
        raise UsageError(f'there is no site "{site}"{near(site, sites)}')
    return [
        Place(one.kind, one.site, one.composed, protocol, templates)
        for one in documents
        if one.language == protocol.language and _is_at(one, site)
    ]


def _is_at(document: Draftable, site: str | None) -> bool:
    return site is None or document.site is None or document.site.id == site


def _nearest(name: str, places: list[Place]) -> str:
    """Return the blocks with the likest ids; those with the same beginning first, as people know where a block is."""
    known = list(dict.fromkeys(one for place in places for one in ids_written(place)))
    beginning = name.rpartition(".")[0]
    beside = [one for one in known if beginning and one.startswith(f"{beginning}.")]
    close = difflib.get_close_matches(name, beside, n=3, cutoff=0.7) or difflib.get_close_matches(name, known, n=3)
    return f"; did you mean {' or '.join(close)}?" if close else '; "regdocs fill --fields" lists the blocks of a form'


def _by_initials(name: str) -> set[str]:
    """Return the lines to sign of which somebody gave the first letters: "lar", legally authorised representative."""
    paper, _, letters = name.partition(".signatures.")
    initials = (
        ("".join(word[0] for word in rule.signs.split()).lower(), rule) for rule in RULES if rule.paper == paper
    )
    return {f"{paper}.signatures.{rule.signer}" for first, rule in initials if letters == first and len(first) > 1}


def _of_no_document(name: str, examined: Examined, inputs: Inputs, places: list[Place]) -> Iterator[str]:
    """Yield why a block of a kind that the study does not have is not there.

    Raises:
        UsageError: No template could write such a block.
    """
    templates, _ = template_texts(inputs)
    having = {one.kind.name for one in places}
    roots = [root for root in templates if root == f"{root.partition('/')[0]}/{root.partition('/')[0]}.xml"]
    for root in sorted(roots, key=lambda one: not name.startswith(one.partition("/")[0])):
        written = next((one for one in written_blocks(root, templates) if one.exact and one.id == name), None)
        kind = root.partition("/")[0]
        if written is None or kind in having:
            continue
        yield f'{name}: a block that could stand in "{kind}", which this study has not.'
        why = (
            "the facts that are recorded call for none"
            if kind_named(kind)
            else "only an amendment or a package has one"
        )
        yield f"Why: {why}."
        yield from _rule_of(name)
        yield f"Written at {TEMPLATES}/{written.template}:{written.line}"
        return
    raise UsageError(f'no document has a block "{name}"{_nearest(name, places)}')


def _rule_of(name: str) -> Iterator[str]:
    for rule in RULES:
        if name == f"{rule.paper}.signatures.{rule.signer}":
            yield f"Signature rule {rule.id} (docs/signatures.md): {rule.trigger}"


def _what(facts: BlockFacts) -> str:
    return "a block" if facts.stands is None else f"a {type(facts.stands).__name__.lower()}"


def _title(place: Place) -> str:
    return f"{place.kind.name}, site {place.site.id}" if place.site is not None else place.kind.name


# --------------------------------------------------------------------------------------------------------- what is said


def _absent(facts: BlockFacts, places: list[Place]) -> Iterator[str]:
    yield "It does not stand there."
    left = [one for one in facts.outcomes if facts.id in one.left]
    if left:
        yield f'Why: the alteration "{left[0].waiver}" leaves out the element {left[0].element}.'
        return
    false = [one for written in facts.written for one in written.conditions if one.holds is False]
    loops = [one for written in facts.written for one in written.conditions if one.condition.kind == "for"]
    if false and all(any(one.holds is False for one in written.conditions) for written in facts.written):
        yield f"Why: {_condition(false[0])}, which does not hold here."
    elif loops:
        pattern, hint = facts.written[0].block.id, _nearest(facts.id, places)
        yield f'Why: "{pattern}" is written for each one of a list, and none there gives this id{hint}'
    else:
        yield "Why: one of the conditions below does not hold; it depends on what a list holds."


def _signature(signed: Signed | None, loaded: Loaded) -> Iterator[str]:
    if signed is None:
        return
    rule, signatory = signed.rule, signed.signatory
    citation = "no clause asks for it (good practice)" if rule.citation is None else rule.citation
    unchecked = "" if rule.checked or rule.citation is None else ", written from memory: to be checked"
    yield f"Signature rule {rule.id} (docs/signatures.md): {rule.signs}; {rule.regime}: {citation}{unchecked}"
    yield f"  When: {rule.trigger}"
    when = "a line stands, for when it applies" if signatory.when_it_applies else "a line stands"
    still_open = "" if signatory.rule is None else "; the rule is still open"
    yield f"  Here: {when if signatory.line else 'no line'}{still_open}"
    yield from (f"  Recorded: {one}" for one in _lines(signed.paths, loaded))


def _places_written(facts: BlockFacts, inputs: Inputs) -> Iterator[str]:
    if ".in-words." in facts.id:
        beside, _, wording = facts.id.partition(".in-words.")
        yield f'Written by the alteration of a board: its wording "{wording}" stands beside "{beside}".'
    for one in facts.written:
        false = next((each for each in one.conditions if each.holds is False), None)
        if facts.stands is not None and false is not None:  # a block of two wordings stands in one of them
            yield f"Not written at {TEMPLATES}/{one.block.template}:{one.block.line}: {_condition(false)} does not hold"
            continue
        own = "" if one.block.template in inputs.own else " (the template that came with regdocs)"
        yield f"Written at {TEMPLATES}/{one.block.template}:{one.block.line}{own}" + (
            "" if one.block.exact else f' as "{one.block.id}"'
        )
        yield from (f"  {_condition(each)}: {_truth(each)}" for each in one.conditions)


def _condition(judged: Judged) -> str:
    one = judged.condition
    said = {"for": "for each", "macro": "in the macro"}.get(one.kind, one.kind)
    return f'{said} "{one.said}" ({TEMPLATES}/{one.template}:{one.line})'


def _truth(judged: Judged) -> str:
    if judged.condition.kind in ("for", "macro"):
        return "once for each" if judged.condition.kind == "for" else "where it is called"
    return (
        "depends on the list it goes through" if judged.holds is None else "holds" if judged.holds else "does not hold"
    )


def _marks(clauses: tuple[str, ...]) -> Iterator[str]:
    for clause in clauses:
        element = element_named(clause)
        if element is None:
            yield f"Marked {clause}: an id of the template's own (docs/consent-elements.md does not list it)"
        else:
            yield f"Marked {clause} ({element.cited}): {element.about}"


def _values(paths: tuple[str, ...], loaded: Loaded) -> Iterator[str]:
    yield from (f"Prints {one}" for one in _lines(paths[:_MOST_PATHS], loaded))
    if len(paths) > _MOST_PATHS:
        yield f"and {len(paths) - _MOST_PATHS} more values of the protocol"


def _lines(paths: tuple[str, ...], loaded: Loaded) -> Iterator[str]:
    """Yield each path with its place in the protocol and what stands there."""
    assert loaded.protocol is not None  # what cannot be loaded is never composed
    reader = Reader(loaded.protocol.language)
    said = {one.path: reader.show(one).text for one in known_values(loaded.protocol) if one.path in paths}
    for path in paths:
        position = loaded.place(path)
        words = " ".join(said.get(path, loaded.line(position) or "").split())
        yield f"{path} ({loaded.file}:{position.line}): {words if len(words) <= _EXCERPT else f'{words[:_EXCERPT]}…'}"


def _boards(facts: BlockFacts) -> Iterator[str]:
    for one in facts.outcomes:
        if facts.id in one.left:
            what = "leaves it out" if facts.stands is None else "says it in other words"
            yield f'The alteration "{one.waiver}" of a board {what} ({one.element}).'
        else:
            needed = next(clauses for block, clauses in one.kept if block == facts.id)
            why = f"it is needed for {', '.join(needed)}" if needed else "a waiver of documentation decides about it"
            yield f'The alteration "{one.waiver}" of a board names {one.element}, and it stays: {why}.'
    if not facts.outcomes:
        yield "No board's alteration of consent touches it."
