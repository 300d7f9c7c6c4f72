"""The searches of a launch, the scopes, the write methods -> a CapabilityStatement of what we need of an EHR.

Kind ``requirements``, mode ``server``: it states what a server has to do for Loadpath to read, and to write each
artifact by the better methods. Reading is asked for (SHALL); a write that is refused goes by the next method.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from fhir_profiles.generate.metadata import Element, canonical, definition
from smartapp.core.knowledge import Knowledge
from smartapp.ehr.deliver.methods import HAPPENS, METHODS_OF, WriteMethod
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.scopes import REFERRED, WRITTEN, Grants, requested_scope
from smartapp.fhir.build.elements import without_absent
from smartapp.fhir.build.fallback_document import MAKERS
from smartapp.fhir.read.searches import MAY_LACK, Search, of_signed_plan, searches

DATE = "2026-11-30"  # R4 demands one: the day on which what we ask of an EHR last changed
EXPECTATION = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation"
COMBINATION = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-search-parameter-combination"
SMART = {
    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR",
    "display": "SMART-on-FHIR",
}  # fmt: skip
GUIDES = (
    "http://hl7.org/fhir/us/core/ImplementationGuide/hl7.fhir.us.core|6.1.0",
    "http://hl7.org/fhir/smart-app-launch/ImplementationGuide/hl7.fhir.uv.smart-app-launch|2.2.0",
)
# Our profile of each type we write.
PROFILES: Mapping[str, str] = MappingProxyType(
    {
        "CarePlan": "rehabilitation-careplan",
        "Goal": "rehabilitation-goal",
        "ServiceRequest": "physical-therapy-request",
        "Task": "referral-task",
        "Observation": "test-result",
        "Provenance": "rehabilitation-provenance",
        "DocumentReference": "rehabilitation-note",
    }
)
_INTERACTIONS = {"r": "read", "s": "search-type", "c": "create", "u": "update"}
_REFERENCES = frozenset({"patient"})  # every other parameter we use is a token


def capability_statement(knowledge: Knowledge) -> Element:
    about = (
        "What Loadpath needs of an EHR: SMART App Launch 2.2, the searches of one launch, and, for what is "
        "written, one transaction or single creates. What an EHR does not offer is not used; the page says so "
        "before signing."
    )
    made = definition("CapabilityStatement", "loadpath-requirements", "What Loadpath needs of an EHR", about, False)
    asked = (*searches(knowledge.codes), *of_signed_plan(knowledge.codes))
    kinds = dict.fromkeys((*(search.resource for search in asked), *REFERRED, *METHODS_OF, *MAKERS))
    return made | {
        "date": DATE,
        "kind": "requirements",
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "implementationGuide": list(GUIDES),
        "rest": [
            {
                "mode": "server",
                "documentation": "Nothing relies on _include, _sort, _count, date bounds or PATCH.",
                "security": {
                    "service": [{"coding": [SMART]}],
                    "description": f"SMART App Launch 2.2 with PKCE (S256). Scopes: {scopes()}",
                },
                "resource": [_resource(kind, [s for s in asked if s.resource == kind]) for kind in kinds],
                "interaction": [
                    _expected(
                        {"code": "transaction", "documentation": f"{HAPPENS[WriteMethod.TRANSACTION]}."}, "SHOULD"
                    ),
                    _expected({"code": "batch", "documentation": "The searches of a launch in one request."}, "MAY"),
                ],
            }
        ],
    }  # fmt: skip


def scopes() -> str:
    example = Issuer("example", "https://ehr.example/fhir", "loadpath")
    return requested_scope(example, ("permission-v2",), ehr_launch=True)


def _resource(kind: str, asked: list[Search]) -> Element:
    writes = kind in WRITTEN or kind in MAKERS
    return without_absent(
        extension=[_combination(search) for search in asked if len(search.params) > 1],
        type=kind,
        supportedProfile=[canonical("StructureDefinition", PROFILES[kind])] if kind in PROFILES else [],
        documentation="\n".join(_documented(kind, asked)),
        interaction=list(_interactions(kind, asked)),
        versioning="versioned-update" if writes else "",
        conditionalCreate=writes or None,
        searchParam=list(_parameters(kind, asked)),
    )


def _documented(kind: str, asked: list[Search]) -> Iterator[str]:
    for search in asked:
        optional = " A refusal costs nothing." if search.label in MAY_LACK else ""
        fixed = " and ".join(f"{name}={_shown(value)}" for name, value in search.params.items() if name != "patient")
        yield f"* Read: {search.label}{f', with {fixed}' if fixed else ''}.{optional}"
    if kind in REFERRED:
        yield "* Read by id, where a prescription names its medicine by a reference alone."
    for method in METHODS_OF.get(kind, ()):
        if method in (WriteMethod.TRANSACTION, WriteMethod.CREATE):
            yield f"* {HAPPENS[method].capitalize()}."
    if kind in MAKERS:
        yield "* Carries the whole plan where the EHR does not take its parts."


def _shown(value: str) -> str:
    return value if value.count(",") < 3 else f"{value.count(',') + 1} codes of LOINC"


def _interactions(kind: str, asked: list[Search]) -> Iterator[Element]:
    granted = Grants(scopes())
    for letter, code in _INTERACTIONS.items():
        if letter == "r" and granted.may(kind, "r"):
            yield _expected({"code": code}, "SHALL" if kind == "Patient" else "SHOULD")
        elif letter == "s" and any(search.params for search in asked):
            needed = any(search.label not in MAY_LACK for search in asked)
            yield _expected({"code": code}, "SHALL" if needed else "SHOULD")
        elif letter == "s" and granted.may(kind, "c"):
            yield _expected({"code": code}, "SHOULD")
        elif letter in "cu" and (granted.may(kind, letter) or (letter == "c" and kind in MAKERS)):
            yield _expected({"code": code}, "SHOULD" if kind in WRITTEN else "MAY")


def _parameters(kind: str, asked: list[Search]) -> Iterator[Element]:
    needed = {name: search.label not in MAY_LACK for search in reversed(asked) for name in search.params}
    needed |= {name: True for search in asked if search.label not in MAY_LACK for name in search.params}
    for name, must in sorted(needed.items(), key=lambda item: (item[0] != "patient", item[0])):
        type_ = "reference" if name in _REFERENCES else "token"
        yield _expected({"name": name, "type": type_}, "SHALL" if must else "SHOULD")
    if kind in WRITTEN:
        name = "_tag" if kind == "Provenance" else "identifier"
        said = "Finds what was written where a reply was lost; without it the tag is searched."
        yield _expected({"name": name, "type": "token", "documentation": said}, "SHOULD")


def _combination(search: Search) -> Element:
    level = "SHOULD" if search.label in MAY_LACK else "SHALL"
    required = [{"url": "required", "valueString": name} for name in search.params]
    return {"extension": [{"url": EXPECTATION, "valueCode": level}, *required], "url": COMBINATION}


def _expected(element: Element, level: str) -> Element:
    return {"extension": [{"url": EXPECTATION, "valueCode": level}], **element}
