"""The small kinds of value the language is built from: ids, references, words, dates, durations, amounts.

Knows their shape; does not know what they mean in a study.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from regdocs.units import Duration as IsoDuration
from regdocs.units import date_words
from regdocs.zones import is_zone

Element = TypeVar("Element")

ID_PATTERN = r"^[A-Za-z][A-Za-z0-9._-]{0,63}$"


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a text as the id of an element of one of these top-level lists; `rules/references.py` follows it."""

    lists: tuple[str, ...]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "the text is blank; write it, or leave the key out")
    return text


def _partial_date(text: str) -> str:
    try:
        date_words(text)
    except ValueError:
        raise PydanticCustomError("date_shape", "a date is written 2026-03-01, 2026-03 or 2026 (ISO 8601)") from None
    return text


def _duration(text: str) -> str:
    try:
        IsoDuration.parse(text)
    except ValueError:
        shape = "a duration is written as in ISO 8601: P6M, P2W, P1D, PT30M"
        raise PydanticCustomError("duration_shape", shape) from None
    return text


def _zone(text: str) -> str:
    if not is_zone(text):
        shape = "a time zone is written by its IANA name, such as Asia/Ho_Chi_Minh or America/New_York"
        raise PydanticCustomError("zone_shape", shape)
    return text


def _not_empty(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    if not elements:
        raise PydanticCustomError("no_element", "the list is empty; no document can be written without an element")
    return elements


def _amount(data: object) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, int | str | Decimal):
        raise PydanticCustomError("amount_shape", "a number is expected")
    try:
        amount = Decimal(data)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise PydanticCustomError("amount_shape", "a number is expected")
    return amount


Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Words: TypeAlias = Annotated[str, AfterValidator(_not_blank)]
Flag: TypeAlias = Annotated[bool, Strict()]
Count: TypeAlias = Annotated[int, Strict(), Field(ge=0)]
Day: TypeAlias = Annotated[int, Strict()]
Amount: TypeAlias = Annotated[Decimal, BeforeValidator(_amount), Field(json_schema_extra={"type": "number"})]
Volume: TypeAlias = Annotated[Amount, Field(ge=0, le=100_000)]
PartialDate: TypeAlias = Annotated[str, AfterValidator(_partial_date)]
Duration: TypeAlias = Annotated[str, AfterValidator(_duration)]
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Zone: TypeAlias = Annotated[str, AfterValidator(_zone)]
Country: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

# Not `min_length`: it leaves elements with mistakes out of its count, and so calls a list empty that is not.
Several: TypeAlias = Annotated[
    tuple[Element, ...], AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})
]

SourceRef: TypeAlias = Annotated[str, RefersTo(("sources",))]
ArmRef: TypeAlias = Annotated[str, RefersTo(("arms",))]
InterventionRef: TypeAlias = Annotated[str, RefersTo(("interventions",))]
ProductRef: TypeAlias = Annotated[str, RefersTo(("products",))]
EpochRef: TypeAlias = Annotated[str, RefersTo(("epochs",))]
EncounterRef: TypeAlias = Annotated[str, RefersTo(("encounters",))]
ActivityRef: TypeAlias = Annotated[str, RefersTo(("activities",))]
ProcedureRef: TypeAlias = Annotated[str, RefersTo(("procedures",))]
ObjectiveRef: TypeAlias = Annotated[str, RefersTo(("objectives",))]
SiteRef: TypeAlias = Annotated[str, RefersTo(("sites",))]
EndpointRef: TypeAlias = Annotated[str, RefersTo(("endpoints",))]
PopulationRef: TypeAlias = Annotated[str, RefersTo(("analysis_populations",))]
BodyRef: TypeAlias = Annotated[str, RefersTo(("oversight",))]
MeasuredRef: TypeAlias = Annotated[str, RefersTo(("endpoints", "eligibility"))]
RiskyRef: TypeAlias = Annotated[str, RefersTo(("products", "procedures"))]
