"""Two copies of one log: is one the beginning of the other, or do they part, and where.

Knows lines and what a verification of each copy said; does not merge, which nobody can do for people.
"""

from itertools import zip_longest

from regdocs.audit.evidence import Evidence
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Listed, Verification

_BROKEN = (Verdict.ALTERED, Verdict.TRUNCATED, Verdict.UNREADABLE)


def compare(
    one: Evidence, found: Verification, other: Evidence, also: Verification
) -> tuple[Fault | None, tuple[Listed, ...]]:
    """Return the fault of two copies that part, and what a reader should know of two that do not.

    Copies that part are a fork when each agrees with its own signed checkpoint, else one of them was altered.
    """
    if found.checkpoint is None or also.checkpoint is None:
        return Fault(Verdict.UNREADABLE, "the copies cannot be compared: one has no checkpoint that can be read"), ()
    if found.origin != also.origin:
        return Fault(Verdict.UNKNOWN_KEY, f'the other folder is a log of "{also.origin}", not of "{found.origin}"'), ()
    sizes = found.checkpoint.size, also.checkpoint.size
    parted = _parted(one, other, min(sizes))
    if parted is None:
        return None, (Listed(_told(*sizes)),)
    return _fault(parted, found, also), ()


def _parted(one: Evidence, other: Evidence, size: int) -> int | None:
    """Return the number of the first entry in which the copies differ, of those that both checkpoints cover."""
    pairs = zip_longest(one.lines(), other.lines())
    return next((n for n, (mine, theirs) in zip(range(size), pairs, strict=False) if mine != theirs), None)


def _told(mine: int, theirs: int) -> str:
    if mine == theirs:
        return "the other copy is the same log"
    ahead, behind = ("this", "the other") if mine > theirs else ("the other", "this")
    return f"{behind} copy is the beginning of {ahead} one, which has {abs(mine - theirs)} entries more"


def _fault(n: int, found: Verification, also: Verification) -> Fault:
    hold = [not any(fault.verdict in _BROKEN for fault in copy.faults) for copy in (found, also)]
    message = f"the two copies are the same up to entry {n - 1} and differ from entry {n} on"
    if all(hold):
        return Fault(Verdict.FORK, message, n, "two people recorded into two copies, or somebody shows two histories")
    which = "the other copy" if hold[0] else "this copy"
    return Fault(Verdict.ALTERED, f"{message}; {which} does not agree with its own checkpoint", n)
