"""One search -> :class:`SearchResult`: the resources of all its pages, and in words what may be missing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from smartapp.ehr.addresses import resolve, under_base
from smartapp.errors import EhrError, EhrRejected
from smartapp.fhir.json import reference_of
from smartapp.fhir.outcomes import remarks_of

Resource = dict[str, Any]
Params = Mapping[str, str] | Iterable[tuple[str, str]]
LARGE_PAGE = 200  # records asked for in one page where an EHR's own are smaller: as many as Oracle Health gives; ours


@dataclass
class SearchResult:
    """What one search brought: resources of all pages, in words what may be missing, and what the EHR remarks."""

    resources: list[Resource] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)  # of its entries: fullUrl -> Type/id
    guessed: bool = False  # an answer was in no encoding it declared: single characters may be wrong


@dataclass(frozen=True)
class Pager:
    """How one EHR is asked for pages. ``get`` reads an address; what it notices goes into the result.

    ``larger`` remembers for each FHIR base and type whether ``_count`` brought more.
    """

    base: str
    get: Callable[[str, SearchResult], Resource]
    most: int  # pages read of one search
    larger: dict[tuple[str, str], bool]

    def find(self, resource_type: str, params: Params, first: Resource | None = None) -> SearchResult:
        """All pages. What later ones could not bring is said in ``partial``; an error of the first is raised."""
        found = SearchResult()
        matches = _Matches(resource_type, found)
        seen = {f"{self.base}/{search_address(resource_type, params)}"}
        page = self._first(resource_type, params, first, found)
        while True:
            matches.take(page)
            url, why_not = self._next(page, seen)
            if not url:
                matches.close(why_not)
                return found
            seen.add(url)
            try:
                page = self.get(url, found)
            except EhrError as error:
                matches.close(f"page {len(seen)} could not be read: {error}")
                return found

    def _first(self, resource_type: str, params: Params, brought: Resource | None, found: SearchResult) -> Resource:
        """The first page, in the size the EHR gives; a larger one where there is more and it takes ``_count``.

        No first question carries ``_count``: OpenEMR answers it with nothing, without a word (docs/decisions/0020).
        """
        place = (self.base, resource_type)
        known = self.larger.get(place)
        if known and brought is None:
            try:
                return self._larger(resource_type, params, found)
            except EhrRejected:
                self.larger[place] = False
        page = brought or self.get(f"{self.base}/{search_address(resource_type, params)}", found)
        if known is None and self._next(page, set())[0]:
            try:
                larger = self._larger(resource_type, params, found)
            except EhrError:
                larger = {}
            self.larger[place] = len(_entries(larger)) > len(_entries(page))
            return larger if self.larger[place] else page
        return page

    def _larger(self, resource_type: str, params: Params, found: SearchResult) -> Resource:
        asked = [*(params.items() if isinstance(params, Mapping) else params), ("_count", str(LARGE_PAGE))]
        return self.get(f"{self.base}/{search_address(resource_type, asked)}", found)

    def _next(self, page: Resource, seen: set[str]) -> tuple[str, str]:
        """The link to the next page exactly as given, or why it is one we may not follow."""
        link = next_link(page)
        if not link:
            return "", ""
        url = resolve(link, self.base)
        if not under_base(url, self.base):
            return "", "more pages lie on another server, which is not followed"
        if url in seen:
            return "", "the EHR repeats a page; what follows was not read"
        if len(seen) >= self.most:
            return "", f"there is more than {self.most} pages; what follows was not read"
        return url, ""


class _Matches:
    """Reads pages into ``found``, and counts whether the matches are as many as the EHR says."""

    def __init__(self, resource_type: str, found: SearchResult):
        self._type, self._found = resource_type, found
        self._total: int | None = None
        self._matches: set[object] = set()

    def take(self, page: Resource) -> None:
        """Resources of one page. An outcome entry is the EHR's remark about the search: something may be missing."""
        if page.get("resourceType") != "Bundle" or not isinstance(page.get("entry", []), list):
            self._found.partial.append("the EHR's answer is not a search result")
            return
        total = page.get("total")
        if type(total) is int:  # the last page that says so: some count as they go
            self._total = total
        for entry in _entries(page):
            self._take(entry)

    def _take(self, entry: object) -> None:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(resource, dict):
            self._found.partial.append("an entry holds no record")
            self._matches.add(len(self._matches))
        elif resource.get("resourceType") == "OperationOutcome":
            self._found.remarks.extend(remarks_of(resource))
        else:
            self._found.resources.append(resource)
            if isinstance(address := entry.get("fullUrl"), str) and (reference := reference_of(resource)):
                self._found.addresses[address] = reference
            search = entry.get("search")
            mode = search.get("mode", "match") if isinstance(search, dict) else "match"
            if mode == "match" and resource.get("resourceType") == self._type:
                self._matches.add(resource["id"] if isinstance(resource.get("id"), str) else len(self._matches))

    def close(self, cut_off: str) -> None:
        """``cut_off``: why not all pages were read. Without it, fewer records than the EHR counts are said here."""
        read = len(self._matches)
        if cut_off:
            self._found.partial.append(cut_off)
        elif self._total is not None and read < self._total:
            self._found.partial.append(f"the EHR counts {self._total} and sent {read}; the others were not read")


def search_address(resource_type: str, params: Params) -> str:
    """A search below the FHIR base."""
    return f"{resource_type}?{urlencode(list(params.items()) if isinstance(params, Mapping) else list(params))}"


def _entries(page: Resource) -> list[Any]:
    entries = page.get("entry", [])
    return entries if isinstance(entries, list) else []


def next_link(page: Resource) -> str:
    """As the page gives it; empty where it is the last."""
    links = page.get("link")
    found = [x.get("url") for x in links if isinstance(x, dict) and x.get("relation") == "next"] if isinstance(
        links, list
    ) else []  # fmt: skip
    return found[0] if found and isinstance(found[0], str) else ""
