"""The `{{ }}` of a template: read with docxtpl, run in our sandbox, and left as marks for the words to come.

docxtpl joins what Word tore into runs and knows `{{p }}`, `{%p if %}` and the like. What Jinja puts in the place of a
field is only its name between two marks; the words of the study never go through it. Knows XML as text.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.ext import Extension
from lxml import etree
from lxml.etree import _Element as Element

from regdocs.documents.sandbox import Sandbox, Template, sandbox
from regdocs.documents.template import FAILURES, TemplateProblem, run
from regdocs.errors import EnvironmentLacks, Refusal
from regdocs.own_template.package import parsed
from regdocs.own_template.wording import from_jinja, to_jinja, with_jinja_names

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

# Characters for private use around the name of a field.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
# docxtpl looks from each brace that nobody closed to the end of the text.
MAX_OPENED, MAX_CHARACTERS = 4_000, 4_000_000
_BRACES = ("{{", "{%", "{#")
_LINE_OF_PARAGRAPH = "\n<w:p"


@dataclass(frozen=True, slots=True)
class Braced:
    """The text of one part with docxtpl's braces made ready for Jinja, and the names of fields in it.

    `asked` are names that a condition asks for with `is defined`: they may be absent.
    """

    part: str
    text: str
    names: tuple[str, ...]
    asked: frozenset[str]


def has_braces(root: Element) -> bool:
    """Tell whether a part has braces to be filled; words of the text only, however Word tore them apart."""
    words = "".join(str(one) for one in root.itertext())
    return any(braces in words for braces in _BRACES)


def read_braces(part: str, root: Element) -> Braced:
    """Return what stands in the braces of a part.

    Raises:
        EnvironmentLacks: docxtpl is not installed.
        TemplateProblem: What stands there is not Jinja.
        Refusal: There is too much of it.
    """
    text = etree.tostring(root, encoding="unicode")
    if text.count("{") > MAX_OPENED or len(text) > MAX_CHARACTERS:
        raise Refusal(f"the template has more braces, or longer text around them, than is read ({part})")
    text = _docxtpl().patch_xml(text)
    text = text.replace("<w:p>", f"{_LINE_OF_PARAGRAPH}>").replace("<w:p ", f"{_LINE_OF_PARAGRAPH} ")
    try:
        tree = _environment(part, text).parse(text)
        names = sorted(from_jinja(name) for name in meta.find_undeclared_variables(tree))
        return Braced(part, text, tuple(names), frozenset(_asked(tree)))
    except TemplateSyntaxError as error:
        raise TemplateProblem(part, error.lineno, f"template syntax: {from_jinja(error.message or '')}") from error
    except FAILURES as error:
        raise TemplateProblem(part, 1, "the braces cannot be read: they are nested too deeply") from error


def run_braces(braced: Braced, fields: Collection[str]) -> Element:
    """Return the part with a mark for each field in place of its braces.

    Raises:
        TemplateProblem: It cannot be run, or what it leaves is no text of Word any more.
    """
    environment = _environment(braced.part, braced.text)
    variables = {to_jinja(name): f"{OPEN}{name}{CLOSE}" for name in braced.names if name in fields}
    template = {braced.part: Template(braced.text, braced.part)}
    written = run(environment, braced.part, template, variables)
    try:
        return parsed(written.replace(_LINE_OF_PARAGRAPH, "<w:p"))
    except etree.XMLSyntaxError as error:
        message = "what the conditions in braces leave is no Word text: begin and end each in one paragraph or cell"
        raise TemplateProblem(braced.part, 1, message) from error


def _docxtpl() -> "DocxTemplate":
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        raise EnvironmentLacks(
            'fields in braces are read with the package docxtpl: pip install "regdocs[template]"; '
            "content controls are filled without it"
        ) from error
    return DocxTemplate(None)


def _environment(part: str, text: str) -> Sandbox:
    environment = sandbox({part: Template(text, part)})
    environment.add_extension(_FieldNames)
    return environment


class _FieldNames(Extension):
    """Lets Jinja take a name with dots and dashes for one name."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return with_jinja_names(source)


def _asked(tree: nodes.Template) -> Iterator[str]:
    for test in tree.find_all(nodes.Test):
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name):
            yield from_jinja(test.node.name)
