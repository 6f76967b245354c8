"""The regimes of an amendment and the classes that each knows. What a class asks for stands in `classification`."""

from collections.abc import Mapping

from regdocs.amendment.declaration import RegimeName

PART_I, PART_II, BOTH_PARTS = "substantial part I", "substantial part II", "substantial part I and part II"
SUPERVISION, NOT_SUBSTANTIAL = "Art. 81(9)", "non-substantial"
MORE_THAN_MINOR, MINOR, ADMINISTRATIVE = "more than minor", "minor", "administrative"
PROTOCOL_AMENDMENT, NEW_INVESTIGATOR, NO_AMENDMENT = "protocol amendment", "new investigator", "no protocol amendment"
SUPPLEMENT, NOTICE, ANNUAL_REPORT = "supplement", "5-day notice", "annual report"
BODY_DECIDES = "the body decides"

CLASSES: Mapping[RegimeName, tuple[str, ...]] = {
    "eu-ctr": (PART_I, PART_II, BOTH_PARTS, SUPERVISION, NOT_SUBSTANTIAL),
    "us-irb": (MORE_THAN_MINOR, MINOR, ADMINISTRATIVE),
    "us-ind": (PROTOCOL_AMENDMENT, NEW_INVESTIGATOR, NO_AMENDMENT),
    "us-ide": (SUPPLEMENT, NOTICE, ANNUAL_REPORT),
    "other": (),  # the body's own words
}

# Classes under which a change is decided before it is used, whatever else it touches.
HEAVY = (PART_I, PART_II, BOTH_PARTS, MORE_THAN_MINOR, PROTOCOL_AMENDMENT, NEW_INVESTIGATOR, SUPPLEMENT)
