"""The page on recording names every command of the log with each of its options, and README every command."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent.parent
COMMANDS = (
    "audit",
    "keys",
    "release",
    "amend",
    "checkout",
    "submit",
    "decision",
    "respond",
    "receive",
    "activate",
    "deviation",
    "current",
    "sign",
    "note",
    "correct",
    "redact",
    "log",
    "head",
)


def parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for below, found in command.commands.items():
            yield from parts(f"{name} {below}", found)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(name: str):
    page = (ROOT / "docs" / "recording.md").read_text(encoding="utf-8")
    command = importlib.import_module(f"regdocs.cli.{name}").command
    for full, found in parts(name, command):
        assert isinstance(found, click.Group) or f"`{full}" in page or f"regdocs {full}" in page or f" {full} " in page
        options = [text for one in found.params for text in one.opts if text.startswith("--")]
        assert [option for option in options if option not in page] == [], full


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`regdocs {name}`" in readme or f"`{name}`" in readme


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str):
    command = importlib.import_module(f"regdocs.cli.{name}").command
    for full, found in parts(name, command):
        assert found.help, full
        assert [one.name for one in found.params if isinstance(one, click.Option) and not one.help] == [], full
