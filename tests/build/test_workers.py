"""Processes that make documents side by side: the same bytes, and a broken document is told by its name."""

import multiprocessing
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from regdocs.build.workers import Limits, Task, make_all
from regdocs.errors import Refusal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tests break processes as Linux breaks them")


def written(text: str) -> bytes:
    return text.encode()


def crashed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def hung() -> bytes:
    time.sleep(60)
    return b""


def hungry() -> bytes:
    return b"x" * (1 << 40)


def refused() -> bytes:
    raise Refusal("the reference cannot be used")


def tasks(**extra: Callable[[], bytes]) -> tuple[Task, ...]:
    good = tuple(Task(f"d{n}", n, partial(written, f"document {n}")) for n in range(6))
    return (*good, *(Task(name, 99, make) for name, make in extra.items()))


def make(asked: tuple[Task, ...], count: int = 2, seconds: float = 30):
    return make_all(asked, count, lambda name: None, time.monotonic, Limits(seconds))


@pytest.mark.parametrize("count", [1, 2, 8])
def test_any_number_of_processes_gives_the_same_in_the_same_order(count: int):
    made, failures = make(tasks(), count)
    assert list(made.items()) == [(f"d{n}", f"document {n}".encode()) for n in range(6)]
    assert failures == ()


def test_nothing_to_make_starts_nothing():
    assert make((), 4) == ({}, ())


@pytest.mark.parametrize(
    ("broken", "seconds", "why"),
    [
        (crashed, 30, "broke down (exit -9)"),
        (hung, 0.5, "longer than 0.5 seconds"),
        (hungry, 30, "more memory"),
    ],
)
def test_a_broken_document_is_named_and_the_others_are_made(broken, seconds: float, why: str):
    made, failures = make(tasks(broken=broken), 2, seconds)
    assert len(made) == 6
    assert [failure.name for failure in failures] == ["broken"]
    assert why in failures[0].why


def test_a_process_that_is_ended_while_it_waits_is_replaced():
    ended: list[int] = []

    def end_all_once(name: str) -> None:
        for child in multiprocessing.active_children() if not ended else ():
            child.kill()
            child.join()
            ended.append(1)

    made, failures = make_all(tasks(), 2, end_all_once, time.monotonic)
    assert ended and failures == ()
    assert len(made) == 6


def test_no_process_outlives_a_build_that_is_killed():
    reading, writing = os.pipe()
    build = os.fork()
    if build == 0:  # pragma: no cover – ends by a signal
        os.close(reading)
        slowly = tuple(Task(f"d{n}", 0, partial(slow, 0.3)) for n in range(2))
        make_all(slowly, 2, kill_after_two(), time.monotonic)
        os._exit(1)
    os.close(writing)
    assert os.waitpid(build, 0)[1] == signal.SIGKILL
    # Each process holds the other end open; it closes when the last of them has ended.
    ready, _, _ = select.select([reading], [], [], 20)
    assert ready and os.read(reading, 1) == b""
    os.close(reading)


def slow(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"made"


def kill_after_two() -> Callable[[str], None]:
    begun: list[str] = []

    def kill(name: str) -> None:
        begun.append(name)
        if len(begun) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def test_what_a_document_refuses_in_words_is_raised():
    with pytest.raises(Refusal, match="the reference cannot be used"):
        make(tasks(refusing=refused))


def test_the_heaviest_is_begun_first():
    begun: list[str] = []
    make_all(tasks(), 1, begun.append, time.monotonic)
    assert begun == ["d5", "d4", "d3", "d2", "d1", "d0"]
