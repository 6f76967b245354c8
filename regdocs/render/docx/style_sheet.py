"""The styles and list numbering of `reference.docx`, as WordprocessingML.

Knows how each style looks. Does not know which block takes which style (`blocks`, `tables`, `pages` do), and a study
may replace the whole file, so writers rely on the style ids only.
"""

from typing import NamedTuple

FONT = "Calibri"
INK = "1F3A5F"
GREY = "595959"
RULE = "8A94A0"
RED = "9C1C1C"


class ParagraphStyle(NamedTuple):
    """One paragraph style: id, Word's name for it, the style it builds on, and what it changes."""

    id: str
    name: str
    paragraph: str
    run: str
    based_on: str | None = "Normal"
    next: str | None = None


class TableStyle(NamedTuple):
    """One table style: its borders, the margins in a cell in twips (top, sides, bottom) and a fill or None."""

    id: str
    name: str
    borders: str
    margins: tuple[int, int, int]
    fill: str | None = None


def _space(before: int, after: int, line: int = 259) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _edges(edges: str, size: int, colour: str, kind: str = "single", space: int = 0) -> str:
    shape = f'w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"'
    return "".join(f"<w:{edge} {shape}/>" for edge in edges.split())


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_FRAME = "top left bottom right"
_GRID = "top left bottom right insideH insideV"

PARAGRAPH_STYLES = (
    ParagraphStyle("Normal", "Normal", _space(0, 120), "", None),
    ParagraphStyle("Title", "Title", _KEEP + _space(60, 80, 240), _BOLD + _colour(INK) + _size(36), next="Subtitle"),
    ParagraphStyle("Subtitle", "Subtitle", _KEEP + _space(0, 200, 240), _colour(GREY) + _size(26), next="Normal"),
    *(
        ParagraphStyle(
            f"Heading{level}",
            f"heading {level}",
            f'{_KEEP}{_space(before, after, 240)}<w:outlineLvl w:val="{level - 1}"/>',
            _BOLD + _colour(INK) + _size(size),
            next="Normal",
        )
        for level, before, after, size in ((1, 320, 120, 30), (2, 240, 80, 26), (3, 200, 60, 23), (4, 160, 40, 22))
    ),
    ParagraphStyle("Lead", "Lead", _space(0, 160), _size(25)),
    ParagraphStyle(
        "Note",
        "Note",
        f'<w:pBdr>{_edges("left", 18, RULE, space=8)}</w:pBdr>{_space(60, 140)}<w:ind w:left="227"/>',
        _size(20),
    ),
    ParagraphStyle("Small", "Small", _space(0, 80, 247), _size(18)),
    ParagraphStyle("Label", "Label", _KEEP + _space(120, 40, 247), _BOLD, next="Normal"),
    ParagraphStyle("Line", "Line", _space(0, 20, 247), ""),
    ParagraphStyle("ListBullet", "List Bullet", _space(0, 80), ""),
    ParagraphStyle("ListNumber", "List Number", _space(0, 80), ""),
    ParagraphStyle("ListMarker", "List Marker", _space(0, 80), ""),
    ParagraphStyle("ListContinue", "List Continue", _space(0, 80), ""),
    ParagraphStyle("TableText", "Table Text", _space(0, 0, 245), _size(20)),
    ParagraphStyle("TableHead", "Table Head", "", _BOLD, "TableText"),
    ParagraphStyle("TableSmall", "Table Text Small", "", _size(17), "TableText"),
    ParagraphStyle("TableSmallHead", "Table Head Small", "", _BOLD, "TableSmall"),
    ParagraphStyle("Caption", "caption", _KEEP + _space(160, 80, 240), _BOLD + _colour(INK) + _size(20)),
    ParagraphStyle("SignWho", "Signature Role", _KEEP + _space(180, 60, 247), _BOLD),
    ParagraphStyle("SignStatement", "Signature Statement", _KEEP + _space(0, 20), ""),
    ParagraphStyle(
        "SignLine",
        "Signature Line",
        f"<w:keepNext/><w:pBdr>{_edges('bottom', 6, '262626', space=1)}</w:pBdr>"
        '<w:spacing w:before="310" w:after="0" w:line="240" w:lineRule="exact"/>',
        "",
    ),
    ParagraphStyle("SignLabel", "Signature Label", _space(20, 60, 240), _colour(GREY) + _size(17)),
    ParagraphStyle(
        "DraftMark",
        "Draft Mark",
        f"<w:pBdr>{_edges(_FRAME, 12, RED, space=3)}</w:pBdr>{_space(40, 100, 240)}"
        '<w:ind w:left="85" w:right="85"/><w:jc w:val="center"/>',
        _BOLD + _colour(RED) + _size(21),
    ),
    ParagraphStyle("Mark", "Mark", _space(0, 60, 240) + '<w:jc w:val="center"/>', _BOLD + _colour(RED) + _size(20)),
    ParagraphStyle("Header", "header", _space(0, 0, 240), _colour(GREY) + _size(17)),
    ParagraphStyle("Footer", "footer", _space(0, 0, 240), _colour(GREY) + _size(17)),
    ParagraphStyle(
        "FootnoteText", "footnote text", _space(0, 40, 240) + '<w:ind w:left="227" w:hanging="227"/>', _size(18)
    ),
    ParagraphStyle("TOCHeading", "TOC Heading", _KEEP + _space(240, 80, 240), _BOLD + _colour(INK) + _size(26)),
    *(
        ParagraphStyle(
            f"TOC{level}",
            f"toc {level}",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>{_space(0, 40, 247)}'
            f'<w:ind w:left="{227 * (level - 1)}"/>',
            "",
            next="Normal",
        )
        for level in range(1, 5)
    ),
    ParagraphStyle(
        "Spacer", "Spacer", '<w:spacing w:before="0" w:after="0" w:line="140" w:lineRule="exact"/>', _size(8)
    ),
    ParagraphStyle(
        "SectionEnd", "Section End", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2)
    ),
)

