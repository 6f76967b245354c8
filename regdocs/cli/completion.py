"""`regdocs completion`: the lines that teach a shell to complete commands and options."""

import click

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print what SHELL has to read once so that the tab key completes commands and options of regdocs.

    \b
    bash        regdocs completion bash > ~/.local/share/bash-completion/completions/regdocs
    zsh         regdocs completion zsh > "${fpath[1]}/_regdocs"
    fish        regdocs completion fish > ~/.config/fish/completions/regdocs.fish
    powershell  regdocs completion powershell >> $PROFILE
    """
    from click.shell_completion import get_completion_class

    from regdocs.errors import EnvironmentLacks

    found = get_completion_class(shell)
    if found is None:
        raise EnvironmentLacks(f"the click installed here cannot complete in {shell}; install click 8.5 or later")
    click.echo(found(context.find_root().command, {}, "regdocs", "_REGDOCS_COMPLETE").source())
    return 0
