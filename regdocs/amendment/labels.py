"""Places of the protocol in words that people know: "Exclusion criterion E02: text", "Visit Week 16: window".

One table says what an element of each list is called; keys of the language read as words of their own, but for a few.
A place that no table knows still gets readable words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regdocs.amendment.change import Json
from regdocs.amendment.places import below, ids_of, segments_of

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Element:
    """What an element of a list is called.

    Attributes:
        word: What it is ("visit").
        named_by: The key whose words are its name; its id where None, or where the words are long or still open.
        sort: The key whose value goes before the word ("exclusion" criterion).
    """

    word: str
    named_by: str | None = None
    sort: str | None = None


# By the keys that lead to the list, without ids.
ELEMENTS: Mapping[str, Element] = {
    "sources": Element("source"),
    "identity/registry_numbers": Element("registry number", "registry"),
    "identity/secondary_numbers": Element("secondary number"),
    "organisations": Element("organisation", "name"),
    "randomisation/ratio": Element("share in the randomisation ratio"),
    "randomisation/strata": Element("randomisation stratum"),
    "stopping_rules": Element("stopping rule"),
    "arms": Element("arm", "label"),
    "interventions": Element("intervention", "name"),
    "products": Element("product", "name"),
    "doses": Element("dose"),
    "medication_rules": Element("medication rule"),
    "epochs": Element("epoch", "name"),
    "cells": Element("study cell"),
    "objectives": Element("objective", sort="level"),
    "endpoints": Element("endpoint", "title", "level"),
    "estimands": Element("estimand"),
    "estimands/intercurrent_events": Element("intercurrent event"),
    "analysis_populations": Element("analysis population", "name"),
    "eligibility": Element("criterion", sort="category"),
    "eligibility/criteria": Element("sub-criterion"),
    "eligibility/criteria/thresholds": Element("threshold"),
    "eligibility/thresholds": Element("threshold"),
    "vulnerable_groups": Element("vulnerable group", "group"),
    "encounters": Element("visit", "label"),
    "activities": Element("activity", "name"),
    "procedures": Element("procedure", "name"),
    "schedule/rows": Element("schedule row"),
    "schedule/footnotes": Element("schedule footnote"),
    "sub_studies": Element("sub-study", "name"),
    "biosamples": Element("biosample", "material"),
    "forms": Element("form", "title"),
    "forms/fields": Element("field", "label"),
    "forms/fields/choices": Element("answer", "label"),
    "consent/risks": Element("risk"),
    "consent/wording_for_parents": Element("wording for parents"),
    "consent/assent": Element("assent for the band"),
    "consent/optional_choices": Element("optional choice"),
    "consent/signatures": Element("signature rule"),
    "sites": Element("site", "name"),
    "sites/wording": Element("wording", "field"),
    "contacts": Element("contact", "name"),
    "oversight": Element("oversight body", "name"),
    "oversight/paediatric/bands": Element("band of assent"),
    "waivers": Element("waiver"),
    "waivers/wording": Element("wording of the element", "element"),
    "regulation/applicable_trial_answers": Element("answer on applicable clinical trials"),
    "answers": Element("answer to", "question"),
    "sign_offs": Element("sign-off of", "element"),
    "queries": Element("query"),
    "accepted": Element("accepted finding"),
    "registry/references": Element("registry reference"),
    "narrative": Element("protocol section", "number"),
    "abbreviations": Element("abbreviation", "short"),
    "references": Element("reference"),
    "notes": Element("note"),
}

# Top keys, in the order of the model: what their changes stand under.
GROUPS: Mapping[str, str] = {
    "regdocs": "The file",
    "version": "Version",
    "date": "Date",
    "language": "Language",
    "demonstration": "Demonstration",
    "source": "Source",
    "sources": "Sources",
    "identity": "Titles and numbers",
    "organisations": "Organisations",
    "design": "Design",
    "randomisation": "Randomisation",
    "sample_size": "Sample size",
    "stopping_rules": "Stopping rules",
    "arms": "Arms",
    "interventions": "Interventions",
    "products": "Products",
    "doses": "Doses",
    "dose_escalation": "Dose escalation",
    "medication_rules": "Medication rules",
    "contraception": "Contraception",
    "long_term_follow_up": "Long-term follow-up",
    "epochs": "Epochs",
    "cells": "Study cells",
    "objectives": "Objectives",
    "endpoints": "Endpoints",
    "estimands": "Estimands",
    "analysis_populations": "Analysis populations",
    "population": "Population",
    "eligibility": "Eligibility criteria",
    "vulnerable_groups": "Vulnerable groups",
    "encounters": "Visits",
    "activities": "Activities",
    "procedures": "Procedures",
    "schedule": "Schedule of activities",
    "sub_studies": "Sub-studies",
    "biosamples": "Biosamples",
    "forms": "Case report forms",
    "consent": "Consent",
    "sites": "Sites",
    "contacts": "Contacts",
    "oversight": "Oversight",
    "waivers": "Waivers",
    "regulation": "Regulation",
    "answers": "Answers",
    "sign_offs": "Sign-offs",
    "queries": "Queries",
    "accepted": "Accepted findings",
    "registry": "Registry facts",
    "narrative": "Protocol sections",
    "abbreviations": "Abbreviations",
    "references": "References",
    "notes": "Notes",
}

# Keys that do not read as words of their own.
_KEYS: Mapping[str, str] = {
    "at": "visits at which it takes place",
    "of": "what it is about",
    "on": "day",
    "by": "who",
    "long": "what it stands for",
    "email": "e-mail",
    "as_needed": "visits at which it takes place when needed",
    "blood_volume_ml": "blood volume (mL)",
    "marrow_volume_ml": "bone marrow volume (mL)",
    "cdash": "CDASH variable",
    "cdash_domain": "CDASH domain",
    "ind_or_ide": "IND or IDE",
    "fda_regulated_drug": "FDA-regulated drug",
    "fda_regulated_device": "FDA-regulated device",
    "us_federal_funding": "US federal funding",
    "includes_dna": "includes DNA",
    "ipd_sharing": "sharing of individual participant data",
    "pubmed_number": "PubMed number",
    "exported_from_us": "exported from the US",
}


def label_of(path: str, form: Mapping[str, Json]) -> str:
    """Return a place of a form in words; elements are named as this form names them, or by their ids."""
    segments = segments_of(path)
    heads, fields = _parts(segments, form)
    head = ", ".join(heads) if heads else group_of(path)
    words = ", ".join(map(key_words, fields if heads else fields[1:]))
    return f"{head[:1].upper()}{head[1:]}{f': {words}' if words else ''}"


def group_of(path: str) -> str:
    """Return what a change at a path stands under: "Eligibility criteria"."""
    top = next(iter(segments_of(path)), "")
    return GROUPS.get(top) or key_words(top).capitalize() or "The whole protocol"


def key_words(key: str) -> str:
    """Return a key of the language in words."""
    return _KEYS.get(key) or key.replace("_", " ")


def _parts(segments: Sequence[str], form: Mapping[str, Json]) -> tuple[list[str], list[str]]:
    """Return the elements passed, in words, and the keys after the last of them; `value` of a wrapped value is none."""
    heads: list[str] = []
    keys: list[str] = []
    fields: list[str] = []
    found: Json = dict(form)
    for segment in segments:
        called = _called(keys, found) if fields else None
        found = below(found, segment)
        if called is not None:
            heads.append(_named(called, found, segment))
            fields = []
        else:
            keys.append(segment)
            fields.append(segment)
    return heads, fields[:-1] if fields[1:] and fields[-1] == "value" else fields


def _called(keys: Sequence[str], value: Json) -> Element | None:
    """Return what the elements of a list are called; None of what is no list of elements."""
    way = "/".join(keys)
    while "criteria/criteria" in way:
        way = way.replace("criteria/criteria", "criteria")
    return ELEMENTS.get(way) or (Element(key_words(keys[-1])) if ids_of(value) else None)


def _named(called: Element, element: Json, name: str) -> str:
    words = called.word if called.sort is None else f"{_words(below(element, called.sort))} {called.word}".lstrip()
    own = _words(below(element, called.named_by)) if called.named_by else ""
    if own.startswith("/"):  # a place, of which people know the words and not the path
        own = f"of {' '.join(map(key_words, segments_of(own)))}"
    return f"{words} {own if 0 < len(own) <= _LONGEST_NAME else name}"


def _words(value: Json) -> str:
    """Return the words of a value on one line; "" where it is open or none."""
    text = value.get("value") if isinstance(value, dict) else value
    if not isinstance(text, str) or text.lstrip().startswith("TODO"):
        return ""
    return " ".join(text.split())
