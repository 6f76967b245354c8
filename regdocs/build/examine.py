"""Looks at a study as a whole: loads, checks, composes every document, and gathers what was found.

`check` shows it, `build` begins with it. Renders nothing and writes nothing.
"""

from dataclasses import dataclass, replace

from regdocs.build.alterations import unmet_alterations
from regdocs.build.glyphs import unprintable
from regdocs.build.languages import Languages, read_languages
from regdocs.build.parents import not_worded_for_parents
from regdocs.build.study import PROTOCOL, TEMPLATES, Inputs
from regdocs.build.waived_consent import unmet_waivers
from regdocs.canonical import digest_of
from regdocs.content.json_form import to_json
from regdocs.documents.compose import Composed, compose
from regdocs.documents.kind import Kind
from regdocs.documents.kinds import KINDS
from regdocs.documents.template import Template, TemplateProblem
from regdocs.finding import Finding, Severity, has_errors
from regdocs.rules.check import check_protocol
from regdocs.source import Position
from regdocs.spec.identity import Site
from regdocs.spec.load import Loaded, load

TEMPLATE_RULE = "TPL-001"


@dataclass(frozen=True, slots=True)
class Draftable:
    """One document of a study: which it is, its tree, and of a translation in words whether it is certified."""

    kind: Kind
    site: Site | None
    language: str
    composed: Composed
    certification: str | None = None

    @property
    def stem(self) -> str:
        """Path of the document in the output folder without its ending ("consent/van-hanh/en")."""
        parts = (self.kind.name, self.site.id, self.language) if self.site else (self.kind.name, self.language)
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Examined:
    """A study, loaded, checked and composed as far as its mistakes allow."""

    loaded: Loaded
    documents: tuple[Draftable, ...]
    findings: tuple[Finding, ...]


def examine(inputs: Inputs, *, checked: bool = True) -> Examined:
    """Return everything that can be said of a study without rendering it.

    Without `checked` no rule looks across the protocol: what was recorded is composed as it is, by later rules too.
    """
    loaded = load(inputs.protocol, PROTOCOL)
    findings = [*loaded.findings, *(check_protocol(loaded) if checked else ())]
    if loaded.protocol is None or has_errors(findings):
        return Examined(loaded, (), tuple(findings))  # composing on a contradiction blames the templates for it
    documents, problems = _compose_all(loaded, inputs)
    findings += problems
    if not has_errors(findings):
        findings += unmet_alterations(loaded, [document.composed for document in documents])
        findings += unmet_waivers(loaded, [(document.kind.name, document.site) for document in documents])
        findings += not_worded_for_parents(loaded, [one.composed.document for one in documents if one.kind.to_parents])
        findings += unprintable(loaded, [document.composed.document for document in documents])
    return Examined(loaded, documents, tuple(findings))


def trees_of(examined: Examined) -> dict[str, str]:
    """Return the digest of each document's content tree, by stem."""
    return {one.stem: digest_of(to_json(one.composed.document)) for one in examined.documents}


def _compose_all(loaded: Loaded, inputs: Inputs) -> tuple[tuple[Draftable, ...], list[Finding]]:
    templates, problems = template_texts(inputs)
    assert loaded.protocol is not None
    languages, mistakes = read_languages(loaded.protocol, inputs, KINDS)
    documents: list[Draftable] = []
    for kind in KINDS if not problems else ():
        for site in _sites(loaded, kind):
            try:
                documents += _in_all_languages(_composed(loaded, kind, site, templates), languages)
            except TemplateProblem as problem:
                problems += [_template_finding(one, inputs) for one in (problem, *problem.also)]
                break  # what is wrong with the template is wrong for every site
    return tuple(documents), [*problems, *mistakes, *languages.findings()]


def _in_all_languages(written: Draftable, languages: Languages) -> list[Draftable]:
    """Return a document as it was written, and in each other language that its site needs and has."""
    found = [written]
    for language in languages.needed(written.kind, written.site):
        made = languages.document(written.composed.document, written.kind, language, written.site)
        if made is not None:
            composed = replace(written.composed, document=made.document)
            found.append(replace(written, language=language, composed=composed, certification=made.certification))
    return found


def _composed(loaded: Loaded, kind: Kind, site: Site | None, templates: dict[str, Template]) -> Draftable:
    assert loaded.protocol is not None
    language = loaded.protocol.language
    return Draftable(kind, site, language, compose(kind, loaded.protocol, site, language, templates))


def _sites(loaded: Loaded, kind: Kind) -> tuple[Site | None, ...]:
    """Return the sites that have a document of this kind; None stands for the study as a whole."""
    assert loaded.protocol is not None
    protocol = loaded.protocol
    places: tuple[Site | None, ...] = protocol.sites if kind.per_site else (None,)
    return tuple(site for site in places or (None,) if kind.applies(protocol, site))


def template_texts(inputs: Inputs) -> tuple[dict[str, Template], list[Finding]]:
    """Return the templates of markup as text, by name, and an error for each that is none."""
    found: dict[str, Template] = {}
    problems: list[Finding] = []
    for name, data in inputs.templates.items():
        if not name.endswith(".xml"):
            continue
        try:
            found[name] = Template(data.decode("utf-8"), f"{TEMPLATES}/{name}")
        except UnicodeDecodeError:
            problems.append(_template_finding(TemplateProblem(name, 1, "the template is not UTF-8 text"), inputs))
    return found, problems


def _template_finding(problem: TemplateProblem, inputs: Inputs) -> Finding:
    whose = "" if problem.template in inputs.own else " (the template that came with regdocs)"
    return Finding(
        rule=TEMPLATE_RULE,
        severity=Severity.ERROR,
        message=f"{problem.message}{whose}",
        file=f"{TEMPLATES}/{problem.template}",
        position=Position(max(problem.line, 1), 1),
        hint=problem.hint,
    )
