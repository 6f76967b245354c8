"""Which documents a change of the protocol can reach."""

import pytest

from regdocs.build.dependence import changed_elements, element_digests, elements_of, reached
from regdocs.spec.yaml_text import parse_yaml
from tests.rules.cases import MINIMAL

READS = ("/eligibility/E01/text", "/design/enrolment/count", "/demonstration", "/sites/example-hospital/name")


def tree(text: str = MINIMAL):
    found, findings = parse_yaml(text.encode(), "protocol.yaml")
    assert found is not None, findings
    return found


def changed(before: str, after: str) -> frozenset[str]:
    assert MINIMAL.count(before) == 1, before
    return changed_elements(element_digests(tree(), elements_of(READS)), tree(MINIMAL.replace(before, after)))


def test_nothing_changed_nothing_said():
    assert changed("regdocs: 1\n", "regdocs: 1\n# a comment\n") == frozenset()


def test_an_element_is_named_by_two_segments_and_its_list_by_one():
    assert elements_of(READS) >= {"/eligibility/E01", "/eligibility", "/design/enrolment", "/demonstration"}


def test_a_change_inside_an_element_reaches_who_reads_anything_of_it():
    found = changed("    city: Example City\n", "    city: Another City\n")
    assert found == {"/sites/example-hospital"}
    assert reached(READS, found)
    assert not reached(("/eligibility/E01/text",), found)


def test_a_change_of_an_element_that_nobody_reads_is_not_said():
    assert changed("objectives:\n", "x_objectives:\n") == frozenset()


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_the_order_of_a_list_counts_for_who_reads_of_it(order: tuple[str, str]):
    def listed(*ids: str):
        return tree("a:\n" + "".join(f"  - id: {name}\n    text: x\n" for name in ids))

    before = element_digests(listed("A", "B"), elements_of(["/a/A/text"]))
    assert changed_elements(before, listed(*order)) == (frozenset() if order == ("A", "B") else {"/a"})
