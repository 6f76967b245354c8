"""Makes what a build has to make: look at the study, plan, print, lay the whole output folder down in one step.

The output folder is exchanged as a whole, so a crash leaves the old output or the new. Nothing is written while an
error stands.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from regdocs.atomic import recover_tree
from regdocs.build.cache import Cache
from regdocs.build.dependence import element_digests, elements_of
from regdocs.build.drafts import asked_drafts, still_drafts, why_draft
from regdocs.build.examine import Examined, examine, trees_of
from regdocs.build.jobs import Job, jobs_of, made_of
from regdocs.build.lock import only_build
from regdocs.build.manifest import Made, Manifest, read_manifest
from regdocs.build.open_values import open_values, refusals
from regdocs.build.order import Order
from regdocs.build.output import digests_of, lay_out
from regdocs.build.plan import Plan, Wanted, plan
from regdocs.build.printing import print_all
from regdocs.build.recorded import differences, input_digests
from regdocs.build.study import PROTOCOL, REFERENCE_DOCX, Inputs
from regdocs.build.toolchain import toolchain
from regdocs.build.workers import Failure
from regdocs.build.writers import Print
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal, UsageError
from regdocs.finding import Finding, Severity, has_errors
from regdocs.render.environment import Problem

RENDER_RULE = "RENDER-001"
_MOST_NAMED = 20
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
    clock: Callable[[], float]


def make(
    order: Order,
    inputs: Inputs,
    lacking: tuple[Problem, ...],
    digest: str,
    progress: Callable[[str, int, int], None],
    clock: Callable[[], float],
) -> tuple[tuple[Finding, ...], Manifest | None, Plan]:
    """Return what was found, the manifest of what lies there now (None: nothing was written) and what was done.

    Raises:
        UsageError: A site of that name does not exist.
        Refusal: As `run.build`.
    """
    examined = examine(inputs)
    if order.final and order.recorded and not has_errors(examined.findings):
        _demand_recorded(order, inputs, examined)
    findings = examined.findings + (_refusals(examined) if order.final else ())
    if has_errors(findings):
        return findings, None, _NOTHING
    _known_sites(order, examined)
    work = _Work(order, inputs, examined, jobs_of(order, inputs, examined, bool(lacking)), digest, progress, clock)
    if order.dry_run:
        return (*findings, *_drafts_to_come(work)), None, _planned(work)[1]
    with only_build(order.out):
        recover_tree(order.out)
        failures, manifest, steps = _carry_out(work)
    drafts = asked_drafts(order, manifest) if order.final and manifest is not None else {}
    return (*findings, *map(_failed, failures), *still_drafts(drafts.items())), manifest, steps


def _drafts_to_come(work: _Work) -> tuple[Finding, ...]:
    if not work.order.final:
        return ()
    told = ((job.draftable.stem, why_draft(job.identity)) for job in work.jobs if job.selected)
    return still_drafts((stem, why) for stem, why in told if why is not None)


def _demand_recorded(order: Order, inputs: Inputs, examined: Examined) -> None:
    """Refuse to make a recorded version from a working copy that is not that version."""
    assert order.recorded is not None
    found = differences(order.recorded, input_digests(inputs), trees_of(examined))
    if found:
        version = order.recorded.version
        shown = "".join(f"\n  {line}" for line in found[:_MOST_NAMED])
        more = f"\n  and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise Refusal(
            f"the working copy is not the recorded version {version}:{shown}{more}\n"
            f'"regdocs checkout {version}" lays out what was issued; "regdocs amend" records a new version'
        )


def _refusals(examined: Examined) -> tuple[Finding, ...]:
    protocol = examined.loaded.protocol
    written = [d.composed.document for d in examined.documents if protocol and d.language == protocol.language]
    return refusals(examined.loaded, written)


def _planned(work: _Work) -> tuple[tuple[Made, ...], Plan]:
    before = read_manifest(work.order.out)
    made = before.documents if before else ()
    present = digests_of(work.order.out, [document.path for document in made])
    usable = tuple(replace(one, key="") for one in made) if work.order.final and work.order.recorded else made
    return made, plan(tuple(Wanted(job.path, job.key, job.selected) for job in work.jobs), usable, present)


def _carry_out(work: _Work) -> tuple[tuple[Failure, ...], Manifest | None, Plan]:
    before, steps = _planned(work)
    printed, failures = _print_all(work, steps)
    if failures:
        return failures, None, _NOTHING
    manifest = _manifest(work, steps, made_of(work.jobs, steps, before, printed, work.inputs))
    lay_out(work.order.out, printed, manifest, steps.remove)
    return (), manifest, steps


def _print_all(work: _Work, steps: Plan) -> tuple[dict[str, bytes], tuple[Failure, ...]]:
    """Print what the plan says; of drafts the PDFs that the cache has are taken from there."""
    render = set(steps.render)
    wanted = [job for job in work.jobs if job.path in render]
    cache = Cache(work.order.study)
    kept = {} if work.order.final else _kept(cache, wanted)
    left = {job.path: _print(work, job) for job in wanted if job.path not in kept}
    made, failures = print_all(left, work.order.processes, work.progress, work.clock)
    printed = {path: one.data for path, one in made.items()}
    if not work.order.final:
        new = (job for job in wanted if job.format == "pdf" and job.path in printed)
        cache.put((job.key, printed[job.path]) for job in new)
    return {**kept, **printed}, failures


def _kept(cache: Cache, jobs: list[Job]) -> dict[str, bytes]:
    """Return the PDFs that the cache has; other formats are made faster than looked up."""
    found = {job.path: cache.get(job.key) for job in jobs if job.format == "pdf"}
    return {path: data for path, data in found.items() if data is not None}


def _print(work: _Work, job: Job) -> Print:
    reference = work.inputs.templates[REFERENCE_DOCX]
    return Print(job.draftable.composed.document, job.identity, job.format, job.profile, reference)


def _failed(failure: Failure) -> Finding:
    return Finding(
        rule=RENDER_RULE,
        severity=Severity.ERROR,
        message=f'"{failure.name}" could not be made: {failure.why}',
        file=PROTOCOL,
        hint="look at what changed last in it; the other documents could be made",
    )


def _manifest(work: _Work, steps: Plan, documents: tuple[Made, ...]) -> Manifest:
    protocol, tree = work.examined.loaded.protocol, work.examined.loaded.tree
    assert protocol is not None and tree is not None
    elements = elements_of(path for made in documents for path in made.reads)
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
        final=work.order.final,
        elements=element_digests(tree, elements),
    )


def _is_whole(work: _Work, steps: Plan) -> bool:
    """Tell whether what this machine can make, and nothing else, is there and up to date.

    `--only` and `--site` leave gaps, and PDFs of profiles that were asked for earlier.
    """
    there = {*steps.render, *steps.keep}
    asked = {job.path for job in work.jobs if job.profile in (None, *work.order.profiles)}
    nothing_else = all(job.path in asked for job in work.jobs if job.path in there)
    return nothing_else and all(job.path in there for job in work.jobs if job.possible and job.path in asked)


def _known_sites(order: Order, examined: Examined) -> None:
    ids = [site.id for site in examined.loaded.protocol.sites] if examined.loaded.protocol else []
    for site in order.sites:
        if site not in ids:
            listed = ", ".join(ids) or "none"
            raise UsageError(f'there is no site "{site}" in protocol.yaml; its sites are: {listed}')
