"""The ledger in words for a screen of 100 columns: rows, the index of a site, approvals, who signed a version."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from regdocs.versions.ledger import Row, listed
from regdocs.versions.ledger_approved import Approved
from regdocs.versions.ledger_index import Expected
from regdocs.versions.ledger_signers import MEANINGS, Signed, Signers
from regdocs.versions.tmf import AMENDMENT, CHECKED, ORIGINAL, number_of

WIDTH = 100
_INDENT = " " * 12


def row_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows, each with a line of what it is, one of where it belongs, its words and its flags."""
    every = tuple(rows)
    for row in every:
        said = (row.what, row.body, row.outcome, row.reference)
        yield from _wrapped(f"{row.happened}  {'  '.join(one for one in said if one)}  (entry {row.entry})", _INDENT)
        yield from _wrapped(_INDENT + "; ".join(_about(row)), _INDENT)
        yield from _wrapped(_INDENT + row.words, _INDENT) if row.words else ()
        if row.documents:
            yield from _wrapped(f"{_INDENT}documents: {', '.join(row.documents)}", f"{_INDENT}  ")
        for flag in row.flags:
            yield from _wrapped(f"{_INDENT}! {flag}", f"{_INDENT}  ")
    yield from _wrapped(", ".join(_counted(what, count) for what, count in listed(every)) or "no rows", "")


def _counted(what: str, count: int) -> str:
    return f"{count} {what if count == 1 else f'{what[:-1]}ies' if what.endswith('y') else f'{what}s'}"


def _about(row: Row) -> Iterator[str]:
    if row.sites:
        yield f"for {', '.join(row.sites)}" if row.body else f"at {', '.join(row.sites)}"
    if row.version:
        yield f"version {row.version}" + (f" (amendment {row.amendment})" if row.amendment else "")
    yield f"TMF {number_of(row.tmf)}"
    yield f"recorded {row.recorded[:10]}{_late(row.late_days)} by {row.by}"


def _late(days: int) -> str:
    if days == 0:
        return ""
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f", {count} later," if days > 0 else f", {count} before that day,"


def index_lines(index: Iterable[Expected]) -> Iterator[str]:
    """Yield the index of a site, what is missing in capitals; versions and languages are headings."""
    missing = 0
    for (version, language), group in groupby(index, key=lambda one: (one.version, one.language)):
        yield f"  {version if '/' in language else f'version {version}'}, {language}"
        for one in group:
            missing += one.standing == "missing"
            standing = "MISSING" if one.standing == "missing" else one.standing
            entries = f"entr{'y' if len(one.entries) == 1 else 'ies'} {', '.join(map(str, one.entries))}"
            told = "; ".join((*((entries,) if one.entries else ()), *((one.why,) if one.why else ())))
            start = f"    {one.what:<18}  {one.body or '':<18}  {standing:<12}  {number_of(one.tmf):<13} "
            yield from _wrapped(f"{start} {told}".rstrip(), f"{_INDENT}    ")
    yield f"  {missing} missing"


def approved_lines(approvals: Iterable[Approved]) -> Iterator[str]:
    """Yield each document with its approvals."""
    for (document, title), group in groupby(approvals, key=lambda one: (one.document, one.title)):
        every = tuple(group)
        kind = f", {every[0].type}, not made here" if every[0].outside else ""
        yield from _wrapped(f"{document}  {title}{kind}; TMF {number_of(every[0].tmf)}", "  ")
        for one in every:
            until = f" until {one.until}: {one.ended}" if one.until else ""
            said = f"{one.site}: {one.outcome} by {one.body}, {one.reference}, from {one.since}{until}"
            yield from _wrapped(
                f"  {said} (entr{'y' if len(one.entries) == 1 else 'ies'} {_numbers(one.entries)})", "    "
            )


def signer_lines(signers: Signers) -> Iterator[str]:
    """Yield who recorded, wrote, reviewed and approved a version, and what bodies decided of it."""
    version = signers.version
    which = f"amendment {version.amendment}" if version.amendment else "the original protocol"
    at = number_of(ORIGINAL if version.amendment is None else AMENDMENT)
    told = f"Version {version.name}, {which} (entry {version.n}; TMF {at}), recorded {version.at[:10]} by {version.by}"
    yield from _wrapped(told, "  ")
    for meaning, words in MEANINGS.items():
        mine = [one for one in signers.signed if one.meaning == meaning]
        if not mine and meaning in ("authorship", "review", "approval"):
            yield f"  {words}: nobody signed so"
        for one in mine:
            yield from _wrapped(f"  {words}: {_signed(one)}", "    ")
    for state in signers.states:
        yield from _wrapped(f"  {state.words}", "    ")


def _signed(one: Signed) -> str:
    of = "its documents" if one.documents else "its text"
    how = f"{one.elsewhere}, made elsewhere and not checked here" if one.elsewhere else one.person
    role = f", {one.role}" if one.role else ""
    return f"{one.name}{role} ({how}), {one.at}, {of} (entry {one.entry} signs {one.of})"


def _numbers(entries: Iterable[int]) -> str:
    return ", ".join(map(str, entries))


def foot_lines(origin: str, entries: int) -> Iterator[str]:
    """Yield which log it is of, and how far the numbers of the model were checked."""
    yield from _wrapped(f"TMF: {CHECKED}", "  ")
    yield from _wrapped(f"Of the log {origin}, {entries} entries.", "  ")


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """Yield a text in lines of at most 100 columns; the first one keeps its own spaces."""
    start = text[: len(text) - len(text.lstrip())]
    width = WIDTH - len(start)
    yield from textwrap.wrap(
        text.lstrip(), width + len(start), initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
    )
