"""`regdocs verify`: whether a study's history holds against what was kept outside."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless, say_json
from regdocs.cli.verify_given import MANIFEST, Place, asked_of, place_of, state_of
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.audit.evidence import Evidence
    from regdocs.audit.verification import Asked, Verification


@click.command("verify")
@click.argument("study", required=False, metavar="[DIR|PACKAGE.zip]")
@click.option("--head", "heads", multiple=True, metavar="FILE", help="A checkpoint kept outside; may be repeated.")
@click.option("--footer", "footers", multiple=True, metavar="TEXT", help='A head as on a page: "log 42 · 7QK4-…".')
@click.option("--trust", "trust", default=None, metavar="FILE", help="Keys that somebody outside vouches for.")
@click.option("--timestamp-roots", "roots", default=None, metavar="FILE", help="Certificates (PEM) for time-stamps.")
@click.option("--state", "state", default=None, metavar="FILE", help="Go on from FILE; write it when nothing is amiss.")
@click.option("--rebuild", is_flag=True, help="Render recorded documents again from what is stored, and compare.")
@click.option("--against", default=None, metavar="DIR|ZIP", help="Compare with another copy of the log, or a package.")
@click.option("--evidence", default=None, metavar="FILE", help="For the heads of a fork; fork-evidence.txt if not.")
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
    evidence: str | None,
    as_json: bool,
    report: str | None,
) -> int:
    """Check the history of a study: nothing altered, cut off or forked since a head you hold; who signed what.

    DIR is a study folder, any folder with audit/ in it, or the folder of a log itself, whatever its name; beside the
    last no issued documents are looked at. A zip, or a folder with MANIFEST.json and no protocol.yaml, is a package:
    each of its files is held against its manifest, and that against the log in it. Exit codes: 0 all that was asked
    holds, 1 altered, 2 usage, 3 truncated or rolled back, 4 fork, 5 a signature missing or not sufficient, 6 unknown
    key, 7 a file missing or different, 8 no log, 9 no head from outside, 10 documents could not be rebuilt, or differ
    with another tool chain.
    """
    try:
        place = place_of(folder, study)
        asked = asked_of(folder, place, heads, footers, trust, roots)
        other = None if against is None else place_of(folder, against)
        kept = None if state is None else folder / state
        found = _found(place, asked, kept, rebuild, other)
        _tell(found, as_json, None if report is None else folder / report)
        _keep_evidence(found, folder, evidence, _heads(place, asked, other))
        if kept is not None:
            _keep_state(kept, found)
    except Refusal as error:
        # Elsewhere a refusal is exit code 1, which here would say that the log was altered.
        raise UsageError(str(error)) from error
    return int(found.verdict)


def _found(place: Place, asked: "Asked", state: Path | None, rebuild: bool, other: Place | None) -> "Verification":
    from regdocs.audit.verify import verify

    if place.package is not None:
        return _of_package(place, asked, state, rebuild, other)
    found = _with_data_forms(place.evidence(), verify(place.evidence(), asked, state_of(state, place)))
    if place.study is None:
        found = replace(
            found, unchecked=(*found.unchecked, "documents in issued/: the folder of a log was given alone")
        )
    found = replace(found, unchecked=(*_untold(place), *found.unchecked))
    if rebuild:
        found = _rebuilt(place, found)
    return found if other is None else _compared(place, found, other, asked)


def _of_package(place: Place, asked: "Asked", state: Path | None, rebuild: bool, other: Place | None) -> "Verification":
    from regdocs.submission.verifying import verify_package

    if state is not None or rebuild:
        raise UsageError("--state and --rebuild are for a study; a package has the lines of its log alone")
    assert place.package is not None, "it is a package"
    found = verify_package(place.package, asked)
    return found if other is None else _compared(place, found, other, asked)


def _untold(place: Place) -> "tuple[str, ...]":
    """Return what lies beside a study and was not looked at: a folder that is both is read as a study."""
    both = place.study is not None and (place.study / MANIFEST).exists()
    return (
        ("MANIFEST.json lies here too: the folder was read as a study, its package was not looked at",) if both else ()
    )


def _keep_state(path: Path, found: "Verification") -> None:
    from regdocs.atomic import write_atomic

    if found.state is None:
        click.echo(f"{path} was left as it is: it is only written when nothing is at fault.", err=True)
        return
    write_atomic(path, found.state.to_bytes())


# -------------------------------------------------------------------------------------------------- further looks


def _with_data_forms(evidence: "Evidence", found: "Verification") -> "Verification":
    """Add whether each recorded protocol.yaml loads to its data form, which needs the reader of YAML."""
    if not found.versions:
        return found
    from regdocs.audit.telling import NOT_LOADED, count
    from regdocs.versions.data_forms import load_again

    compared, faults = load_again(evidence, found.versions)
    good, missing = compared - len(faults), len(found.versions) - compared
    told = f"protocol.yaml of {count(good, 'version')} loads to the recorded data form"
    absent = f"protocol.yaml of {count(missing, 'version')}, which is not at hand"
    left = f"{absent}: whether it loads to the recorded data form"
    kept = tuple(line for line in found.unchecked if line != NOT_LOADED)
    return replace(
        found,
        faults=(*found.faults, *faults),
        checked=(*found.checked, told) if good else found.checked,
        unchecked=(*kept, left) if missing else kept,
    )


def _rebuilt(place: Place, found: "Verification") -> "Verification":
    from regdocs.audit.telling import NOT_REBUILT
    from regdocs.cli.recording_versions import printer
    from regdocs.versions.rebuild import rebuild

    again = rebuild(place.study or place.audit.parent, place.audit, printer(None))
    left = tuple(line for line in found.unchecked if line != NOT_REBUILT)
    return replace(
        found,
        faults=(*found.faults, *again.faults),
        listed=(*found.listed, *again.listed),
        checked=(*found.checked, *again.checked),
        unchecked=(*left, *again.unchecked),
    )


def _compared(place: Place, found: "Verification", other: Place, asked: "Asked") -> "Verification":
    from regdocs.audit.copies import compare
    from regdocs.audit.verify import verify
    from regdocs.submission.proofs import is_without_log

    for one in (place, other):
        if one.package is not None and is_without_log(one.package):
            raise UsageError(f'"{one.audit}" has proofs in place of the log, so its history cannot be compared')
    theirs = other.evidence()
    fault, listed = compare(place.evidence(), found, theirs, verify(theirs, asked))
    faults = found.faults if fault is None else (*found.faults, fault)
    left = () if other.package is None else ("files of the other package: only its log was compared",)
    unchecked = (*found.unchecked, *left)
    return replace(found, faults=faults, listed=(*found.listed, *listed), unchecked=unchecked)


def _heads(place: Place, asked: "Asked", other: Place | None) -> "list[tuple[str, bytes]]":
    heads = [("the log's checkpoint", place.evidence().checkpoint() or b"")]
    heads += [(head.name, head.note.to_bytes()) for head in asked.heads]
    return heads + ([("the other copy's checkpoint", other.evidence().checkpoint() or b"")] if other else [])


def _keep_evidence(found: "Verification", folder: Path, named: str | None, heads: "list[tuple[str, bytes]]") -> None:
    """Write the heads of a fork into a file for the person, who has to show them to others.

    Not beside the log: that may be on a medium that cannot be written. The fork is told whether it can be or not.
    """
    from regdocs.audit.verdict import Verdict

    forks = [fault.message for fault in found.faults if fault.verdict is Verdict.FORK]
    if not forks:
        return
    from regdocs.atomic import CannotWrite
    from regdocs.cli.fork_evidence import NAME, keep_evidence

    try:
        kept = keep_evidence(folder / (named or NAME), heads, forks)
    except CannotWrite as error:
        click.echo(f"The signed heads were not kept: {harmless(str(error))}; --evidence names another place.", err=True)
    else:
        click.echo(f"The signed heads were written into {harmless(str(kept))}", err=True)


def _tell(found: "Verification", as_json: bool, report: Path | None) -> None:
    from regdocs.cli.verify_words import json_of, words_of

    lines = [harmless(line) for line in words_of(found)]
    if as_json:
        say_json(json_of(found))
    else:
        click.echo("\n".join(lines))
    if report is not None:
        from regdocs.atomic import write_atomic

        write_atomic(report, ("\n".join(lines) + "\n").encode("utf-8"))
