"""Which class a weight gives under each regime: an explicit table with reasons and sources.

"non-substantial" never means that a change may be used before a decision. `docs/amendment-classes.md` is made of this
table.
"""

from collections.abc import Mapping

from regdocs.amendment import citation as cited
from regdocs.amendment import regime_classes as classes
from regdocs.amendment.declaration import RegimeName
from regdocs.amendment.weights import ASK, FIELD_CLASSES, Ruling, Weight

# What a weight gives under a regime. In the EU "substantial" is part I or II, by the field class.
RULINGS: Mapping[RegimeName, Mapping[Weight, Ruling]] = {
    "eu-ctr": {
        "substantial": Ruling(
            "substantial", "likely a substantial impact on safety, rights or data", cited.SUBSTANTIAL
        ),
        "minor": Ruling(
            classes.NOT_SUBSTANTIAL,
            "listed in the cover letter of the next substantial modification; Art. 81(9) where needed for supervision",
            cited.SUBSTANTIAL,
        ),
        "administrative": Ruling(
            classes.NOT_SUBSTANTIAL,
            "listed in the cover letter of the next substantial modification; Art. 81(9) where needed for supervision",
            cited.ART_81_9,
        ),
    },
    "us-irb": {
        "substantial": Ruling(classes.MORE_THAN_MINOR, "the board reviews it before it is used", cited.IRB_FIRST),
        "minor": Ruling(classes.MINOR, "expedited review, where the board agrees that it is minor", cited.IRB_MINOR),
        "administrative": Ruling(classes.ADMINISTRATIVE, "check the IRB's policy", cited.IRB_FIRST),
    },
    "us-ind": {
        "substantial": Ruling(
            classes.PROTOCOL_AMENDMENT,
            "it may significantly affect safety, scope or scientific quality; in phase 1 safety alone counts",
            cited.IND_CHANGE,
        ),
        "minor": Ruling(classes.NO_AMENDMENT, "no significant effect on safety, scope or quality", cited.IND_CHANGE),
        "administrative": Ruling(classes.NO_AMENDMENT, "no effect on safety, scope or quality", cited.IND_CHANGE),
    },
    "us-ide": {
        "substantial": Ruling(classes.SUPPLEMENT, "FDA approves a supplement before it is used", cited.IDE_APPROVAL),
        "minor": Ruling(
            classes.NOTICE, "where it meets the criteria for notice within 5 days; else a supplement", cited.IDE_NOTICE
        ),
        "administrative": Ruling(classes.ANNUAL_REPORT, "no effect on data, risk or rights", cited.IDE_REPORT),
    },
    "other": {
        weight: Ruling(classes.BODY_DECIDES, "ask for the body's own classes", None)
        for weight in ("substantial", "minor", "administrative")
    },
}


def ruling_of(name: str, regime: RegimeName) -> Ruling:
    """Return what is proposed for a change of one field class under a regime."""
    sort = FIELD_CLASSES[name]
    if regime == "other":
        return RULINGS["other"]["administrative"]
    if regime in sort.other:
        return sort.other[regime]
    if sort.weight == "ask":
        return Ruling(ASK, sort.reason, sort.source, sort.question)
    ruling = RULINGS[regime][sort.weight]
    if regime == "eu-ctr" and sort.weight == "substantial":
        part = classes.PART_I if sort.part == "I" else classes.PART_II
        return Ruling(part, sort.reason, ruling.source)
    return ruling
