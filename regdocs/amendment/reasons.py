"""Why a protocol is amended: the reasons that ICH M11 lists, with their codes in the CDISC list C207415.

Read in a stored copy of the CDISC controlled terminology for USDM v4.0 (codelist C207415, extensible). The NCI
Thesaurus holds the same words for M11 as value set C217276, with codes of its own. Check against ICH's file before a
code is shown as the standard's.
"""

from collections.abc import Mapping

REASON_LIST = "ICH M11, Amendment Details; CDISC USDM v4 codelist C207415"

OTHER = "Other"

REASONS: Mapping[str, str] = {
    "Change In Standard Of Care": "C207600",
    "Change In Strategy": "C207601",
    "IMP Addition": "C207602",
    "Inconsistency And/Or Error In The Protocol": "C207603",
    "Investigator/Site Feedback": "C207604",
    "IRB/IEC Feedback": "C207605",
    "Manufacturing Change": "C207606",
    "New Data Available (Other Than Safety Data)": "C207607",
    "New Regulatory Guidance": "C207608",
    "New Safety Information Available": "C207609",
    "Protocol Design Error": "C207610",
    "Recruitment Difficulty": "C207611",
    "Regulatory Agency Request To Amend": "C207612",
    OTHER: "C17649",
    "Not Applicable": "C48660",
}

_BY_WORDS = {term.casefold(): term for term in REASONS}


def reason_named(words: str) -> str:
    """Return the reason as the list writes it, whatever the capitals; words that are no reason as they are."""
    return _BY_WORDS.get(" ".join(words.split()).casefold(), words)
