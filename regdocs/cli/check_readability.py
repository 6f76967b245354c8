"""`regdocs check --readability`: how each document that participants get reads, for people and for programs."""

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import click

from regdocs.build.examine import Draftable, Examined, examine
from regdocs.build.study import find_study, read_inputs
from regdocs.cli.findings_told import give
from regdocs.cli.say import harmless, say_findings
from regdocs.cli.telling import Telling
from regdocs.consent.readable import AIM, HardSentence, Measure, Reading, Suggestion, read
from regdocs.finding import has_errors
from regdocs.units import plural

_NOT_DEFINED = "grade not defined for this language"
_FRAGMENTS = "labels, items and cells"
_NAME = 44  # columns for the name of a section


def check_readability(folder: Path, telling: Telling) -> int:
    """Tell how the documents for participants read; where the study has errors, these instead."""
    study = find_study(folder)
    examined = examine(read_inputs(study))
    if has_errors(examined.findings):  # with an error nothing is composed
        say_findings(one for one in examined.findings if one.severity == "error")
        click.echo("The documents cannot be read: mend these errors first.")
        return 1
    give(told_readability(telling.chosen, examined), telling.file(folder))
    return 0


def told_readability(form: str, examined: Examined) -> str:
    """Return how the documents read, as "text" or "json"."""
    readings = [(one, read(one.composed.document)) for one in examined.documents if one.kind.participant_facing]
    if form == "json":
        documents = [_json_of(one, reading) for one, reading in readings]
        return json.dumps({"aim": AIM, "documents": documents}, ensure_ascii=False, indent=2) + "\n"
    return harmless("".join(f"{line}\n" for line in _lines(readings)))


# ------------------------------------------------------------------------------------------------------------- text


def _lines(readings: list[tuple[Draftable, Reading]]) -> Iterator[str]:
    yield f"How the documents for participants read. Aim: Flesch-Kincaid grade {AIM:g} or below; it is no rule of law."
    yield "The numbers see the length of sentences and words, not their sense: docs/readability.md."
    yield ""
    for draftable, reading in readings:
        yield f"{draftable.stem}: {_in_short(reading)}"
    for draftable, reading in readings:
        yield ""
        yield from _of_document(draftable.stem, reading)


def _in_short(reading: Reading) -> str:
    if not reading.graded:
        return _NOT_DEFINED
    above = [section.name for section in reading.sections if section.above_aim]
    told = f"grade {_number(reading.whole.grade)}"
    return f"{told}; above {AIM:g}: {', '.join(above)}" if above else f"{told}; no section above {AIM:g}"


def _of_document(stem: str, reading: Reading) -> Iterator[str]:
    yield f"== {stem} =="
    if not reading.graded:
        yield f"  {_NOT_DEFINED[0].upper()}{_NOT_DEFINED[1:]}; the lengths of sentences and words are given."
    for measure in (reading.whole, *reading.sections):
        yield _of_measure(measure)
    yield from _of_worst(reading)
    yield from _of_terms(reading)
    yield from _left_out(reading)


def _of_measure(measure: Measure) -> str:
    name = f"{measure.name} (key information)" if measure.key and "key" not in measure.name.lower() else measure.name
    label = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
    return f"  {label:{_NAME}}  {_grades(measure)}"


def _grades(measure: Measure) -> str:
    counted = f"{plural(measure.counts.sentences, 'sentence')}, {plural(measure.counts.words, 'word')}"
    if not measure.counts.sentences:
        return "no sentences; labels, items and cells only"
    if not measure.graded:
        return f"{counted}; {_mean_lengths(measure)}"
    mark = f"  above {AIM:g}" if measure.above_aim else ""
    few = "*" if measure.smog_from_few else " "
    numbers = (
        f"grade {_number(measure.grade):>4}  ease {_number(measure.ease):>5}  SMOG {_number(measure.smog):>4}{few}"
    )
    return f"{numbers}  {counted}{' (few)' if measure.few_words else ''}{mark}"


