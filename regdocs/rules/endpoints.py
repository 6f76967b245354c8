"""Objectives and endpoints: whether each is met, timed and measured."""

import re
from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.rules.schedule import not_measured
from regdocs.spec.protocol import Protocol

_BRACKETS = re.compile(r"\([^)]*\)")
_BETWEEN = re.compile(r"\b(?:between|both)\b.*?\band\b", re.IGNORECASE)
_SEVERAL = re.compile(r";|\band\b", re.IGNORECASE)


def endpoints_without_time_frame(protocol: Protocol) -> Iterator[Hit]:
    """END-001: an endpoint that does not say when it is measured; a TODO says that it is open, and will do."""
    for endpoint in protocol.endpoints:
        if endpoint.time_frame is None:
            hint = "add 'time_frame:'; where the record is silent, 'TODO: what is missing'"
            yield Hit(f"/endpoints/{endpoint.id}", f'endpoint "{endpoint.id}" has no time frame', hint)


def unmeasured_endpoints(protocol: Protocol) -> Iterator[Hit]:
    """END-002: an endpoint that no scheduled activity measures."""
    for endpoint in protocol.endpoints:
        hit = not_measured(protocol, f"/endpoints/{endpoint.id}", "endpoint", endpoint.id)
        if hit is not None:
            yield hit


def objectives_without_endpoint(protocol: Protocol) -> Iterator[Hit]:
    """END-003: an objective that no endpoint serves."""
    served = {endpoint.objective for endpoint in protocol.endpoints}
    for objective in protocol.objectives:
        if objective.id not in served:
            message = f'no endpoint serves the objective "{objective.id}"'
            yield Hit(f"/objectives/{objective.id}", message, f"add 'objective: {objective.id}' to an endpoint")


def endpoints_of_several_measures(protocol: Protocol) -> Iterator[Hit]:
    """END-004: a title that joins measures by "and" or ";", outside brackets; "between X and Y" is one measure."""
    for endpoint in protocol.endpoints:
        title = _BETWEEN.sub("", _BRACKETS.sub("", endpoint.title.value or ""))
        found = _SEVERAL.search(title)
        if found is not None:
            message = f'the title of endpoint "{endpoint.id}" joins several measures by "{found.group()}"'
            hint = "give each measure an endpoint of its own, with its time frame"
            yield Hit(f"/endpoints/{endpoint.id}/title", message, hint)
