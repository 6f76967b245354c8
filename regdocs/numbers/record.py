"""NUM-002: words of the record that give another number of participants, visits, arms, another time or dose.

Knows which texts of a protocol speak of the study as a whole; `claims.py` knows how sentences say a size.
"""

from collections import Counter
from collections.abc import Iterator

from regdocs.finding import Finding, Severity
from regdocs.numbers.facts import Facts, Odds, at_odds
from regdocs.numbers.protocol_facts import facts_of
from regdocs.source import Position
from regdocs.spec.load import Loaded
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol

RULE = "NUM-002"
_WITHIN_LINES = 80
# Places of other studies, of calculations, and of what is said about the record itself.
_NOT_OF_THE_STUDY = (
    "/sources", "/references", "/queries", "/answers", "/accepted", "/sample_size", "/organisations", "/contacts",
    "/abbreviations", "/oversight", "/regulation", "/sites",
)  # fmt: skip


def record_findings(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each claim of the record's words that disagrees with its structured fields, in order."""
    protocol = loaded.protocol
    if protocol is None or protocol.language.partition("-")[0] != "en":
        return
    facts = facts_of(protocol)
    for path, text in _texts(protocol):
        for odds in at_odds(text, facts):
            yield _finding(loaded, path, odds)


def record_odds(protocol: Protocol, text: str) -> tuple[Odds, ...]:
    """Return what a text from elsewhere (a letter, a page) says at odds with the protocol."""
    return tuple(at_odds(text, facts_of(protocol)))


def _texts(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """Yield the words of the record by path; the items of a list without ids by their place in it."""
    values = [value for value in known_values(protocol) if isinstance(value.value, str)]
    several = Counter(value.path for value in known_values(protocol))
    seen: Counter[str] = Counter()
    for value in values:
        number, path = seen[value.path], value.path
        seen[path] += 1
        if not path.startswith(_NOT_OF_THE_STUDY):
            yield (f"{path}/{number}" if several[path] > 1 else path), str(value.value)


def _finding(loaded: Loaded, path: str, odds: Odds) -> Finding:
    claim, fact = odds.claim, odds.fact
    position = _place(loaded, path, claim.words)
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        message=f'{path} says "{claim.words}", but {fact.path} has {fact.said}',
        file=loaded.file,
        position=position,
        hint=f"correct the words, or {fact.path}",
        excerpt=loaded.line(position),
    )


def _place(loaded: Loaded, path: str, words: str) -> Position:
    """Return the line of the text on which the number stands, else that of its key."""
    key = loaded.place(path)
    number = words.split(maxsplit=1)[0]
    for line in range(key.line, min(key.line + _WITHIN_LINES, len(loaded.lines) + 1)):
        column = loaded.lines[line - 1].find(number)
        if column >= 0 and (line > key.line or column >= key.column):
            return Position(line, column + 1)
    return key


__all__ = ["RULE", "Facts", "record_findings", "record_odds"]
