"""What is proposed for each group of participants by the size of a change: an explicit table with sources.

`docs/amendment-classes.md` is made of it. The sizes are those of SACHRP's options: small would likely not change what a
participant decides, moderate might, large likely would.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regdocs.amendment import citation as cited
from regdocs.amendment.citation import Citation
from regdocs.amendment.declaration import GroupName

What = Literal[
    "none",
    "tell and document",
    "letter",
    "addendum signed",
    "full re-consent",
    "immediate call before paper is approved",
]
NONE: What = "none"
TELL: What = "tell and document"
LETTER: What = "letter"
ADDENDUM: What = "addendum signed"
FULL: What = "full re-consent"
CALL: What = "immediate call before paper is approved"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is proposed, why, and where it comes from."""

    what: What
    reason: str
    source: Citation


@dataclass(frozen=True, slots=True)
class Group:
    """A group of participants: its words, and what is proposed by the size of the change."""

    label: str
    by_size: Mapping[str, Rule]


def _options(source: Citation) -> dict[str, Rule]:
    """Return the options for people who take part: said, added in writing, or asked anew."""
    return {
        "small": Rule(TELL, "it would likely not change what they decide", source),
        "moderate": Rule(ADDENDUM, "it might change what they decide", source),
        "large": Rule(FULL, "it likely changes what they decide", source),
    }


def _always(rule: Rule) -> dict[str, Rule]:
    return dict.fromkeys(("small", "moderate", "large"), rule)


GROUPS: Mapping[GroupName, Group] = {
    "screening": Group(
        "in consent or screening",
        _always(Rule(FULL, "new participants are asked with the new form", cited.SACHRP_2)),
    ),
    "before-product": Group("enrolled, before the product", _options(cited.SACHRP_2)),
    "on-product": Group("on the product", _options(cited.SACHRP_2)),
    "follow-up": Group(
        "in follow-up",
        {
            "small": Rule(TELL, "it would likely not change what they decide", cited.OURS),
            "moderate": Rule(ADDENDUM, "closed to accrual, they sign an addendum or the revised form", cited.WRIGHT),
            "large": Rule(FULL, "closed to accrual, they sign an addendum or the revised form", cited.WRIGHT),
        },
    ),
    "long-term-follow-up": Group(
        "in long-term follow-up",
        {
            "small": Rule(NONE, "little that could change is left for them", cited.OURS),
            "moderate": Rule(LETTER, "they are reached by telephone and post", cited.OURS),
            "large": Rule(ADDENDUM, "by post, with the receipt documented", cited.WRIGHT),
        },
    ),
    "completed": Group(
        "completed",
        {
            "small": Rule(NONE, "nothing is left to decide", cited.OURS),
            "moderate": Rule(NONE, "nothing is left to decide; a later effect on health would be a letter", cited.OURS),
            "large": Rule(LETTER, "new information may apply to those who have completed", cited.WISC),
        },
    ),
    "withdrawn": Group(
        "withdrawn, data only",
        {
            "small": Rule(NONE, "nothing is done to them any more", cited.OURS),
            "moderate": Rule(NONE, "nothing is done to them any more; use of their data would be a letter", cited.OURS),
            "large": Rule(LETTER, "it may concern later health or the use of their data", cited.OURS),
        },
    ),
    "represented": Group(
        "consented by a representative (who signs; the participant too, if capable)", _options(cited.REPRESENTED)
    ),
    "now-of-age": Group(
        "minor now of age",
        _always(
            Rule(FULL, "a process for consent is considered when a minor comes of age, whatever changed", cited.E6_28)
        ),
    ),
}

# Groups that are called where it is urgent, or where they may carry a risk that is now known.
CALLED: tuple[GroupName, ...] = ("screening", "before-product", "on-product", "follow-up", "represented")

# How groups are told of what every participant has to know, such as another number for emergencies.
REACHED: Mapping[GroupName, What] = {
    "screening": TELL,
    "before-product": TELL,
    "on-product": TELL,
    "follow-up": TELL,
    "long-term-follow-up": LETTER,
    "represented": TELL,
}

_APPROVED = f"approved in advance of use: {cited.E6_282}"
DUE: Mapping[What, str] = {
    NONE: "nothing is due",
    TELL: "at the next contact; documented in the study record",
    LETTER: f"when the board has approved the letter; {_APPROVED}",
    ADDENDUM: f"at the next visit after the board's approval, before anything that changed is done; {_APPROVED}",
    FULL: f"at the next visit after the board's approval, before anything that changed is done; {_APPROVED}",
    CALL: "on the day on which it is known; no rule that we read gives a number of days: ask the board",
}
