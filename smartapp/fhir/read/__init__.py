"""EHR JSON -> Chart: facts with their sources, codes become concepts, and what could not be read is said.

``read_chart`` reads resources or Bundles of one patient; ``SEARCHES`` is the one wave a launch makes to get them. What
reads single resources is imported with ``read_chart``, which takes a while: its patterns are compiled.
"""

from typing import TYPE_CHECKING, Any

from smartapp.fhir.read.searches import OPTIONAL, Search, searches

if TYPE_CHECKING:
    from smartapp.fhir.read.chart import READERS, read_chart

__all__ = ["OPTIONAL", "READERS", "SEARCHES", "Search", "read_chart", "searches"]

SEARCHES: tuple[Search, ...]


def __getattr__(name: str) -> Any:
    """``SEARCHES`` of the packaged code table, made when first asked for: importing this reads no file."""
    if name in ("READERS", "read_chart"):
        from smartapp.fhir.read import chart  # noqa: PLC0415 -- slow

        return getattr(chart, name)
    if name != "SEARCHES":
        raise AttributeError(name)
    from smartapp.knowledge import load  # noqa: PLC0415 - only here is a file read

    return searches(load().codes)
