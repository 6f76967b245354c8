"""Reads the small consent texts of `corpus/`: what their header declares, their prose, and the facts rules ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from regdocs.prose.passages import Facts, Passage, Prose, Role, Section, prose

FOLDER = Path(__file__).parent / "corpus"
_SIGNED = re.compile(r"_{3,}")
_TITLE = re.compile(r"(?:official |full |study )?title(?: of the study)?: ", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """A rule that a text bends, or words that look like it; the quote may be missing."""

    rule: str
    quote: str | None


@dataclass(frozen=True)
class ConsentText:
    """One text of the corpus."""

    name: str
    answers: dict[str, Any]
    lacks: tuple[str, ...]
    bends: tuple[Declared, ...]
    fine: tuple[Declared, ...]
    body: str

    @property
    def prose(self) -> Prose:
        return prose_of(self.body)

    @property
    def facts(self) -> Facts:
        return facts_of(self.answers)


def texts(*folders: Path) -> Iterator[ConsentText]:
    """Yield the texts of the folders, by file name; of the corpus' read part where none is named."""
    for folder in folders or (FOLDER / "read",):
        for path in sorted(folder.glob("*.txt")):
            yield text_of(path.name, path.read_text(encoding="utf-8"))


def text_of(name: str, written: str) -> ConsentText:
    header, _, body = written.partition("\n---\n")
    read = yaml.safe_load(header)
    bends, fine = (
        tuple(Declared(one["rule"], one.get("quote")) for one in read[key] or ()) for key in ("bends", "fine")
    )
    return ConsentText(name, read["answers"], tuple(read["lacks"] or ()), bends, fine, body)


def facts_of(answers: dict[str, Any]) -> Facts:
    product = answers["product"]
    products = (product,) if isinstance(product, str) else tuple(product)
    return Facts(
        products=products,
        unproven=bool(products),
        randomised=answers["randomised"] and answers["arms"] > 1,
        fda_regulated=answers["fda_regulated"],
        applicable_trial=answers["applicable_clinical_trial"],
        more_than_minimal_risk=answers["more_than_minimal_risk"],
        key_information="US" in answers["countries"],
        abbreviations=answers["abbreviations"],
    )


# ------------------------------------------------------------------------------------------------------------ prose


def prose_of(body: str) -> Prose:
    """Return a plain text as prose: "# " begins a section, an empty line or "- " a passage."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for block in _blocks(body):
        if block.startswith("#"):
            sections.append((block, []))
        else:
            sections[-1][1].append(block)
    return prose(_section(number, heading, blocks) for number, (heading, blocks) in enumerate(sections))


def _blocks(body: str) -> Iterator[str]:
    """Yield headings, paragraphs and items, each without the line ends in it."""
    kept: list[str] = []
    for line in [*body.split("\n"), ""]:
        begins = line.startswith(("#", "- ")) or not line.strip()
        if begins and kept:
            yield " ".join(kept)
            kept = []
        if line.startswith("#"):
            yield line.strip()
        elif line.strip():
            kept.append(line.strip())


def _section(number: int, heading: str, blocks: list[str]) -> Section:
    marks = len(heading) - len(heading.lstrip("#"))
    passages = tuple(_passage(f"s{number}.p{count}", block, number == 0) for count, block in enumerate(blocks))
    return Section(f"s{number}", heading.lstrip("# "), marks, passages)


def _passage(name: str, block: str, before: bool) -> Passage:
    text = block.removeprefix("- ")
    role: Role = "title" if before or _TITLE.match(text) else "signature" if _SIGNED.search(text) else "body"
    return Passage(name, text, role)
