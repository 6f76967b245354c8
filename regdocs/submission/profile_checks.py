"""What a profile says that makes no sense: names, folders and limits that could not be kept. All slips at once."""

from collections.abc import Iterator, Mapping

from regdocs.amendment.slip import Slip
from regdocs.spec.complaints import nearest
from regdocs.submission.pattern import LONGEST_DAY, BadPattern, Part, check_date_form, date_text, parse_pattern
from regdocs.submission.profile_parts import DOCUMENTS, Deliver, Formats, Layout, Limits, Names, Stamp
from regdocs.submission.windows import RESERVED, folded, units, why_not_a_name

PATTERN, LEAVES, FOLDER, LIMIT, NOT_APART, SECTION, KIND = (
    "PRF-001",
    "PRF-002",
    "PRF-003",
    "PRF-004",
    "PRF-005",
    "PRF-006",
    "PRF-007",
)
HIGHEST_MM = 120
SHORTEST, LONGEST = 32, 255  # characters of a name
_VERSION_AND_ENDING = 15  # characters to keep free: "v10.12", a dot and "docx"


def name_slips(names: Names, deliver: Deliver, date_form: str) -> Iterator[Slip]:
    """Yield what is wrong with the names: patterns, words that stand in them, their length."""
    try:
        check_date_form(date_form)
    except BadPattern as error:
        yield Slip(PATTERN, "/date", str(error), error.hint)
        date_form = "%Y-%m-%d"
    yield from _length(names)
    for path, pattern in (("/names/pattern", names.pattern), *_under("/names/patterns", names.patterns)):
        try:
            yield from _pattern(path, parse_pattern(pattern), names, deliver, date_form)
        except BadPattern as error:
            yield Slip(PATTERN, path, str(error), error.hint)
    states = {key: word for key, word in names.states.model_dump().items() if word is not None}
    for path, word in (*_under("/names/states", states), *_under("/names/documents", names.documents)):
        yield from _words(path, word)


def layout_slips(layout: Layout) -> Iterator[Slip]:
    """Yield folders that cannot be made or not be told apart, and sections that are not there."""
    ids = [section.id for section in layout.sections]
    folders = [folded(section.folder) for section in layout.sections]
    for place, section in enumerate(layout.sections):
        path = f"/layout/sections/{place}"
        if why := why_not_a_name(section.folder):
            message = f'a folder cannot be called "{section.folder}": {why}'
            yield Slip(FOLDER, f"{path}/folder", message, "name one folder, of letters, digits, spaces and - _")
        if folders.index(folders[place]) != place:
            message = f'two folders are called "{section.folder}"; many disks take capital and small letters for one'
            yield Slip(FOLDER, f"{path}/folder", message, "give one of them another name")
        if ids.index(section.id) != place:
            yield Slip(SECTION, f"{path}/id", f'section "{section.id}" stands here twice', "give it another id")
    for path, given in (("/layout/default", layout.default), *_under("/layout/documents", layout.documents)):
        if given not in ids:
            guess = nearest(given, ids)
            hint = f'did you mean "{guess}"?' if guess else f"sections: {', '.join(ids)}"
            yield Slip(SECTION, path, f'there is no section "{given}"', hint)


def limit_slips(limits: Limits) -> Iterator[Slip]:
    """Yield limits that no package could keep."""
    given = {key: limit for key, limit in limits.model_dump().items() if limit is not None}
    for key, limit in given.items():
        if limit < 1:
            message = f'the limit "{key}" is {limit}; expected 1 or more'
            yield Slip(LIMIT, f"/limits/{key}", message, "leave it out where there is no limit, or none is known")
    if given.get("file_bytes", 0) > given.get("package_bytes", limits.file_bytes or 0) > 0:
        message = "one file may be larger than all files together"
        yield Slip(LIMIT, "/limits/file_bytes", message, "'file_bytes' is of one file, 'package_bytes' of all")


def kind_slips(names: Names, formats: Formats, layout: Layout, stamp: Stamp) -> Iterator[Slip]:
    """Yield kinds of document that are not known; they are warnings, and what is said of them counts for nothing."""
    told = (("/names/patterns", names.patterns), ("/names/documents", names.documents))
    for path, mapping in (*told, ("/formats/documents", formats.documents), ("/layout/documents", layout.documents)):
        yield from (_no_kind(f"{path}/{kind}", kind) for kind in mapping if kind not in DOCUMENTS)
    if (height := stamp.height_mm or 0) > HIGHEST_MM:
        message = f"the stamp's area is {height} mm high; at most {HIGHEST_MM} leave room for words"
        yield Slip(LIMIT, "/stamp/height_mm", message, "give its height in millimetres")
    for place, kind in enumerate(stamp.documents):
        if kind not in DOCUMENTS:
            yield _no_kind(f"/stamp/documents/{place}", kind)


def _no_kind(path: str, kind: str) -> Slip:
    guess = nearest(kind, DOCUMENTS)
    hint = f'did you mean "{guess}"?' if guess else f"kinds: {', '.join(DOCUMENTS)}"
    return Slip(KIND, path, f'no document is of the kind "{kind}"', hint)


def _pattern(path: str, parts: tuple[Part, ...], names: Names, deliver: Deliver, date_form: str) -> Iterator[Slip]:
    for part in parts:
        yield from _words(path, part.words)
    fields = {part.field for part in parts}
    if path == "/names/pattern" and not fields & {"document", "title"}:
        message = "nothing in the pattern tells one document from another"
        yield Slip(NOT_APART, path, message, "add {document} or {title}")
    if "both" in deliver.model_dump().values() and ("state" not in fields or _same_states(names)):
        message = "clean and tracked documents are delivered together, and nothing in the name tells them apart"
        yield Slip(NOT_APART, path, message, "add {state}, and a word for it under 'states'")
    fixed = sum(units(part.words) for part in parts) + _VERSION_AND_ENDING
    fixed += sum(len(date_text(LONGEST_DAY, part.spec or date_form)) for part in parts if part.field == "date")
    fixed += max(units(word or "") for word in names.states.model_dump().values()) if "state" in fields else 0
    if SHORTEST <= names.max_length <= LONGEST and fixed > names.max_length:
        message = f"what is never shortened takes about {fixed} characters, and a name has {names.max_length}"
        yield Slip(LIMIT, path, message, "shorten the pattern, or allow longer names")


def _same_states(names: Names) -> bool:
    return folded(names.states.clean or "") == folded(names.states.tracked or "")


def _words(path: str, words: str) -> Iterator[Slip]:
    """Yield where words of a name would lead out of the folder or are taken by no Windows."""
    leaves = [one for one in ("/", "\\", "..") if one in words]
    if leaves:
        message = f'"{words}" has {" ".join(leaves)}, and a name would leave its folder'
        yield Slip(LEAVES, path, message, "folders stand under 'layout'; a pattern names the file only")
    elif set(words) & RESERVED or not words.isprintable():
        yield Slip(LEAVES, path, f'"{words}" has a character that Windows takes in no name', 'leave < > : " | ? * out')


def _length(names: Names) -> Iterator[Slip]:
    if not SHORTEST <= names.max_length <= LONGEST:
        message = f'"max_length" is {names.max_length}; expected {SHORTEST} to {LONGEST}'
        yield Slip(LIMIT, "/names/max_length", message, "the ending counts; an eCTD name has at most 64")


def _under(path: str, mapping: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{path}/{key}", text) for key, text in mapping.items())
