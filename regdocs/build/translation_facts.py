"""What is found about a translation as a whole: who certified and reviewed which words, and what is still to be said.

Knows one file of a translation; not the documents made with it.
"""

from collections.abc import Iterator

from regdocs.documents.certified import certificate_of, open_facts, review_of, words_digest
from regdocs.finding import Finding, Severity
from regdocs.source import START, Position
from regdocs.spec.translation import Translation
from regdocs.spec.tree import Node, find

CERTIFIED_BY_NOBODY, NOT_CERTIFIED, CERTIFICATE_OF_OTHER_WORDS = "TRN-008", "TRN-009", "TRN-010"
REVIEW_OF_OTHER_WORDS, OPEN_FACT = "TRN-011", "TRN-013"


def facts_told(translation: Translation, file: str, tree: Node | None) -> tuple[Finding, ...]:
    """Return what is found about the whole of a translation, in the order of its text."""
    found = (*_certificate(translation, file, tree), *_review(translation, file, tree), *_open(translation, file, tree))
    return tuple(sorted(found, key=lambda finding: finding.position))


def _certificate(translation: Translation, file: str, tree: Node | None) -> Iterator[Finding]:
    held, place = certificate_of(translation).held, _place(tree, ("certified",))
    if not translation.certified:
        message = f'{translation.kind} in "{translation.language}" is not certified; each of its pages says so'
        hint = "where somebody certified it, write 'certificate:' with who, when and which words"
        yield Finding(NOT_CERTIFIED, Severity.NOTE, message, file, place, hint)
    elif held in ("none", "open"):
        message = "it says certified, but not by whom, when and which words"
        hint = f"write 'certificate:' with by, reference, date, version and {_now(translation)}"
        yield Finding(CERTIFIED_BY_NOBODY, Severity.WARNING, message, file, place, hint)
    elif held == "other words":
        message = "the certificate is of other words than those that stand here; each page says not certified"
        yield _of_others(CERTIFICATE_OF_OTHER_WORDS, message, translation, file, _place(tree, ("certificate", "of")))


def _review(translation: Translation, file: str, tree: Node | None) -> Iterator[Finding]:
    if review_of(translation).held == "other words":
        message = "the review was of other words than those that stand here"
        yield _of_others(REVIEW_OF_OTHER_WORDS, message, translation, file, _place(tree, ("review", "of")))


def _of_others(rule: str, message: str, translation: Translation, file: str, place: Position) -> Finding:
    hint = f"have the words that stand here looked at; whoever did so names {_now(translation)}"
    return Finding(rule, Severity.WARNING, message, file, place, hint)


def _open(translation: Translation, file: str, tree: Node | None) -> Iterator[Finding]:
    for keys in open_facts(translation):
        message = f'"{" ".join(keys)}" is still to be completed'
        yield Finding(OPEN_FACT, Severity.NOTE, message, file, _place(tree, keys), "write it once it is known")


def _now(translation: Translation) -> str:
    return f"'of: \"{words_digest(translation)}\"'"


def _place(tree: Node | None, keys: tuple[str, ...]) -> Position:
    return START if tree is None else find(tree, keys, key=True)[1]
