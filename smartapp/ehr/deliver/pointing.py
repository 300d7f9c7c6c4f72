"""A step among the others -> its resource, each reference leading to a place in the EHR or to our identifier."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from smartapp.ehr.deliver.items import LANDED, OutboxItem
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.identifiers import identifier
from smartapp.fhir.walk import references

TEMPORARY = "urn:uuid:"


def transaction_of(steps: Sequence[OutboxItem], everything: Sequence[OutboxItem]) -> Element:
    """The Bundle of these steps. What is not among them is named by its place, or by its business identifier."""
    inside = {step.entry["fullUrl"] for step in steps}
    entries = []
    for step in steps:
        resource = _pointing(step, everything, inside)
        places, names = _places(everything, inside)
        entries.append({**step.entry, "resource": resolved(resource or step.entry["resource"], places, names)})
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def prepared(step: OutboxItem, everything: Sequence[OutboxItem]) -> Element | None:
    """The resource as it can stand alone; None where it would point at nothing: who signed what, a task for what."""
    resource = _pointing(step, everything, ())
    ready: Element | None = resolved(resource, *_places(everything, ())) if resource else None
    return ready


def _places(everything: Sequence[OutboxItem], inside: Container[str]) -> tuple[dict[str, str], dict[str, str]]:
    others = [s for s in everything if s.entry and s.entry["fullUrl"] not in inside and not s.ends_something]
    places = {s.entry["fullUrl"]: s.reference for s in others if s.reference and s.reference.startswith(f"{s.kind}/")}
    return places, {s.entry["fullUrl"]: s.mark for s in others if s.entry["fullUrl"] not in places}


def _pointing(step: OutboxItem, everything: Sequence[OutboxItem], inside: Container[str]) -> Element | None:
    """A Provenance with only those targets that are in the chart, or on their way in the same transaction; a Task whose
    order is. None for one that points at nothing."""
    resource: Element = dict(step.entry["resource"])
    by_url = {s.entry["fullUrl"]: s for s in everything if s.entry}
    if step.kind == "Task" and not step.ends_something:
        order = by_url.get(resource["focus"]["reference"])
        there = order is None or (order.landing in LANDED and order.reference.startswith(f"{order.kind}/"))
        return resource if there or resource["focus"]["reference"] in inside else None
    if step.kind != "Provenance":
        return resource
    kept: dict[str, Element] = {}
    for target in resource["target"]:
        url = target["reference"]
        at = by_url.get(url)
        if url in inside or at is None:
            kept[url] = target
        elif at.landing in LANDED and at.reference:
            kept[at.reference] = {"reference": at.reference, "type": at.reference.partition("/")[0]}
    return {**resource, "target": list(kept.values())} if kept else None


def resolved(element: Any, places: Mapping[str, str], identifiers: Mapping[str, str]) -> Any:
    """The element with temporary ids replaced by places in the EHR, or by business identifiers (``system|value``) where
    not yet there: a logical Reference in R4."""
    if isinstance(element, list):
        return [resolved(value, places, identifiers) for value in element]
    if not isinstance(element, Mapping):
        return element
    target = element.get("reference")
    if isinstance(target, str) and target in places:
        return dict(element) | {"reference": places[target]}
    if isinstance(target, str) and target in identifiers:
        words = {name: value for name, value in element.items() if name != "reference"}
        system, _, value = identifiers[target].rpartition("|")
        return words | {"identifier": identifier(value, system)}
    return {name: resolved(value, places, identifiers) for name, value in element.items()}


def temporary(step: OutboxItem) -> frozenset[str]:
    """The temporary ids by which this artifact names others: an EHR has to put their places there."""
    return frozenset(link for link in references(step.entry.get("resource")) if link.startswith(TEMPORARY))


def left_temporary(step: OutboxItem, stored: Mapping[str, Any]) -> bool:
    """Whether the artifact as it stands in the EHR still names another one by its temporary id, which leads nowhere."""
    return not temporary(step).isdisjoint(references(stored))
