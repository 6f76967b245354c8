"""Many documents printed at once: PDFs in processes of their own, side by side; the rest, which takes no time, here.

Knows trees, identities and formats. Takes nothing from any cache or output folder, and writes nothing.
"""

from collections.abc import Callable, Mapping
from functools import partial

from regdocs.build.workers import Failure, Limits, Task, make_all
from regdocs.build.writers import Print, Printed, print_with_pages, warm_up
from regdocs.content.query import walk_tagged

USUAL = Limits()
Progress = Callable[[str, int, int], None]


def print_all(
    prints: Mapping[str, Print],
    processes: int,
    progress: Progress,
    clock: Callable[[], float],
    limits: Limits = USUAL,
    *,
    apart: bool = False,
) -> tuple[dict[str, Printed], tuple[Failure, ...]]:
    """Return each document file by its path, and which could not be made.

    `clock` gives seconds that only go forward. With `apart` every format is made in a process with limits: what is
    printed comes from somebody who may mean harm.

    Raises:
        EnvironmentLacks: This machine lacks what PDFs need.
        Refusal: A document cannot be printed as asked.
    """
    begun = _counted(progress, len(prints))
    in_processes = {path: one for path, one in prints.items() if apart or one.format == "pdf"}
    made = {path: _here(path, one, begun) for path, one in prints.items() if path not in in_processes}
    heavy, failures = _side_by_side(in_processes, processes, begun, clock, limits) if in_processes else ({}, ())
    return {**made, **heavy}, failures


def _here(path: str, wanted: Print, begun: Callable[[str], None]) -> Printed:
    begun(path)
    return print_with_pages(wanted)


def _side_by_side(
    prints: Mapping[str, Print],
    processes: int,
    begun: Callable[[str], None],
    clock: Callable[[], float],
    limits: Limits,
) -> tuple[dict[str, Printed], tuple[Failure, ...]]:
    tasks = tuple(Task(path, _weight(one), partial(print_with_pages, one)) for path, one in prints.items())
    if any(one.format == "pdf" for one in prints.values()):
        warm_up()
    return make_all(tasks, processes, begun, clock, limits)


def _counted(progress: Progress, count: int) -> Callable[[str], None]:
    numbers = iter(range(1, count + 1))
    return lambda path: progress(path, next(numbers), count)


def _weight(wanted: Print) -> int:
    return sum(1 for _ in walk_tagged(wanted.document))
