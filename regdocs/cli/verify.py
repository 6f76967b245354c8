"""`regdocs verify`: whether a study's history holds against what was kept outside."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless, say_json
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.audit.evidence import FolderEvidence
    from regdocs.audit.state import State
    from regdocs.audit.trust import Trust
    from regdocs.audit.verification import Asked, Head, Verification

MAX_TRUST = 1 << 20


@click.command("verify")
@click.argument("study", required=False, metavar="[DIR]")
@click.option("--head", "heads", multiple=True, metavar="FILE", help="A checkpoint kept outside; may be repeated.")
@click.option("--footer", "footers", multiple=True, metavar="TEXT", help='A head as on a page: "log 42 · 7QK4-…".')
@click.option("--trust", "trust", default=None, metavar="FILE", help="Keys that somebody outside vouches for.")
@click.option("--timestamp-roots", "roots", default=None, metavar="FILE", help="Certificates (PEM) for time-stamps.")
@click.option("--state", "state", default=None, metavar="FILE", help="Go on from FILE; write it when nothing is amiss.")
@click.option("--rebuild", is_flag=True, help="Render recorded documents again from what is stored, and compare.")
@click.option("--against", default=None, metavar="DIR", help="Compare with another copy of the log.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--report", default=None, metavar="FILE", help="Write the outcome into FILE as well.")
@click.pass_obj
def command(  # noqa: PLR0913 – one argument an option, which is how click hands them over
    folder: Path,
    study: str | None,
    heads: tuple[str, ...],
    footers: tuple[str, ...],
    trust: str | None,
    roots: str | None,
    state: str | None,
    rebuild: bool,
    against: str | None,
    as_json: bool,
    report: str | None,
) -> int:
    """Check the history of a study: nothing altered, cut off or forked since a head you hold; who signed what.

    DIR is a study folder, or any folder with audit/ in it. Exit codes: 0 all that was asked holds, 1 altered, 2 usage,
    3 truncated or rolled back, 4 fork, 5 a signature missing or not sufficient, 6 unknown key, 7 a file missing or
    different, 8 no log, 9 no head from outside, 10 documents differ with another tool chain.
    """
    try:
        place = _place(folder, study)
        asked = asked_of(place, heads, footers, trust, roots)
        other = None if against is None else _place(folder, against)
        found = _found(place, asked, state, rebuild, other)
        _tell(found, as_json, report)
        _keep_evidence(found, place, asked, other)
        if state is not None:
            _keep_state(Path(state), found)
    except Refusal as error:
        # Elsewhere a refusal is exit code 1, which here would say that the log was altered.
        raise UsageError(str(error)) from error
    return int(found.verdict)


def _found(place: Path, asked: "Asked", state: str | None, rebuild: bool, other: Path | None) -> "Verification":
    from regdocs.audit.verify import verify

    found = _with_data_forms(_evidence(place), verify(_evidence(place), asked, _state(state, place)))
    if rebuild:
        found = _rebuilt(place, found)
    return found if other is None else _compared(place, found, other, asked)


def _place(folder: Path, study: str | None) -> Path:
    """Return the folder that has `audit/` in it; the audit folder itself may be named too."""
    if study is None:
        for place in (folder.resolve(), *folder.resolve().parents):
            if (place / "audit").is_dir():
                return place
        raise UsageError(f'there is no folder "audit" in "{folder}" or above it; name the folder of the study')
    place = folder / study
    if not place.is_dir():
        raise UsageError(f'there is no folder "{place}"')
    return place.resolve().parent if _is_log(place) and not _is_log(place / "audit") else place


def _is_log(place: Path) -> bool:
    return (place / "log.jsonl").exists() or (place / "checkpoint").exists()


def _evidence(place: Path) -> "FolderEvidence":
    from regdocs.audit.evidence import FolderEvidence

    return FolderEvidence(place)


# --------------------------------------------------------------------------------------------------- what is given


def asked_of(
    place: Path, heads: tuple[str, ...], footers: tuple[str, ...], trust: str | None, roots: str | None = None
) -> "Asked":
    """Return what a verification of the log in this folder is to check against, from files and texts as given.

    Raises:
        UsageError: One of them cannot be read.
    """
    from regdocs.audit.footer import NotAFooter, parse_footer
    from regdocs.audit.verification import Asked

    try:
        read = tuple(parse_footer(text) for text in footers)
    except NotAFooter as error:
        raise UsageError(f"--footer: {error}") from error
    certificates = None if roots is None else _given(roots, MAX_TRUST)
    return Asked(_trust(place, trust), tuple(_head(name) for name in heads), read, certificates)


def _head(name: str) -> "Head":
    from regdocs.audit.checkpoint import NotACheckpoint
    from regdocs.audit.heads import read_head
    from regdocs.audit.note import MAX_NOTE, NotANote
    from regdocs.audit.verification import Head

    try:
        head = read_head(_given(name, MAX_NOTE))
    except (NotANote, NotACheckpoint) as error:
        raise UsageError(f'--head "{name}" is no head of a log: {error}') from error
    return Head(f'the head "{name}"', head.note, head.checkpoint)


def _trust(place: Path, name: str | None) -> "Trust | None":
    from regdocs.audit.trust import NotATrustFile, trust_in

    if name is None:
        return None
    try:
        return trust_in(_given(name, MAX_TRUST).decode("utf-8"), _origin(place))
    except (NotATrustFile, UnicodeDecodeError) as error:
        raise UsageError(f'--trust "{name}" cannot be read: {error}') from error


def _origin(place: Path) -> str | None:
    """Return the origin that the log's first line gives, or else its checkpoint."""
    from regdocs.audit.checkpoint import NotACheckpoint
    from regdocs.audit.heads import read_head
    from regdocs.audit.line import NotALine, parse
    from regdocs.audit.note import NotANote

    evidence = _evidence(place)
    try:
        origin = parse(next(evidence.lines(), b"").removesuffix(b"\n")).get("origin")
        if isinstance(origin, str):
            return origin
    except NotALine:
        pass  # told by the verification
    try:
        return read_head(evidence.checkpoint() or b"").checkpoint.origin
    except (NotANote, NotACheckpoint):
        return None


