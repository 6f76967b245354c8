"""Case report forms: which form collects which activity, with which fields. CDISC CDASH names; USDM has no forms."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Strict

from regdocs.spec.kinds import ActivityRef, Flag, Id, Several, Words
from regdocs.spec.known import Frozen, Known, listed, optional, required

# What fits on a page: more boxes or empty entries than these are a slip of the pen.
Boxes: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=20)]
EmptyEntries: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=100)]


class Choice(Frozen):
    """One answer of a choice field."""

    id: Id = required("Code of the answer, as stored.")
    label: Known[Words] = required("What is printed beside the box.")


FieldType = Literal["text", "long-text", "number", "date", "time", "yes-no", "choice", "choices", "initials", "tick"]


class FormField(Frozen):
    """One thing to fill in."""

    id: Id = required("Name of the field in this form.")
    label: Known[Words] = required("The question, as printed.")
    type: FieldType = required("What is filled in.")
    cdash: Words | None = optional("CDASH variable, such as AETERM; left out where CDASH has none.")
    unit: Known[Words] | None = optional("Unit printed beside the field; TODO where the laboratory decides.")
    digits: Boxes | None = optional("Boxes for a number, before the decimal point.")
    decimals: Boxes | None = optional("Boxes after the decimal point.")
    choices: tuple[Choice, ...] = listed("Answers of a choice, in order.")
    instruction: Known[Words] | None = optional("A short instruction under the question.")


class Form(Frozen):
    """A form. One copy is printed for each encounter at which one of its activities is scheduled."""

    id: Id = required("Name of the form in this file.")
    title: Known[Words] = required("Its title.")
    cdash_domain: Words | None = optional("CDASH domain, such as LB.")
    kind: Literal["visit", "log", "once"] = required("One a visit; a log over the whole study; once for a participant.")
    activities: tuple[ActivityRef, ...] = listed("The activities it collects.")
    instruction: Known[Words] | None = optional("How it is filled in.")
    log_rows: EmptyEntries | None = optional("Empty entries printed for a log.")
    verified_by_two: Flag = Field(default=False, description="Whether two persons sign each copy.")
    fields: Several[FormField] = required("The fields, in printed order.")
