"""Print what a translation of one kind of document has to hold: every run and value of the sites that need it.

What is to be translated stands behind "TODO:" and counts as missing until it is.

    python tools/translation_skeleton.py STUDY KIND LANGUAGE > translations/LANGUAGE/KIND.yaml

What a translation that is there already says is kept where its source has not changed.
"""

import json
import sys
from pathlib import Path

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.content.query import values
from regdocs.content.runs import runs
from regdocs.content.slots import has_words, slot_hash, slot_text
from regdocs.spec.load import load_translation


def main(study: str, kind: str, language: str) -> None:
    """Print the skeleton of one translation."""
    inputs = read_inputs(Path(study))
    examined = examine(inputs)
    assert examined.loaded.protocol is not None, "the protocol has errors; see regdocs check"
    source = examined.loaded.protocol.language
    written = [d for d in examined.documents if d.kind.name == kind and d.language == source]
    documents = [d.composed.document for d in written if d.site and language in d.kind.languages(d.site)]
    before = inputs.translations.get(f"{language}/{kind}.yaml")
    done, _, _ = load_translation(before, "") if before else (None, (), None)
    blocks = {(block.id, block.source): block.text for block in done.blocks} if done else {}
    said = {value.source: value for value in done.values} if done else {}
    print(f"translation: 1\nlanguage: {language}\nkind: {kind}")
    print('translator: "TODO: who translated it"\ndate: "TODO: when"\ncertified: false\nblocks:')
    texts = {name: slot_text(run) for document in documents for name, run in runs(document).items()}
    for name, text in texts.items():
        if has_words(text):
            known = blocks.get((name, slot_hash(text)), f"TODO: {text}")
            print(f"  - id: {name}\n    source: {slot_hash(text)!r}\n    text: {json.dumps(known, ensure_ascii=False)}")
    print("values:")
    for text in dict.fromkeys(value.text for document in documents for value in values(document)):
        if any(letter.isalpha() for letter in text):
            value = said.get(text)
            print(f"  - source: {json.dumps(text, ensure_ascii=False)}")
            told = json.dumps(value.text, ensure_ascii=False) if value and value.text else None
            kept = "    same: true" if value and value.same else f"    text: {json.dumps(f'TODO: {text}')}"
            print(f"    text: {told}" if told else kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
