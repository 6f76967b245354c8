"""Which document of the study a file is: the one of which it has most paragraphs word for word, clearly before others.

Two sites may have forms that differ in a telephone number only, so every paragraph counts; where nothing tells them
apart, nobody guesses.
"""

from collections.abc import Iterable, Mapping

from regdocs.content.model import Document
from regdocs.content.query import plain_text
from regdocs.content.runs import runs
from regdocs.errors import Refusal, UsageError
from regdocs.returned.returned_file import ReturnedFile, one_line

_LEAST = 0.2  # of the runs of a document; with fewer of them the file is something else


def recognised(file: ReturnedFile, documents: Mapping[str, Document], named: str | None) -> str:
    """Return which document a file is, as "consent/north/en"; `named` is what somebody said it is.

    Raises:
        UsageError: The study has no document of that name.
        Refusal: It is like none of them, or like two to the same degree.
    """
    if named is not None:
        if named not in documents:
            raise UsageError(f'the study has no document "{named}"; it has: {", ".join(documents)}')
        return named
    said = {text for one in file.paragraphs for text in (one.before, one.now)}
    shares = sorted(((_share(document, said), stem) for stem, document in documents.items()), reverse=True)
    if not shares or shares[0][0] < _LEAST:
        raise Refusal('it is like no document of this study; say which it is with "--as", such as consent/SITE/en')
    alike = [stem for share, stem in shares if share == shares[0][0]]
    if len(alike) > 1:
        raise Refusal(f'it may be {_or(sorted(alike))}; say which it is with "--as"')
    return alike[0]


def _share(document: Document, said: Iterable[str]) -> float:
    """Return how much of what a document says stands in the file; long runs count as much as short ones."""
    texts = [one_line((plain_text(run),)) for name, run in runs(document).items() if not name.startswith("furniture.")]
    return sum(text in said for text in texts) / max(1, len(texts))


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
