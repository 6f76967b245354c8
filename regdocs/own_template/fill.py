"""Fills an institution's Word template from a composed document: the steps in their order, and what was found.

Everything is told at once, as far as the template can be read. While an error stands there is no file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from regdocs.documents.template import TemplateProblem
from regdocs.errors import Refusal
from regdocs.finding import Finding, Severity, has_errors
from regdocs.own_template.block_ids import forget_earlier_ids, keep_ids
from regdocs.own_template.braces import Braced, has_braces, read_braces, run_braces
from regdocs.own_template.elements import elements_not_placed
from regdocs.own_template.fields import Field, Source, fields_of
from regdocs.own_template.filling import Filling, NoRoom, begin, wrap_bare_marks
from regdocs.own_template.identity_places import identity_not_placed
from regdocs.own_template.left_out import left_out, marks_of, own_words
from regdocs.own_template.package import MAIN, Package, read_package
from regdocs.own_template.places import (
    ELEMENTS,
    MARK,
    SDT,
    Control,
    P,
    asks_for_a_field,
    controls,
    paragraphs_with,
    place_of_part,
    standing,
    text_parts,
    unnamed,
    words_of,
)
from regdocs.own_template.wording import named, way_out
from regdocs.render.docx.package import core_properties
from regdocs.render.docx.wordml import W

UNKNOWN, NO_ROOM, TAKEN_OFF = "OWN-001", "OWN-004", "OWN-005"
NOT_TRANSLATED, REVIEWED, NAMELESS = "OWN-006", "OWN-007", "OWN-008"
_TEMPLATE = "TPL-001"
_MOST_TOLD = 50
_CORE = "docProps/core.xml"
_REVIEW = tuple(f"{{{W}}}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "commentReference"))


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the file, None while an error stands; what was found; how many fields were placed."""

    data: bytes | None
    findings: tuple[Finding, ...]
    placed: int = 0


def fill(template: bytes, file: str, source: Source, reference: bytes, *, part: bool = False) -> Filled:
    """Return the template with the document's words in the place of its fields.

    The same arguments give the same bytes.

    Args:
        template: The institution's file, which is hostile input.
        file: Its name, as findings show it.
        source: What it is filled from.
        reference: The `reference.docx` whose styles are brought along where the template lacks one.
        part: Whether it is only a part of a form, such as a sheet: elements that it leaves out are then only noted.

    Raises:
        Refusal: It is no Word file that is filled (`read_package`), or has no field.
        EnvironmentLacks: It has braces, and docxtpl is not installed.
    """
    package, fields = read_package(template), fields_of(source)
    parts = text_parts(package)
    try:
        braced = [read_braces(one, package.roots[one]) for one in parts if has_braces(package.roots[one])]
        findings = [*_unknown(package, file, parts, braced, fields, source), *_noticed(package, file, parts)]
        if has_errors(findings):
            return Filled(None, tuple(findings))
        for one in braced:
            package.roots[one.part] = run_braces(one, fields)
    except TemplateProblem as problem:
        return Filled(None, (_of_template(problem, file),))
    filling = begin(package, source, reference)
    forget_earlier_ids(package, parts)
    findings += [*_fill_controls(filling, file, parts, fields), *_fill_marks(filling, file, parts, fields)]
    if not filling.placed and not findings:
        raise Refusal(f'"{file}" has no field; "regdocs fill --fields" lists those that it may have')
    findings += _checked(filling, file, parts, fields, part)
    return Filled(None if has_errors(findings) else _written(filling, parts), tuple(findings), len(filling.placed))


# ----------------------------------------------------------------------------------------------------- before filling


def _unknown(
    package: Package, file: str, parts: list[str], braced: list[Braced], fields: dict[str, Field], source: Source
) -> Iterator[Finding]:
    """Yield a finding for each name that is no field, with its place and the nearest that is one."""
    known = tuple(fields)
    for name, places in islice(_unknown_names(package, parts, braced, fields, source).items(), _MOST_TOLD):
        options = tuple(f"{ELEMENTS}{one}" for one in marks_of(source.document)) if name.startswith(ELEMENTS) else known
        message = f'"{name[:80]}" is no field of this form; it stands in {"; ".join(dict.fromkeys(places[:3]))}'
        yield Finding(UNKNOWN, Severity.ERROR, message, file, hint=way_out(name, options))


def _unknown_names(
    package: Package, parts: list[str], braced: list[Braced], fields: dict[str, Field], source: Source
) -> dict[str, list[str]]:
    """Return each unknown name with the places where it stands."""
    found: dict[str, list[str]] = {}
    for one in braced:
        for name in one.names:
            if name not in fields and name not in one.asked:
                root = package.roots[one.part]
                places = [standing(one.part, root, paragraph) for paragraph in paragraphs_with(root, name)[:3]]
                found.setdefault(name, []).extend(places or [place_of_part(one.part)])
    marks, known = marks_of(source.document), tuple(fields)
    for part in parts:
        for control in controls(part, package.roots[part]):
            for name in _wrong(control, known, marks):
                found.setdefault(name, []).append(standing(part, package.roots[part], control.element))
    return found


