"""The plan: from digests to steps, over any combination of what is wanted, was made and lies there."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from regdocs.build.manifest import Made
from regdocs.build.plan import Plan, Wanted, plan

_PATHS = st.sampled_from([f"kind/{letter}.pdf" for letter in "abcde"])
_DIGESTS = st.sampled_from(["1", "2", "3"])


@dataclass(frozen=True)
class Situation:
    wanted: tuple[Wanted, ...]
    made: tuple[Made, ...]
    present: dict[str, str]

    @property
    def plan(self) -> Plan:
        return plan(self.wanted, self.made, self.present)


def made(path: str, key: str, sha256: str) -> Made:
    return Made("kind", None, "en", "pdf", None, path, sha256, 1, (), {"name": "t", "sha256": "0"}, key)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    wanted = draw(st.lists(st.builds(Wanted, _PATHS, _DIGESTS, st.booleans()), unique_by=lambda one: one.path))
    before = draw(st.lists(st.builds(made, _PATHS, _DIGESTS, _DIGESTS), unique_by=lambda one: one.path))
    return Situation(tuple(wanted), tuple(before), draw(st.dictionaries(_PATHS, _DIGESTS)))


@given(situations())
def test_every_document_wanted_gets_at_most_one_step_and_a_selected_one_exactly_one(found: Situation) -> None:
    steps = found.plan
    planned = [*steps.render, *steps.keep, *steps.stale]
    assert len(planned) == len(set(planned)) and set(planned) <= {one.path for one in found.wanted}
    assert {one.path for one in found.wanted if one.selected} <= {*steps.render, *steps.keep}


@given(situations())
def test_only_what_was_selected_is_rendered(found: Situation) -> None:
    assert set(found.plan.render) <= {one.path for one in found.wanted if one.selected}


@given(situations())
def test_what_is_kept_lies_there_as_it_was_made_from_the_same_inputs(found: Situation) -> None:
    before = {one.path: one for one in found.made}
    keys = {one.path: one.key for one in found.wanted}
    for path in found.plan.keep:
        assert found.present[path] == before[path].sha256 and before[path].key == keys[path]


@given(situations())
def test_nothing_is_removed_that_we_did_not_make_or_that_is_wanted(found: Situation) -> None:
    for path in found.plan.remove:
        assert path in {one.path for one in found.made} and path in found.present
        assert path not in {one.path for one in found.wanted}


@given(situations())
def test_after_the_plan_was_carried_out_there_is_nothing_more_to_render(found: Situation) -> None:
    steps = found.plan
    keys = {one.path: one.key for one in found.wanted}
    before = {one.path: one for one in found.made}
    now = [made(path, keys[path], "new") for path in steps.render]
    now += [before[path] for path in (*steps.keep, *steps.stale)]
    present = {path: digest for path, digest in found.present.items() if path not in steps.remove}
    present |= dict.fromkeys(steps.render, "new")
    again = plan(found.wanted, tuple(now), present)
    assert (again.render, again.remove) == ((), ())
    assert set(again.keep) == {*steps.render, *steps.keep}


@given(situations())
def test_the_order_of_what_was_made_before_does_not_matter(found: Situation) -> None:
    turned = plan(found.wanted, tuple(reversed(found.made)), found.present)
    assert (turned.render, turned.keep, turned.stale) == (found.plan.render, found.plan.keep, found.plan.stale)
    assert sorted(turned.remove) == sorted(found.plan.remove)


def test_steps_stand_in_the_order_wanted() -> None:
    wanted = tuple(Wanted(path, "1") for path in ("c.pdf", "a.pdf", "b.pdf"))
    assert plan(wanted, (), {}).render == ("c.pdf", "a.pdf", "b.pdf")
