"""Boards and what they decided about consent: bodies, bands of assent, parental permission, waivers and alterations.

45 CFR 46.116(e)–(f), 46.117(c), 46.404–408; 21 CFR 50.22–50.55; ICH E6(R3) Annex 1 section 2.8. No age of consent or
assent has a default: bands are what the body recorded.
"""

from typing import Literal

from regdocs.spec.kinds import BodyRef, Duration, Id, PartialDate, SiteRef, Words
from regdocs.spec.known import Frozen, Stated, listed, optional, required


class AssentBand(Frozen):
    """Children of these ages, and what they are given and asked for."""

    id: Id = required("Name of the band in this file.")
    from_age: Stated[Duration] = required("Lowest age of the band.")
    below_age: Stated[Duration] = required("Age at which the band ends; it is not part of it.")
    asks: Stated[Literal["signature", "spoken-assent", "nothing"]] = required("What is asked of the child.")


class PaediatricDetermination(Frozen):
    """What a body decided about children: category of risk, whose permission, bands of assent."""

    category: Stated[Literal["46.404", "46.405", "46.406", "46.407", "other"]] = required(
        "Category of research with children (45 CFR 46.404–407), or other where another law applies."
    )
    parents: Stated[Literal["one", "two"]] = required("How many parents or guardians have to give permission.")
    wards: Stated[Literal["not-enrolled", "advocate-appointed"]] = required(
        "Whether wards may take part, with an advocate (45 CFR 46.409)."
    )
    majority: Stated[Duration] = required("Age from which a person consents alone at the sites of this body.")
    reference: Stated[Words] = required("Reference and date of the decision.")
    bands: tuple[AssentBand, ...] = listed("Bands of assent, youngest first.")


class OversightBody(Frozen):
    """An ethics committee, authority or board that oversees the study at some sites."""

    id: Id = required("Name of the body in this file.")
    name: Stated[Words] = required("Its name.")
    role: Literal["ethics-committee", "national-ethics-committee", "regulator", "data-safety-board"] = required(
        "Its role."
    )
    sites: tuple[SiteRef, ...] = required("The sites it decides for.")
    approval: Stated[Words] = required("Reference and date of its approval.")
    approval_number: Stated[Words] | None = optional("Number of its approval, as the registry asks for it.")
    contact: Stated[Words] = required("How a participant reaches it.")
    stamps: Literal["at-each-approval", "at-modification", "never"] | None = optional(
        "When it stamps the forms that it approves and sends them back; left out where nobody has said."
    )
    affiliation: Stated[Words] | None = optional("Organisation it belongs to, as the registry asks for it.")
    paediatric: PaediatricDetermination | None = optional("Its decision about children; left out where none take part.")


class ElementWording(Frozen):
    """What a form says in place of an element of consent that a board altered, in the words the board approved."""

    id: Id = required("Name of the wording in this file.")
    element: Words = required("Id of the element, such as CR-c3; one named here need not stand in `elements` too.")
    text: Stated[Words] = required("The words that stand in its place.")


class Waiver(Frozen):
    """A board's decision to waive or alter consent or its documentation. It changes elements or signature lines."""

    id: Id = required("Name of the decision in this file.")
    body: BodyRef = required("The body that decided.")
    kind: Literal["waiver-of-consent", "alteration-of-consent", "waiver-of-documentation"] = required("What it does.")
    citation: Words = required("The clause it rests on, such as 45 CFR 46.117(c)(1)(ii).")
    reference: Stated[Words] = required("Reference of the decision.")
    decided: Stated[PartialDate] = required("Date of the decision.")
    elements: tuple[Words, ...] = listed("Ids of the elements that are left out or changed, such as CR-c3.")
    wording: tuple[ElementWording, ...] = listed("Words that stand in place of altered elements.")
    reason: Stated[Words] = required("Why, in the body's words.")
