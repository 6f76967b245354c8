"""How many participants are in each group: asked at the terminal, or counted from what the options say."""

import sys
from collections.abc import Iterator

import click

from regdocs.errors import UsageError

_DIGITS = 9


def count_of(text: str) -> int:
    """Return a number of participants.

    Raises:
        UsageError: It is none.
    """
    if not text.isdecimal() or len(text) > _DIGITS:
        raise UsageError(f'"{text}" is no number of participants')
    return int(text)


def asked_groups() -> Iterator[tuple[str, int, None]]:
    """Yield the groups that somebody at the terminal names, with how many are in each; nothing where nobody is there.

    Questions go to stderr, so that what the command prints stays as it is.
    """
    if not sys.stdin.isatty():
        return
    click.echo("How many participants are in each group? The letter says it; an empty group ends the list.", err=True)
    while group := click.prompt(
        "Group, such as: take the study tablets", default="", show_default=False, err=True
    ).strip():
        count = click.prompt(f"How many: {group}", value_proc=_counted, err=True)
        yield group, count, None


def _counted(text: str) -> int:
    try:
        return count_of(text)
    except UsageError as error:
        raise click.BadParameter(str(error)) from error
