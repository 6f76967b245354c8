"""Random content trees for properties: every part of the model, within its types and with nothing else in mind."""

from hypothesis import strategies as st

from regdocs.content import choices, identity, model

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
names = st.text("abc.-1", min_size=1, max_size=6)
paths = st.lists(names.map(lambda name: f"/{name}"), max_size=3).map(tuple)
maybe_words = st.none() | words
wholes = st.integers(0, 99)

_leaves = st.one_of(
    words.map(model.Text),
    st.builds(model.Value, words, paths, st.sampled_from(choices.VALUE_STATES)),
    st.just(model.LineBreak()),
    st.builds(model.Blank, words, wholes),
    st.builds(model.Tick, words),
    st.builds(model.Comb, words, words),
    st.builds(model.FootnoteRef, names, words),
    st.builds(model.IdentitySlot, st.sampled_from(choices.IDENTITY_FIELDS)),
    st.just(model.PageNumber()),
    st.just(model.PageCount()),
)
inlines = st.lists(
    st.recursive(
        _leaves,
        lambda inner: st.builds(model.Styled, st.sampled_from(choices.STYLES), st.lists(inner, max_size=3).map(tuple)),
        max_leaves=4,
    ),
    max_size=3,
).map(tuple)

_tags = {
    "id": names,
    "clauses": st.lists(names, max_size=2).map(tuple),
    "language": st.none() | st.just("vi"),
}
_flat_blocks = st.one_of(
    st.builds(model.Heading, **_tags, level=st.integers(1, 4), inlines=inlines, number=maybe_words),
    st.builds(model.Paragraph, **_tags, inlines=inlines, role=st.sampled_from(choices.PARAGRAPH_ROLES)),
    st.builds(model.PageBreak, **_tags),
    st.builds(model.Contents, **_tags, title=inlines, depth=st.integers(1, 4)),
    st.builds(
        model.Signature,
        **_tags,
        who=inlines,
        statement=inlines,
        lines=st.lists(st.tuples(words, st.integers(1, 12)), max_size=2).map(tuple),
    ),
)


def _deeper(inner: st.SearchStrategy[model.Block]) -> st.SearchStrategy[model.Block]:
    blocks = st.lists(inner, max_size=2).map(tuple)
    items = st.builds(model.ListItem, **_tags, blocks=blocks, marker=maybe_words)
    cells = st.builds(
        model.Cell,
        blocks=blocks,
        header=st.booleans(),
        colspan=st.integers(1, 3),
        rowspan=st.integers(1, 3),
        align=st.sampled_from(choices.ALIGNS),
        shade=st.booleans(),
    )
    rows = st.lists(
        st.builds(model.Row, **_tags, cells=st.lists(cells, max_size=2).map(tuple), section=st.booleans()), max_size=2
    ).map(tuple)
    return st.one_of(
        st.builds(model.List, **_tags, items=st.lists(items, max_size=2).map(tuple), ordered=st.booleans()),
        st.builds(model.Box, **_tags, blocks=blocks, role=st.sampled_from(choices.BOX_ROLES)),
        st.builds(
            model.Table,
            **_tags,
            columns=st.lists(wholes, max_size=3).map(tuple),
            head=rows,
            rows=rows,
            caption=inlines,
            role=st.sampled_from(choices.TABLE_ROLES),
        ),
    )


blocks = st.lists(st.recursive(_flat_blocks, _deeper, max_leaves=4), max_size=3).map(tuple)
_running = st.tuples(inlines, inlines, inlines)
furniture = st.builds(
    model.Furniture,
    header=_running,
    footer=_running,
    marks=st.lists(inlines, max_size=2).map(tuple),
    stamp_area=st.booleans(),
    stamp_height_mm=st.integers(0, 60),
    blank_head_mm=st.integers(0, 60),
    blank_foot_mm=st.integers(0, 60),
    board_footer=st.booleans(),
    paper=st.sampled_from(choices.PAPERS),
)
footnotes = st.lists(st.builds(model.Footnote, **_tags, mark=words, inlines=inlines), max_size=2).map(tuple)
sections = st.builds(
    model.Section,
    id=names,
    blocks=blocks,
    orientation=st.sampled_from(choices.ORIENTATIONS),
    own_pages=st.booleans(),
    footnotes=footnotes,
)
documents = st.builds(
    model.Document,
    kind=names,
    language=st.just("en"),
    title=words,
    subject=words,
    furniture=furniture,
    sections=st.lists(sections, max_size=2).map(tuple),
)
identities = st.builds(
    identity.Identity,
    version=words,
    date=maybe_words,
    protocol_version=maybe_words,
    draft=st.none() | st.builds(identity.Draft, mark=words, notice=blocks),
    log_head=maybe_words,
    revision=st.none() | st.builds(identity.Revision, words, words),
)
