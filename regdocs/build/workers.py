"""A few processes that make PDFs side by side, each document cut off from the others.

WeasyPrint runs in them only: a crash, a hang or a hunger for memory of one document ends its process and is told by the
document's name; the others go on. Knows processes; does not know what is printed.
"""

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from regdocs.errors import RegdocsError

T = TypeVar("T")

SECONDS = 600
MEMORY_BYTES = 6 * 2**30


@dataclass(frozen=True)
class Task(Generic[T]):
    """One thing to make: its name, how heavy it is (the heaviest are begun first), and what makes it.

    What is made comes back over a pipe, so it can be pickled.
    """

    name: str
    weight: int
    make: Callable[[], T]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be made."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take before its process is ended."""

    seconds: float = SECONDS
    memory_bytes: int = MEMORY_BYTES


@dataclass(slots=True)
class _Worker:
    process: Any  # the process class of whichever start method this system has
    connection: Connection
    task: int = -1
    deadline: float = 0


@dataclass(slots=True)
class _Pool:
    tasks: tuple[Task[Any], ...]
    limits: Limits
    clock: Callable[[], float]
    workers: list[_Worker] = field(default_factory=list)


def make_all(
    tasks: tuple[Task[T], ...],
    count: int,
    begun: Callable[[str], None],
    clock: Callable[[], float],
    limits: Limits = Limits(),
) -> tuple[dict[str, T], tuple[Failure, ...]]:
    """Return what each task made by its name, in the order of the tasks, and what failed.

    Which process makes what changes no byte. `clock` gives seconds that only go forward.

    Raises:
        RegdocsError: A task says in words why it cannot be done; the rest is not made then.
    """
    made: dict[int, T] = {}
    failures: dict[int, Failure] = {}
    waiting = sorted(range(len(tasks)), key=lambda index: (-tasks[index].weight, index))
    with _pool(tasks, min(count, len(tasks)), limits, clock) as pool:
        while waiting or any(worker.task >= 0 for worker in pool.workers):
            _hand_out(pool, waiting, begun)
            for index, answer in _answers(pool):
                if isinstance(answer, Failure):
                    failures[index] = answer
                else:
                    made[index] = answer
    return {tasks[i].name: made[i] for i in sorted(made)}, tuple(failures[i] for i in sorted(failures))


@contextmanager
def _pool(tasks: tuple[Task[Any], ...], count: int, limits: Limits, clock: Callable[[], float]) -> Iterator[_Pool]:
    pool = _Pool(tasks, limits, clock)
    try:
        for _ in range(count):
            pool.workers.append(_start(pool))
        yield pool
    finally:
        for worker in pool.workers:
            _end(worker)


def _start(pool: _Pool) -> _Worker:
    # A fork has everything warm and needs no copy of the tasks; elsewhere than on Linux libraries do not bear it.
    method = "fork" if sys.platform == "linux" else "spawn"
    ours, theirs = multiprocessing.Pipe()
    # Typeshed gives the class of processes only to contexts of a known method.
    new_process: Any = multiprocessing.get_context(method)
    # A fork holds our ends of all pipes too: while they are open there, no process hears that this one has ended.
    held = (ours, *(worker.connection for worker in pool.workers)) if method == "fork" else ()
    arguments = (theirs, held, pool.tasks, pool.limits.memory_bytes)
    process = new_process.Process(target=_serve, args=arguments, daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _hand_out(pool: _Pool, waiting: list[int], begun: Callable[[str], None]) -> None:
    for worker in pool.workers:
        if worker.task < 0 and waiting:
            worker.task = waiting.pop(0)
            worker.deadline = pool.clock() + pool.limits.seconds
            begun(pool.tasks[worker.task].name)
            _send(pool, worker)


def _send(pool: _Pool, worker: _Worker) -> None:
    """Hand a task to a process; one that somebody ended while it had nothing to do is replaced first."""
    try:
        worker.connection.send(worker.task)
    except OSError:
        _end(worker)
        fresh = _start(pool)
        worker.process, worker.connection = fresh.process, fresh.connection
        worker.connection.send(worker.task)


def _answers(pool: _Pool) -> Iterator[tuple[int, Any]]:
    """Wait for the next answer, death or missed deadline; a process that is gone is replaced."""
    busy = [worker for worker in pool.workers if worker.task >= 0]
    patience = max(0.0, min(worker.deadline for worker in busy) - pool.clock())
    ready = wait([worker.connection for worker in busy], timeout=patience)
    for worker in busy:
        if worker.connection in ready:
            yield _received(pool, worker)
        elif pool.clock() >= worker.deadline:
            yield _replaced(pool, worker, f"it took longer than {pool.limits.seconds:g} seconds")


def _received(pool: _Pool, worker: _Worker) -> tuple[int, Any]:
    try:
        kind, answer = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join()
        return _replaced(pool, worker, f"the program that makes it broke down (exit {worker.process.exitcode})")
    if kind == "refused":
        raise answer
    index, worker.task = worker.task, -1
    return index, Failure(pool.tasks[index].name, answer) if kind == "failed" else answer


def _replaced(pool: _Pool, worker: _Worker, why: str) -> tuple[int, Failure]:
    index = worker.task
    _end(worker)
    pool.workers[pool.workers.index(worker)] = _start(pool)
    return index, Failure(pool.tasks[index].name, why)


def _serve(
    connection: Connection, held: tuple[Connection, ...], tasks: tuple[Task[Any], ...], memory_bytes: int
) -> None:
    """Make what is asked for until nobody asks any more. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears Ctrl-C, and ends its processes
    for inherited in held:
        inherited.close()
    _limit_memory(memory_bytes)
    with suppress(EOFError, OSError):  # nobody asks, or nobody wants the answer
        while True:
            index = connection.recv()
            connection.send(_answer(tasks[index]))


def _answer(task: Task[Any]) -> tuple[str, object]:
    try:
        return "made", task.make()
    except RegdocsError as error:
        return "refused", error
    except MemoryError:
        return "failed", "it needs more memory than a document may take"
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
