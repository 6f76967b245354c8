"""What a change touches: documents, sections, sites, forms, registry entries; and which documents it does not."""

from regdocs.amendment.blocks import BlockChange
from regdocs.amendment.impact import DocumentChange, Touched, impact_of


def block(name: str, *paths: str, section: str = "Risks", entry: str = "") -> BlockChange:
    return BlockChange(name, "old", "new", section, entry, frozenset(paths))


def document(stem: str, *blocks: BlockChange, reads: tuple[str, ...] = ()) -> DocumentChange:
    kind, *place = stem.split("/")
    site = place[0] if len(place) > 1 else None
    printed = {path for one in blocks for path in one.paths}
    return DocumentChange(stem, kind, site, frozenset({*reads, *printed}), blocks)


def touched(path: str, *documents: DocumentChange, beside: tuple[str, ...] = ()) -> Touched:
    return impact_of([path, *beside], documents).by_path[path]


def test_document_is_touched_where_a_changed_block_prints_the_value():
    found = touched("/consent/risks/pain", document("consent/north/en", block("a", "/consent/risks/pain/text")))
    assert found == Touched({"consent/north/en": ("Risks",)}, ("north",), blocks={"consent/north/en": ("a",)})


def test_value_within_what_changed_as_a_whole_is_met_and_so_is_a_whole_of_which_a_value_changed():
    whole = document("consent/north/en", block("a", "/consent/key_information"))
    assert touched("/consent/key_information/1", whole).documents
    assert touched("/consent", whole).documents
    assert not touched("/consent/key", whole).documents


def test_document_whose_words_are_the_same_is_not_touched_although_it_reads_the_value():
    found = impact_of(["/sites/north/city"], [document("crf/en", reads=("/sites",)), document("consent/north/en")])
    assert found.by_path["/sites/north/city"].documents == {}
    assert (found.touched, found.untouched) == ((), ("crf/en", "consent/north/en"))


def test_block_that_prints_no_changed_value_is_put_down_to_a_change_that_the_document_reads():
    read = document("schedule/en", block("a", section="Notes"), reads=("/activities",))
    assert touched("/activities/pulse/procedures", read).documents == {"schedule/en": ("Notes",)}
    assert touched("/contacts/x/telephone", read).documents == {}


def test_block_that_another_change_accounts_for_is_not_put_down_to_more():
    read = document("crf/en", block("a", "/forms/f/fields/x/label"), reads=("/sites", "/forms"))
    assert touched("/sites/north/city", read, beside=("/forms/f/fields/x",)).documents == {}


def test_what_accounts_for_one_cell_accounts_for_its_row():
    cells = (block("r.1", "/eligibility/E15/text", entry="E15"), block("r.2", entry="E15"))
    read = document("eligibility/en", *cells, reads=("/sites",))
    assert touched("/sites/north/city", read, beside=("/eligibility/E15",)).documents == {}


def test_sections_of_forms_are_forms_and_rows_of_the_registry_are_entries():
    path = "/encounters/week-16/window"
    forms = document("crf/en", block("a", path, section="Week 16"))
    registry = document("registry/en", block("b", path, section="Status", entry="Study Start Date"))
    found = touched(path, forms, registry)
    assert (found.forms, found.entries, found.sites) == (("Week 16",), ("Study Start Date",), ())


def test_change_of_a_site_touches_that_site_first():
    found = touched("/sites/south/city", document("consent/north/en", block("a", "/sites/south/city")))
    assert found.sites == ("south", "north")


def test_three_thousand_criteria_with_as_many_blocks_are_each_put_where_they_stand():
    paths = [f"/eligibility/E{n:04}" for n in range(3000)]
    blocks = [block(f"e.{n}", f"{path}/text", section=f"S{n}") for n, path in enumerate(paths)]
    found = impact_of(paths, [document("eligibility/en", *blocks)])
    assert [one.documents for one in found.by_path.values()] == [{"eligibility/en": (f"S{n}",)} for n in range(3000)]
