"""What of ours is in the EHR, however often: the look before any repetition, and after any doubt."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import bears
from smartapp.ehr.write.ports import FhirWriter
from smartapp.ehr.write.steps import Step
from smartapp.ehr.write.walk import elements, mapping


def found(client: FhirWriter, steps: Iterable[Step]) -> dict[str, list[Element]]:
    """Business identifier -> every resource in the EHR that carries it, oldest first; one search per criterion.

    Raises as :meth:`FhirWriter.search` does: no answer is not the same as nothing there.
    """
    wanted = list(steps)
    searches: dict[tuple[str, str], list[str]] = {}
    for step in wanted:
        if not step.lookup:
            name, _, value = step.entry["request"]["ifNoneExist"].partition("=")
            searches.setdefault((step.kind, name), []).append(value)
    candidates: dict[str, list[Element]] = {}
    for (kind, name), values in searches.items():
        candidates.setdefault(kind, []).extend(client.search(kind, {name: ",".join(values)}))
    for step in wanted:
        if step.lookup:
            candidates.setdefault(step.kind, []).extend(client.search(step.kind, step.lookup))
    return {step.identifier: _oldest_first(_ours(step, candidates.get(step.kind, ()))) for step in wanted}


def is_ours(resource: Mapping[str, Any], step: Step) -> bool:
    """Whether this is the artifact of this step: it carries our identifier. Some EHRs drop identifiers of notes and
    messages: those name it in their words as well. Nothing else is ever taken for ours.
    """
    return bears(resource, step.mark) or ((step.carries or bool(step.lookup)) and _names(resource, step))


def _ours(step: Step, candidates: Iterable[Element]) -> list[Element]:
    """Some EHRs ignore search parameters."""
    unique = {r["id"]: r for r in candidates if isinstance(r.get("id"), str) and r["id"]}
    return [r for r in unique.values() if is_ours(r, step)]


def _names(resource: Mapping[str, Any], step: Step) -> bool:
    told = f"({step.identifier})"
    return any(
        name in ("description", "title", "text") and isinstance(value, str) and told in value
        for name, value in elements(resource)
    )


def _oldest_first(resources: list[Element]) -> list[Element]:
    """What was entered in error counts only where there is nothing else."""
    valid = [r for r in resources if r.get("status", r.get("lifecycleStatus")) != "entered-in-error"]

    def age(resource: Element) -> tuple[str, str]:
        return str(mapping(resource, "meta").get("lastUpdated", "")), str(resource.get("id"))

    return sorted(valid or resources, key=age)
