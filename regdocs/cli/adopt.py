"""`regdocs adopt`: the edits of the study's own text by which it would say what a Word file that came back says."""

import difflib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.check_returned import demand_word_file, look_at_file
from regdocs.cli.say import harmless, say_findings
from regdocs.errors import Refusal, RegdocsError, UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Draftable, Examined
    from regdocs.build.study import Inputs
    from regdocs.returned.comparison import Comparison
    from regdocs.returned.proposals import Proposals
    from regdocs.returned.sources import Edit, Sources


@click.command("adopt")
@click.argument("file", metavar="FILE.docx")
@click.option("--as", "named", default=None, metavar="NAME", help="Which document FILE is, as consent/north/en.")
@click.option("--write", is_flag=True, help="After showing the edits, ask whether to make them.")
@click.option("--yes", is_flag=True, help="With --write: make them without asking.")
@click.pass_obj
def command(folder: Path, file: str, named: str | None, write: bool, yes: bool) -> int:
    """Propose the edits by which the study would say what a Word FILE that came back says. Nothing is changed.

    All tracked changes count as accepted; comments are for people. Values go to protocol.yaml, words of a template
    to the study's own copy of it, words in another language to the translation. What would have to be guessed is
    told with its place. The study with these edits is composed and held against FILE again before anything is said.
    """
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import has_errors

    if yes and not write:
        raise UsageError('"--yes" answers the question of "--write"; give both')
    demand_word_file(file)
    study = find_study(folder)
    inputs = read_inputs(study)
    examined = examine(inputs)
    if has_errors(examined.findings):
        say_findings(examined.findings)
        raise Refusal("the study has errors; nothing is proposed before they are mended")
    draftable, returned = look_at_file(folder / file, inputs, examined, named)
    click.echo(f'{harmless(file)} is held against "{draftable.stem}" as the study makes it now.')
    proposals = _proposals(draftable, returned.comparison, inputs, examined)
    _say(proposals)
    if not proposals.edits:
        click.echo("No edit is proposed.")
        return 0
    sound = _say_outcome(folder / file, _with(inputs, proposals.edits), examined, draftable.stem)
    if write:
        return _write(study, inputs, proposals.edits, sound, yes)
    click.echo('Nothing is changed. "regdocs adopt FILE.docx --write" asks whether to make these edits.')
    return 0


def _proposals(draftable: "Draftable", comparison: "Comparison", inputs: "Inputs", examined: "Examined") -> "Proposals":
    from regdocs.build.examine import template_texts
    from regdocs.documents.compose import places_of
    from regdocs.returned.proposals import propose

    protocol = examined.loaded.protocol
    assert protocol is not None  # a study with errors was refused
    templates, _ = template_texts(inputs)
    places = places_of(draftable.kind, protocol, draftable.site, protocol.language, templates)
    translated = draftable.language != protocol.language
    return propose(draftable.composed.document, comparison, sources_of(inputs), places, translated)


def sources_of(inputs: "Inputs") -> "Sources":
    """Return the texts of a study in which edits are proposed."""
    from regdocs.returned.sources import PROTOCOL, TEMPLATES, TRANSLATIONS, Sources

    files = {PROTOCOL: inputs.protocol}
    files |= {f"{TEMPLATES}/{name}": data for name, data in inputs.templates.items() if name.endswith(".xml")}
    files |= {f"{TRANSLATIONS}/{name}": data for name, data in inputs.translations.items()}
    lent = {f"{TEMPLATES}/{name}" for name in inputs.templates if name not in inputs.own}
    return Sources({name: data.decode("utf-8") for name, data in files.items()}, frozenset(files) - lent)


