"""Documents in a second language: built from a translation, marked, and never filled with English silently."""

import json
from pathlib import Path

import pytest
import yaml

from regdocs.build.drafts import not_certified
from regdocs.build.examine import Examined, examine
from regdocs.build.study import read_inputs
from regdocs.content.query import plain_text, values
from regdocs.content.runs import runs
from regdocs.content.slots import has_words, slot_hash, slot_text
from regdocs.documents.certified import words_digest
from regdocs.documents.draft import open_items
from regdocs.finding import Finding, Severity
from regdocs.spec.load import load_translation
from tests.build.studies import build_study, protocol, write_study, write_template

_LANGUAGES = "    languages:\n      - en\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = write_study(tmp_path / "study")
    text = protocol().replace(_LANGUAGES, _LANGUAGES + "      - vi\n", 1)
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return folder


def look(folder: Path) -> Examined:
    return examine(read_inputs(folder))


def found(folder: Path) -> list[Finding]:
    """What is found about translations, beside that nobody certified them."""
    told = [finding for finding in look(folder).findings if finding.rule.startswith("TRN")]
    return [finding for finding in told if finding.rule != "TRN-009"]


def write_translation(folder: Path, **changes: object) -> None:
    """A translation that says the same with "vi:" before it, of every run and value there is."""
    source = [d.composed.document for d in look(folder).documents if d.kind.name == "consent" and d.language == "en"]
    texts = {name: slot_text(run) for document in source for name, run in runs(document).items()}
    blocks = [
        {"id": name, "source": slot_hash(text), "text": f"vi: {text}"}
        for name, text in texts.items()
        if has_words(text)
    ]
    words = {value.text for document in source for value in values(document)}
    told = [{"source": text, "text": f"vi: {text}"} for text in sorted(words)]
    head = {"translation": 1, "language": "vi", "kind": "consent", "translator": "A (fictional)", "date": "2026-01-02"}
    path = folder / "translations" / "vi" / "consent.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    tree = {**head, "certified": False, "blocks": blocks, "values": told, **changes}
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")


def vietnamese(folder: Path) -> str:
    (one,) = [d for d in look(folder).documents if d.language == "vi"]
    return "\n".join(plain_text(run) for run in runs(one.composed.document).values())


def test_a_language_without_a_translation_is_a_finding_and_is_not_built(study: Path) -> None:
    (finding,) = found(study)
    assert finding.rule == "TRN-006" and "second-hospital" in finding.message
    assert finding.file == "translations/vi/consent.yaml"
    assert not [d for d in look(study).documents if d.language == "vi"]


def test_a_whole_translation_is_built_for_the_site_that_needs_it_and_says_it_is_not_certified(study: Path) -> None:
    write_translation(study)
    assert found(study) == []
    assert "vi: vi: Examplin of vi: EX-1" in vietnamese(study)
    assert "Translation not certified" in vietnamese(study)
    assert build_study(study, only=("consent",)).manifest is not None
    assert sorted(p.name for p in (study / "out/consent/second-hospital").iterdir()) == [
        "en.docx",
        "en.html",
        "en.pdf",
        "vi.docx",
        "vi.html",
        "vi.pdf",
    ]
    assert not (study / "out/consent/example-hospital/vi.pdf").exists()
    assert 'lang="vi"' in (study / "out/consent/second-hospital/vi.html").read_text(encoding="utf-8")


def certificate(folder: Path, **changes: str) -> dict[str, str]:
    """A certificate of the words that stand in the file now."""
    data = (folder / "translations/vi/consent.yaml").read_bytes()
    translation, _, _ = load_translation(data, "consent.yaml")
    assert translation is not None
    told = {"by": "Bureau (fictional)", "reference": "C-17", "date": "2026-01-03", "version": "1.0"}
    return {**told, "of": words_digest(translation), **changes}


def test_that_nobody_certified_a_translation_is_a_note_at_its_line_and_stands_in_the_manifest(study: Path) -> None:
    write_translation(study)
    (told,) = [finding for finding in look(study).findings if finding.rule == "TRN-009"]
    assert (told.severity, told.file) == (Severity.NOTE, "translations/vi/consent.yaml")
    assert told.message == 'consent in "vi" is not certified; each of its pages says so'
    built = build_study(study, only=("consent",))
    assert built.manifest is not None
    assert {(made.language, made.translation) for made in built.manifest.documents} == {
        ("en", None),
        ("vi", "not certified"),
    }
    assert not_certified(built.manifest) == {"consent/second-hospital/vi": "not certified"}


