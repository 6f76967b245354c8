"""Makes what a build has to make: look at the study, plan, print, lay the whole output folder down in one step.

The output folder is exchanged as a whole, so a crash leaves the old output or the new. Nothing is written while an
error stands.
"""

from collections.abc import Callable
from dataclasses import dataclass

from regdocs.atomic import recover_tree
from regdocs.build.examine import Examined, examine
from regdocs.build.jobs import Job, jobs_of, made_of
from regdocs.build.lock import only_build
from regdocs.build.manifest import Made, Manifest, read_manifest
from regdocs.build.open_values import open_values, refusals
from regdocs.build.order import Order
from regdocs.build.output import digests_of, lay_out
from regdocs.build.plan import Plan, Wanted, plan
from regdocs.build.study import REFERENCE_DOCX, Inputs
from regdocs.build.toolchain import toolchain
from regdocs.build.writers import Print, print_document
from regdocs.canonical import sha256_hex
from regdocs.errors import UsageError
from regdocs.finding import Finding, has_errors
from regdocs.render.environment import Problem

_NOTHING = Plan((), (), (), ())


@dataclass(frozen=True, slots=True)
class _Work:
    """A study that may be built, and what was asked."""

    order: Order
    inputs: Inputs
    examined: Examined
    jobs: tuple[Job, ...]
    digest: str
    progress: Callable[[str, int, int], None]


def make(
    order: Order,
    inputs: Inputs,
    lacking: tuple[Problem, ...],
    digest: str,
    progress: Callable[[str, int, int], None],
) -> tuple[tuple[Finding, ...], Manifest | None, Plan]:
    """Return what was found, the manifest of what lies there now (None: nothing was written) and what was done.

    Raises:
        UsageError: A site of that name does not exist.
        Refusal: As `run.build`.
    """
    examined = examine(inputs)
    findings = examined.findings + (refusals(examined.loaded) if order.final else ())
    if has_errors(findings):
        return findings, None, _NOTHING
    _known_sites(order, examined)
    work = _Work(order, inputs, examined, jobs_of(order, inputs, examined, bool(lacking)), digest, progress)
    if order.dry_run:
        return findings, None, _planned(work)[1]
    with only_build(order.out):
        recover_tree(order.out)
        manifest, steps = _carry_out(work)
    return findings, manifest, steps


def _planned(work: _Work) -> tuple[tuple[Made, ...], Plan]:
    before = read_manifest(work.order.out)
    made = before.documents if before else ()
    present = digests_of(work.order.out, [document.path for document in made])
    return made, plan(tuple(Wanted(job.path, job.key, job.selected) for job in work.jobs), made, present)


def _carry_out(work: _Work) -> tuple[Manifest, Plan]:
    before, steps = _planned(work)
    printed = _print_all(work, steps)
    manifest = _manifest(work, steps, made_of(work.jobs, steps, before, printed, work.inputs))
    lay_out(work.order.out, printed, manifest, steps.remove)
    return manifest, steps


def _print_all(work: _Work, steps: Plan) -> dict[str, bytes]:
    printed: dict[str, bytes] = {}
    wanted = [job for job in work.jobs if job.path in set(steps.render)]
    for number, job in enumerate(wanted, start=1):
        work.progress(job.path, number, len(wanted))
        reference = work.inputs.templates[REFERENCE_DOCX]
        printed[job.path] = print_document(Print(job.draftable.composed.document, job.identity, job.format, reference))
    return printed


def _manifest(work: _Work, steps: Plan, documents: tuple[Made, ...]) -> Manifest:
    protocol = work.examined.loaded.protocol
    assert protocol is not None
    opened = open_values(protocol)
    version = protocol.version.value if protocol.version.value is not None else f"TODO: {protocol.version.todo}"
    return Manifest(
        documents=documents,
        protocol={"sha256": sha256_hex(work.inputs.protocol), "version": version},
        # What was left as it was may be a draft although this call asked for final documents.
        draft=bool(steps.stale) or any(job.identity.draft for job in work.jobs),
        todo=sum(value.state == "todo" for value in opened),
        assumptions=sum(value.state == "assumed" for value in opened),
        toolchain=toolchain(),
        inputs=work.digest if _is_whole(work, steps) else None,
    )


def _is_whole(work: _Work, steps: Plan) -> bool:
    """Tell whether all that this machine can make is there and up to date; `--only` and `--site` leave gaps."""
    there = {*steps.render, *steps.keep}
    return all(job.path in there for job in work.jobs if job.possible)


def _known_sites(order: Order, examined: Examined) -> None:
    ids = [site.id for site in examined.loaded.protocol.sites] if examined.loaded.protocol else []
    for site in order.sites:
        if site not in ids:
            listed = ", ".join(ids) or "none"
            raise UsageError(f'there is no site "{site}" in protocol.yaml; its sites are: {listed}')
