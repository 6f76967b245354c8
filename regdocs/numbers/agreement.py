"""NUM-003: a value that prints another number than its protocol path has, or than another document prints for it.

Knows composed documents and the numbers of the protocol; words are compared with words by the numbers in them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from regdocs.content.model import Value
from regdocs.content.query import values
from regdocs.documents.phrases import phrases
from regdocs.finding import Finding, Severity
from regdocs.numbers.number import numbers_in
from regdocs.numbers.recorded import UNITS, Amount
from regdocs.numbers.study import OneDocument, StudyDocuments

RULE = "NUM-003"
_UNIT = re.compile(rf"[\s-]*({'|'.join(UNITS)})s?\b", re.IGNORECASE)
_LENGTH = re.compile(r"\d[\d,]* of \d[\d,]* characters\b")


@dataclass(frozen=True, slots=True)
class _Said:
    """What one document prints for the same paths: its words and the amounts in them."""

    stem: str
    text: str
    amounts: tuple[Amount, ...]


def agreement_findings(study: StudyDocuments) -> Iterator[Finding]:
    """Yield a finding for each value at odds with the protocol, and for each pair of documents at odds on a path."""
    open_words = phrases(study.protocol.language).to_be_completed.partition("{")[0]
    printed = [
        (one, value)
        for one in study.written
        for value in values(one.document)
        if value.state != "todo" and not value.text.startswith(open_words)
    ]
    told: dict[tuple[tuple[str, ...], str], Finding] = {}
    for one, value in printed:
        finding = _against_the_protocol(study, one, value)
        if finding is not None:
            told.setdefault((value.paths, value.text), finding)
    yield from told.values()
    yield from _between_documents(study, printed)


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the numbers that a value prints, each with the unit of time behind it, without signs."""
    found = []
    for number in numbers_in(text):
        unit = _UNIT.match(text[number.end :])
        found += [Amount(value, unit[1].lower() if unit else None) for value in number.values]
    return tuple(found)


def _against_the_protocol(study: StudyDocuments, one: OneDocument, value: Value) -> Finding | None:
    if len(value.paths) != 1 or _LENGTH.search(value.text):
        return None
    path, said = value.paths[0], amounts_in(value.text)
    known = study.recorded.amounts(path)
    if not said:
        return None
    if known:
        agrees = all(any(_says(printed, amount) for printed in said) for amount in known[:1])
        expected = ", ".join(_told(amount) for amount in known)
    else:
        words = study.recorded.words(path)
        agrees = words is None or {one.value for one in said} <= {one.value for one in amounts_in(words)}
        expected = f'"{_cut(words or "")}"'
    if agrees:
        return None
    message = f'{one.stem} prints "{_cut(value.text)}" for {path}, and the protocol has {expected}'
    return _finding(study, path, message)


def _between_documents(study: StudyDocuments, printed: Iterable[tuple[OneDocument, Value]]) -> Iterator[Finding]:
    by_paths: dict[tuple[str, ...], dict[tuple[Amount, ...], _Said]] = {}
    for one, value in printed:
        said = amounts_in(value.text)
        if said and _is_counted(study, value.paths) and not _LENGTH.search(value.text):
            by_paths.setdefault(value.paths, {}).setdefault(said, _Said(one.stem, value.text, said))
    for paths, found in by_paths.items():
        first, *others = found.values()
        other = next((one for one in others if not _compatible(first.amounts, one.amounts)), None)
        if other is not None:
            message = (
                f'{first.stem} prints "{_cut(first.text)}" and {other.stem} prints "{_cut(other.text)}", '
                f"both for {' and '.join(paths)}"
            )
            yield _finding(study, paths[0], message)


def _is_counted(study: StudyDocuments, paths: tuple[str, ...]) -> bool:
    return all(study.recorded.is_counted(path) for path in paths)


def _compatible(one: tuple[Amount, ...], other: tuple[Amount, ...]) -> bool:
    """Tell whether all that one of them says the other says too, in the same or an exactly convertible unit."""
    fewer, more = sorted((one, other), key=len)
    return all(any(_says(amount, known) for known in more) for amount in fewer)


def _says(printed: Amount, known: Amount) -> bool:
    bare = printed.unit is None or known.unit is None
    return abs(printed.value) == abs(known.value) if bare else printed.same_as(known)


def _told(amount: Amount) -> str:
    unit = f" {amount.unit}{'' if amount.value == Decimal(1) else 's'}" if amount.unit else ""
    return f"{amount.value}{unit}"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _finding(study: StudyDocuments, path: str, message: str) -> Finding:
    position = study.loaded.place(path)
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=message,
        file=study.loaded.file,
        position=position,
        hint="one of them rounds or converts; print the value in one way, as the protocol has it",
        excerpt=study.loaded.line(position),
    )