CHARACTER_STYLES = (
    ("Todo", "To Be Completed", '<w:shd w:val="clear" w:color="auto" w:fill="FFE3A3"/>'),
    ("Assumed", "Assumed", '<w:shd w:val="clear" w:color="auto" w:fill="DCEBFA"/>'),
    ("Verbatim", "Verbatim", ""),
    ("SmallWords", "Small Words", _size(18)),
    ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
)

TABLE_STYLES = (
    TableStyle("RegdocsGrid", "Regdocs Grid", _edges(_GRID, 4, RULE), (34, 85, 34)),
    TableStyle("RegdocsFacts", "Facts", _edges("top bottom insideH", 4, "C4CBD3"), (40, 85, 40)),
    TableStyle("RegdocsForm", "Form", _edges(_GRID, 4, GREY), (40, 85, 40)),
    TableStyle("RegdocsPlain", "Plain", "", (20, 85, 20)),
    TableStyle("BoxKey", "Box Key", _edges(_FRAME, 12, INK), (113, 170, 28), "F2F6FA"),
    TableStyle("BoxWarning", "Box Warning", _edges(_FRAME, 12, RED), (113, 170, 28), "FCF1F0"),
    TableStyle("BoxNote", "Box Note", _edges(_FRAME, 6, RULE), (113, 170, 28)),
    TableStyle("BoxOffice", "Box Office", _edges(_FRAME, 6, GREY, "dashed"), (113, 170, 28), "F4F4F4"),
    TableStyle("BoxNotice", "Box Draft Notice", _edges(_FRAME, 8, RED), (113, 170, 28)),
    TableStyle("Running", "Running Title", "", (0, 57, 0)),
)


def styles_xml() -> str:
    """Return every style element, one after another, in a fixed order."""
    return "".join((*map(_paragraph, PARAGRAPH_STYLES), *_standing(), *_characters(), *map(_table, TABLE_STYLES)))


def _paragraph(style: ParagraphStyle) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    based_on = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{based_on}{following}<w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.run}</w:rPr></w:style>"
    )


def _standing() -> tuple[str, ...]:
    # The three defaults Word looks for beside "Normal".
    margins = "".join(
        f'<w:{edge} w:w="{w}" w:type="dxa"/>' for edge, w in zip(_FRAME.split(), (0, 108, 0, 108), strict=True)
    )
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>",
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>",
    )


def _characters() -> tuple[str, ...]:
    return tuple(
        f'<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
        for style, name, run in CHARACTER_STYLES
    )


def _table(style: TableStyle) -> str:
    top, side, bottom = style.margins
    widths = zip(_FRAME.split(), (top, side, bottom, side), strict=True)
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in widths)
    borders = f"<w:tblBorders>{style.borders}</w:tblBorders>" if style.borders else ""
    fill = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/></w:tcPr>' if style.fill else ""
    return (
        f'<w:style w:type="table" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:qFormat/><w:tblPr>{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{fill}</w:style>"
    )


def default_run_xml() -> str:
    """Return the run properties every style builds on: a font that Word has, 11 points."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return f'{fonts}{_size(22)}<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>'


def numbering_xml() -> str:
    """Return the two list definitions, bullets (1) and numbers (2), with nine levels each."""
    bullets = "".join(_level(level, "bullet", "•–"[level % 2]) for level in range(9))
    numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(9))
    return "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{levels}</w:abstractNum>"
        for number, levels in ((1, bullets), (2, numbers))
    ) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))


def _level(level: int, kind: str, text: str) -> str:
    left = 397 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="397"/></w:pPr></w:lvl>'
    )
