"""Says where a permission form speaks to the child instead of the parent, for want of words written for parents.

Knows composed documents only; what is said where such words are missing is marked by `documents/shown.py`.
"""

from collections.abc import Iterable, Iterator

from regdocs.content.model import Document, Value
from regdocs.content.query import walk_inlines
from regdocs.documents.phrases import phrases
from regdocs.finding import Finding, Severity
from regdocs.spec.load import Loaded

NOT_FOR_PARENTS = "PAR-001"
_MOST_SHOWN = 80


def not_worded_for_parents(loaded: Loaded, documents: Iterable[Document]) -> list[Finding]:
    """Return a finding for each recorded text that a permission form says as it is said to the child, each once."""
    language = loaded.protocol.language if loaded.protocol is not None else "en"
    before, _, after = phrases(language).told_to_the_child.partition("{}")
    written = (document for document in documents if document.language == language)
    told = dict.fromkeys(one for document in written for one in _marked(document, before, after))
    return [_finding(loaded, path, words) for path, words in told]


def _marked(document: Document, before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each value that is marked as what the child is told."""
    for inline in walk_inlines(document):
        if isinstance(inline, Value) and inline.text.startswith(before):
            yield inline.paths[0], inline.text.removeprefix(before).removesuffix(after)


def _finding(loaded: Loaded, path: str, words: str) -> Finding:
    position = loaded.place(path)
    said = words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN].rstrip()} …"
    message = f"{path}: the permission form says to parents what is meant for the child: {said}"
    where = "'text_for_parents:' beside it" if path.startswith("/sites/") else "'consent: wording_for_parents:'"
    hint = f"write it anew for a parent, in {where}"
    return Finding(NOT_FOR_PARENTS, Severity.WARNING, message, loaded.file, position, hint, None, loaded.line(position))
