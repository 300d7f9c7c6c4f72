"""The pages of one search -> its resources, and in words what may be missing."""

from dataclasses import dataclass, field
from typing import Any

from smartapp.fhir.json import reference_of
from smartapp.fhir.outcomes import lacks

Resource = dict[str, Any]
GUESSED = (
    "the EHR's answer is not in UTF-8 and names no other encoding; it was read as Latin-1, "
    "and single characters may be wrong"
)


@dataclass
class Found:
    """What one search brought: resources of all pages, in words what may be missing, and what the EHR remarks."""

    resources: list[Resource] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)  # of its entries: fullUrl -> Type/id
    guessed: bool = False  # an answer was in no encoding it declared: single characters may be wrong


class Pages:
    """The pages of one search, read into ``found``: its matches, and whether they are as many as the EHR counts."""

    def __init__(self, resource_type: str, found: Found):
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
        for entry in entries(page):
            self._take(entry)

    def _take(self, entry: object) -> None:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(resource, dict):
            self._found.partial.append("an entry holds no record")
            self._matches.add(len(self._matches))
        elif resource.get("resourceType") == "OperationOutcome":
            self._found.remarks.extend(lacks(resource))
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


def entries(page: Resource) -> list[Any]:
    entries = page.get("entry", [])
    return entries if isinstance(entries, list) else []


def links(page: Resource, relation: str) -> list[str]:
    links = page.get("link")
    found = [x.get("url") for x in links if isinstance(x, dict) and x.get("relation") == relation] if isinstance(
        links, list
    ) else []  # fmt: skip
    return [url for url in found[:1] if isinstance(url, str)]