def _mean_lengths(measure: Measure) -> str:
    sentence = measure.counts.words / measure.counts.sentences
    word = measure.counts.letters / max(1, measure.counts.words)
    return f"{sentence:.1f} words a sentence, {word:.1f} letters a word"


def _of_worst(reading: Reading) -> Iterator[str]:
    yield f"  The {len(reading.worst)} {'hardest' if reading.graded else 'longest'} sentences:"
    for number, one in enumerate(reading.worst, 1):
        grade = f"grade {_number(one.grade)}, " if one.grade is not None else ""
        often = f", {one.times} times" if one.times > 1 else ""
        kind = "" if one.complete else ", no whole sentence"
        yield f"  {number:>3}. {grade}{plural(one.words, 'word')}{kind}{often}, in {one.section} [{one.place}]"
        yield fill(one.text, 118, initial_indent="       ", subsequent_indent="       ", break_on_hyphens=False)


def _of_terms(reading: Reading) -> Iterator[str]:
    if not reading.suggestions:
        return
    yield (
        "  Plainer words, or explain them once:"
        if reading.graded
        else "  Long words and abbreviations, to be explained:"
    )
    for one in reading.suggestions:
        plain = f": {one.plain}" if one.plain else ""
        yield f"    {one.term} ({plural(one.times, 'time')}){plain} [{one.place}]"


def _left_out(reading: Reading) -> Iterator[str]:
    whole = reading.whole
    verbatim, fragments = plural(reading.verbatim, "value"), plural(whole.fragments, "label, item or cell", _FRAGMENTS)
    yield f"  Left out: {verbatim} as recorded (names, numbers, titles), {plural(reading.open_values, 'open value')}."
    yield f"  Counted apart, because they are no sentences: {fragments}."
    if reading.graded:
        yield f"  With each of those taken for a sentence the grade would be {_number(whole.grade_of_all)}."
        yield "  * SMOG is made for 30 sentences or more; from fewer it is less sure. (few): below 100 words."


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


# ------------------------------------------------------------------------------------------------------------- JSON


def _json_of(draftable: Draftable, reading: Reading) -> dict[str, object]:
    return {
        "document": draftable.stem,
        "kind": draftable.kind.name,
        "site": draftable.site.id if draftable.site else None,
        "language": reading.language,
        "graded": reading.graded,
        "note": None if reading.graded else _NOT_DEFINED,
        "whole": _json_of_measure(reading.whole),
        "sections": [_json_of_measure(section) for section in reading.sections],
        "hardest": [_json_of_sentence(one) for one in reading.worst],
        "terms": [_json_of_term(one) for one in reading.suggestions],
        "left_out": {"verbatim": reading.verbatim, "open": reading.open_values, "fragments": reading.whole.fragments},
    }


def _json_of_measure(measure: Measure) -> dict[str, object]:
    counts = measure.counts
    told: dict[str, object] = {
        "name": measure.name,
        "key_information": measure.key,
        "sentences": counts.sentences,
        "words": counts.words,
        "letters": counts.letters,
        "fragments": measure.fragments,
        "few_words": measure.few_words,
    }
    if measure.graded:
        told["syllables"], told["polysyllables"] = counts.syllables, counts.polysyllables
        told["flesch_kincaid_grade"], told["flesch_reading_ease"] = _rounded(measure.grade), _rounded(measure.ease)
        told["smog_grade"], told["smog_from_fewer_than_30_sentences"] = _rounded(measure.smog), measure.smog_from_few
        told["above_aim"], told["grade_with_fragments"] = measure.above_aim, _rounded(measure.grade_of_all)
    return told


def _json_of_sentence(one: HardSentence) -> dict[str, object]:
    return {
        "text": one.text,
        "section": one.section,
        "block": one.place,
        "words": one.words,
        "flesch_kincaid_grade": _rounded(one.grade),
        "whole_sentence": one.complete,
        "times": one.times,
    }


def _json_of_term(one: Suggestion) -> dict[str, object]:
    return {"term": one.term, "plainer": one.plain, "times": one.times, "first_block": one.place}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
