"""Where the data that comes with the program lies: the default templates, the example protocol, the examples.

Knows that an installed wheel carries them inside the package and that a checkout has them at its top, where people
look for them. Does not know what is in them.
"""

from pathlib import Path

from regdocs.errors import EnvironmentLacks

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the file or folder that came with the program under this name, such as "templates".

    The package is asked first, then the checkout, so a wheel never reads a checkout it happens to lie beside.
    The name may go deeper, with "/" between folders ("templates/consent").

    Raises:
        EnvironmentLacks: Neither has it, so the installation is damaged or the name is wrong.
    """
    for place in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (place / name).exists():
            return place / name
    raise EnvironmentLacks(f'This installation of regdocs lacks "{name}". Install it again.')
