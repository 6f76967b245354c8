"""The findings of the YAML reader: one rule for each kind of mistake, with the way out.

Knows ids, names and hints; does not know how a mistake is found (`yaml_text`). Every one is an error: a text that
two programs may read in two ways cannot be the source of a protocol.
"""

from dataclasses import dataclass

from regdocs.finding import Severity


@dataclass(frozen=True, slots=True)
class YamlRule:
    """One kind of mistake: `name` for lists of rules, `why` for its page, `hint` for the person at the keyboard."""

    id: str
    name: str
    why: str
    hint: str
    severity: Severity = Severity.ERROR
    source: str | None = None


TOO_LARGE = YamlRule(
    "YAML-001",
    "file too large",
    "A protocol is a text that people read. A bound keeps a mistaken file from using all memory.",
    "check that this is the right file; long texts belong in templates, pictures and data in files of their own",
)
NOT_UTF8 = YamlRule(
    "YAML-002",
    "not UTF-8",
    "In another encoding the letters of names and units can turn into others without notice.",
    "save the file as UTF-8 in the editor",
    source="YAML 1.2.2, 5.2",
)
CHARACTER = YamlRule(
    "YAML-003",
    "character that cannot be seen",
    "Control characters and marks that turn the direction of text can make a page say something other than its source.",
    "delete the character; nothing but a line break and a tab is allowed",
)
NOT_NFC = YamlRule(
    "YAML-004",
    "text not in NFC",
    "The same letter can be stored in two ways. Only one way is used, so that equal words are equal bytes.",
    "type the letter again, or convert the file to Unicode normalization form C (NFC)",
    source="Unicode Standard Annex 15",
)
SYNTAX = YamlRule(
    "YAML-005",
    "not valid YAML",
    "The text cannot be read as keys and values.",
    "look at this line and the one above it",
    source="YAML 1.2.2",
)
TAB = YamlRule(
    "YAML-006",
    "tab as indentation",
    "Tabs are of different width in different editors, so YAML indents with spaces only.",
    "replace the tab by spaces",
    source="YAML 1.2.2, 6.1",
)
DUPLICATE_KEY = YamlRule(
    "YAML-007",
    "key given twice",
    "Programs differ in which of the two values they keep.",
    "delete or rename one of the two",
    source="YAML 1.2.2, 3.2.1.3",
)
ANCHOR = YamlRule(
    "YAML-008",
    "anchor",
    "Anchors hide where a value comes from, and can make a small file very large.",
    'delete the "&name"; text that begins with "&" needs quotes',
)
ALIAS = YamlRule(
    "YAML-009",
    "alias",
    "Aliases hide where a value comes from, and can make a small file very large.",
    'write the value itself, or refer to its id; text that begins with "*" needs quotes',
)
TAG = YamlRule(
    "YAML-010",
    "tag",
    "A tag asks the reader for a type of its own. The types come from the protocol's language alone.",
    'delete the tag; text that begins with "!" needs quotes',
)
MERGE_KEY = YamlRule(
    "YAML-011",
    "merge key",
    "A merge key copies values from another place, so the text no longer shows what holds.",
    'write the keys out instead of "<<"',
)
SEVERAL_DOCUMENTS = YamlRule(
    "YAML-012",
    "several documents in one file",
    "Only one of them could count, and a reader may take the other.",
    'delete the line "---" and what follows, or move it to a file of its own',
)
COMPLEX_KEY = YamlRule(
    "YAML-013",
    "list or mapping as a key",
    "A key is a name.",
    'give the key as a plain word; delete the "?"; a text that begins with "[" or "{" needs quotes',
)
KEY_NOT_TEXT = YamlRule(
    "YAML-014",
    "key that is not text",
    "A number, true, false or null as a key is read differently by different programs.",
    "put the key in quotes",
)
NUMBER = YamlRule(
    "YAML-015",
    "number too large",
    "Numbers of this size are rounded by many programs, among them those that will check the records.",
    "put it in quotes if it is an identifier",
    source="RFC 8259, section 6",
)
NOT_A_NUMBER = YamlRule(
    "YAML-016",
    "infinity or not-a-number",
    "A protocol has no value that is infinite or not a number.",
    "write the number, or put it in quotes if it is text",
)
EMPTY = YamlRule(
    "YAML-017",
    "empty file",
    "Nothing stands in the file.",
    'begin with "regdocs: 1"',
)
TOP_LEVEL = YamlRule(
    "YAML-018",
    "not a mapping at the top",
    'The file has to consist of "key: value" lines at its top level.',
    'begin with "regdocs: 1"',
)
TOO_DEEP = YamlRule(
    "YAML-019",
    "nested too deep",
    "A bound keeps a mistaken file from using all memory.",
    "look for brackets that were not closed",
)
TOO_MANY = YamlRule(
    "YAML-020",
    "too many values",
    "A bound keeps a mistaken file from using all memory.",
    "check that this is the right file",
)
TOO_LONG = YamlRule(
    "YAML-021",
    "text too long",
    "A bound keeps a mistaken file from using all memory.",
    "look for a quote that was not closed",
)
DIRECTIVE = YamlRule(
    "YAML-022",
    "directive",
    'A line that begins with "%" changes how the rest is read.',
    'delete the line; text that begins with "%" needs quotes',
)
MORE = YamlRule(
    "YAML-023",
    "and more",
    "Only the first findings of a file are shown.",
    "mend the ones above and check again",
)

YAML_RULES: tuple[YamlRule, ...] = (
    TOO_LARGE,
    NOT_UTF8,
    CHARACTER,
    NOT_NFC,
    SYNTAX,
    TAB,
    DUPLICATE_KEY,
    ANCHOR,
    ALIAS,
    TAG,
    MERGE_KEY,
    SEVERAL_DOCUMENTS,
    COMPLEX_KEY,
    KEY_NOT_TEXT,
    NUMBER,
    NOT_A_NUMBER,
    EMPTY,
    TOP_LEVEL,
    TOO_DEEP,
    TOO_MANY,
    TOO_LONG,
    DIRECTIVE,
    MORE,
)
