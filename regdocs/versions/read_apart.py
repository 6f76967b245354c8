"""Files from outside read in a process with limits: letters and copies that a body sent back.

Knows that such a file may mean harm; what its words mean is said by others.
"""

import time
from functools import partial

from regdocs.build.workers import Limits, Task, make_all
from regdocs.errors import Refusal
from regdocs.render.text_layer import TextLayer, text_layer

LIMITS = Limits(seconds=60, memory_bytes=4 * 2**30)


def words_apart(data: bytes, kind: str, *, stamp_area: bool = False, limits: Limits = LIMITS) -> TextLayer:
    """Return the words of a file; as `text_layer`, in a process of its own.

    Raises:
        Refusal: It cannot be read, or takes longer or more memory than a file may.
    """
    task = Task(kind, 1, partial(text_layer, data, kind, stamp_area=stamp_area))
    made, failures = make_all((task,), 1, lambda name: None, time.monotonic, limits)
    if failures:
        raise Refusal(f"it cannot be read: {failures[0].why}")
    return made[kind]
