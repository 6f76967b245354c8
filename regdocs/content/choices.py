"""The closed sets of the content tree as values, for the readers of markup and JSON; `model.py` has them as types."""

from typing import Literal, TypeAlias, get_args

from regdocs.content.model import Change, IdentityField, ParagraphRole, TableRole, ValueState

Style: TypeAlias = Literal["strong", "emphasis", "superscript", "subscript", "small", "verbatim"]
BoxRole: TypeAlias = Literal["key", "warning", "note", "office"]
Align: TypeAlias = Literal["start", "center", "end"]
Orientation: TypeAlias = Literal["portrait", "landscape"]
Paper: TypeAlias = Literal["A4", "Letter"]
Revision: TypeAlias = Literal["inserted", "deleted"]

VALUE_STATES: tuple[ValueState, ...] = get_args(ValueState)
IDENTITY_FIELDS: tuple[IdentityField, ...] = get_args(IdentityField)
PARAGRAPH_ROLES: tuple[ParagraphRole, ...] = get_args(ParagraphRole)
TABLE_ROLES: tuple[TableRole, ...] = get_args(TableRole)
STYLES: tuple[Style, ...] = get_args(Style)
BOX_ROLES: tuple[BoxRole, ...] = get_args(BoxRole)
ALIGNS: tuple[Align, ...] = get_args(Align)
ORIENTATIONS: tuple[Orientation, ...] = get_args(Orientation)
PAPERS: tuple[Paper, ...] = get_args(Paper)
CHANGES: tuple[Change, ...] = get_args(Change)
REVISIONS: tuple[Revision, ...] = get_args(Revision)
