"""One build: see at once when nothing has changed, else look at the study, print what has, lay the whole folder down.

Templates, layout and the protocol model are loaded only when something has to be made (`making.py`), so a build with
nothing to do is quick.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regdocs.build.drafts import asked_drafts, still_drafts
from regdocs.build.manifest import Manifest, read_manifest
from regdocs.build.order import PROFILES, Order
from regdocs.build.output import digests_of, refuse_output
from regdocs.build.plan import Plan
from regdocs.build.study import Inputs, read_inputs
from regdocs.build.toolchain import checks, toolchain
from regdocs.canonical import digest_of
from regdocs.errors import UsageError
from regdocs.render.environment import Problem, pdf_environment

if TYPE_CHECKING:
    from regdocs.finding import Finding

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    Attributes:
        findings: Everything found; with an error among them nothing was written.
        manifest: What lies in the output folder now, or None when nothing was written.
        plan: What was done or, for a dry run, would be.
        lacking: What the machine lacks; documents of that format were not made.
        unchanged: True when nothing had to be looked at more closely: all inputs are as they were.
    """

    findings: "tuple[Finding, ...]"
    manifest: Manifest | None
    plan: Plan
    lacking: tuple[Problem, ...] = ()
    unchanged: bool = False


def build(
    order: Order,
    progress: Progress = lambda path, number, count: None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Built:
    """Build what is asked.

    `clock` gives seconds that only go forward; without one no document is ended for taking too long.

    Raises:
        UsageError: A kind or site of that name does not exist.
        Refusal: The output folder is not ours, another build is at work in it, or a file in it is open in another
            program.
    """
    _known_kinds(order)
    _known_profiles(order)
    refuse_output(order.out, order.study)
    inputs = read_inputs(order.study)
    lacking = pdf_environment()
    version = order.recorded.digest if order.final and order.recorded else order.after
    digest = inputs_digest(inputs, order.final, lacking, order.profiles, version)
    unchanged = None if order.findings or (order.final and order.recorded) else _unchanged(order, digest)
    if unchanged is not None:
        drafts = asked_drafts(order, unchanged) if order.final else {}
        return Built(still_drafts(drafts.items()), unchanged, _keeping(unchanged), lacking, unchanged=True)
    from regdocs.build.making import make

    findings, manifest, steps = make(order, inputs, lacking, digest, progress, clock)
    return Built(findings, manifest, steps, lacking)


def inputs_digest(
    inputs: Inputs,
    final: bool,
    lacking: tuple[Problem, ...],
    profiles: tuple[str, ...],
    version: str | None = None,
) -> str:
    """Return the digest of everything that decides what a build makes; the same digest, the same output.

    `version` is the recorded version that drafts come after, or the digest of the one that is made.
    """
    machine = [problem.what for problem in lacking]
    asked = {"final": final, "lacking": machine, "profiles": sorted(set(profiles)), "version": version}
    return digest_of({"inputs": inputs.digest, "toolchain": toolchain(), "checks": checks(), **asked})


def _unchanged(order: Order, digest: str) -> Manifest | None:
    """Return the manifest when the output is whole, as it was made, and made from just these inputs."""
    before = read_manifest(order.out)
    if before is None or before.inputs != digest or not _lies_as_made(order.out, before):
        return None
    sites = {made.site for made in before.documents}
    return before if sites.issuperset(order.sites) else None  # an unknown site has to be told


def _lies_as_made(out: Path, manifest: Manifest) -> bool:
    present = digests_of(out, [made.path for made in manifest.documents])
    return all(present.get(made.path) == made.sha256 for made in manifest.documents)


def _keeping(manifest: Manifest) -> Plan:
    return Plan((), tuple(made.path for made in manifest.documents), (), ())


def _known_kinds(order: Order) -> None:
    if not order.only:
        return
    from regdocs.documents.kinds import KINDS

    names = [kind.name for kind in KINDS]
    for name in order.only:
        if name not in names:
            raise UsageError(f'there is no kind of document "{name}"; the kinds are: {", ".join(names)}')


def _known_profiles(order: Order) -> None:
    for name in order.profiles:
        if name not in PROFILES:
            raise UsageError(f'there is no profile of PDFs "{name}"; the profiles are: {", ".join(PROFILES)}')
