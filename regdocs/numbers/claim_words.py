"""Words around a number that say what it is of, and words that say that it is of something else. Patterns only."""

import re

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"“•-])|\n\s*\n|(?<=;)\s+")
ROUGH = r"(?:about|around|approximately|approx\.|up to|roughly|some|nearly|in all|a total of|an estimated|at least)"
ABOUT = re.compile(rf"\b{ROUGH}\s*$", re.IGNORECASE)
TIME = re.compile(r"[\s-]+(day|week|month|year)s?\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"\b(?:earlier|previous|previously|prior|other|another|published|historical|animal|pilot)\s+(?:\w+\s+)?"
    r"(?:stud|trial|cohort|experience)"
    r"|\bso far\b|\bto date\b|\bpower\b|\binterim\b|\bsub-?(?:study|group|set)\b|\bsentinel\b|\bdose level|\bsafety run"
    r"|\beach (?:site|cent(?:re|er)|cohort|week|month|day|visit)\b|\bliterature\b|\bworldwide\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\s+(?:(?:adult|healthy|eligible|male|female|human|evaluable|paediatric|pediatric)\s+)*"
    r"(?:people|participants?|patients?|subjects|volunteers|adults|persons|individuals|children|adolescents|women|men)\b",
    re.IGNORECASE,
)
JOIN = (
    r"(?:take part|join|participate|planned|enrol+ed|recruited|included|randomi[sz]ed|expected|allocated"
    r"|be assigned|be given|be treated|receive|be studied|needed)"
)
WHOLE_AFTER = re.compile(
    rf"^(?:(?!\bwho\b)[^,;]){{0,45}}?\b(?:will|are|is|may|can|would)\b[^,;]{{0,40}}?\b{JOIN}\b"
    r"|^[^,;]{0,60}?\b(?:in total|altogether|in (?:this|the whole|our) (?:study|trial))\b",
    re.IGNORECASE,
)
WHOLE_BEFORE = re.compile(
    r"(?:\ba total of|\btotal number of participants:?"
    r"|\b(?:will|to|plans? to) (?:enrol+|recruit|include|randomi[sz]e|study)"
    rf"|\bsample size (?:of|is|will be)|\bthere (?:will be|are))\s*{ROUGH}?\s*$",
    re.IGNORECASE,
)
PART_BEFORE = re.compile(
    r"\b(?:after|when|until|once|if|every|each|per|first|next|last|for|of|another|other|than|in|or|and|to|least)"
    r"\s+(?:the\s+|these\s+)?(?:first\s+)?$",
    re.IGNORECASE,
)
LABEL_BEFORE = re.compile(r"\b(?:visit|day|week|month|section|part|arm|group|cohort|table|stage|phase|step)\s+$", re.I)
ENDED = re.compile(r"^\s+(?:were|was|have|had|has|did|died|who)\b", re.IGNORECASE)
EACH_ARM = re.compile(
    r"^(?:\s+(?:will be|are|is))?(?:\s+\w+)?\s+(?:in|to|for|per)\s+(?:each|every)?(?:\s+of the \w+)?"
    r"\s*(?:treatment\s+|study\s+)?(?:arm|group)\b",
    re.I,
)
VISITS = re.compile(
    r"\s+(?:(?:planned|scheduled|study|clinic|hospital|site|outpatient|in-person|on-site)\s+)*visits?\b", re.IGNORECASE
)
VISITS_BEFORE = re.compile(
    r"(?:\b(?:there (?:are|will be)|has|have|includes?|consists? of|comprises?|attend"
    r"|come (?:to|for|in for)|make|total of)"
    rf"|, with)\s*(?:all\s+)?{ROUGH}?\s*$",
    re.IGNORECASE,
)
NOT_ALL = re.compile(
    r"^[^.;]{0,30}\b(?:a|per|each|every) (?:day|week|month|year)\b"
    r"|^[^.;]{0,20}\b(?:in|during) the (?:first|last)\b|^ more\b",
    re.I,
)
COME_BEFORE = re.compile(r"\b(?:come|visit|return|travel|be seen|see us|come back)\b[^.,;]{0,40}$", re.IGNORECASE)
TIMES_AFTER = re.compile(r"\s+times\b", re.IGNORECASE)
PART_FOR = re.compile(
    r"(?:\b(?:in|part in) (?:the|this|our) (?:study|trial)|\b(?:take|takes|taking) part"
    r"|\bparticipation|\bparticipates?)\b"
    rf"(?P<gap>[^.;,]{{0,45}}?)\b(?:for|lasts?|takes?|is|be)\s+{ROUGH}?\s*$",
    re.IGNORECASE,
)
STUDY_FOR = re.compile(rf"\b(?:study|trial) (?:will )?(?:lasts?|takes?)\s+{ROUGH}?\s*$", re.IGNORECASE)
EACH_PERSON = re.compile(
    r"^[^.;,]{0,30}\b(?:for|per) (?:you|each|every|one|a)\b ?(?:participant|patient|person|subject)?", re.I
)
FOLLOWED = re.compile(rf"\bfollow(?:ed)?\b(?P<gap>[^.;,]{{0,30}}?)\bfor\s+{ROUGH}?\s*$", re.IGNORECASE)
NOT_FOLLOWED = re.compile(
    r"pregnan|birth|infant|baby|wound|event|partner|donor|diet|instruction|(?:who|that) (?:are|is|have|were|was)\b",
    re.I,
)
OTHER_STUDY = re.compile(r"\b(?:another|other|any|not|no|until|after|before|since)\b", re.IGNORECASE)
GROUPS = re.compile(
    r"\s+(?:(?:study|treatment|parallel|different|equal|equally sized)\s+)*"
    r"(?:arms|groups|arm|group)\b(?! ?(?-i:[A-Z]\b|\d))",
    re.IGNORECASE,
)
GROUPS_BEFORE = re.compile(
    r"(?:\b(?:one of|either of|into|to|between|among|has|have|compares?|there (?:are|will be)"
    r"|consists? of|comprises?|with))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
GROUPING = re.compile(
    r"\b(?:assigned|randomi[sz]ed|randomly|allocated|divided|put|study|trial|compares?|there (?:are|will be))\b",
    re.IGNORECASE,
)
UNIT = re.compile(r"\s*(mg/kg|mg|µg|μg|mcg|micrograms?|milligrams?|g|IU|mL|ml|tablets?|capsules?|puffs?|drops?)\b(?!/)")
DOSE_BEFORE = re.compile(rf"\bdoses? (?:of|is|will be)\s+{ROUGH}?\s*$", re.IGNORECASE)
OFTEN_AFTER = re.compile(
    r"^\s+(?:once|twice|three times|a day|daily|(?:every|each) (?:day|morning|evening|night|week|month))\b",
    re.IGNORECASE,
)
STUDY_MEDICINE = r"study (?:medicine|drug|product|medication|treatment|tablets?)"