def test_a_certified_translation_carries_no_such_mark_and_the_manifest_names_the_certificate(study: Path) -> None:
    write_translation(study)
    write_translation(study, certified=True, certificate=certificate(study))
    assert "not certified" not in vietnamese(study) and found(study) == []
    (one,) = [d for d in look(study).documents if d.language == "vi"]
    assert one.certification == "certified: Bureau (fictional), C-17, 2026-01-03"


def test_a_certificate_and_a_review_do_not_pass_on_to_other_words(study: Path) -> None:
    write_translation(study)
    whole = certificate(study)
    review = {"reviewer": "B (fictional)", "role": "investigator", "date": "2026-01-03", "of": whole["of"]}
    write_translation(study, certified=True, certificate=whole, review=review)
    assert found(study) == []
    path = study / "translations/vi/consent.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("vi: {/", "vi, {/", 1), encoding="utf-8")
    told = found(study)
    assert sorted(finding.rule for finding in told) == ["TRN-010", "TRN-011"]
    assert all(f'of: "{certificate(study)["of"]}"' in (finding.hint or "") for finding in told)
    assert "not certified" in vietnamese(study)


def test_a_certificate_covers_no_document_in_which_a_text_changed_since(study: Path) -> None:
    write_translation(study)
    write_translation(study, certified=True, certificate=certificate(study))
    template = (study / "templates/consent/consent.xml").read_text(encoding="utf-8")
    write_template(study, "consent", template.replace("</section>", '<p id="new">New words.</p></section>'))
    assert "not certified" in vietnamese(study)
    (one,) = [d for d in look(study).documents if d.language == "vi"]
    assert one.certification == "not certified: texts are not translated, or changed since"


def test_what_is_open_about_a_translation_is_a_note_at_its_line_and_certifies_nothing(study: Path) -> None:
    write_translation(study)
    opened = certificate(study, reference="TODO: number on the paper")
    write_translation(study, certified=True, certificate=opened, translator="TODO: who")
    assert sorted(finding.rule for finding in found(study)) == ["TRN-008", "TRN-013", "TRN-013"]
    assert any('"certificate reference"' in finding.message for finding in found(study))
    assert "not certified" in vietnamese(study)


def test_a_text_that_is_its_source_is_told_unless_somebody_decided_it(study: Path) -> None:
    write_translation(study)
    path = study / "translations/vi/consent.yaml"
    tree = json.loads(path.read_text(encoding="utf-8"))
    block, value = tree["blocks"][-1], tree["values"][-1]
    block["text"], value["text"] = block["text"].removeprefix("vi: "), value["source"].upper()
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    assert [finding.rule for finding in found(study)] == ["TRN-012", "TRN-012"]
    block["same"], value["same"] = True, True
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    assert found(study) == []


def test_a_translation_said_to_be_certified_by_nobody_keeps_the_mark_and_is_a_finding(study: Path) -> None:
    write_translation(study, certified=True)
    assert "not certified" in vietnamese(study)
    assert [finding.rule for finding in found(study)] == ["TRN-008"]


def test_a_template_that_changed_makes_its_block_stale_and_the_language_a_draft(study: Path) -> None:
    write_translation(study)
    template = (study / "templates/consent/consent.xml").read_text(encoding="utf-8")
    write_template(study, "consent", template.replace("</section>", '<p id="new">New words.</p></section>'))
    missing = [finding for finding in found(study) if finding.rule == "TRN-001"]
    assert [finding.message for finding in missing] == ['"new" is not translated']
    write_template(study, "consent", template.replace(" of ", " according to "))
    (stale,) = found(study)
    assert stale.rule == "TRN-002" and "has changed since" in stale.message
    assert "NOT TRANSLATED" in vietnamese(study)
    built = build_study(study, only=("consent",), final=True)
    assert built.manifest is not None and built.manifest.draft
    finals = (study / "out/consent/second-hospital/en.html").read_text(encoding="utf-8")
    drafts = (study / "out/consent/second-hospital/vi.html").read_text(encoding="utf-8")
    assert "DRAFT" not in finals and "DRAFT" in drafts
    told = [one for one in built.findings if one.rule == "FINAL-002"]
    assert [one.severity for one in told] == [Severity.ERROR] * len(told)
    assert "consent/second-hospital/vi" in " ".join(one.message for one in told)
    assert not any('/en"' in one.message for one in told)
    why = {made.language: made.draft for made in built.manifest.documents}
    assert why["en"] is None and "not translated" in (why["vi"] or "")
    again = build_study(study, only=("consent",), final=True)
    assert [one for one in again.findings if one.rule == "FINAL-002"] == told


def test_a_changed_value_makes_only_that_value_untranslated(study: Path) -> None:
    write_translation(study)
    text = (study / "protocol.yaml").read_text(encoding="utf-8")
    (study / "protocol.yaml").write_text(text.replace("short: Examplin", "short: Sampline"), encoding="utf-8")
    (finding,) = found(study)
    assert finding.rule == "TRN-003" and '"Sampline"' in finding.message


@pytest.mark.parametrize(
    ("blocks", "rule"),
    [
        ([{"id": "nowhere", "source": "0" * 16, "text": "x"}], "TRN-004"),
        (None, "TRN-005"),
    ],
)
def test_a_block_of_nowhere_and_a_lost_slot_are_named_at_their_line(study: Path, blocks: object, rule: str) -> None:
    write_translation(study)
    path = study / "translations/vi/consent.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    if blocks:
        tree["blocks"] += blocks
    else:
        tree["blocks"][-1]["text"] = "no slot at all"
        (last,) = [block for block in tree["blocks"] if block["id"] == "consent.study"]
        last["text"] = "no slot at all"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    told = [finding for finding in found(study) if finding.rule == rule]
    assert told and all(finding.position.line > 1 for finding in told)


def test_a_translation_with_a_mistake_in_its_text_is_an_error_at_its_place(study: Path) -> None:
    write_translation(study)
    path = study / "translations/vi/consent.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"certified"', '"certifyed"'), encoding="utf-8")
    rules = {(finding.rule, finding.file) for finding in look(study).findings}
    assert ("SPEC-001", "translations/vi/consent.yaml") in rules


def test_a_translation_in_the_wrong_place_is_said_to_be_unused(study: Path) -> None:
    write_translation(study, kind="registry")
    assert [finding.rule for finding in found(study)] == ["TRN-007"]
    assert not [d for d in look(study).documents if d.language == "vi"]


def test_a_translation_that_says_another_language_than_its_folder_is_not_used(study: Path) -> None:
    write_translation(study, language="fr")
    assert [finding.rule for finding in found(study)] == ["TRN-007"]
    assert not [d for d in look(study).documents if d.language == "vi"]


def test_a_text_that_is_still_to_be_written_counts_as_missing(study: Path) -> None:
    write_translation(study)
    path = study / "translations/vi/consent.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    tree["blocks"][0]["text"] = "TODO: consent"
    tree["values"][0]["text"] = "TODO: translate this"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    assert {finding.rule for finding in found(study)} == {"TRN-001", "TRN-003"}


def many_sites(folder: Path) -> Path:
    """A study of 21 sites, of which the last needs Vietnamese, with the templates that came with regdocs."""
    tree = yaml.safe_load(protocol())
    first = tree["sites"][0]
    more = [{**first, "id": f"site-{n}", "name": f"Hospital {n}"} for n in range(20)]
    tree["sites"] = [first, *more[:-1], {**more[-1], "languages": ["en", "vi"]}]
    tree["oversight"][0]["sites"] = [site["id"] for site in tree["sites"]]
    folder.mkdir()
    (folder / "protocol.yaml").write_text(json.dumps(tree, default=str), encoding="utf-8")
    return folder


def test_the_number_of_many_sites_is_reported_where_its_sentence_is_not_translated(tmp_path: Path) -> None:
    folder = many_sites(tmp_path / "many")
    write_translation(folder)
    assert [finding.rule for finding in look(folder).findings] == ["TRN-009"]
    path = folder / "translations/vi/consent.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    tree["blocks"] = [block for block in tree["blocks"] if block["id"] != "consent.people.how-many"]
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    (finding,) = found(folder)
    assert finding.rule == "TRN-001" and '"consent.people.how-many"' in finding.message
    examined = look(folder)
    (document,) = [d.composed.document for d in examined.documents if d.language == "vi"]
    assert examined.loaded.protocol is not None
    opened = [item.path for item in open_items(document, examined.loaded.protocol)]
    assert "/translations/vi/consent.people.how-many" in opened
