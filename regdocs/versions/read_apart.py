"""Files from outside read and compared in a process with limits: letters and copies that a body sent back.

Knows that such a file may mean harm; what its words mean is said by others.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from regdocs.build.workers import Limits, Task, make_all
from regdocs.errors import Refusal
from regdocs.render.text_layer import TextLayer, text_layer
from regdocs.versions.word_changes import Comparison, compared_words

T = TypeVar("T")
LIMITS = Limits(seconds=60, memory_bytes=4 * 2**30)
SCAN = 1 / 20
"""With a smaller share of our number of words a copy has no text layer: only its stamp can be read."""


def words_apart(data: bytes, kind: str, *, limits: Limits = LIMITS) -> TextLayer:
    """Return the words of a file; as `text_layer`, in a process of its own.

    Raises:
        Refusal: It cannot be read, or takes longer or more memory than a file may.
    """
    return _apart(partial(text_layer, data, kind), limits)


def compared_apart(
    issued: bytes, received: bytes, kind: str, *, stamp_area: bool, limits: Limits = LIMITS
) -> tuple[TextLayer, Comparison | None]:
    """Return the words of a copy, and how they differ from those that were issued; None where it has no text layer.

    Raises:
        Refusal: As `words_apart`.
    """
    return _apart(partial(_compared, issued, received, kind, stamp_area), limits)


def _compared(issued: bytes, received: bytes, kind: str, stamp_area: bool) -> tuple[TextLayer, Comparison | None]:
    theirs = text_layer(received, kind, stamp_area=stamp_area)
    ours = text_layer(issued, kind, stamp_area=stamp_area)
    if len(theirs.words) < len(ours.words) * SCAN:
        return theirs, None
    return theirs, compared_words(ours, theirs)


def _apart(make: Callable[[], T], limits: Limits) -> T:
    made, failures = make_all((Task("file", 1, make),), 1, lambda name: None, time.monotonic, limits)
    if failures:
        raise Refusal("it cannot be read: that takes longer or more memory than a file may, or breaks down")
    return made["file"]
