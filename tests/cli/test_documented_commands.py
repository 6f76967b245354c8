"""Every `regdocs` command line in the README and the documentation is one that the program takes."""

import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest

from regdocs.cli.main import regdocs

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")]))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
CALL = re.compile(r"(?:^|[\s(/])regdocs (?=\S)(.*)")
SHELL = set("|&;<>()")


@dataclass(frozen=True)
class Documented:
    """A command line as a page shows it.

    Attributes:
        typed: It stands in a block to be typed, so nothing that is required may be missing.
    """

    page: str
    text: str
    typed: bool


@cache
def documented() -> tuple[Documented, ...]:
    return tuple(one for page in PAGES for one in lines_in(page.name, page.read_text(encoding="utf-8")))


def lines_in(page: str, text: str) -> list[Documented]:
    """The command lines of a page: from shell blocks line by line, elsewhere from what stands between backquotes."""
    blocks = [block.replace("\\\n", " ") for kind, block in FENCE.findall(text) if kind in ("sh", "bash", "shell")]
    typed = [line for block in blocks for line in block.split("\n")]
    spans = [" ".join(span.split()) for span in SPAN.findall(FENCE.sub("", text))]
    found = [(line, True) for line in typed] + [(span, False) for span in spans]
    calls = [(CALL.search(line), is_typed) for line, is_typed in found]
    return [Documented(page, call[1], is_typed) for call, is_typed in calls if call is not None]


def words_of(text: str) -> list[str]:
    """The words that the program gets: up to what the shell keeps for itself, a pipe or a comment."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = []
    for word in lexer:
        if set(word) <= SHELL:
            break
        words.append(word)
    return words


def problem_of(words: list[str], typed: bool) -> str | None:
    """What the program would say against these words, or None. Nothing is run."""
    command: click.Command = regdocs
    context: click.Context | None = None
    try:
        while True:
            # With the program's own settings: a command remembers the help option of the first context it sees.
            context = click.Context(command, parent=context, **command.context_settings)
            given, rest, _ = command.make_parser(context).parse_args(list(words))
            if not isinstance(command, click.Group):
                break
            if not rest:
                return None if not typed or given else f"{command.name} needs a command"
            further = command.get_command(context, rest[0])
            if further is None:
                return f"no command {rest[0]}"
            command, words = further, rest[1:]
    except click.UsageError as error:
        return error.format_message()
    if given.get("help"):
        return None
    required = [str(one.name) for one in command.params if typed and one.required]
    missing = [name for name in required if not isinstance(given.get(name), str | tuple | list)]
    return f"too much: {rest}" if rest else f"missing: {missing}" if missing else None


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_command_lines_of_a_page_are_taken(page: str):
    wrong = [(one.text, problem_of(words_of(one.text), one.typed)) for one in documented() if one.page == page]
    assert not [(text, problem) for text, problem in wrong if problem is not None]


def test_there_are_command_lines_on_the_pages_that_need_them():
    assert {"README.md", "history.md", "part11.md", "verify-by-hand.md"} <= {one.page for one in documented()}


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("biuld", False, "no command biuld"),
        ("keys mislay NAME", False, "no command mislay"),
        ("build --finale", False, "No such option"),
        ("-C my-study verify --head a.note --hurry", True, "No such option"),
        ("head some where", True, "too much"),
        ("keys revoke jane.doe@example.org/k1", True, "missing: ['why']"),
        ("note", True, "missing: ['text']"),
        ("keys", True, "keys needs a command"),
        ("verify --head", True, "requires an argument"),
    ],
)
def test_a_command_line_that_is_not_taken_is_found(text: str, typed: bool, said: str):
    assert said in str(problem_of(words_of(text), typed))


@pytest.mark.parametrize(
    "text",
    ["verify study --head a.note | tail -n 3  # and so on", "keys revoke KEY --why 'two words; and more'", "--version"],
)
def test_a_command_line_is_read_as_a_shell_reads_it(text: str):
    assert problem_of(words_of(text), typed=True) is None


def test_lines_are_found_in_blocks_and_between_backquotes():
    page = (
        "See `regdocs check`,\nor `regdocs\nbuild`.\n"
        "```sh\ncd x && .venv/bin/regdocs head \\\n  --keep F\n```\n```text\nregdocs no\n```\n"
    )
    assert [(one.text, one.typed) for one in lines_in("page", page)] == [
        ("head    --keep F", True),
        ("check", False),
        ("build", False),
    ]
