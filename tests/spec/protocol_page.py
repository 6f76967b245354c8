"""The tables of `docs/formats/protocol.md`, made of the model and of the rules of the YAML reader.

What people wrote stands above the line `MADE`; everything below it is made here, so it cannot differ from the program.
`python -m tests.spec.protocol_page` writes the page anew after the model or a rule was changed.
"""

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from regdocs.spec import forms, kinds, yaml_scalars, yaml_text
from regdocs.spec.identity import SiteWording
from regdocs.spec.kinds import RefersTo
from regdocs.spec.known import Frozen, Known, Stated
from regdocs.spec.protocol import Protocol
from regdocs.spec.yaml_rules import YAML_RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "protocol.md"
MADE = "<!-- Below this line: made by `python -m tests.spec.protocol_page`. -->\n"

# Our small kinds of value, in the words that the page explains.
_KINDS: tuple[tuple[Any, str], ...] = (
    (kinds.Id, "id"),
    (kinds.Words, "text"),
    (kinds.Flag, "true or false"),
    (bool, "true or false"),
    (kinds.Count, "count"),
    (kinds.Day, "day"),
    (kinds.Volume, "mL"),
    (kinds.Amount, "number"),
    (kinds.PartialDate, "date"),
    (kinds.Duration, "duration"),
    (kinds.Language, "language"),
    (kinds.Country, "country"),
    (kinds.Zone, "time zone"),
    (forms.Boxes, "whole number, 0 to 20"),
    (forms.EmptyEntries, "whole number, 0 to 100"),
)
_SETTABLE: tuple[str, ...] = get_args(get_type_hints(SiteWording)["field"])
_HEAD = "| Key | Value | Required | May be open | What it is |\n|---|---|---|---|---|\n"


def page() -> str:
    """The whole page: what people wrote, as it stands, and the tables anew."""
    return PAGE.read_text(encoding="utf-8").partition(MADE)[0] + made_part()


def made_part() -> str:
    """The part below the line `MADE`, and the line."""
    return f"{MADE}\n" + "\n".join((_all_keys(), *_parts_of_all(), _site_fields(), _yaml()))


def _all_keys() -> str:
    return f"## All keys at the top\n\n{_HEAD}" + "".join(_rows(Protocol, ""))


def _parts_of_all() -> Iterator[str]:
    yield "## The keys below them\n"
    told: dict[type, str] = {}
    for name, hint in _fields(Protocol):
        model = _model_in(hint)
        if model is not None:
            yield f"### `{name}`\n"
            yield from _parts(model, f"{name}[]" if _is_list(hint) else name, told)


def _parts(model: type[Frozen], path: str, told: dict[type, str]) -> Iterator[str]:
    """Give the table of one class and of the classes below it; one that was told at another path is told once."""
    if model in told:
        yield f"`{path}`: the same keys as `{told[model]}`.\n"
        return
    told[model] = path
    title = " ".join((model.__doc__ or "").split())
    yield f"`{path}`: {title}\n\n{_HEAD}" + "".join(_rows(model, path))
    for name, hint in _fields(model):
        below = _model_in(hint)
        if below is not None and below is not model:
            yield from _parts(below, f"{path}.{name}[]" if _is_list(hint) else f"{path}.{name}", told)


def _rows(model: type[Frozen], path: str) -> Iterator[str]:
    for name, hint in _fields(model):
        field = model.model_fields[name]
        default = "" if field.default in (None, ()) or field.is_required() else f"; else `{_yaml_word(field.default)}`"
        must = "yes" if field.is_required() else f"no{default}"
        settable = " **A site may set it.**" if f"/{path.replace('.', '/')}/{name}" in _SETTABLE else ""
        said = f"{field.description}{settable}".replace("|", "\\|")
        key = f"[`{name}`](#{name})" if model is Protocol and _model_in(hint) else f"`{name}`"
        yield f"| {key} | {_kind(hint, model)} | {must} | {_open(hint)} | {said} |\n"


def _fields(model: type[Frozen]) -> list[tuple[str, Any]]:
    """Return names and types of the fields, with our marks that pydantic takes off."""
    hints = get_type_hints(model, include_extras=True)
    return [(name, _without_none(hints[name])) for name in model.model_fields]


def _kind(hint: Any, model: type[Frozen]) -> str:
    hint = _without_none(hint)
    named = next((word for kind, word in _KINDS if kind == hint), None)
    if named is not None:
        return named
    if _is_known(hint):
        return _kind(_inside(hint), model)
    if get_origin(hint) is Literal:
        return ", ".join(f"`{_yaml_word(choice)}`" for choice in get_args(hint))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return "keys, as this table" if hint is model else "keys"
    if get_origin(hint) is tuple:
        return f"list of {_kind(get_args(hint)[0], model)}".replace("list of id of", "list of ids of")
    return _annotated(hint, model)


def _annotated(hint: Any, model: type[Frozen]) -> str:
    refers = next((mark for mark in hint.__metadata__ if isinstance(mark, RefersTo)), None)
    if refers is not None:
        return "id of " + " or ".join(f"`{name}`" for name in refers.lists)
    origin = get_args(hint)[0]
    assert get_origin(origin) is tuple, f"a kind of value without words here: {hint}"
    return f"{_kind(origin, model)}, at least one"


def _open(hint: Any) -> str:
    if _is_known(hint):
        return "TODO" if issubclass(hint, Stated) else "TODO, assumed"
    return _open(get_args(hint)[0]) if get_origin(hint) is tuple else ""


def _model_in(hint: Any) -> type[Frozen] | None:
    """Return the class that stands in a type, under whatever list or wrapper, or None."""
    if _is_known(hint):
        return _model_in(_inside(hint))
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return hint
    return next((found for part in get_args(hint) if (found := _model_in(part)) is not None), None)


def _is_list(hint: Any) -> bool:
    origin = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_origin(origin) is tuple


def _is_known(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Known)


def _inside(known: type[Known[Any]]) -> Any:
    return known.__pydantic_generic_metadata__["args"][0]


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, UnionType):
        return hint
    (kind,) = (part for part in get_args(hint) if part is not type(None))
    return kind


def _yaml_word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _site_fields() -> str:
    return "## What a site may set\n\n" + "".join(f"- `{path}`\n" for path in _SETTABLE)


def _yaml() -> str:
    rows = "".join(f"| {rule.id} | {rule.name} | {rule.why} | {rule.hint} |\n" for rule in YAML_RULES)
    bounds = (
        f"Bounds: {yaml_text.MAX_BYTES:,} bytes, {yaml_text.MAX_NODES:,} values, {yaml_text.MAX_KEYS:,} keys in one "
        f"mapping, {yaml_text.MAX_DEPTH} levels,\n{yaml_text.MAX_SCALAR:,} characters in one text, "
        f"{yaml_text.MAX_WORD:,} in one word, {yaml_text.MAX_ESCAPES:,} backslashes, "
        f"whole numbers up to {yaml_scalars.LARGEST_INTEGER:,}.\n"
    )
    head = "| Rule | What is refused | Why | What to do |\n|---|---|---|---|\n"
    return f"## What the YAML reader refuses\n\nEvery one is an error.\n\n{head}{rows}\n{bounds}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
