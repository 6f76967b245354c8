"""Says where a board's recorded alteration of consent could not be followed in the documents, or only in part.

Knows what became of each element in each document (`documents/alteration.py`); a finding stands where the protocol
names the element. Whether the decision itself may be taken is for the rules and for people.
"""

from collections.abc import Iterable, Iterator

from regdocs.documents.alteration import NEVER_ALTERED, Altered, Outcome
from regdocs.documents.compose import Composed
from regdocs.documents.regimes import Regime, not_decided, regimes_of
from regdocs.finding import Finding, Severity
from regdocs.spec.load import Loaded
from regdocs.spec.oversight import Waiver
from regdocs.units import join_words

CHANGES_NOTHING, ELEMENT_STAYS, ANOTHER_LAW = "WAV-003", "WAV-004", "WAV-005"
_SOURCE = "45 CFR 46.116(f)"
_MOST_NAMED = 3


def unmet_alterations(loaded: Loaded, documents: Iterable[Composed]) -> list[Finding]:
    """Return a finding for each element or wording of an alteration that no document, or not all of them, follows."""
    assert loaded.protocol is not None  # what cannot be loaded is never composed
    altered = [one.altered for one in documents if one.altered is not None]
    found: list[Finding] = []
    for waiver in loaded.protocol.waivers:
        if waiver.kind == "alteration-of-consent":
            found += _of_waiver(waiver, altered, loaded)
            found += _of_other_laws(waiver, altered, loaded)
    return found


def _of_waiver(waiver: Waiver, altered: list[Altered], loaded: Loaded) -> Iterator[Finding]:
    for element, path in _elements(waiver).items():
        outcomes = [one for had in altered for one in had.outcomes if (one.waiver, one.element) == (waiver.id, element)]
        kept = dict.fromkeys(pair for one in outcomes for pair in one.kept)
        if kept:
            yield _stays(waiver, element, tuple(kept), loaded, path)
        elif not any(one.left for one in outcomes):
            yield _nowhere(waiver, element, loaded, path)
        if kept or any(one.left for one in outcomes):
            yield from _unprinted(waiver, element, altered, loaded)


def _elements(waiver: Waiver) -> dict[str, str]:
    """Return the path of each element that may be altered, each once."""
    named = {one.element: f"/waivers/{waiver.id}/wording/{one.id}/element" for one in waiver.wording}
    named |= {one: f"/waivers/{waiver.id}/elements/{number}" for number, one in enumerate(waiver.elements)}
    return {element: path for element, path in named.items() if not element.startswith(NEVER_ALTERED)}


def _stays(
    waiver: Waiver, element: str, kept: tuple[tuple[str, tuple[str, ...]], ...], loaded: Loaded, path: str
) -> Finding:
    blocks = [f'"{block}"' for block in dict.fromkeys(block for block, _ in kept)]
    more = f" and {len(blocks) - _MOST_NAMED} more" if len(blocks) > _MOST_NAMED else ""
    needed = list(dict.fromkeys(clause for _, clauses in kept for clause in clauses))
    why = f"needed for {join_words(needed)}" if needed else "a waiver of documentation decides about signatures"
    message = f'the alteration "{waiver.id}" covers "{element}", but not all of it goes: {", ".join(blocks[:3])}{more}'
    hint = "name these elements too where the decision covers them; else the text stays, rightly"
    return _finding(ELEMENT_STAYS, f"{message} ({why})", hint, loaded, path)


def _of_other_laws(waiver: Waiver, altered: list[Altered], loaded: Loaded) -> Iterator[Finding]:
    """Give a finding where text stays because the study is under another law, about which the decision is not."""
    assert loaded.protocol is not None
    open_laws = not_decided(waiver.citation, regimes_of(loaded.protocol))
    outcomes = [one for had in altered for one in had.outcomes if one.waiver == waiver.id]
    elements = tuple(dict.fromkeys(one.element for one in outcomes if _stays_for(one, open_laws)))
    if elements:
        names = join_words([law.name for law in open_laws])
        message = (
            f'the alteration "{waiver.id}" rests on "{waiver.citation}", which does not alter what {names} asks, nor '
            f"ICH E6 beside it, and the study is recorded as under it: text of {join_words(list(elements))} stays"
        )
        hint = f"where the body decided under {names} too, name it in 'citation'; else the text stays, rightly"
        yield _finding(ANOTHER_LAW, message, hint, loaded, f"/waivers/{waiver.id}/citation")


def _stays_for(outcome: Outcome, laws: tuple[Regime, ...]) -> bool:
    """Tell whether some text stays for one of these laws, or for ICH E6 that the decision names without them."""
    needed = {clause for _, clauses in outcome.kept for clause in clauses}
    own = any(clause == outcome.element or clause.startswith(f"{outcome.element}.") for clause in needed)
    return own or any(clause.startswith(law.prefix) for clause in needed for law in laws)


def _nowhere(waiver: Waiver, element: str, loaded: Loaded, path: str) -> Finding:
    message = f'the alteration "{waiver.id}" covers "{element}", but no text of a form is marked with it'
    hint = "the ids are those of `clause=` in the templates, such as CR-c3; and the body has to decide for a site"
    return _finding(CHANGES_NOTHING, message, hint, loaded, path)


def _unprinted(waiver: Waiver, element: str, altered: list[Altered], loaded: Loaded) -> Iterator[Finding]:
    printed = {name for had in altered for name in had.printed}
    for one in waiver.wording:
        if one.element == element and (waiver.id, one.id) not in printed:
            message = f'the wording "{one.id}" stands in no form: no text of "{element}" has room for it'
            path = f"/waivers/{waiver.id}/wording/{one.id}"
            hint = "write all that is said of the element into one wording; a signature takes none"
            yield _finding(CHANGES_NOTHING, message, hint, loaded, path)


def _finding(rule: str, message: str, hint: str, loaded: Loaded, path: str) -> Finding:
    position = loaded.place(path)
    return Finding(rule, Severity.WARNING, message, loaded.file, position, hint, _SOURCE, loaded.line(position))