def _wrong(control: Control, known: tuple[str, ...], marks: frozenset[str]) -> Iterator[str]:
    """Yield what of the name of a control is wrong; a control that has another name too may mean that one."""
    if control.name.startswith(ELEMENTS):
        yield from (f"{ELEMENTS}{one}" for one in control.name.split()[1:] if one not in marks)
    elif named(control.name) not in known and asks_for_a_field(control.name, known):
        names = {named(one.name) for one in controls(control.part, control.element) if one.element is control.element}
        if not any(one in known or one.startswith(ELEMENTS) for one in names):
            yield control.name


def _noticed(package: Package, file: str, parts: list[str]) -> Iterator[Finding]:
    """Yield what was taken off, and what of a review is still in the file."""
    for what in package.taken_off[:_MOST_TOLD]:
        message = f"{what} leads out of the file and is taken off; the words stay"
        yield Finding(TAKEN_OFF, Severity.WARNING, message, file, hint="write the address as words, where it matters")
    nameless = sum(unnamed(package.roots[part]) for part in parts)
    if nameless:
        message = f"nothing is put into {nameless} {'place' if nameless == 1 else 'places'} to type in without a name"
        hint = "give each control a tag; LibreOffice 7.4 drops tags when it saves, so use fields in braces there"
        yield Finding(NAMELESS, Severity.WARNING, message, file, hint=hint)
    for part in parts:
        one = next(package.roots[part].iter(*_REVIEW), None)
        if one is not None:
            where = standing(part, package.roots[part], one)
            message = f"the template has comments or tracked changes, and a filled form would have them too: {where}"
            hint = "accept or reject every change and remove every comment before the template is used"
            yield Finding(REVIEWED, Severity.WARNING, message, file, hint=hint)


def _of_template(problem: TemplateProblem, file: str) -> Finding:
    message = f"{problem.message} ({place_of_part(problem.template)}, about paragraph {max(1, problem.line - 1)})"
    return Finding(_TEMPLATE, Severity.ERROR, message, file, hint=problem.hint)


# ------------------------------------------------------------------------------------------------------------ filling


def _fill_controls(filling: Filling, file: str, parts: list[str], fields: dict[str, Field]) -> Iterator[Finding]:
    for part in parts:
        root, filled = filling.package.roots[part], set()
        for control in list(controls(part, root)):
            said = fields.get(named(control.name))
            inside = any(one in filled for one in control.element.iterancestors(SDT))
            if said is None or inside or control.element in filled:
                continue
            where = standing(part, root, control.element)
            try:
                filling.fill_control(control, said)
                filled.add(control.element)
            except NoRoom:
                yield _no_room(file, said.name, where)


def _fill_marks(filling: Filling, file: str, parts: list[str], fields: dict[str, Field]) -> Iterator[Finding]:
    for part in parts:
        root = filling.package.roots[part]
        wrap_bare_marks(root)
        for paragraph in [one for one in root.iter(P) if MARK.search(words_of(one))]:
            where = MARK.sub(r"{{ \1 }}", standing(part, root, paragraph))
            for name in filling.fill_marks(part, paragraph, fields):
                yield _no_room(file, name, where)
        left = [name for name in MARK.findall(etree.tostring(root, encoding="unicode")) if name in fields]
        if left and not any(MARK.search(words_of(one)) for one in root.iter(P)):  # in an attribute, or a field's code
            yield _no_room(file, left[0], place_of_part(part))


def _no_room(file: str, name: str, where: str) -> Finding:
    message = f'"{name}" is more than words, and there is no room for it where it stands: {where}'
    return Finding(NO_ROOM, Severity.ERROR, message, file, hint="give it a paragraph, a cell or a control of its own")


# ------------------------------------------------------------------------------------------------------ after filling


def _checked(filling: Filling, file: str, parts: list[str], fields: dict[str, Field], part: bool) -> Iterator[Finding]:
    source, package = filling.source, filling.package
    yield from identity_not_placed(file, package, filling.placed, fields, source.document)
    placed = frozenset(one for name in filling.placed for one in fields[name].ids)
    given = own_words(package, parts)
    lacking = {
        element: ids for element, ids in elements_not_placed(source.document, placed).items() if element not in given
    }
    yield from left_out(file, lacking, part=part)
    if source.document.language != source.protocol.language:
        for name in [one for one in filling.placed if fields[one].what == "value"]:
            message = f'"{name}" is printed in the language of the protocol ({source.protocol.language})'
            hint = "place the block that says it, which is translated, where the value is words"
            yield Finding(NOT_TRANSLATED, Severity.WARNING, message, file, hint=hint)


def _written(filling: Filling, parts: list[str]) -> bytes:
    package, document = filling.package, filling.source.document
    filling.lists.write(filling.story.starts)
    keep_ids(package, parts, filling.story.ids)
    if _CORE in package.roots:
        core = core_properties(document.title, document.subject, document.language)
        package.roots.pop(_CORE)
        package.others[_CORE] = core.encode("utf-8")
    assert MAIN in package.roots
    return package.to_bytes()
