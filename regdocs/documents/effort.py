"""How much a template may do before it is stopped: a count of steps, so that the same template stops everywhere alike.

Each time a body of a template is run (of a loop, a macro, an included file) it costs what stands in it; whatever looks
through a list or a text costs its length. No clock is read. Knows Jinja's code generator; knows no template.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError

MAX_STEPS = 6_000_000  # seconds; the largest of our templates takes a twelfth of it for a study of 300 sites
_CHARACTERS_A_STEP = 64  # texts are looked through by the machine's own loops
_DEAR = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Call, nodes.CallBlock, nodes.FilterBlock, nodes.Block)
_DEAR_STEPS = 100


class TooMuchWork(SecurityError):
    """A template does more than any document needs."""

    def __init__(self) -> None:
        super().__init__("the template goes on without end, or does far more than a document needs")


class Effort:
    """Counts the steps of one run of a template."""

    def __init__(self) -> None:
        self._spent = 0

    def begin(self) -> None:
        """Count from nothing again."""
        self._spent = 0

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            TooMuchWork: They are too many.
        """
        self._spent += steps
        if self._spent > MAX_STEPS:
            raise TooMuchWork

    def looked_through(self, thing: Any) -> Any:
        """Return a thing after counting what it costs to look through it; what has no length costs one step."""
        if isinstance(thing, str):
            self.spend(1 + len(thing) // _CHARACTERS_A_STEP)
        else:
            self.spend(1 + len(thing) if isinstance(thing, list | tuple | dict) else 1)
        return thing


class CountedCode(CodeGenerator):
    """Makes code that counts; the environment has an `effort`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._looked_through: set[int] = set()

    def blockvisit(self, nodes: Any, frame: Frame) -> None:
        """Count a body each time it is run."""
        self.writeline(f"environment.effort.spend({1 + sum(map(_cost, nodes))})")
        super().blockvisit(nodes, frame)

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Count what is looked through where it stands."""
        if id(node) not in self._looked_through:
            return super().visit(node, *args, **kwargs)
        self.write("environment.effort.looked_through(")
        super().visit(node, *args, **kwargs)
        self.write(")")
        return None

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Count the items of a loop: also of those that its condition passes over."""
        self._looked_through.add(id(node.iter))
        super().visit_For(node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        """Count both sides of `in`, `==` and the like."""
        self._looked_through.update(id(side) for side in (node.expr, *(operand.expr for operand in node.ops)))
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Count what is cut into."""
        if isinstance(node.arg, nodes.Slice):
            self._looked_through.add(id(node.node))
        super().visit_Getitem(node, frame)


def _cost(node: nodes.Node) -> int:
    """Return what it costs to run this and all that stands in it once."""
    own = _DEAR_STEPS if isinstance(node, _DEAR) else 1
    return own + sum(map(_cost, node.iter_child_nodes()))
