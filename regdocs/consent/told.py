"""What is to be said of the elements of one form, as findings at the place where a person can mend it.

An open value is told at its line of the protocol; what is missing, at the template that would say it. Knows how
elements stand; does not judge them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from regdocs.consent.elements import AS_APPROPRIATE, element_named, elements
from regdocs.consent.standing import Standing
from regdocs.finding import Finding, Severity
from regdocs.source import START
from regdocs.spec.load import Loaded

MISSING, OPEN, FOR_A_PERSON, OUT_OF_PLACE, NOT_VERBATIM, CANNOT_COUNT, ADVICE = (
    "ELM-001",
    "ELM-002",
    "ELM-003",
    "ELM-004",
    "ELM-005",
    "ELM-006",
    "ELM-007",
)
_OURS = ("CR-", "FDA-", "E6-", "EU-", "VN-")
_MOST_PATHS = 3


def findings_of(
    stem: str, standings: Iterable[Standing], loaded: Loaded, *, final: bool, file: str | None = None
) -> list[Finding]:
    """Return what is to be said of a form, named by its stem; in a `final` one an open element is missing.

    `file` is the file in which it is told that something is missing; the template of the form where left out.
    """
    found = [finding for one in standings for finding in _of_standing(stem, one, loaded, final)]
    return found if file is None else [_moved(one, loaded, file) for one in found]


def _moved(finding: Finding, loaded: Loaded, file: str) -> Finding:
    """Return a finding about a file of another's: nothing of it is mended in our templates."""
    if finding.file == loaded.file:
        return finding
    unmarked = "the file has no marks: read it, it may say so in other words"
    hint = unmarked if finding.rule == MISSING else finding.hint
    return replace(finding, file=file, hint=hint)


def _of_standing(stem: str, one: Standing, loaded: Loaded, final: bool) -> Iterator[Finding]:
    signed = bool(one.paths)
    if one.state == "missing" and one.element.id == "FDA-c" and one.evidence:
        hint = "the words stand in 21 CFR 50.25(c); only white space and quotation marks may differ"
        yield _at_template(NOT_VERBATIM, Severity.ERROR, stem, one, f"is {one.why}", hint)
    elif one.state == "missing" and one.element.kind == "advice":
        yield _at_template(ADVICE, Severity.NOTE, stem, one, "is not in the form; nobody has to say it", None)
    elif one.state == "missing":
        hint = f'write it into a text with clause="{one.element.given_by[0][0]}" in a template of the study'
        yield _at_template(MISSING, Severity.ERROR, stem, one, f"is missing: {one.why}", hint)
    elif one.state == "to be completed":
        yield _open(stem, one, loaded, final)
    elif one.state == "for a person" and not signed:
        hint = "record who judged it under 'sign_offs:': element, version, by, role, on"
        yield _at_template(
            FOR_A_PERSON, Severity.NOTE, stem, one, "is for a person to judge: nobody signed it off", hint
        )


def out_of_place_findings(stem: str, standings: Iterable[Standing], file: str | None = None) -> list[Finding]:
    """Return a finding for each text that is true under a law alone that does not apply."""
    hint = "take the text out, or record the answer under 'regulation:' by which the rule applies"
    what = "stands, but the rule does not apply"
    found = [_at_template(OUT_OF_PLACE, Severity.ERROR, stem, one, f"{what}: {one.why}", hint) for one in standings]
    return found if file is None else [replace(one, file=file) for one in found]


def answers_that_cannot_count(loaded: Loaded) -> list[Finding]:
    """Return a finding for each answer or sign-off about no element, or about one that has to be said in any case."""
    assert loaded.protocol is not None
    named = [(f"/answers/{one.id}/question", one.question) for one in loaded.protocol.answers]
    named = [(path, name) for path, name in named if name.startswith(_OURS)]
    signed = [(f"/sign_offs/{one.id}/element", one.element) for one in loaded.protocol.sign_offs]
    told = [_unknown(name, path, loaded) for path, name in (*named, *signed) if element_named(name) is None]
    return told + [_without_condition(name, path, loaded) for path, name in named if _always(name)]


def _always(name: str) -> bool:
    element = element_named(name)
    return element is not None and element.expected == "always"


def _unknown(name: str, path: str, loaded: Loaded) -> Finding:
    near = get_close_matches(name, [one.id for one in elements()], n=1)
    hint = f'did you mean "{near[0]}"?' if near else "docs/consent-elements.md lists them"
    return _at_path(CANNOT_COUNT, Severity.WARNING, f'there is no element of consent "{name}"', loaded, path, hint)


def _without_condition(name: str, path: str, loaded: Loaded) -> Finding:
    message = f'the answer about "{name}" changes nothing: its rule has no condition, so it has to be said'
    hint = f"only a board's recorded decision ('waivers:') changes it; answers count for {_CONDITIONAL}"
    return _at_path(CANNOT_COUNT, Severity.WARNING, message, loaded, path, hint)


_CONDITIONAL = f"elements that are expected {' or '.join(AS_APPROPRIATE).replace('_', ' ')}, or under a condition"


def _open(stem: str, one: Standing, loaded: Loaded, final: bool) -> Finding:
    listed = ", ".join(one.paths[:_MOST_PATHS]) + (" …" if len(one.paths) > _MOST_PATHS else "")
    what = "is missing: it still holds what is to be completed" if final else "is to be completed"
    message = f"{_named(stem, one)} {what}: {listed}"
    severity = Severity.ERROR if final else Severity.NOTE
    return _at_path(OPEN, severity, message, loaded, one.paths[0] if one.paths else "", "complete the value")


def _named(stem: str, one: Standing) -> str:
    return f'{stem}: {one.element.id} "{one.element.about}" ({one.element.cited})'


def _at_path(rule: str, severity: Severity, message: str, loaded: Loaded, path: str, hint: str) -> Finding:
    position = loaded.place(path)
    return Finding(rule, severity, message, loaded.file, position, hint, None, loaded.line(position))


def _at_template(rule: str, severity: Severity, stem: str, one: Standing, what: str, hint: str | None) -> Finding:
    kind = stem.partition("/")[0]
    message = f"{_named(stem, one)} {what}"
    return Finding(rule, severity, message, f"templates/{kind}/{kind}.xml", START, hint, one.element.citation)
