"""`regdocs`: finds the command, imports only that one, and turns every outcome into words and an exit code."""

import importlib
import sys
from io import TextIOWrapper

import click

from regdocs import __version__
from regdocs.errors import RegdocsError, UsageError

# Command → module and the line `--help` shows, so that `--help` imports no command.
_COMMANDS = {
    "init": "Begin a study folder, from an example.",
    "check": "Look for mistakes in protocol.yaml and the templates.",
    "adopt": "Propose the edits that a Word file which came back asks for.",
    "build": "Build the documents of the study into out/.",
    "translate": "Send texts to translators as a workbook and take them back; review.",
    "fill": "Fill an institution's own Word template from the same study.",
    "status": "Say where the study stands: what is open, built, due.",
    "release": "Record the original protocol and issue its documents.",
    "diff": "Say what changed between recorded versions, or since one.",
    "amend": "Record an amendment and issue what it changes.",
    "checkout": "Lay out the documents of a recorded version again.",
    "submit": "Record that a version was submitted to a body.",
    "decision": "Record what a body decided, with its letter.",
    "respond": "Answer a body's stipulations, and submit again.",
    "deviation": "Record a deviation from the protocol.",
    "ledger": "Print submissions, decisions, use and deviations, and what is missing.",
    "report": "Write the history as one page to mail, which checks itself.",
    "receive": "Keep what a body sent back as the form to use.",
    "activate": "Record that a site began to use a version.",
    "valid": "Say which forms may be used at a site on a day, and why.",
    "current": "Fill the folder of the forms that a site may use now.",
    "package": "Put together what goes to a body, with the history that proves it.",
    "profiles": "List how boards want packages, or print one such profile.",
    "verify": "Check the history of a study against what was kept outside.",
    "audit": "Begin the audit log, record what was read, have its heads witnessed.",
    "keys": "Make keys, enrol people, give roles, revoke, write the trust file.",
    "sign": "Sign an entry of the log, or record a signature made elsewhere.",
    "note": "Record a fact in the log, with its day.",
    "correct": "Say what is right where an entry of the log is not.",
    "redact": "Remove the content of a sealed value, and record why.",
    "log": "Print the log, one entry, or the history of one element.",
    "head": "Print the newest head of the log, for others to hold.",
    "explain": "Say what a rule finds, why it matters and how it is mended.",
    "schema": "Print the JSON Schema of protocol.yaml, for editors.",
    "completion": "Print what a shell needs to complete commands.",
    "doctor": "Say whether this machine has what regdocs needs.",
}

USAGE, OUR_FAULT = 2, 70
STOPPED = 130  # as shells count it


class _Lazy(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"regdocs.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            hint = f' Did you mean "{near[0]}"?' if near else f" The commands are: {', '.join(_COMMANDS)}."
            raise click.UsageError(f'There is no command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="regdocs")
@click.option("-C", "folder", default=".", metavar="DIR", help="Work as if started in DIR.")
@click.pass_context
def regdocs(context: click.Context, folder: str) -> None:
    """Compile one clinical study: protocol.yaml in, its regulatory documents out.

    Exit codes: 0 fine, 1 an error was found or the command refuses, 2 the call is wrong, 69 this machine lacks
    something, 70 a fault of regdocs.
    """
    from pathlib import Path  # here, because `--help` needs no path

    if not Path(folder).is_dir():
        raise UsageError(f'there is no folder "{folder}"')
    context.obj = Path(folder)


def main() -> None:
    """Run the command line and exit; nobody sees a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a test or a window puts in its place may be of another class
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = regdocs.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("regdocs: stopped", err=True)
        code = STOPPED
    except click.ClickException as error:
        error.show()
        code = USAGE
    except RegdocsError as error:
        from regdocs.cli.say import harmless

        click.echo(f"regdocs: {harmless(str(error))}", err=True)
        code = error.exit_code
    except Exception as error:
        code = _our_fault(error)
    _let_go_of_output()
    sys.exit(code if isinstance(code, int) else 0)


def _our_fault(error: Exception) -> int:
    """Say that we are to blame, with the traceback: it is what a report to us needs."""
    import traceback

    traceback.print_exc()
    words = 'No file is written half; if you were recording, look with "regdocs log" before you record it again.'
    click.echo(f"regdocs: a fault of regdocs itself ({type(error).__name__}). {words}", err=True)
    return OUR_FAULT


def _let_go_of_output() -> None:
    """Leave what standard output did not take, so that Python does not try again, and complain, while it ends."""
    import os

    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
