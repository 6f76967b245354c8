"""Every number of every document as a row: where it stands, from which protocol path it comes, or why it has none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.numbers.lists import LISTS, shown_of
from regdocs.numbers.printed import Printed, printed_numbers
from regdocs.numbers.study import OneDocument, StudyDocuments
from regdocs.numbers.typed import Judged

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One number of one document.

    Attributes:
        document: The document's name ("consent/van-hanh/en").
        run: Where in it: the id of its block, as translations name it.
        number: The number as it is printed.
        words: The words around it.
        paths: The protocol paths that it comes from; for a number that a condition writes, the path it is tied to.
        why: Why a number stands there that is no value; None for a value, and for one that nobody accounts for.
    """

    document: str
    run: str
    number: str
    words: str
    paths: tuple[str, ...]
    why: str | None

    def to_json(self) -> Json:
        """Return the row as `check --numbers --json` prints it."""
        return {
            "document": self.document,
            "run": self.run,
            "number": self.number,
            "words": self.words,
            "paths": list(self.paths),
            "why": self.why,
        }


def rows_of(one: OneDocument, judged: Iterable[Judged]) -> Iterator[Row]:
    """Yield a row for each number of a document; `judged` are those that stand in its templates."""
    known = {each.printed: each for each in judged}
    for printed in printed_numbers(one.document):
        yield _row(one, printed, known.get(printed))


def counts_of(study: StudyDocuments) -> Iterator[Json]:
    """Yield, for each document that lists all of something, how many it shows and how many the protocol has."""
    for one in study.written:
        for listed in LISTS.get(one.kind.name, ()):
            there, missing = shown_of(one, study.protocol, listed)
            yield {
                "document": one.stem,
                "of": listed.name,
                "path": listed.path,
                "shown": len(there),
                "recorded": len(there) + len(missing),
            }


def _row(one: OneDocument, printed: Printed, judged: Judged | None) -> Row:
    paths = printed.paths or ((judged.path,) if judged and judged.path else ())
    why = judged.why if judged else None
    return Row(one.stem, printed.run, printed.number.text, printed.shown, paths, why)
