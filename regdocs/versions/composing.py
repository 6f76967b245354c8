"""Composing apart: trees of documents made from inputs that come from a log, in a process with limits.

Protocol and templates of a log are hostile input. Reads no file and writes none.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from regdocs.build.examine import examine
from regdocs.build.study import Inputs
from regdocs.build.workers import Limits, Task, make_all
from regdocs.canonical import canonical_json
from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import Document
from regdocs.errors import Refusal
from regdocs.finding import Severity

LIMITS = Limits(seconds=300, memory_bytes=3 * 2**30)
_NAME = "the documents"


class CannotCompose(Refusal):
    """Today's program makes no documents of these inputs; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Documents by stem: the tree of each, and every path that it reads."""

    trees: Mapping[str, Document]
    reads: Mapping[str, frozenset[str]]


def compose_apart(inputs: Inputs, clock: Callable[[], float]) -> Apart:
    """Return the documents that today's program composes of inputs, whatever they come from.

    Raises:
        CannotCompose: Something is wrong with them, or it takes too long or too much memory.
    """
    task = Task(_NAME, 1, partial(_as_json, inputs))
    made, failures = make_all((task,), 1, lambda name: None, clock, LIMITS)
    if failures:
        raise CannotCompose(failures[0].why)
    found = json.loads(made[_NAME])
    if found["wrong"]:
        raise CannotCompose(found["wrong"][0])
    trees = {stem: from_json(tree) for stem, tree in found["trees"].items()}
    return Apart(trees, {stem: frozenset(paths) for stem, paths in found["reads"].items()})


def _as_json(inputs: Inputs) -> bytes:
    """Return what composing gives, as JSON. Runs in the process of its own."""
    examined = examine(inputs, checked=False)
    wrong = [f"{one.file}: {one.message}" for one in examined.findings if one.severity is Severity.ERROR]
    trees = {one.stem: to_json(one.composed.document) for one in examined.documents}
    reads = {one.stem: list(one.composed.reads) for one in examined.documents}
    return canonical_json({"trees": trees, "reads": reads, "wrong": wrong[:1]})
