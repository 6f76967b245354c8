"""Which law applies, as recorded answers; answers to checks; questions about the record's own words."""

from typing import Literal

from regdocs.spec.kinds import Country, Flag, Id, PartialDate, Words
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required


class ApplicableTrialAnswer(Frozen):
    """One question that decides whether a study is an applicable clinical trial (42 CFR 11.22(b))."""

    id: Id = required("Name of the question in this file.")
    question: Words = required("The question.")
    answer: Known[Flag] = required("The recorded answer.")
    rationale: Known[Words] = required("Why.")


class Regulation(Frozen):
    """Recorded answers that decide which texts and elements are called for."""

    countries: tuple[Country, ...] = required("Countries in which participants are seen (ISO 3166).")
    fda_regulated_drug: Known[Flag] = required("Whether it studies a drug or biological regulated by the US FDA.")
    fda_regulated_device: Known[Flag] = required("Whether it studies a device regulated by the US FDA.")
    ind_or_ide: Known[Flag] = required("Whether it is conducted under a US IND or IDE.")
    us_federal_funding: Known[Flag] = required("Whether the US government supports it.")
    applicable_clinical_trial: Known[Flag] = required("Whether it is an applicable clinical trial (42 CFR 11.22(b)).")
    applicable_trial_answers: tuple[ApplicableTrialAnswer, ...] = listed("The answers behind it.")
    product_approval: Stated[Words] = required("Status of the product with the authorities of these countries.")


class Answer(Frozen):
    """A recorded answer to a question that a check asks."""

    id: Id = required("Name of the answer in this file.")
    question: Words = required("The check or element it answers, such as CR-c9, or short-form.")
    answer: Known[Words] = required("The answer; about an element that is not said it begins with No or Not.")
    reason: Known[Words] = required("Why.")
    by: Stated[Words] = required("Who answered.")
    on: PartialDate | None = optional("When.")


class SignOff(Frozen):
    """A named person's judgement of what no program can judge, such as whether the language is understandable."""

    id: Id = required("Name of the sign-off in this file.")
    element: Words = required("Id of the element of consent, such as CR-a3.")
    documents: tuple[Words, ...] = listed("The forms it is about, such as consent/north/vi; none for all.")
    version: Known[Words] = required("Version of the forms that the person read.")
    by: Stated[Words] = required("Name of the person.")
    role: Stated[Words] = required("The person's role.")
    on: Stated[PartialDate] = required("When.")


class Query(Frozen):
    """A slip or an open question in the record's own words, which stay as they are. `check` warns of it."""

    id: Id = required("Name of the query in this file.")
    about: Words = required("Protocol path of the words in question, such as /eligibility/E02/criteria/E02a/text.")
    found: Words = required("What stands there.")
    question: Words = required("What is doubtful, and what was likely meant where that can be said.")
    ask: Words = required("Who can answer.")


DateType = Literal["actual", "estimated"]
ReviewBoardStatus = Literal["not-submitted", "pending", "approved", "exempt", "denied", "not-required"]


class RegistryStatus(Frozen):
    """The registry's status as three facts: what it displays is computed by the registry and never an input."""

    displayed: Known[Words] = required("The status the registry displays.")
    last_known: Known[Words] = required("The last status that the sponsor gave.")
    verified: Known[PartialDate] = required("When the sponsor last verified the record.")
    why_stopped: Known[Words] | None = optional("Why the study stopped, where its status says that it did.")


class RegistryDate(Frozen):
    """A date of the registry, with its type."""

    date: Known[PartialDate] = required("The date.")
    type: Known[DateType] = required("Actual or estimated.")


class RegistryContact(Frozen):
    """The record's central contact; it stands by name in the registry text only."""

    name: Stated[Words] = required("Name and degrees.")
    affiliation: Stated[Words] = required("Affiliation.")
    telephone: Stated[Words] = required("Telephone number; of a person never copied from a record.")
    email: Stated[Words] = required("E-mail address; of a person never copied from a record.")


class RegistryReference(Frozen):
    """A publication that the registry lists with the study."""

    id: Id = required("Name of the reference in this file.")
    citation: Known[Words] = required("The citation.")
    pubmed_number: Known[Words] | None = optional("Its number in PubMed (PMID).")


class RegistryFacts(Frozen):
    """Facts that only the registry needs."""

    status: RegistryStatus = required("Recruitment status.")
    first_submitted: Known[PartialDate] | None = optional("First submitted or registered.")
    first_posted: Known[PartialDate] | None = optional("First posted.")
    last_update_posted: Known[PartialDate] | None = optional("Last update posted.")
    start: RegistryDate = required("Start of the study.")
    primary_completion: RegistryDate = required("Primary completion.")
    completion: RegistryDate = required("Completion of the study.")
    brief_summary: Known[Words] = required("Brief summary, word for word.")
    detailed_description: Known[Words] | None = optional("Detailed description, word for word.")
    responsible_party: Known[Words] = required("Responsible party.")
    central_contact: RegistryContact | None = optional("Central contact.")
    officials: Known[Words] | None = optional("Overall officials.")
    ipd_sharing: Known[Words] | None = optional("Plan to share individual participant data.")
    has_data_monitoring_committee: Known[Flag] | None = optional("Whether a data monitoring committee is appointed.")
    review_board_status: Stated[ReviewBoardStatus] | None = optional("Whether an ethics committee has approved it.")
    patient_registry: Known[Flag] | None = optional("Whether an observational study is a patient registry.")
    unapproved_device: Known[Flag] | None = optional("Whether a device is studied that the US FDA has not cleared.")
    exported_from_us: Known[Flag] | None = optional("Whether a product is made in the US and exported from it.")
    references: tuple[RegistryReference, ...] = listed("Publications listed with the study.")
    secondary_outcomes: Known[Words] | None = optional("What is missing of secondary outcomes, where none is recorded.")


class ProtocolNote(Frozen):
    """A remark for the people who work on the file; printed nowhere."""

    id: Id = required("Name of the remark in this file.")
    text: Words = required("The remark.")
    tags: tuple[Words, ...] = listed("Words to find it by.")
