"""Where a proposal comes from, and how far that was checked.

V: read in a stored public page or file. M: from memory, to be checked against the official text. I: our inference.
"""

from dataclasses import dataclass
from typing import Literal

Trust = Literal["V", "M", "I"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause or page, and the trust it deserves."""

    text: str
    trust: Trust

    def __str__(self) -> str:
        return f"{self.text} [{self.trust}]"


SUBSTANTIAL = Citation("Regulation (EU) 536/2014 Art. 2(2)(13), as CCMO quotes it", "V")
PARTS = Citation("Regulation (EU) 536/2014 Art. 6 and 7", "M")
SITE_IN_EU = Citation("PEI, modifications after authorisation", "V")
ART_81_9 = Citation("Regulation (EU) 536/2014 Art. 81(9), as CCMO tells of it", "V")
ART_54 = Citation("Regulation (EU) 536/2014 Art. 54", "M")
IRB_FIRST = Citation("21 CFR 56.108(a)(4)", "V")
IRB_MINOR = Citation("21 CFR 56.110(b)(2), as boards quote it", "V")
IND_CHANGE = Citation("21 CFR 312.30(b)(1), as university guides tell of it", "V")
IND_INVESTIGATOR = Citation("21 CFR 312.30(c)", "V")
IND_HAZARD = Citation("21 CFR 312.30(b)(2)(ii), as university guides tell of it", "V")
IND_IRB = Citation("21 CFR 312.66", "M")
IDE_APPROVAL = Citation("21 CFR 812.35(a)(1)", "V")
IDE_NOTICE = Citation("21 CFR 812.35(a)(3)", "V")
IDE_REPORT = Citation("21 CFR 812.35(a)(4), as a university tells of it", "V")
IDE_EMERGENCY = Citation("21 CFR 812.150(a)(4), as universities tell of it", "V")
IDE_SPONSOR = Citation("21 CFR 812.35(a)(2)", "V")
BOARDS_DAYS = Citation("boards' own policies: 14 business days at one, 5 at another", "V")
ACT_AMENDMENT = Citation("42 CFR 11.64(a)(1)(ii)(O), as a page quotes the registry's own answer to a question", "V")
ACT_BOARD = Citation("42 CFR 11.64, as a university tells of the status of the review board", "V")
OURS = Citation("our inference", "I")
SACHRP_1 = Citation("SACHRP 2020, New Information Provided to Previously Enrolled Subjects, Appendix 1", "V")
SACHRP_2 = Citation("SACHRP 2020, Appendix 2 (the part read: not time-sensitive, recruitment open)", "V")
WISC = Citation("University of Wisconsin IRB, reconsenting participants", "V")
WRIGHT = Citation("Wright State University, re-consenting", "V")
E6_282 = Citation("ICH E6(R3) 2.8.2", "V")
E6_28 = Citation("ICH E6(R3) section 2.8", "V")
REPRESENTED = Citation(f"{SACHRP_2.text}; {E6_28.text} on who signs", "V")
