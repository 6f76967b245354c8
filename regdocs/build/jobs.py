"""The files of one build: each document in each of its formats, with the digest of everything it is made from.

Knows documents and formats; prints nothing and writes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from regdocs.build.drafts import why_draft
from regdocs.build.examine import Draftable, Examined
from regdocs.build.identity import identity_of
from regdocs.build.manifest import Made
from regdocs.build.order import DEFAULT_PROFILE, PROFILES, Order
from regdocs.build.plan import Plan
from regdocs.build.study import REFERENCE_DOCX, Inputs
from regdocs.build.toolchain import toolchain
from regdocs.canonical import digest_of, sha256_hex
from regdocs.content.identity import Identity
from regdocs.content.json_form import identity_to_json, to_json


@dataclass(frozen=True, slots=True)
class Job:
    """One document file: which document, in which format, and the digest of everything it is made from.

    `possible` is false where this machine lacks what the format needs; `selected` where this call leaves it as it is.
    """

    draftable: Draftable
    format: str
    profile: str | None
    identity: Identity
    key: str
    possible: bool
    selected: bool

    @property
    def path(self) -> str:
        """Where it lies in the output folder; a profile other than the default is part of the name."""
        named = "" if self.profile in (None, DEFAULT_PROFILE) else f".{self.profile}"
        return f"{self.draftable.stem}{named}.{self.format}"


def jobs_of(order: Order, inputs: Inputs, examined: Examined, no_pdf: bool) -> tuple[Job, ...]:
    """Return the files that a study should have, selected by the order, in the order of kinds and formats.

    A document that this call leaves as it is may lie there in any profile, so it is given in all of them.
    """
    protocol = examined.loaded.protocol
    assert protocol is not None
    jobs = []
    carried = order.recorded.documents if order.recorded else {}
    for draftable in examined.documents:
        document = draftable.composed.document
        identity = identity_of(document, protocol, order.final, carried.get(draftable.stem), order.after)
        asked = _selected(order, draftable)
        tree = digest_of(to_json(document))
        for format_, profile in _variants(draftable, order.profiles if asked else PROFILES):
            possible = not (no_pdf and format_ == "pdf")
            selected = possible and asked
            key = _key(tree, format_, profile, identity, inputs)
            jobs.append(Job(draftable, format_, profile, identity, key, possible, selected))
    return tuple(jobs)


def _variants(draftable: Draftable, profiles: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    for format_ in draftable.kind.formats:
        if format_ != "pdf":
            yield format_, None
            continue
        for profile in PROFILES:
            if profile in profiles and (profile != "fillable" or draftable.kind.fillable):
                yield format_, profile


def _selected(order: Order, draftable: Draftable) -> bool:
    of_kind = not order.only or draftable.kind.name in order.only
    of_site = not order.sites or (draftable.site is not None and draftable.site.id in order.sites)
    return of_kind and of_site


def _key(tree: str, format_: str, profile: str | None, identity: Identity, inputs: Inputs) -> str:
    return digest_of(
        {
            "tree": tree,
            "identity": identity_to_json(identity),
            "format": format_,
            "profile": profile,
            "reference": sha256_hex(inputs.templates[REFERENCE_DOCX]) if format_ == "docx" else None,
            "toolchain": toolchain(),
        }
    )


def made_of(
    jobs: tuple[Job, ...], steps: Plan, before: tuple[Made, ...], printed: dict[str, bytes], inputs: Inputs
) -> tuple[Made, ...]:
    """Return what the manifest says of each file that will lie in the output folder."""
    earlier = {made.path: made for made in before}
    found = []
    for job in jobs:
        if job.path in printed:
            found.append(_made_now(job, printed[job.path], inputs))
        elif job.path in steps.keep:
            kept = earlier[job.path]  # the same bytes, though perhaps from a template with another comment
            found.append(replace(kept, stale=False, **_told(job, inputs)))
        elif job.path in steps.stale:
            found.append(replace(earlier[job.path], stale=True))
    return tuple(found)


def _made_now(job: Job, data: bytes, inputs: Inputs) -> Made:
    return Made(
        kind=job.draftable.kind.name,
        site=job.draftable.site.id if job.draftable.site else None,
        language=job.draftable.language,
        format=job.format,
        profile=job.profile,
        path=job.path,
        sha256=sha256_hex(data),
        bytes=len(data),
        key=job.key,
        **_told(job, inputs),
    )


def _told(job: Job, inputs: Inputs) -> dict[str, Any]:
    """Return what may change while the bytes stay the same."""
    return {
        "reads": job.draftable.composed.reads,
        "template": _template(job, inputs),
        "draft": why_draft(job.identity),
        "translation": job.draftable.certification,
    }


def _template(job: Job, inputs: Inputs) -> dict[str, str]:
    name = job.draftable.kind.template
    return {"name": name, "sha256": sha256_hex(inputs.templates[name])}
