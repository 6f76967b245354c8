"""Studies whose numbers are looked at: the examples, with templates, words or documents of one's own."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from regdocs.build.examine import examine, template_texts
from regdocs.build.study import Inputs, read_inputs
from regdocs.cli.check_numbers import study_of
from regdocs.content.model import Inlines, Value
from regdocs.content.runs import change_runs
from regdocs.numbers.check import Numbers, check_numbers
from regdocs.numbers.study import StudyDocuments
from tests.composed import examined

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = (".", "examples/cohort-404", "examples/crossover-202", "examples/demo-101", "examples/device-303")


@cache
def inputs_of(example: str) -> Inputs:
    return read_inputs(REPOSITORY / example)


@cache
def study(example: str) -> StudyDocuments:
    return study_of(inputs_of(example), examined((REPOSITORY / example).resolve()))


@cache
def numbers(example: str) -> Numbers:
    return check_numbers(study(example))


def with_template(example: str, name: str, *changes: tuple[str, str]) -> StudyDocuments:
    """Return an example with a template of its own: the shipped one of that name, changed."""
    inputs = inputs_of(example)
    text = inputs.templates[name].decode() if name in inputs.templates else ""
    for old, new in changes:
        assert text.count(old) == 1 or not old, old
        text = text.replace(old, new) if old else new
    templates = {**inputs.templates, name: text.encode()}
    return _composed(Inputs(inputs.protocol, templates, frozenset({name}), {}))


def with_words(example: str, *changes: tuple[str, str]) -> StudyDocuments:
    """Return an example with other words in its protocol."""
    inputs = inputs_of(example)
    text = inputs.protocol.decode()
    for old, new in changes:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return _composed(Inputs(text.encode(), inputs.templates, frozenset(), {}))


def with_value(found: StudyDocuments, stem: str, path: str, text: str) -> StudyDocuments:
    """Return a study in one of whose documents the value of a path prints another text."""

    def change(_name: str, inlines: Inlines) -> Inlines:
        return tuple(
            replace(one, text=text) if isinstance(one, Value) and one.paths == (path,) else one for one in inlines
        )

    documents = tuple(
        replace(one, document=change_runs(one.document, change)) if one.stem == stem else one for one in found.documents
    )
    return StudyDocuments(found.loaded, documents, found.templates, found.own)


def _composed(inputs: Inputs) -> StudyDocuments:
    examined = examine(inputs)
    assert examined.documents, examined.findings
    return study_of(inputs, examined)


def template(example: str, name: str) -> str:
    return template_texts(inputs_of(example))[0][name].text
