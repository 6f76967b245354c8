"""Files from outside read and compared in a process with limits: letters and copies that a body sent back.

Knows that such a file may mean harm; what its words mean is said by others.
"""

import time
from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from regdocs.build.workers import Limits, Task, make_all
from regdocs.errors import Refusal
from regdocs.render.text_layer import TextLayer, text_layer
from regdocs.versions.word_changes import Comparison, compared_words

T = TypeVar("T")
LIMITS = Limits(seconds=60, memory_bytes=4 * 2**30)


def words_apart(data: bytes, kind: str, *, limits: Limits = LIMITS) -> TextLayer:
    """Return the words of a file; as `text_layer`, in a process of its own.

    Raises:
        Refusal: It cannot be read, or takes longer or more memory than a file may.
    """
    return apart(partial(text_layer, data, kind), limits)


def compared_apart(
    issued: bytes, received: bytes, kind: str, *, stamp_area: bool, heads: Collection[str] = (), limits: Limits = LIMITS
) -> tuple[TextLayer, Comparison | None]:
    """Return the words of a copy, and how they differ from those that were issued; None where it has no text layer.

    Such a copy is a scan: but for a stamp it has no word, and it has as many pages as were issued.

    Args:
        stamp_area: Whether pages keep room for a stamp.
        heads: As `compared_words`.

    Raises:
        Refusal: As `words_apart`, or it is a scan of other pages.
    """
    return apart(partial(_compared, issued, received, kind, stamp_area, heads), limits)


def _compared(
    issued: bytes, received: bytes, kind: str, stamp_area: bool, heads: Collection[str]
) -> tuple[TextLayer, Comparison | None]:
    theirs = text_layer(received, kind, stamp_area=stamp_area)
    ours = text_layer(issued, kind, stamp_area=stamp_area)
    if any(not one.stamped for one in theirs.words):
        return theirs, compared_words(ours, theirs, heads)
    if theirs.pages != ours.pages:
        raise Refusal(f"it is a scan of {_pages(theirs.pages)}, and what was issued has {_pages(ours.pages)}")
    return theirs, None


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def apart(make: Callable[[], T], limits: Limits = LIMITS) -> T:
    """Return what is made of a file from outside in a process of its own.

    Raises:
        RegdocsError: As what is called; or it takes longer or more memory than a file may (Refusal).
    """
    made, failures = make_all((Task("file", 1, make),), 1, lambda name: None, time.monotonic, limits)
    if failures:
        raise Refusal("it cannot be read: that takes longer or more memory than a file may, or breaks down")
    return made["file"]
