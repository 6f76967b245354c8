"""`regdocs sign`: sign an entry in person, record a signature made elsewhere, or print who signed what."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.cli.recording import (
    Recording,
    acting_person,
    actor_of,
    key_ring_for,
    logbook_of,
    record,
    unsigned_options,
    why_option,
)
from regdocs.cli.terminal_signer import show
from regdocs.cli.zone import zone_of
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook


@click.command("sign")
@click.argument("n", metavar="N", type=int)
@click.option("--meaning", default=None, metavar="WORD", help="authorship, review, approval or responsibility.")
@click.option("--role", default=None, metavar="ROLE", help="The role you sign in, when you have several that suffice.")
@click.option("--for", "for_", default=None, metavar="PERSON", help="You sign for this person, in your own name.")
@click.option("--under", default=None, type=int, metavar="ENTRY", help="The entry that records the delegation.")
@click.option("--external", default=None, metavar="FILE", help="Record a signature made elsewhere: its scan or file.")
@click.option("--kind", default=None, metavar="WORD", help="With --external: ink, docusign, adobe or other.")
@click.option("--signer", default=None, metavar="TEXT", help="With --external: who signed.")
@click.option("--signed-on", default=None, metavar="DATE", help="With --external: the day of signing.")
@click.option("--page", is_flag=True, help="Write the page of who signed what about entry N (PDF or DOCX, by --out).")
@click.option("--out", default=None, metavar="FILE", help="With --page: FILE.pdf or FILE.docx.")
@click.option("--trust", default=None, metavar="FILE", help="With --page: keys that are to be held against the log.")
@click.option(
    "--zone",
    default=None,
    metavar="ZONE",
    help="With --page: time zone of its times; if not, TZ, the computer's, or UTC.",
)
@why_option
@unsigned_options
@click.pass_obj
def command(  # noqa: PLR0913 - the options of one command
    folder: Path,
    n: int,
    meaning: str | None,
    role: str | None,
    for_: str | None,
    under: int | None,
    external: str | None,
    kind: str | None,
    signer: str | None,
    signed_on: str | None,
    page: bool,
    out: str | None,
    trust: str | None,
    zone: str | None,
    why: str | None,
    recording: Recording,
) -> int:
    """Sign entry N of the log. What you sign is shown in full before your passphrase is asked.

    "approval" asks for a role that the log names for it. A delegate signs in their own name, --for the other person,
    --under the entry that records the delegation.
    """
    logbook = logbook_of(folder)
    if page:
        return _page(folder, logbook, n, out, trust, zone)
    if meaning is None:
        raise UsageError("say with --meaning what the signature means: authorship, review, approval or responsibility")
    if external is not None:
        return _elsewhere(folder, logbook, n, meaning, (external, kind, signer, signed_on), (why, recording))
    return _in_person(logbook, n, meaning, (role, for_, under), recording)


def _in_person(
    logbook: "Logbook", n: int, meaning: str, named: tuple[str | None, str | None, int | None], recording: Recording
) -> int:
    from regdocs.versions.acting import refuse_in_record
    from regdocs.versions.signing import shown, sign, suited_roles

    role, for_, under = named
    refuse_in_record(logbook, "sign")
    about = shown(logbook, n)
    actor = actor_of(logbook, recording, role=role, suited=suited_roles(logbook, meaning))
    record_of = sign(logbook, n, meaning, actor, for_=for_, under=under)
    show(f"Entry {n}:", about)
    record(logbook, recording, [record_of])
    return 0


def _elsewhere(
    folder: Path,
    logbook: "Logbook",
    n: int,
    meaning: str,
    said: tuple[str, str | None, str | None, str | None],
    recorded: tuple[str | None, Recording],
) -> int:
    from regdocs.versions.signing import Elsewhere, signed_elsewhere

    file, kind, signer, signed_on = said
    why, recording = recorded
    if kind is None or signer is None or signed_on is None:
        raise UsageError("--external needs --kind, --signer and --signed-on")
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    data = read_given(folder / file, MAX_FILE_BYTES)
    elsewhere = Elsewhere(kind, signer, meaning, signed_on)
    entry, objects = signed_elsewhere(logbook, n, data, elsewhere, by=by, why=why)
    record(logbook, recording, [entry], objects=objects)
    return 0


def _page(folder: Path, logbook: "Logbook", n: int, out: str | None, trust: str | None, zone: str | None) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.audit.trust import parse_trust
    from regdocs.versions.signature_page import signature_page

    form = (out or "").rpartition(".")[2].lower()
    if out is None or form not in ("pdf", "docx"):
        raise UsageError("--page needs --out FILE.pdf or FILE.docx")
    known = (
        parse_trust(read_given(folder / trust, 1_000_000).decode("utf-8", "replace"), logbook.origin) if trust else None
    )
    page = signature_page(logbook, n, trust=known, zone=zone_of(zone), form=form)
    write_atomic(folder / out, page)
    click.echo(f"Written to {out}. It shows what the log holds; who checks it needs the log itself.")
    return 0
