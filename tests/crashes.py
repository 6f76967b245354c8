"""A process that dies in the middle of writing: at a chosen disk call, as with a plug that is pulled.

Knows the calls by which we touch the disk; does not know what is written.
"""

import os
import sys
from collections.abc import Callable

import pytest

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="the crash is made in a forked process")

# Every call by which an exchange touches the disk. A process that dies before call n has done n - 1 of them.
_CALLS = ("open", "fsync", "rename", "replace", "unlink", "rmdir", "mkdir", "link")


def dies_at(step: int, work: Callable[[], None]) -> bool:
    """Run the work in a process of its own that dies before that disk call; tell whether it died."""
    child = os.fork()
    if child == 0:
        _arm(step)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def _arm(step: int) -> None:
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return real(*args, **kwargs)

        return call

    for name in _CALLS:
        setattr(os, name, counted(getattr(os, name)))
