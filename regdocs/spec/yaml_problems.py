"""What PyYAML says about a syntax error, in words for the person who wrote the text.

Knows the messages of PyYAML's two readers (Python and libyaml word them differently); does not know the tree.
"""

import re
from dataclasses import dataclass

import yaml

from regdocs.source import START, Position
from regdocs.spec.yaml_characters import NO_CHARACTER
from regdocs.spec.yaml_report import Report
from regdocs.spec.yaml_rules import CHARACTER, DIRECTIVE, SYNTAX, TAB, TAG, YamlRule


@dataclass(frozen=True, slots=True)
class _Problem:
    """A pattern of PyYAML's "context: problem", and how we say it. `at_start`: show where the thing began."""

    pattern: str
    message: str
    hint: str | None = None
    rule: YamlRule = SYNTAX
    at_start: bool = False


_NO_END = "found unexpected (end of stream|document indicator)"
_PROBLEMS: tuple[_Problem, ...] = (
    _Problem(
        "invalid Unicode character escape code",
        NO_CHARACTER,
        rule=CHARACTER,
        at_start=True,
    ),
    _Problem("directive|incompatible YAML document", 'a line beginning with "%" is not accepted', rule=DIRECTIVE),
    _Problem(r"found a tab character|character '\\t' that", "a tab stands where spaces are needed", rule=TAB),
    _Problem("(parsing|scanning) a tag|tag handle", "a tag is not accepted", rule=TAG, at_start=True),
    _Problem(
        "an (alias|anchor)",
        'a value cannot begin with "*" or "&"',
        "put the text in quotes",
        at_start=True,
    ),
    _Problem(
        "mapping values are not allowed",
        'there is a ":" where no key can stand',
        'text with ": " in it needs quotes; a key stands in line with the keys beside it',
    ),
    _Problem(
        "unknown escape character|hexdecimal|escape sequence",
        "the backslash begins an escape that YAML does not know",
        "use 'single quotes', or write the backslash twice",
        at_start=True,
    ),
    _Problem(f"quoted scalar.*{_NO_END}", "a quote is opened here and not closed", "close the quote", at_start=True),
    _Problem(
        "could not find expected ':'",
        "this line has no value: a key, a colon and a space are expected",
        'write "key: value"; indent the line if it belongs to the text above',
    ),
    _Problem(
        "flow (mapping|sequence)|expected ',' or",
        'a bracket "[" or "{" is not closed, or a comma is missing',
        'close the bracket; put text that has ",", "[", "{" or ": " in it in quotes',
    ),
    _Problem(
        "block end|expected key|expected '-' indicator",
        "this line does not fit the lines above it",
        'keys that belong together begin in one column; list items begin with "- "; nothing may follow a closing quote',
    ),
    _Problem(
        "sequence entries are not allowed",
        'a list item "-" stands where no list can be',
        "begin the list on a line of its own below the key",
    ),
    _Problem("mapping keys are not allowed", 'a "?" stands where no key can be', "put the text in quotes"),
    _Problem(
        "cannot start any token",
        'a value cannot begin with this character ("%", "@" or "`")',
        "put the text in quotes",
    ),
    _Problem("block scalar", 'after "|" or ">" the line has to end', "begin the text on the next line, indented"),
)


def report_problem(error: yaml.YAMLError, report: Report) -> None:
    """Note the finding for what PyYAML could not read."""
    words = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or error}"
    problem = _problem(words)
    position = _position(error, at_start=problem.at_start)
    if _tab_indents(position, report):
        report.broken(TAB, "a tab stands where spaces are needed", position)
        return
    report.broken(problem.rule, problem.message, position, hint=problem.hint)


def _problem(words: str) -> _Problem:
    unknown = _Problem("", "this line cannot be read as YAML")
    return next((problem for problem in _PROBLEMS if re.search(problem.pattern, words)), unknown)


def _position(error: yaml.YAMLError, *, at_start: bool) -> Position:
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if at_start:
        marks.reverse()
    mark = next((mark for mark in marks if mark is not None), None)
    return Position(mark.line + 1, mark.column + 1) if mark is not None else START


def _tab_indents(position: Position, report: Report) -> bool:
    line = report.lines[position.line - 1] if position.line <= len(report.lines) else ""
    indentation = line[: len(line) - len(line.lstrip())]
    return "\t" in indentation and position.column <= len(indentation) + 1
