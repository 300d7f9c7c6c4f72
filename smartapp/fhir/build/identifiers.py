"""A signed plan -> the business identifiers its artifacts carry, and the temporary ids that tie them together.

A business identifier is the plan id, with a suffix for the parts; it never names the patient. Equal plans therefore
have equal identifiers, and a conditional create on them makes a repeated write harmless.
"""

import re
from collections.abc import Container, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from smartapp.fhir.json import as_object, as_objects
from smartapp.fhir.systems import EXAMPLE, Systems

RULESET = "https://loadpath.example/fhir/ruleset/osteopenia-lumbar-fracture"

_SEARCHED = ("CarePlan", "Goal", "Observation", "ServiceRequest", "Task")
_PLAN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}\Z")
_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


def plan_value(plan_id: str) -> str:
    """The plan id itself, refused where it could not stand in a search (``|``, ``,``, white space, a name)."""
    if not _PLAN_ID.match(plan_id):
        raise ValueError("a plan id has 1 to 64 letters, digits and hyphens")
    return plan_id


def part_value(plan_id: str, part: str) -> str:
    return f"{plan_value(plan_id)}.{_UNSAFE.sub('-', part)}"


SENDINGS = 9  # of one order, each with a Task of its own (ours)


def task_values(plan_id: str) -> tuple[str, ...]:
    """Of every Task that may ask for the plan's order: the first, and each time it is sent again."""
    return (part_value(plan_id, "task"), *(part_value(plan_id, f"task-{n}") for n in range(2, SENDINGS + 1)))


def identifier(value: str, system: str) -> dict[str, str]:
    return {"system": system, "value": value}


def urn(value: str) -> str:
    """Deterministic temporary id of the artifact with this business identifier."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{EXAMPLE.plan}|{value}')}"  # any fixed name: it never stays in a chart


def business_identifier(resource: Mapping[str, Any], systems: Systems = EXAMPLE) -> str:
    """Our identifier value of a resource, under the present or an earlier system; empty if it is not ours.

    A Provenance has no identifier in R4 and carries it as a tag.
    """
    if resource.get("resourceType") == "Provenance":
        marks = [(t.get("system"), t.get("code")) for t in as_objects(as_object(resource, "meta").get("tag"))]
    else:
        held = resource.get("identifier") or ()  # a QuestionnaireResponse has one, not a list
        held = held if isinstance(held, list | tuple) else [held]
        marks = [(i.get("system"), i.get("value")) for i in as_objects(held)]
    known = [(systems.plans.index(system), str(value)) for system, value in marks if system in systems.plans and value]
    return min(known)[1] if known else ""


def bears(resource: Mapping[str, Any], mark: str) -> bool:
    """Whether it carries ``system|value`` as an identifier or as a tag: an EHR may drop one of the two."""
    held = resource.get("identifier")
    held = held if isinstance(held, list | tuple) else [held]  # a QuestionnaireResponse has one, not a list
    tags = as_objects(as_object(resource, "meta").get("tag"))
    pairs = [(i.get("system"), i.get("value")) for i in as_objects(held)] + [
        (t.get("system"), t.get("code")) for t in tags
    ]
    return any(f"{system}|{value}" == mark for system, value in pairs)


def meta(profile: str, value: str, systems: Systems) -> dict[str, Any]:
    """``meta`` with the profile meant and our identifier once more as a tag, which every R4 resource can have."""
    return {"profile": [profile], "tag": [{"system": systems.plan, "code": value}]}


def criterion(resource: Mapping[str, Any], systems: Systems, by_tag: Container[str] = ()) -> str:
    """Search criterion that finds this very artifact: the value of ``ifNoneExist``.

    ``by_tag``: resource types whose identifier this EHR cannot search by, besides Provenance, which has none.
    """
    kind = resource.get("resourceType")
    name = "_tag" if kind == "Provenance" or kind in by_tag else "identifier"
    return f"{name}={systems.plan}|{business_identifier(resource, systems)}"


def without_identifier_search(declared: Mapping[str, Container[str]]) -> frozenset[str]:
    """Of the types we write, those a server cannot search by identifier, as far as it declares.

    ``declared`` is :attr:`smartapp.ehr.capabilities.Capabilities.search_parameters`. Where no search by identifier is
    declared at all, it says nothing about this, and R4's own rule then holds.
    """
    if not any("identifier" in names for names in declared.values()):
        return frozenset()
    return frozenset(kind for kind in _SEARCHED if "identifier" not in declared.get(kind, ()))
