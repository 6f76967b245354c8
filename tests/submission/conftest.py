"""The small study with its versions, and packages of it that were recorded."""

from tests.versions.conftest import amended, amended_once, begun, released, released_once

__all__ = ["amended", "amended_once", "begun", "released", "released_once"]
