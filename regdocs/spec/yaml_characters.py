"""Which characters a YAML text may have: none that cannot be seen, none that turns the direction, all in NFC.

Knows Unicode; does not know YAML.
"""

import re
import unicodedata

from regdocs.source import Position
from regdocs.spec.yaml_report import Report
from regdocs.spec.yaml_rules import CHARACTER, NOT_NFC

_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_FORBIDDEN_CLASS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab, LF and CR; DEL; C1, among them NEL, a line break of YAML 1.1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # every character with the property Bidi_Control
    "\u2028\u2029"  # line breaks for YAML 1.1 and for nobody's editor
    "\ufeff"  # a byte order mark inside the text
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ufdd0-\ufdef" + _NONCHARACTERS + "\U000e0000-\U000e007f"  # tags: invisible copies of ASCII
)
_IN_TEXT = re.compile(f"[{_FORBIDDEN_CLASS}]|\r(?!\n)")
_IN_VALUE = re.compile(f"[{_FORBIDDEN_CLASS}\r]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STAND_IN = "\ufffd"

NO_CHARACTER = "an escape in this text gives a character that does not exist"


def clean_text(text: str) -> str:
    """Return the text with "\ufffd" for each character it may not have: of the same length, so places stay.

    So the rest of the text can still be read, and an excerpt is safe to print.
    """
    return _IN_TEXT.sub(_STAND_IN, text)


def check_text(text: str, report: Report) -> None:
    """Report what the text as written may not have."""
    if _IN_TEXT.search(text):
        _check_characters(text, report)
    if not unicodedata.is_normalized("NFC", text):
        _check_nfc(report)


def check_value(value: str, position: Position, last_line: int, report: Report) -> None:
    """Report what a value has got through escapes; what stands in the text itself is reported by `check_text`."""
    match = _IN_VALUE.search(value)
    if _SURROGATE.search(value):  # no bytes can be made of half a pair; libyaml stops here
        report.broken(CHARACTER, NO_CHARACTER, position)
    elif match:
        _report_character(match[0], position, report, "an escape in this text gives")
    elif not unicodedata.is_normalized("NFC", value) and _nfc_lines(position.line, last_line, report):
        report.add(NOT_NFC, "an escape in this text gives a letter that is not in Unicode form NFC", position)


def _check_characters(text: str, report: Report) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _IN_TEXT.finditer(line.removesuffix("\r")):
            _report_character(match[0], Position(number, match.start() + 1), report, "the text has")


def _check_nfc(report: Report) -> None:
    for number, line in enumerate(report.lines, start=1):
        if unicodedata.is_normalized("NFC", line):
            continue
        composed = unicodedata.normalize("NFC", line)
        pairs = zip(line, composed, strict=False)
        column = next((index for index, (is_, should) in enumerate(pairs) if is_ != should), len(composed))
        message = f'"{composed[column : column + 1]}" is stored as {_codes(line, column)}, not in Unicode form NFC'
        report.add(NOT_NFC, message, Position(number, column + 1))


def _codes(line: str, column: int) -> str:
    end = column + 1
    while end < len(line) and unicodedata.combining(line[end]):
        end += 1
    return " ".join(f"U+{ord(character):04X}" for character in line[column:end])


def _nfc_lines(first: int, last: int, report: Report) -> bool:
    return all(unicodedata.is_normalized("NFC", line) for line in report.lines[first - 1 : last])


def _report_character(character: str, position: Position, report: Report, lead: str) -> None:
    name = unicodedata.name(character, "a control character")
    report.add(CHARACTER, f"{lead} U+{ord(character):04X} ({name})", position)
