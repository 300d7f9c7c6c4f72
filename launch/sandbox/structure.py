"""Is a resource well formed? Shape from fhir.resources (R4B), plus the required codes and invariants it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from .compartment import Resource, values
from .outcome import Refused
from .words import codes

REQUEST_STATUS = codes("draft active on-hold revoked completed entered-in-error unknown")
# required bindings of what apps write here: element path -> codes (R4 value sets request-status, goal-status ...)
REQUIRED_CODES: dict[str, dict[str, frozenset[str]]] = {
    "CarePlan": {
        "status": REQUEST_STATUS,
        "intent": codes("proposal plan order option"),
        "activity.detail.status": codes(
            "not-started scheduled in-progress on-hold completed cancelled stopped unknown entered-in-error"
        ),
        "activity.detail.kind": codes(
            "Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder Task ServiceRequest "
            "VisionPrescription"
        ),
    },
    "ServiceRequest": {
        "status": REQUEST_STATUS,
        "intent": codes("proposal plan directive order original-order reflex-order filler-order instance-order option"),
        "priority": codes("routine urgent asap stat"),
    },
    "Goal": {
        "lifecycleStatus": codes(
            "proposed planned accepted active on-hold completed cancelled entered-in-error rejected"
        )
    },
    "Task": {
        "status": codes(
            "draft requested received accepted rejected ready cancelled in-progress on-hold failed completed "
            "entered-in-error"
        ),
        "intent": codes("unknown proposal plan order original-order reflex-order filler-order instance-order option"),
    },
    "DocumentReference": {"status": codes("current superseded entered-in-error")},
    "Observation": {
        "status": codes("registered preliminary final amended corrected cancelled entered-in-error unknown")
    },
    "Communication": {
        "status": codes("preparation in-progress not-done on-hold stopped completed entered-in-error unknown")
    },
}
_ID = re.compile(r"^[A-Za-z0-9\-.]{1,64}$")
_ACTIVE_HTML = re.compile(
    r"<\s*(script|iframe|object|embed|form|link|style|img\s[^>]*src\s*=\s*[\"']?http)|\son\w+\s*=", re.I
)


@cache
def _model(type_: str) -> Any:
    # imported when first written to: reading and starting must not pay for it
    from fhir.resources.R4B import get_fhir_model_class

    try:
        return get_fhir_model_class(type_)
    except ValueError:  # one of the few R4 types that R4B dropped
        return None


def check_structure(resource: Any, type_: str) -> None:
    """Raise Refused (400 wrong type, 422 wrong content) naming each element that is at fault."""
    if not isinstance(resource, dict):
        raise Refused(400, "the body must be one JSON object")
    if resource.get("resourceType") != type_:
        raise Refused(400, f"resourceType is {resource.get('resourceType')!r}, expected {type_!r}", code="structure")
    model = _model(type_)
    if model is None:
        raise Refused(404, f"{type_} is not a resource type of this server", code="not-supported")
    problems = _shape(model, resource) or [*_codes(resource, type_), *_invariants(resource, type_)]
    if problems:
        raise Refused(422, *problems[:10], code="invariant" if len(problems) == 1 else "processing")


def check_id(id_: str) -> None:
    if not _ID.fullmatch(id_):
        raise Refused(400, f"{id_!r} is not a valid resource id", code="value")


def _shape(model: Any, resource: Resource) -> list[str]:
    from pydantic import ValidationError

    if empty := sorted(set(_nulls(resource))):
        return [f"{resource['resourceType']}.{name}: null is not a value in FHIR JSON" for name in empty]
    try:
        model.model_validate(resource)
    except ValidationError as error:
        return [_sentence(resource["resourceType"], item) for item in error.errors()]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return [f"{resource['resourceType']}: {error}"]
    return []


def _nulls(node: Any) -> Iterator[str]:
    """Names of elements that are null; inside lists null is a placeholder and allowed."""
    if isinstance(node, dict):
        yield from (str(key) for key, value in node.items() if value is None)
        for value in node.values():
            yield from _nulls(value)
    elif isinstance(node, list):
        for value in node:
            yield from _nulls(value)


def _sentence(type_: str, item: Any) -> str:
    place = ".".join(str(part) for part in item.get("loc", ()) if part)
    reason = (
        "is not an element of this type" if item.get("type") == "extra_forbidden" else item.get("msg", "is invalid")
    )
    return f"{type_}{'.' + place if place else ''}: {reason}"


def _codes(resource: Resource, type_: str) -> list[str]:
    return [
        f"{type_}.{path}: {value!r} is not in the required value set"
        for path, allowed in REQUIRED_CODES.get(type_, {}).items()
        for value in values(resource, path)
        if value not in allowed
    ]


def _invariants(resource: Resource, type_: str) -> list[str]:
    problems = []
    if type_ == "CarePlan":
        for number, activity in enumerate(values(resource, "activity")):
            if isinstance(activity, dict) and "detail" in activity and "reference" in activity:
                problems.append(f"CarePlan.activity[{number}]: detail or reference, not both (cpl-3)")
    if type_ == "Goal":
        for target in values(resource, "target"):
            if any(key.startswith("detail") for key in target) and "measure" not in target:
                problems.append("Goal.target: a detail needs a measure (gol-1)")
    for div in values(resource, "text.div"):
        if isinstance(div, str) and _ACTIVE_HTML.search(div):
            problems.append(f"{type_}.text.div: active content is not allowed in a narrative (txt-1)")
    return problems
