"""Small values as a participant reads them: volumes with spoons, durations, yes and no."""

from decimal import Decimal

from regdocs.documents.shown import Reader, Shown
from regdocs.spec.known import Known
from regdocs.units import Duration, spoons


def volume_words(millilitres: Decimal) -> str:
    """Return "12 mL (about 2½ teaspoons)"; nothing taken is "0 mL"."""
    if millilitres <= 0:
        return "0 mL"
    text = f"{millilitres:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{plain} mL ({spoons(millilitres)})"


def duration_words(duration: str) -> str:
    """Return an ISO 8601 duration in words: "6 months"."""
    return Duration.parse(duration).words()


def yes_or_no(answer: bool) -> str:
    """Return "Yes" or "No", as an answer that stands by itself."""
    return "Yes" if answer else "No"


def capitalised(words: str) -> str:
    """Return the words with a capital first letter, for headings and the first column of tables."""
    return words[:1].upper() + words[1:]


def joined(reader: Reader, names: list[Known[str]], path: str) -> Shown:
    """Return names in one sentence, parted by semicolons because a name may hold commas. `path` is that of the list."""
    said = [reader.said(name) for name in names]
    return reader.derive(lambda: "; ".join(name.present for name in said), *said, also=(path,))
