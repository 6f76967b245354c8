"""Calls of the command line at a terminal of their own, where a person types answers to what is asked."""

import os
import pty
import select
import time
from collections.abc import Mapping
from pathlib import Path

from tests.cli.calling import PROGRAM, Said

LIMIT_SECONDS = 60


def at_terminal(
    *arguments: str | Path, answers: Mapping[str, str | bytes | list[str]], env: Mapping[str, str] | None = None
) -> Said:
    """Call `regdocs` at a new terminal; each time a prompt's words appear, its (next) answer is typed.

    Both outputs come as one, as a terminal shows them.
    """
    listed = {prompt: told if isinstance(told, list) else [told] for prompt, told in answers.items()}
    waiting = {prompt: [_typed(one) for one in told] for prompt, told in listed.items()}
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PROGRAM[0], [*PROGRAM, *map(str, arguments)], {**os.environ, **(env or {})})
    shown = _converse(terminal, waiting)
    _, status = os.waitpid(child, 0)
    return Said(os.waitstatus_to_exitcode(status), shown, "")


def _typed(answer: str | bytes) -> bytes:
    return (answer if isinstance(answer, bytes) else answer.encode()) + b"\n"


def _converse(terminal: int, waiting: dict[str, list[bytes]]) -> str:
    shown, unread, end = "", "", time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if not ready:
            continue
        try:
            data = os.read(terminal, 65_536)
        except OSError:  # the other side has ended
            break
        if not data:
            break
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        shown += text
        unread += text
        for prompt, answers in waiting.items():
            if prompt in unread and answers:
                os.write(terminal, answers.pop(0))
                unread = ""
                break
    os.close(terminal)
    return shown
