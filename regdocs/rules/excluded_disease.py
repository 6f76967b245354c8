"""The disease that is studied, in a class of diseases that a criterion excludes.

Knows a short table of classes and of words for diseases in them, written down from common knowledge; a disease that is
not in it is not told.
"""

import re
from collections.abc import Iterator

from regdocs.rules.eligibility import all_criteria
from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol

# Words that name a class of diseases, and words of conditions that belong to it.
_CLASSES: tuple[tuple[str, str], ...] = (
    (
        r"metabolism|metabolic (?:disease|disorder|illness)\w*",
        r"diabet|obesity|gout|hyperlipid|dyslipid|metabolic syndrome",
    ),
    (r"endocrine (?:disease|disorder)\w*|endocrinology", r"diabet|thyroid|cushing|addison|acromegal"),
    (
        r"neurology|neurological (?:disease|disorder)\w*",
        r"migraine|epilep|parkinson|alzheimer|multiple sclerosis|stroke",
    ),
    (
        r"cardiovascular (?:disease|disorder)\w*|heart disease\w*",
        r"heart failure|hypertension|coronary|angina|myocardial",
    ),
    (
        r"respiratory (?:disease|disorder)\w*|lung disease\w*",
        r"asthma|copd|chronic obstructive|pulmonary fibrosis|bronchi",
    ),
    (r"liver disease\w*|hepatic (?:disease|disorder)\w*", r"hepatitis|cirrhosis|steatohepatitis|fatty liver"),
    (r"(?:kidney|renal) (?:disease|disorder)\w*", r"nephropath|kidney|renal|glomerul"),
    (r"cancer|malignan\w+|oncology", r"cancer|carcinoma|lymphoma|leuk|melanoma|sarcoma|tumou?r|glioma|myeloma"),
    (r"auto-?immune (?:disease|disorder)\w*", r"type 1 diabetes|lupus|rheumatoid|multiple sclerosis|psoria|crohn"),
    (r"(?:psychiatric|mental) (?:disease|disorder|illness)\w*", r"depress|schizophren|bipolar|anxiety|psychos"),
)
_QUALIFIED = re.compile(
    r"\b(?:other|another|except|excluding|apart from|besides|not related|unrelated|uncontrolled|unstable|severe|serious"
    r"|active|acute|history of|previous|prior|second)\b",
    re.IGNORECASE,
)


def studied_disease_excluded(protocol: Protocol) -> Iterator[Hit]:
    """ELG-010: an exclusion criterion that names, without a reserve, a class in which the studied condition lies."""
    conditions = [one.value for one in protocol.population.conditions if one.value is not None]
    excluding = {f"/eligibility/{one.id}" for one in protocol.eligibility if one.category == "exclusion"}
    for path, criterion in all_criteria(protocol):
        text = criterion.text.value or ""
        if "/".join(path.split("/")[:3]) in excluding and not _QUALIFIED.search(text):
            yield from (
                Hit(f"{path}/text", f'criterion "{criterion.id}" excludes {_said(found, condition)}', _HINT)
                for found, condition in _met(text, conditions)
            )


_HINT = "nobody who is to take part could; ask what was meant, such as other diseases of that class"


def _said(found: str, condition: str) -> str:
    return f'"{found}", and the condition studied is "{condition}"'


def _met(text: str, conditions: list[str]) -> Iterator[tuple[str, str]]:
    for names, members in _CLASSES:
        found = re.search(rf"\b(?:{names})\b", text, re.IGNORECASE)
        condition = next((one for one in conditions if re.search(members, one, re.IGNORECASE)), None)
        if found is not None and condition is not None:
            yield found.group(), condition
