"""`amendment.yaml` as read: the declaration where the text allows one, what was found, and what is still open.

The project's own YAML reader and its complaints; then what the file says against itself. All mistakes at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declaration_lint import Setting, slips_against, slips_in
from regdocs.amendment.slip import Slip, lines_of
from regdocs.finding import Finding
from regdocs.source import START, Position
from regdocs.spec.known import Known
from regdocs.spec.load import load_as
from regdocs.spec.paths import join, position_of
from regdocs.spec.tree import Node

FILE = "amendment.yaml"
OPEN_ITEM = "AMD-012"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A value that is still `TODO`: where it stands, and what is missing."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What came of reading the declaration.

    Attributes:
        declaration: The typed declaration; None when the text does not allow one. It may be there although there are
            findings: whoever uses it looks at them first.
        findings: In the order of the text.
        tree: The YAML as read, with places; None when it could not be read.
        lines: The lines of the text.
    """

    declaration: Declaration | None
    findings: tuple[Finding, ...]
    tree: Node | None
    file: str = FILE
    lines: tuple[str, ...] = ()

    def told(self, slip: Slip) -> Finding:
        """Return a slip as a finding at its place in the text."""
        return slip.finding(self.file, self.tree, self.lines)

    def all_told(self, slips: Iterable[Slip]) -> tuple[Finding, ...]:
        """Return slips as findings in the order of the text."""
        return tuple(sorted(map(self.told, slips), key=lambda found: (found.position, found.rule)))

    def _place(self, path: str) -> Position:
        return START if self.tree is None else position_of(self.tree, path)


def load_declaration(data: bytes, file: str = FILE) -> Declared:
    """Read, type and lint the declaration. Nothing is raised for a bad text, however bad."""
    declaration, findings, tree = load_as(Declaration, data, file)
    if declaration is None:
        return Declared(None, findings, tree, file)
    read = Declared(declaration, findings, tree, file, lines_of(data))
    found = (*findings, *read.all_told(slips_in(declaration)))
    return Declared(declaration, found, tree, file, read.lines)


def setting_findings(declared: Declared, setting: Setting) -> tuple[Finding, ...]:
    """Return where the declaration does not fit the protocol and the log."""
    return declared.all_told(slips_against(declared.declaration, setting)) if declared.declaration is not None else ()


def open_items(declaration: Declaration) -> tuple[OpenItem, ...]:
    """Return every value that is still `TODO`, in the order of the model. An unanswered question is not among them."""
    return tuple(_open("", declaration))


def open_findings(declared: Declared) -> tuple[Finding, ...]:
    """Return the open items as errors: nothing open is recorded."""
    items = open_items(declared.declaration) if declared.declaration is not None else ()
    hint = "write the value in place of the TODO; --prepare makes candidates without it"
    return declared.all_told(
        tuple(Slip(OPEN_ITEM, one.path, f"still to be completed: {one.what}", hint) for one in items)
    )


def _open(path: str, value: object) -> Iterator[OpenItem]:
    if isinstance(value, Known):
        if value.todo is not None:
            yield OpenItem(path, value.todo)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _open(join(path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            element = getattr(item, "id", None)
            yield from _open(join(path, element if isinstance(element, str) else str(place)), item)
