"""One build: look at the study, plan, print what has changed, and lay the whole output folder down in one step.

The output folder is exchanged as a whole, so a crash leaves the old output or the new. Nothing is written while an
error stands.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from regdocs.build.examine import Examined, examine
from regdocs.build.jobs import Job, Order, jobs_of, made_of
from regdocs.build.manifest import Made, Manifest, read_manifest
from regdocs.build.open_values import open_values, refusals
from regdocs.build.output import digests_of, lay_out, ready_output
from regdocs.build.plan import Plan, Wanted, plan
from regdocs.build.study import REFERENCE_DOCX, Inputs, read_inputs
from regdocs.build.toolchain import toolchain
from regdocs.build.writers import Print, missing_for, print_document
from regdocs.canonical import digest_of, sha256_hex
from regdocs.documents.kinds import KINDS
from regdocs.errors import UsageError
from regdocs.finding import Finding, has_errors
from regdocs.render.environment import Problem

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

    findings: tuple[Finding, ...]
    manifest: Manifest | None
    plan: Plan
    lacking: tuple[Problem, ...] = ()
    unchanged: bool = False


_NOTHING = Plan((), (), (), ())


def build(order: Order, progress: Progress = lambda path, number, count: None) -> Built:
    """Build what is asked.

    Raises:
        UsageError: A kind or site of that name does not exist.
        Refusal: The output folder is not ours, or a file in it is open in another program.
    """
    _known_kinds(order)
    ready_output(order.out, order.study)
    inputs = read_inputs(order.study)
    lacking = missing_for({"pdf"})
    digest = _inputs_digest(inputs, order, lacking)
    before = read_manifest(order.out)
    if before is not None and before.inputs == digest and _all_as_made(order.out, before):
        return Built((), before, replace(_NOTHING, keep=tuple(made.path for made in before.documents)), lacking, True)
    examined = examine(inputs)
    findings = examined.findings + (refusals(examined.loaded) if order.final else ())
    if has_errors(findings):
        return Built(findings, None, _NOTHING)
    _known_sites(order, examined)
    return _carry_out(order, inputs, examined, before, replace(_NOTHING_BUILT, lacking=lacking), digest, progress)


_NOTHING_BUILT = Built((), None, _NOTHING)


def _carry_out(
    order: Order,
    inputs: Inputs,
    examined: Examined,
    before: Manifest | None,
    built: Built,
    digest: str,
    progress: Progress,
) -> Built:
    jobs = jobs_of(order, inputs, examined, bool(built.lacking))
    made_before = before.documents if before else ()
    present = digests_of(order.out, [made.path for made in made_before])
    steps = plan(tuple(Wanted(job.path, job.key, job.selected) for job in jobs), made_before, present)
    built = replace(built, findings=examined.findings, plan=steps)
    if order.dry_run:
        return built
    printed = _print_all(jobs, steps, inputs, progress)
    manifest = _manifest(order, inputs, examined, made_of(jobs, steps, made_before, printed, inputs), digest)
    lay_out(order.out, printed, manifest, steps.remove)
    return replace(built, manifest=manifest)


def _print_all(jobs: tuple[Job, ...], steps: Plan, inputs: Inputs, progress: Progress) -> dict[str, bytes]:
    printed: dict[str, bytes] = {}
    wanted = [job for job in jobs if job.path in set(steps.render)]
    for number, job in enumerate(wanted, start=1):
        progress(job.path, number, len(wanted))
        order = Print(job.draftable.composed.document, job.identity, job.format, inputs.templates[REFERENCE_DOCX])
        printed[job.path] = print_document(order)
    return printed


def _manifest(order: Order, inputs: Inputs, examined: Examined, documents: tuple[Made, ...], digest: str) -> Manifest:
    protocol = examined.loaded.protocol
    assert protocol is not None
    opened = open_values(protocol)
    version = protocol.version.value if protocol.version.value is not None else f"TODO: {protocol.version.todo}"
    return Manifest(
        documents=documents,
        protocol={"sha256": sha256_hex(inputs.protocol), "version": version},
        draft=not order.final,
        todo=sum(value.state == "todo" for value in opened),
        assumptions=sum(value.state == "assumed" for value in opened),
        toolchain=toolchain(),
        inputs=digest,
    )


def _inputs_digest(inputs: Inputs, order: Order, lacking: tuple[Problem, ...]) -> str:
    machine = [problem.what for problem in lacking]
    return digest_of({"inputs": inputs.digest, "toolchain": toolchain(), "final": order.final, "lacking": machine})


def _all_as_made(out: Path, manifest: Manifest) -> bool:
    present = digests_of(out, [made.path for made in manifest.documents])
    return all(present.get(made.path) == made.sha256 and not made.stale for made in manifest.documents)


def _known_kinds(order: Order) -> None:
    names = [kind.name for kind in KINDS]
    for name in order.only:
        if name not in names:
            raise UsageError(f'there is no kind of document "{name}"; the kinds are: {", ".join(names)}')


def _known_sites(order: Order, examined: Examined) -> None:
    ids = [site.id for site in examined.loaded.protocol.sites] if examined.loaded.protocol else []
    for site in order.sites:
        if site not in ids:
            raise UsageError(f'there is no site "{site}" in protocol.yaml; its sites are: {", ".join(ids)}')
