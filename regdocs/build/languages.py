"""Other languages of a study's documents: which are needed, from which translation, and what is wrong with it.

Knows which site needs which language; reads no file (`study` did).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from regdocs.build.study import TRANSLATIONS, Inputs
from regdocs.build.translation_facts import facts_told
from regdocs.content.model import Document
from regdocs.documents.kind import Kind
from regdocs.documents.translate import MISSING, UNUSED, VALUE_MISSING, Gap, Translated, translate
from regdocs.finding import Finding, Severity
from regdocs.source import START, Position
from regdocs.spec.identity import Site
from regdocs.spec.load import load_translation
from regdocs.spec.protocol import Protocol
from regdocs.spec.translation import Translation
from regdocs.spec.tree import Mapping as MappingNode
from regdocs.spec.tree import Node, Scalar, Sequence

NO_TRANSLATION, STRANGE_FILE = "TRN-006", "TRN-007"
_LISTS = (("blocks", "id"), ("values", "source"))
_WHERE_LACKING = {MISSING: "blocks", VALUE_MISSING: "values"}


@dataclass(slots=True)
class Languages:
    """The translations of a study, and what was found wrong with each while documents were translated.

    Gaps are gathered over all documents of a kind: what one site's form does not use another's may.
    """

    source: str
    _read: Mapping[str, tuple[Translation | None, Node | None]]
    _gaps: dict[str, list[tuple[Gap, ...]]] = field(default_factory=dict)
    _absent: dict[str, str] = field(default_factory=dict)

    def needed(self, kind: Kind, site: Site | None) -> tuple[str, ...]:
        """Return the languages a site needs of a kind beside the one the protocol is written in, each once."""
        listed = dict.fromkeys(kind.languages(site) if site else ())
        return tuple(language for language in listed if language != self.source)

    def document(self, document: Document, kind: Kind, language: str, site: Site | None) -> Translated | None:
        """Return the document in that language, or None where there is no translation that can be used."""
        file = f"{TRANSLATIONS}/{language}/{kind.name}.yaml"
        translation, _ = self._read.get(file, (None, None))
        if translation is None:
            if file not in self._read and site is not None:
                self._absent.setdefault(file, f'site "{site.id}" needs {kind.name} in "{language}"')
            return None
        translated = translate(document, translation, language)
        self._gaps.setdefault(file, []).append(translated.gaps)
        return translated

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the translations used so far; none of it is an error."""
        absent = [_absent(file, why) for file, why in self._absent.items()]
        found = [_finding(file, gap, self._read[file][1]) for file in self._gaps for gap in self._told(file)]
        return (*absent, *sorted(found, key=lambda finding: (finding.file, finding.position)))

    def _told(self, file: str) -> list[Gap]:
        documents = self._gaps[file]
        every = dict.fromkeys(gap for gaps in documents for gap in gaps)
        return [gap for gap in every if gap.rule != UNUSED or all(gap in gaps for gaps in documents)]


def read_languages(
    protocol: Protocol, inputs: Inputs, kinds: tuple[Kind, ...]
) -> tuple[Languages, tuple[Finding, ...]]:
    """Return the study's translations, and the mistakes in their files."""
    read: dict[str, tuple[Translation | None, Node | None]] = {}
    findings: list[Finding] = []
    for name, data in inputs.translations.items():
        file = f"{TRANSLATIONS}/{name}"
        translation, found, tree = load_translation(data, file)
        findings += found
        why = _why_not_used(translation, name, kinds) if translation is not None else None
        if why is not None:
            findings.append(_strange(file, why))
        elif translation is not None:
            findings += facts_told(translation, file, tree)
        read[file] = translation if why is None else None, tree
    return Languages(protocol.language, read), tuple(findings)


def _why_not_used(translation: Translation, name: str, kinds: tuple[Kind, ...]) -> str | None:
    """Return what is strange about a translation that lies there under this name; None when nothing is."""
    if name != f"{translation.language}/{translation.kind}.yaml":
        return f"it says language {translation.language}, kind {translation.kind}"
    if translation.kind not in [kind.name for kind in kinds if kind.per_site]:
        return f'there is no kind of consent document "{translation.kind}"'
    return None


def _absent(file: str, why: str) -> Finding:
    hint = "have it translated, or take the language away from the site; until then it is not built"
    return Finding(NO_TRANSLATION, Severity.WARNING, f"there is no translation: {why}", file, hint=hint)


def _strange(file: str, message: str) -> Finding:
    hint = "a translation lies in translations/<language>/<kind>.yaml"
    return Finding(STRANGE_FILE, Severity.WARNING, f"this file is not used: {message}", file, hint=hint)


def _finding(file: str, gap: Gap, tree: Node | None) -> Finding:
    place = _place(tree, gap.name) or _list_place(tree, _WHERE_LACKING.get(gap.rule, ""))
    return Finding(gap.rule, Severity.WARNING, gap.message, file, place, gap.hint)


def _place(tree: Node | None, name: str) -> Position | None:
    """Return where a block of that id, or a value of those words, stands in the translation."""
    for key, naming in _LISTS:
        entry = tree.entry(key) if isinstance(tree, MappingNode) else None
        for item in entry.node.items if entry and isinstance(entry.node, Sequence) else ():
            named = item.entry(naming) if isinstance(item, MappingNode) else None
            if named and isinstance(named.node, Scalar) and named.node.text == name:
                return item.position
    return None


def _list_place(tree: Node | None, key: str) -> Position:
    """Return where the list begins in which something is lacking; else the start of the file."""
    entry = tree.entry(key) if isinstance(tree, MappingNode) else None
    return entry.key_position if entry else START