def _given(name: str, limit: int) -> bytes:
    try:
        with open(name, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise UsageError(f'"{name}" cannot be read: {error.strerror}') from error
    if len(data) > limit:
        raise UsageError(f'"{name}" has more than {limit:,} bytes, which is not what is read here')
    return data


def _state(name: str | None, place: Path) -> "State | None":
    from regdocs.audit.state import MAX_STATE, NotAState, State

    if name is None or not Path(name).exists():
        return None
    try:
        state = State.parse(_given(name, MAX_STATE))
    except NotAState as error:
        raise UsageError(f'--state "{name}": {error}') from error
    if state.origin != _origin(place):
        raise UsageError(f'--state "{name}" is about another log, "{state.origin}"')
    return state


def _keep_state(path: Path, found: "Verification") -> None:
    from regdocs.atomic import write_atomic

    if found.state is None:
        click.echo(f"{path} was left as it is: it is only written when nothing is at fault.", err=True)
        return
    write_atomic(path, found.state.to_bytes())


# -------------------------------------------------------------------------------------------------- further looks


def _with_data_forms(evidence: "FolderEvidence", found: "Verification") -> "Verification":
    """Add whether each recorded protocol.yaml loads to its data form, which needs the reader of YAML."""
    if not found.versions:
        return found
    from dataclasses import replace

    from regdocs.versions.data_forms import data_form_faults

    return replace(
        found,
        faults=(*found.faults, *data_form_faults(evidence, found.versions)),
        checked=(*found.checked, f"protocol.yaml of {len(found.versions)} versions loads to the recorded data form"),
        unchecked=tuple(line for line in found.unchecked if "(spec)" not in line),
    )


def _rebuilt(place: Path, found: "Verification") -> "Verification":
    from dataclasses import replace

    from regdocs.cli.recording_versions import printer
    from regdocs.versions.rebuild import rebuild

    faults, listed, checked = rebuild(place, found, printer(None))
    left = tuple(line for line in found.unchecked if "--rebuild" not in line)
    return replace(
        found,
        faults=(*found.faults, *faults),
        listed=(*found.listed, *listed),
        checked=(*found.checked, *checked),
        unchecked=left,
    )


def _compared(place: Path, found: "Verification", other: Path, asked: "Asked") -> "Verification":
    from dataclasses import replace

    from regdocs.audit.copies import compare
    from regdocs.audit.verify import verify

    theirs = _evidence(other)
    fault, listed = compare(_evidence(place), found, theirs, verify(theirs, asked))
    faults = found.faults if fault is None else (*found.faults, fault)
    return replace(found, faults=faults, listed=(*found.listed, *listed))


def _keep_evidence(found: "Verification", place: Path, asked: "Asked", other: Path | None) -> None:
    """Write the heads of a fork into a file beside the person, who has to show them to others."""
    from regdocs.audit.verdict import Verdict

    forks = [fault.message for fault in found.faults if fault.verdict is Verdict.FORK]
    if not forks:
        return
    from regdocs.cli.fork_evidence import keep_evidence

    heads = [("the log's checkpoint", _evidence(place).checkpoint() or b"")]
    heads += [(head.name, head.note.to_bytes()) for head in asked.heads]
    heads += [("the other copy's checkpoint", _evidence(other).checkpoint() or b"")] if other else []
    click.echo(f"The signed heads were written into {keep_evidence(Path.cwd(), heads, forks)}.", err=True)


def _tell(found: "Verification", as_json: bool, report: str | None) -> None:
    from regdocs.cli.verify_words import json_of, words_of

    lines = [harmless(line) for line in words_of(found)]
    if as_json:
        say_json(json_of(found))
    else:
        click.echo("\n".join(lines))
    if report is not None:
        from regdocs.atomic import write_atomic

        write_atomic(Path(report), ("\n".join(lines) + "\n").encode("utf-8"))
