"""A printer that prints the same only once in a process: a small study is recorded in many tests, in the same words.

Same tree, identity, format, profile and reference: same bytes, as tests of `render`, `build` and `checkout` see. Where
a test is about that, or about where bytes come from, it takes a printer that remembers nothing.
"""

from collections.abc import Mapping

from regdocs.build.writers import Print, Printed
from regdocs.versions.printed import Printer

_PRINTED: dict[Print, Printed] = {}


class RememberingPrinter(Printer):
    """Prints what was not printed before in this process, and gives the rest as it came out then."""

    def print_with_pages(self, prints: Mapping[str, Print], *, apart: bool = False) -> dict[str, Printed]:
        new = {path: one for path, one in prints.items() if one not in _PRINTED}
        made = super().print_with_pages(new, apart=apart) if new else {}
        _PRINTED.update((new[path], one) for path, one in made.items())
        return {path: _PRINTED[one] for path, one in prints.items()}
