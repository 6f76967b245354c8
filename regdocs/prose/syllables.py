"""Syllables of an English word, by rules on its letters and a list of words that keep to none.

Counts groups of vowels, takes off those that are silent and adds those that are two sounds. How often that is right,
held against an open pronouncing dictionary, is stated in docs/readability.md and tested. Knows single words of letters;
numbers, units and abbreviations are read in `spoken.py`.
"""

import re
from functools import lru_cache

from regdocs.prose.syllable_exceptions import COMPOUND_PARTS, EXCEPTIONS

_LONGEST = 60  # longer than any English word; the time for one word has a bound


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Return the syllables of one word of letters, at least 1; the parts of a hyphenated word are added."""
    parts = [part for part in _PARTS.split(word.lower()[: _LONGEST * 4]) if part]
    return max(1, sum(_of_part(part[:_LONGEST]) for part in parts))


_PARTS = re.compile(r"[-/–]|(?<=[a-z])['’](?=[a-z])(?!s\b|t\b|d\b|m\b|ll\b|re\b|ve\b)")
_CONTRACTED = re.compile(r"['’](?:s|d|m|t|ll|re|ve)?$")
_WITH_A_SYLLABLE = re.compile(r"(?:[sxz]|ch|sh|[cgs]e)['’]s$|(?:could|did|does|had|is|should|was|would|need)n['’]t$")


def _of_part(part: str) -> int:
    more = 1 if _WITH_A_SYLLABLE.search(part) else 0
    return _of_word(re.sub(r"[^a-z]", "", _CONTRACTED.sub("", part))) + more


def _of_word(word: str) -> int:
    known = _known(word)
    if known is not None:
        return known
    compound = _COMPOUND.match(word)
    if compound:
        return _of_word(compound[1]) + _of_word(compound[2])
    ending = _ENDING.match(word)
    if ending:
        return _of_word(ending[1]) + _ENDINGS[ending[2]]
    return max(1, len(_VOWELS.findall(_spoken_letters(word))) + sum(_changes(_spoken_letters(word))))


def _known(word: str) -> int | None:
    """Return what the list says of a word, of its singular, or of it without a short prefix."""
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if word.endswith("s") and word[:-1] in EXCEPTIONS and not _HISSING.search(word[:-1]):
        return EXCEPTIONS[word[:-1]]
    prefix = _PREFIX.match(word)
    if prefix and prefix[2] in EXCEPTIONS:
        return EXCEPTIONS[prefix[2]] + _PREFIXES[prefix[1]]
    return None


_HISSING = re.compile(r"(?:[cgsxz]e?|ch|sh)$")
_PREFIXES = {"un": 1, "non": 1, "re": 1, "pre": 1, "mis": 1, "dis": 1, "in": 1, "over": 2, "under": 2}
_PREFIX = re.compile(rf"({'|'.join(_PREFIXES)})([a-z]{{3,}})$")
_COMPOUND = re.compile(rf"({'|'.join(COMPOUND_PARTS)})([bcdfghjklmnpqrstvwyz][a-z]*[aeiouy][a-z]*|one|ache|aches)$")

# Endings before which an e stays silent ("hope-ful"), each with its own syllables.
_ENDINGS = {
    "fulness": 2, "lessness": 2, "fully": 2, "lessly": 2, "nesses": 2, "ments": 1, "ment": 1, "ness": 1, "less": 1,
    "ships": 1, "ship": 1, "hood": 1, "some": 1, "ful": 1, "fuls": 1, "ly": 1,
    "woman": 2, "women": 2, "man": 1, "men": 1,
}  # fmt: skip
_ENDING = re.compile(
    rf"([a-z]*[aeiouy][a-z]*(?<!ple)(?<!cre)(?<!ene)(?<!ele)(?<!edi)(?<!ib)(?<!bb)(?<!mb)(?<!ed)(?<!ical))({'|'.join(_ENDINGS)})$"
)

_VOWELS = re.compile(r"[aeiouy]+")


def _spoken_letters(word: str) -> str:
    """Return the word without a u that is no vowel of its own ("quick", "guess", "league")."""
    word = re.sub(r"gues?$", "g", word)
    return re.sub(r"qu(?=[aeiouy])|qu(?=es?$)", "q", re.sub(r"(?<!r)(?<!bi)(?<!ti)gu(?=[aeiy])", "g", word))


def _changes(word: str) -> list[int]:
    return [change * len(pattern.findall(word)) for pattern, change in _CHANGES]


# What the count of vowel groups gets wrong: a pattern of letters, and what each place of it adds.
_TABLE = (
    # an e at the end that is silent; not in "table"
    (r"(?:[^aeiouyl]|[aeiouyw]l|ll|rl)e$", -1),
    (r"(?:[^aeiouylsxzcgh]|[aeiouyw]l|rl|ph|th)es$", -1),
    (r"(?:[^aeiouytdlr]|[aeiouy]r|[bfghknpsvw]r|rr|[aeiouylrw]l)ed$", -1),
    (r"(?:qu|[^aeiouylpmsf])[iy]r(?:es?|ed)$", 1),
    # i before a vowel: two sounds, but not in "nation", "special", "million"
    (r"i[aou]", 1),
    (r"(?:[tscxg]|sh|ll|n)io(?:n|u)|[tcxg]i[ao]|[st]ia[nl]|[aeou]i[aou]|iage|niors?$|liar(?:$|i[tz])|[^r]niou", -1),
    (r"[ctx]i(?:at[eio]|olog|ari)|siac|gia$|cio$|tiat", 1),
    (
        r"[^aeiouytc]i(?:er|est)s?$|[tc]iest$|[tc]iers?$|(?<!fr)(?<!sil)[^tcn]ien(?:t|c)|[aeiouy]lien|"
        r"[^aeiouyv]iet(?!t)|tieth",
        1,
    ),
    # u before a vowel
    (
        r"(?<![qg])(?<!ers)(?<!diss)ua(?!l[il]?[zy]?|ble)|(?<![qg])ual(?!i[zs]|ly)|(?<![qg])ue(?:n|l|t|ri)|"
        r"(?<![qg])uo(?!y)|[lf]ui[dt]|nuit|ruin|[st]ui(?:ti|ci)|[^qg]uing|tuit|[dn]uity|(?<!q)uist|cuit[oy]",
        1,
    ),
    # e and a before a vowel
    (
        r"eo(?!u|n|pl|pa)|eon(?<!geon)(?<!eeon)(?<!cheon)|eum|(?<![gc])eous(?<!seous)|crea(?!m|k|s|tures?|se)|"
        r"thea|(?<!r)rea[cl](?!m|h|$|l?ly|s)|^read[jm]|^reas[st]|^reap[pl]|idea|area|lineal?|cereal|ethereal|"
        r"lleab|greea|coag|rearr",
        1,
    ),
    # o and y before a vowel
    (
        r"oe[mtx]|^coe|(?<!ch)(?<!^)(?<!c)[rt]oic|[gl]ois[mt]|heroine|aic|aism|ao|yi(?!ng)|[a-z]ying|"
        r"[aeou]y[aeo](?!d$|s$|br|si|la|w)|eing|oing|eei|uying",
        1,
    ),
    (
        r"^(?:re|pre)e(?!n|d|f|k|s|t|v|ch|l|p|m)|^ree[ln][a-z]|^rei(?!ns?$|ns|gn|nd)|"
        r"^coop(?!e?d?s?$)(?!er$)|^coor|^preem|^coinc|^reu",
        1,
    ),
    # a consonant that is a syllable by itself, and "-ically", of which one is not spoken
    (r"(?:sm|thm)s?$", 1),
    (r"ically$", -1),
)
_CHANGES = tuple((re.compile(pattern), change) for pattern, change in _TABLE)
