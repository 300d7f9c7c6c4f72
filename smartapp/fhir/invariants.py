"""One resource -> what R4 would find wrong with it and fhir.resources does not: bindings, invariants, narrative.

Each check yields sentences; :data:`RESOURCE_CHECKS` is all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.quotes import quoted
from smartapp.fhir.walk import XHTML, at, elements

Resource = Mapping[str, Any]

NARRATIVE_TAGS = {"div", "p", "b", "ul", "li"}  # of the many txt-1 allows, those we use
NEVER_CODES = ("183561008",)  # referral to a general practitioner, often mistaken for physiotherapy
# Where the words are ours and a reader acts on them; the rest quotes the chart or the clinician.
_ACTED_ON = {"description", "patientInstruction", "title"}


def _mandatory(resource: Resource) -> Iterator[str]:
    for path in MANDATORY.get(str(resource.get("resourceType")), ()):
        if not list(at(resource, path)):
            yield f"{path} is missing."


def _required_codes(resource: Resource) -> Iterator[str]:
    for path, allowed in REQUIRED.get(str(resource.get("resourceType")), {}).items():
        yield from _not_in(resource, path, allowed)
    for name, repeat in elements(resource):
        if name == "repeat":
            for path, allowed in REPEAT.items():
                yield from _not_in(repeat, path, allowed)


def _not_in(resource: Resource, path: str, allowed: set[str]) -> Iterator[str]:
    for code in at(resource, path):
        if code not in allowed:
            yield f"{path} is {code!r}, which FHIR does not know there."


def _narrative(resource: Resource) -> Iterator[str]:
    if "text" not in resource:
        return
    div = str(resource["text"].get("div", ""))
    if "<!" in div or "<?" in div:
        yield "the narrative holds a declaration."
        return
    try:
        root = ElementTree.fromstring(div)  # noqa: S314 our own text, declarations refused above
    except ElementTree.ParseError as error:
        yield f"the narrative is not well-formed XHTML ({error})."
        return
    if root.tag != f"{{{XHTML}}}div":
        yield "the narrative is not an XHTML div."
    if strange := {node.tag for node in root.iter()} - {f"{{{XHTML}}}{tag}" for tag in NARRATIVE_TAGS}:
        yield f"the narrative uses elements FHIR does not allow: {sorted(strange)} (txt-1)."
    if not "".join(root.itertext()).strip():
        yield "the narrative is empty (txt-2)."


def _timing(resource: Resource) -> Iterator[str]:
    for name, repeat in elements(resource):
        if name != "repeat":
            continue
        for part, unit in (("duration", "durationUnit"), ("period", "periodUnit")):
            if part in repeat and unit not in repeat:
                yield f"a {part} has no unit (tim-1, tim-2)."
            if repeat.get(part, 0) < 0:
                yield f"a {part} is negative (tim-4, tim-5)."
            if f"{part}Max" in repeat and part not in repeat:
                yield f"{part}Max stands without {part} (tim-6, tim-7)."
            if repeat.get(f"{part}Max", repeat.get(part, 0)) < repeat.get(part, 0):
                yield f"{part}Max is smaller than {part}."
        if repeat.get("frequencyMax", repeat.get("frequency", 0)) < repeat.get("frequency", 0):
            yield "frequencyMax is smaller than frequency."


def _elementary(resource: Resource) -> Iterator[str]:
    inside = {f"#{each.get('id')}" for each in resource.get("contained") or ()}
    for name, element in elements(resource):
        if element in (None, "", [], {}):
            yield f"{name} is empty (ele-1)."
        if isinstance(element, Mapping):
            if "value" in element and "code" in element and "system" not in element:
                yield f"{name} has a unit code without system (qty-3)."
            if element.get("start") and element.get("end") and str(element["start"]) > str(element["end"]):
                yield f"{name} ends before it starts (per-1)."
            if element.get("code") in NEVER_CODES:
                yield f"{name} has code {element['code']}, which is a referral to a general practitioner."
            local = str(element.get("reference", ""))
            if local.startswith("#") and local not in inside:
                yield f"{name} refers to a contained resource that is not there (ref-1)."


def _group(resource: Resource) -> Iterator[str]:
    for action in resource.get("action") or () if resource.get("resourceType") == "RequestGroup" else ():
        if ("resource" in action) == ("action" in action):
            yield "an action has both resource and actions, or neither (rqg-1)."


def _goal(resource: Resource) -> Iterator[str]:
    for target in resource.get("target") or () if resource.get("resourceType") == "Goal" else ():
        if any(key.startswith("detail") for key in target) and "measure" not in target:
            yield "a target value has no measure (gol-1)."


def _activities(resource: Resource) -> Iterator[str]:
    for activity in resource.get("activity") or () if resource.get("resourceType") == "CarePlan" else ():
        detail = activity.get("detail")
        if ("reference" in activity) == (detail is not None):
            yield "an activity has both detail and reference, or neither (cpl-3, GU11)."
        if detail and detail.get("doNotPerform") and not str(detail.get("description", "")).startswith("AVOID:"):
            yield f"{quoted(detail.get('description', '')[:60])} forbids, but does not begin with AVOID: (GU10)."
        named = (str(activity.get("id")), *(str(uri) for uri in (detail or {}).get("instantiatesUri") or ()))
        if any(name.rpartition("/")[2] == "E40" for name in named):
            yield "impact exercise is never prescribed (A13)."


def _generic(resource: Resource) -> Iterator[str]:
    for name, element in elements(resource):
        if name in _ACTED_ON and isinstance(element, str) and is_generic_prohibition(element):
            yield f"{quoted(element[:80])} forbids a movement without naming the quality that does harm (A11)."


RESOURCE_CHECKS: tuple[Callable[[Resource], Iterator[str]], ...] = (
    _mandatory, _required_codes, _narrative, _timing, _elementary, _group, _goal, _activities, _generic,
)  # fmt: skip


_REQUEST_STATUS = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
_UNITS_OF_TIME = {"s", "min", "h", "d", "wk", "mo", "a"}

# path below the resource ("*" steps into a list) -> codes allowed
REQUIRED: dict[str, dict[str, set[str]]] = {
    "CarePlan": {
        "status": _REQUEST_STATUS,
        "intent": {"proposal", "plan", "order", "option"},
        "text.status": {"generated", "additional"},  # US Core: narrower than R4
        "activity.*.detail.status": {
            "not-started", "scheduled", "in-progress", "on-hold", "completed",
            "cancelled", "stopped", "unknown", "entered-in-error",
        },
        "activity.*.detail.kind": {
            "Appointment", "CommunicationRequest", "DeviceRequest", "MedicationRequest",
            "NutritionOrder", "Task", "ServiceRequest", "VisionPrescription",
        },
    },
    "Goal": {
        "lifecycleStatus": {
            "proposed", "planned", "accepted", "active", "on-hold",
            "completed", "cancelled", "entered-in-error", "rejected",
        },
        "target.*.detailQuantity.comparator": {"<", "<=", ">=", ">"},
    },
    "ServiceRequest": {
        "status": _REQUEST_STATUS,
        "intent": {
            "proposal", "plan", "directive", "order", "original-order",
            "reflex-order", "filler-order", "instance-order", "option",
        },
        "priority": {"routine", "urgent", "asap", "stat"},
    },
    "Task": {
        "status": {
            "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress",
            "on-hold", "failed", "completed", "entered-in-error",
        },
        "intent": {
            "unknown", "proposal", "plan", "order", "original-order",
            "reflex-order", "filler-order", "instance-order", "option",
        },
        "priority": {"routine", "urgent", "asap", "stat"},
    },
    "Observation": {
        "status": {
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
        },
    },
    "DocumentReference": {
        "status": {"current", "superseded", "entered-in-error"},
        "docStatus": {"preliminary", "final", "amended", "entered-in-error"},
        "relatesTo.*.code": {"replaces", "transforms", "signs", "appends"},
    },
    "Communication": {
        "status": {
            "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
        },
    },
    "QuestionnaireResponse": {"status": {"in-progress", "completed", "amended", "entered-in-error", "stopped"}},
    "Provenance": {"entity.*.role": {"derivation", "revision", "quotation", "source", "removal"}},
}  # fmt: skip

# Of every Timing.repeat, wherever it stands.
REPEAT = {
    "durationUnit": _UNITS_OF_TIME,
    "periodUnit": _UNITS_OF_TIME,
    "dayOfWeek.*": {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
}

# Elements that must be there: R4 cardinality, and US Core 6.1.0 to 8.0.0.
MANDATORY = {
    "CarePlan": ("status", "intent", "subject", "category", "text.status", "text.div"),
    "Goal": ("lifecycleStatus", "description", "subject"),
    "ServiceRequest": ("status", "intent", "code", "subject"),
    "Task": ("status", "intent", "code", "focus", "for", "authoredOn"),
    "Observation": ("status", "category", "code", "subject"),
    "Provenance": ("target", "recorded", "agent"),
    "DocumentReference": ("status", "type", "category", "subject", "content"),
    "Communication": ("status", "subject", "payload"),
    "QuestionnaireResponse": ("status", "questionnaire", "subject", "authored"),
}
