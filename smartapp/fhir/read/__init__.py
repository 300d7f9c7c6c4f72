"""EHR JSON -> Chart: facts with their sources, codes become concepts, and what could not be read is said.

``read_chart`` reads resources or Bundles of one patient; ``searches`` are the requests a launch makes to get them.
"""

from smartapp.fhir.read.chart import READERS, read_chart
from smartapp.fhir.read.searches import OPTIONAL, Search, searches

__all__ = ["OPTIONAL", "READERS", "Search", "read_chart", "searches"]
