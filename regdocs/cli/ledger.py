"""`regdocs ledger`: what went to bodies and came back, what sites used, what deviated; as text, JSON or workbook."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.filing import listed
from regdocs.cli.gathering import gathering
from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.ledger import Wanted
    from regdocs.versions.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say what is asked for, as given."""

    body: str | None
    site: str | None
    what: tuple[str, ...]
    version: str | None
    amendment: int | None
    before_approval: bool
    approved: bool
    index: bool


_OPTIONS = (
    click.option("--body", metavar="ID", default=None, help="Only of this body."),
    click.option("--site", metavar="ID", default=None, help="Only of this site."),
    click.option("--what", metavar="WORD…", multiple=True, help="Only these: submission, decision, activation, …"),
    click.option("--version", metavar="VERSION", default=None, help="Only about this version, and who signed it."),
    click.option("--amendment", metavar="N", type=int, default=None, help="Only about amendment N."),
    click.option("--before-approval", is_flag=True, help="Only what was done without a permission."),
    click.option("--approved", is_flag=True, help="Instead: which documents are and were approved, by whom, for whom."),
    click.option("--index", is_flag=True, help="Instead: what each site's file should hold, and what is missing."),
)


@click.command("ledger")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@click.option("--xlsx", metavar="FILE", default=None, help="Write a workbook: the ledger, approvals, an index a site.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(folder: Path, given: Given, xlsx: str | None, as_json: bool) -> int:
    """Print every submission, question, decision, letter, copy, activation, notice and deviation, with its entry.

    Each has the day it happened, when and by whom it was recorded, and its number in the TMF Reference Model, as far as
    that was checked. Below stands for each site what is expected, filed and missing. It reads the log and checks its
    chain and head; "regdocs verify" checks everything.
    """
    logbook = logbook_of(folder)
    wanted = _wanted(logbook, given)
    if xlsx is not None and as_json:
        raise UsageError("--xlsx and --json do not go together: call it twice")
    if xlsx is not None:
        return _write(logbook, given, wanted, folder / xlsx)
    if as_json:
        say_json(_as_json(logbook, given, wanted))
        return 0
    for line in _lines(logbook, given, wanted):
        click.echo(harmless(line))
    return 0


def _wanted(logbook: "Logbook", given: Given) -> "Wanted":
    """Return what is asked for.

    Raises:
        UsageError: A word is none, options do not go together, or no recorded version has such a body or site.
        Refusal: There is no such version.
    """
    from regdocs.versions.ledger import WHATS, Wanted
    from regdocs.versions.ledger_index import sites_listed
    from regdocs.versions.overseen import overseen_bodies

    bodies = dict.fromkeys(body for version in logbook.versions for body in overseen_bodies(logbook, version))
    for word, named, known in (("body", given.body, bodies), ("site", given.site, sites_listed(logbook))):
        if named is not None and named not in known:
            raise UsageError(f'no recorded version has a {word} "{named}"; there are: {", ".join(known) or "none"}')
    whats = tuple(one.replace("-", " ") for one in listed(one.replace(" ", "-") for one in given.what))
    for one in whats:
        if one not in WHATS:
            raise UsageError(f'"{one}" is no sort of row: {", ".join(known.replace(" ", "-") for known in WHATS)}')
    rows = whats or given.version is not None or given.amendment is not None or given.before_approval
    if (given.approved or given.index) and (rows or given.approved == given.index):
        raise UsageError("--approved and --index go with --body and --site only, and not with each other")
    if given.version is not None:
        logbook.version(given.version)
    return Wanted(given.body, given.site, whats, given.version, given.amendment, given.before_approval)


def _lines(logbook: "Logbook", given: Given, wanted: "Wanted") -> Iterator[str]:
    from regdocs.versions.ledger import ledger
    from regdocs.versions.ledger_approved import approved
    from regdocs.versions.ledger_signers import signers_of
    from regdocs.versions.ledger_words import approved_lines, foot_lines, index_lines, row_lines, signer_lines

    if given.approved:
        yield from approved_lines(approved(logbook, given.body, given.site))
    elif not given.index:
        if given.version is not None:
            yield from signer_lines(signers_of(logbook, given.version))
        yield from row_lines(ledger(logbook, wanted))
    if given.index or not (given.approved or wanted.narrow):
        for site, index in _indexes(logbook, given):
            yield f"Index of the site {site}"
            yield from index_lines(index)
    yield from foot_lines(logbook.origin, logbook.head.size)


def _indexes(logbook: "Logbook", given: Given) -> "list[tuple[str, tuple[Any, ...]]]":
    from regdocs.versions.ledger_index import index_of, sites_listed

    sites = sites_listed(logbook) if given.site is None else (given.site,)
    return [(site, tuple(one for one in index_of(logbook, site) if given.body in (None, one.body))) for site in sites]


def _write(logbook: "Logbook", given: Given, wanted: "Wanted", target: Path) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.versions.ledger import ledger
    from regdocs.versions.ledger_approved import approved
    from regdocs.versions.ledger_book import workbook

    if target.suffix.lower() != ".xlsx":
        raise UsageError(f'"{target}" has to end in .xlsx')
    rows, indexes = ledger(logbook, wanted), _indexes(logbook, given)
    write_atomic(target, workbook(logbook, rows, approved(logbook, given.body, given.site), indexes))
    click.echo(harmless(f"{len(rows)} rows and the index of {len(indexes)} sites written to {target}"))
    return 0


def _as_json(logbook: "Logbook", given: Given, wanted: "Wanted") -> dict[str, Any]:
    from regdocs.versions import tmf
    from regdocs.versions.ledger import ledger
    from regdocs.versions.ledger_approved import approved
    from regdocs.versions.ledger_signers import signers_of

    told: dict[str, Any] = {"format": "regdocs.ledger/v1", "origin": logbook.origin, "entries": logbook.head.size}
    told |= {"tmf": tmf.CHECKED}
    if given.approved:
        return told | {"approved": [asdict(one) for one in approved(logbook, given.body, given.site)]}
    if given.version is not None:
        signers = signers_of(logbook, given.version)
        told["signed"] = [asdict(one) for one in signers.signed]
        told["bodies"] = [asdict(one) for one in signers.states]
    if not given.index:
        told["rows"] = [asdict(row) | {"late_days": row.late_days} for row in ledger(logbook, wanted)]
    if given.index or not wanted.narrow:
        told["index"] = [asdict(one) for _, index in _indexes(logbook, given) for one in index]
    return told
