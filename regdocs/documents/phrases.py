"""The few words that views and marks need in each language. Sentences stand in templates, not here.

Knows words; does not know the protocol.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words of one language; `{}` is where the value goes."""

    to_be_completed: str
    assumed: str
    draft: str
    draft_with_items: str
    draft_with_one_item: str
    demonstration: str
    complete: str
    confirm: str
    ask: str
    told_to_the_child: str
    not_translated: str
    not_certified: str
    open_items_title: str
    open_items_explanation: str
    open_items_number: str
    open_items_what: str
    open_items_where: str


_ENGLISH = Phrases(
    to_be_completed="[TO BE COMPLETED: {}]",
    assumed="[ASSUMED, not in the record: {}]",
    draft="DRAFT – not for participants",
    draft_with_items="DRAFT – contains {} items to complete – not for participants",
    draft_with_one_item="DRAFT – contains 1 item to complete – not for participants",
    demonstration="FICTIONAL DEMONSTRATION – NOT A REAL STUDY",
    complete="Complete: {}",
    confirm="Confirm: {}",
    ask="ask {}",
    told_to_the_child="(Said to your child:) “{}”",
    not_translated="[NOT TRANSLATED]",
    not_certified="Translation not certified",
    open_items_title="Items to complete",
    open_items_explanation="This document cannot be used until every item below is completed or confirmed in "
    "{}. This list is not part of the document and disappears with the last item.",
    open_items_number="No.",
    open_items_what="To complete or confirm",
    open_items_where="Place in {}",
)

# Marks stand in both languages: who reads only one of them must understand that this is a draft.
_VIETNAMESE = replace(
    _ENGLISH,
    draft="BẢN NHÁP – không dùng cho người tham gia / DRAFT – not for participants",
    draft_with_items="BẢN NHÁP – còn {0} mục chưa hoàn thành – không dùng cho người tham gia / "
    "DRAFT – contains {0} items to complete – not for participants",
    draft_with_one_item="BẢN NHÁP – còn 1 mục chưa hoàn thành – không dùng cho người tham gia / "
    "DRAFT – contains 1 item to complete – not for participants",
    demonstration="MINH HỌA HƯ CẤU – KHÔNG PHẢI NGHIÊN CỨU THẬT / FICTIONAL DEMONSTRATION – NOT A REAL STUDY",
    not_translated="[CHƯA DỊCH / NOT TRANSLATED]",
    not_certified="Bản dịch chưa được chứng nhận / Translation not certified",
)

_PHRASES = {"en": _ENGLISH, "vi": _VIETNAMESE}


def phrases(language: str) -> Phrases:
    """Return the words of a language; English where we have no words of that language yet."""
    return _PHRASES.get(language, _ENGLISH)
