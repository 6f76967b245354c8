"""The verifier and the standalone one give the same set of verdicts, whatever was done to a log."""

import shutil
from argparse import Namespace
from functools import cache
from pathlib import Path

import pytest

from regdocs.audit import standalone_verify
from regdocs.audit.verify import verify
from regdocs.cli.verify_given import asked_of, place_of
from regdocs.errors import UsageError
from tests.audit.log_maker import LogMaker, log_of_41_entries
from tests.audit.spoiled_case import Case
from tests.audit.spoiling import spoiled

SAMPLE, ALL, BLOCK = 240, 4000, 40


@pytest.fixture(scope="module")
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture(scope="module", autouse=True)
def quick_signatures():
    """The standalone program's own arithmetic, each answer remembered: thousands of logs differ in few signatures."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("is_signed", "is_weak", "demonstration_public"):
            patch.setattr(standalone_verify, name, cache(getattr(standalone_verify, name)))
        yield


def by_ours(study: Path, heads: tuple[str, ...], footers: tuple[str, ...], trust: str | None) -> set[int]:
    try:
        place = place_of(study, str(study))
        asked = asked_of(study, place, heads, footers, trust)
    except UsageError:
        return {2}
    return {int(fault.verdict) for fault in verify(place.evidence(), asked).faults}


def by_standalone(study: Path, heads: tuple[str, ...], footers: tuple[str, ...], trust: str | None) -> set[int]:
    asked = Namespace(folder=str(study), trust=trust, head=list(heads), footer=list(footers))
    try:
        verifier = standalone_verify.verified(asked)
        assert "".join(standalone_verify.report(verifier))
    except (standalone_verify.Bad, OSError, ValueError):
        return {2}
    return {fault[0] for fault in verifier.faults}


def verdicts(case: Case, top: Path) -> tuple[set[int], set[int]]:
    study = case.write(top)
    heads = tuple(str(top / f"head-{number}") for number in range(len(case.given)))
    trust = None if case.trust is None else str(top / "trust")
    given = (heads, tuple(case.footers), trust)
    return by_ours(study, *given), by_standalone(study, *given)


def check(log: LogMaker, top: Path, seeds: range) -> None:
    """Both verifiers agree on the logs of these seeds; else the folder of each other one is kept and told."""
    apart = []
    for seed in seeds:
        case = spoiled(log, seed)
        ours, other = verdicts(case, top / "case")
        if ours != other:
            shutil.copytree(top / "case", top / f"apart-{seed}")
            apart.append(f"seed {seed} {case.told}: ours {sorted(ours)}, standalone {sorted(other)}")
    assert not apart, "\n".join(apart)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SAMPLE, BLOCK))
def test_both_verifiers_agree_on_a_sample_of_spoiled_logs(log: LogMaker, tmp_path: Path, first: int):
    check(log, tmp_path, range(first, first + BLOCK))


@pytest.mark.full
@pytest.mark.parametrize("first", range(SAMPLE, ALL, BLOCK))
def test_both_verifiers_agree_on_thousands_of_spoiled_logs(log: LogMaker, tmp_path: Path, first: int):
    check(log, tmp_path, range(first, first + BLOCK))


def test_spoiled_logs_show_every_verdict_and_many_sets_of_them(log: LogMaker, tmp_path: Path):
    found = [frozenset(verdicts(spoiled(log, seed), tmp_path / "case")[0]) for seed in range(1000, 1080)]
    assert set().union(*found) >= {1, 2, 3, 5, 6, 7, 8, 9}
    assert len(set(found)) >= 20
