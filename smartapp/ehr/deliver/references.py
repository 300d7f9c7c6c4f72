"""An item among the others -> its resource, each reference leading to a place in the EHR or to our identifier."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from smartapp.ehr.deliver.items import LANDED, OutboxItem
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.identifiers import identifier
from smartapp.fhir.walk import references

TEMPORARY = "urn:uuid:"


def transaction_of(items: Sequence[OutboxItem], everything: Sequence[OutboxItem]) -> Element:
    """The Bundle of these items. What is not among them is named by its place, or by its business identifier."""
    inside = {item.entry["fullUrl"] for item in items}
    entries = []
    for item in items:
        resource = _with_targets(item, everything, inside)
        places, names = _places(everything, inside)
        entries.append(
            {**item.entry, "resource": resolve_references(resource or item.entry["resource"], places, names)}
        )
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def bundle_as_signed(items: Sequence[OutboxItem]) -> Element:
    """The transaction Bundle as it was signed, whatever way each part of it went."""
    entries = [dict(item.entry) for item in items if not item.is_document and not item.ends_something]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def prepare_alone(item: OutboxItem, everything: Sequence[OutboxItem]) -> Element | None:
    """The resource as it can stand alone; None where it would point at nothing: who signed what, a task for what."""
    resource = _with_targets(item, everything, ())
    return resolve_references(resource, *_places(everything, ())) if resource else None


def _places(everything: Sequence[OutboxItem], inside: Container[str]) -> tuple[dict[str, str], dict[str, str]]:
    others = [s for s in everything if s.entry and s.entry["fullUrl"] not in inside and not s.ends_something]
    places = {s.entry["fullUrl"]: s.reference for s in others if s.has_record}
    return places, {s.entry["fullUrl"]: s.search_token for s in others if s.entry["fullUrl"] not in places}


def _with_targets(item: OutboxItem, everything: Sequence[OutboxItem], inside: Container[str]) -> Element | None:
    """A Provenance with only those targets that are in the chart, or on their way in the same transaction; a Task whose
    order is. None for one that points at nothing."""
    resource: Element = dict(item.entry["resource"])
    by_url = {s.entry["fullUrl"]: s for s in everything if s.entry}
    if item.kind == "Task" and not item.ends_something:
        order = by_url.get(resource["focus"]["reference"])
        there = order is None or (order.status in LANDED and order.has_record)
        return resource if there or resource["focus"]["reference"] in inside else None
    if item.kind != "Provenance":
        return resource
    kept: dict[str, Element] = {}
    for target in resource["target"]:
        url = target["reference"]
        at = by_url.get(url)
        if url in inside or at is None:
            kept[url] = target
        elif at.status in LANDED and at.reference:
            kept[at.reference] = {"reference": at.reference, "type": at.reference.partition("/")[0]}
    return {**resource, "target": list(kept.values())} if kept else None


def resolve_references(element: Any, places: Mapping[str, str], identifiers: Mapping[str, str]) -> Any:
    """The element with temporary ids replaced by places in the EHR, or by business identifiers (``system|value``) where
    not yet there: a logical Reference in R4."""
    if isinstance(element, list):
        return [resolve_references(value, places, identifiers) for value in element]
    if not isinstance(element, Mapping):
        return element
    target = element.get("reference")
    if isinstance(target, str) and target in places:
        return dict(element) | {"reference": places[target]}
    if isinstance(target, str) and target in identifiers:
        words = {name: value for name, value in element.items() if name != "reference"}
        system, _, value = identifiers[target].rpartition("|")
        return words | {"identifier": identifier(value, system)}
    return {name: resolve_references(value, places, identifiers) for name, value in element.items()}


def temporary_links(item: OutboxItem) -> frozenset[str]:
    """The temporary ids by which this artifact names others: an EHR has to put their places there."""
    return frozenset(link for link in references(item.entry.get("resource")) if link.startswith(TEMPORARY))


def keeps_temporary_links(item: OutboxItem, stored: Mapping[str, Any]) -> bool:
    """Whether the artifact as it stands in the EHR still names another one by its temporary id, which leads nowhere."""
    return not temporary_links(item).isdisjoint(references(stored))