def _with(inputs: "Inputs", edits: "Sequence[Edit]") -> "Inputs":
    """Return the inputs of the study as they would be with the edits."""
    from regdocs.returned.sources import PROTOCOL, TEMPLATES, TRANSLATIONS

    new = {edit.file: edit.after.encode("utf-8") for edit in edits}
    templates = {name.removeprefix(f"{TEMPLATES}/"): data for name, data in new.items() if name.startswith(TEMPLATES)}
    others = {n.removeprefix(f"{TRANSLATIONS}/"): data for n, data in new.items() if n.startswith(TRANSLATIONS)}
    return replace(
        inputs,
        protocol=new.get(PROTOCOL, inputs.protocol),
        templates={**inputs.templates, **templates},
        own=inputs.own | frozenset(templates),
        translations={**inputs.translations, **others},
    )


# ------------------------------------------------------------------------------------------------------------- telling


def _say(proposals: "Proposals") -> None:
    for edit in proposals.edits:
        click.echo()
        for line in _difference(edit):
            click.echo(harmless(line))
    if proposals.unproposed:
        click.echo("\nNot proposed:")
    for one in proposals.unproposed:
        click.echo(f"  paragraph {one.number}: {harmless(one.what)}\n    {harmless(one.why)}")


def _difference(edit: "Edit") -> Iterator[str]:
    """Yield the lines of a unified difference; a template that came with regdocs becomes the study's own copy."""
    lent = "" if edit.own else " (as it came with regdocs; the edit makes a copy of the study's own)"
    before, after = edit.before.splitlines(), edit.after.splitlines()
    yield from difflib.unified_diff(before, after, f"{edit.file}{lent}", edit.file, lineterm="", n=1)


def _say_outcome(file: Path, inputs: "Inputs", before: "Examined", stem: str) -> bool:
    """Say what is found in the study with the edits, and what of the file it still does not say; tell whether sound."""
    from regdocs.build.examine import examine
    from regdocs.finding import has_errors

    examined = examine(inputs)
    known = {(one.rule, one.message) for one in before.findings}
    new = [one for one in examined.findings if (one.rule, one.message) not in known]
    click.echo()
    if new:
        click.echo("With these edits the study has new findings:")
        say_findings(new)
    if has_errors(new) or stem not in {one.stem for one in examined.documents}:
        return False
    _, returned = look_at_file(file, inputs, examined, stem)
    click.echo(_left(returned.comparison))
    return True


def _left(comparison: "Comparison") -> str:
    numbers = [one.number for one in comparison.held if one.gone or one.changes or one.moved]
    numbers = sorted({*numbers, *(one.number for one in comparison.added)})
    if not numbers:
        return "With these edits the study says what the file says."
    listed = ", ".join(map(str, numbers[:20])) + (f" and {len(numbers) - 20} more" if len(numbers) > 20 else "")
    one = len(numbers) == 1
    return f"With these edits the file still differs at paragraph{'' if one else 's'} {listed}."


# ------------------------------------------------------------------------------------------------------------- writing


def _write(study: Path, inputs: "Inputs", edits: "Sequence[Edit]", sound: bool, yes: bool) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.build.study import read_inputs

    if not sound:
        raise Refusal("the study would have errors with these edits, so they are not made; nothing is changed")
    if not yes and not _asked(study):
        click.echo('Nothing is changed. Without a terminal "--yes" says that the edits are wanted.')
        return 1
    if read_inputs(study).digest != inputs.digest:
        raise Refusal("the study changed while the edits were shown; nothing is changed, look at them again")
    written: list[Edit] = []
    try:
        for edit in edits:
            (study / edit.file).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(study / edit.file, edit.after.encode("utf-8"))
            written.append(edit)
    except (OSError, RegdocsError) as error:
        _put_back(study, written)
        raise Refusal(f"{edit.file} cannot be written: {error}; nothing is changed") from error
    for edit in written:
        click.echo(f"{edit.file} is written.")
    return 0


def _put_back(study: Path, written: "Sequence[Edit]") -> None:
    """Undo what was written, because edits belong together; a copy that is new goes again."""
    from regdocs.atomic import write_atomic

    for edit in reversed(written):
        if edit.own:
            write_atomic(study / edit.file, edit.before.encode("utf-8"))
        else:
            (study / edit.file).unlink()


def _asked(study: Path) -> bool:
    return sys.stdin.isatty() and click.confirm(f"Make these edits in {study}?", default=False)
