"""CDS Hooks as it is on the wire, in types: discovery, calls, answers and feedback, held to by every test that has one.

Written from the tables and the invariants of CDS Hooks 2.0 and of the ballot of 3.0, one struct a table, and tried
against HL7's logical models. What a table does not name is refused, and so is whatever is null or empty.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from flask import Flask, Response, request
from msgspec import UNSET, Meta, Struct, UnsetType

from smartapp.fhir.build.bundle import validate_model

Text = Annotated[str, Meta(pattern=r"\S")]
Code = Annotated[str, Meta(pattern=r"^[^\s]+( [^\s]+)*$")]
Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.\-]{1,64}$")]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s]+$")]
Reference = Annotated[str, Meta(pattern=r"^[A-Za-z]+/[A-Za-z0-9.\-]{1,64}$")]  # ord-1
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Utc = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
Resource = dict[str, Any]


class Table(Struct, forbid_unknown_fields=True, kw_only=True):
    """An object whose fields are those of a table; ``extension`` may stand anywhere."""

    extension: dict[str, Any] | UnsetType = UNSET


def has(value: object) -> bool:
    return value is not UNSET


class Coding(Table, kw_only=True):
    code: Text
    system: Text
    display: Text | UnsetType = UNSET


# -- discovery

_TEMPLATE = re.compile(r"[A-Z][A-Za-z]+(/\{\{context\.[A-Za-z]+\}\}|\?[^\s{}]*(\{\{context\.[A-Za-z]+\}\}[^\s{}]*)*)")


class Service(Table, kw_only=True):
    hook: Text
    id: Code
    description: Text
    title: Text | UnsetType = UNSET
    usageRequirements: Text | UnsetType = UNSET
    prefetch: dict[Code, Text] | UnsetType = UNSET
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$")] | UnsetType = UNSET
    hookVersion: Annotated[str, Meta(pattern=r"^\d+\.\d+(\.\d+)?$")] | UnsetType = UNSET

    def __post_init__(self) -> None:
        wrong = [t for t in (self.prefetch or {}).values() if not _TEMPLATE.fullmatch(t)]
        if wrong:
            raise ValueError(f"no read or search with tokens of the context: {wrong}")


class Discovery(Table, kw_only=True):
    services: list[Service]


# -- calls


class Authorization(Table, kw_only=True):
    access_token: Text
    token_type: Literal["Bearer"]
    expires_in: int
    scope: Text
    subject: Text
    patient: Id | UnsetType = UNSET

    def __post_init__(self) -> None:
        if "patient/" in self.scope and not has(self.patient):
            raise ValueError("cds-r-2: scopes of a patient without the patient")


class PatientView(Table, kw_only=True):
    userId: Reference
    patientId: Id
    encounterId: Id | UnsetType = UNSET


class OrderSign(PatientView, kw_only=True):
    draftOrders: Resource


class OrderSelect(OrderSign, kw_only=True):
    selections: Annotated[list[Reference], Meta(min_length=1)]


CONTEXTS = {"patient-view": PatientView, "order-sign": OrderSign, "order-select": OrderSelect}


class Call(Table, kw_only=True):
    hook: Literal["patient-view", "order-sign", "order-select"]
    hookInstance: Uuid
    context: dict[str, Any]
    fhirServer: Url | UnsetType = UNSET
    fhirAuthorization: Authorization | UnsetType = UNSET
    prefetch: dict[Code, Resource | None] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if has(self.fhirAuthorization) and not has(self.fhirServer):
            raise ValueError("cds-r-1: fhirAuthorization without fhirServer")
        context = msgspec.convert(self.context, CONTEXTS[self.hook])
        if isinstance(context, OrderSign) and context.draftOrders.get("resourceType") != "Bundle":
            raise ValueError("draftOrders is no Bundle")
        kinds = [value.get("resourceType") for value in (self.prefetch or {}).values() if value is not None]
        if not all(kinds):
            raise ValueError("prefetch holds what is no resource")


# -- answers


class Action(Table, kw_only=True):
    type: Literal["create", "update", "delete"]
    description: Text  # required by 2.0 and cds-resp-5
    resource: Resource | UnsetType = UNSET
    resourceId: Reference | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.type == "delete" and (not has(self.resourceId) or has(self.resource)):
            raise ValueError("cds-resp-2: what is deleted is named by resourceId alone")
        if self.type != "delete":
            if not isinstance(self.resource, dict) or not self.resource.get("resourceType"):
                raise ValueError(f"{self.type} without a resource")
            if (self.type == "create") == ("id" in self.resource):
                raise ValueError("what is created has no id yet, what is updated has one")


class Suggestion(Table, kw_only=True):
    label: Text
    uuid: Uuid | UnsetType = UNSET
    isRecommended: bool | UnsetType = UNSET
    actions: list[Action] | UnsetType = UNSET
    actionSelectionBehavior: Literal["all", "any", "at-most-one"] | UnsetType = UNSET  # cds-resp-7


class Source(Table, kw_only=True):
    label: Text
    url: Url | UnsetType = UNSET
    icon: Url | UnsetType = UNSET
    topic: Coding | UnsetType = UNSET


class Link(Table, kw_only=True):
    label: Text
    url: Url
    type: Literal["absolute", "smart"]
    appContext: Text | UnsetType = UNSET
    autolaunchable: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.type != "smart" and has(self.appContext):
            raise ValueError("cds-resp-3: appContext is for smart links")


class Card(Table, kw_only=True):
    summary: Annotated[str, Meta(min_length=1, max_length=139)]
    indicator: Literal["info", "warning", "critical"]
    source: Source
    uuid: Uuid | UnsetType = UNSET
    detail: Text | UnsetType = UNSET
    suggestions: list[Suggestion] | UnsetType = UNSET
    selectionBehavior: Literal["any", "at-most-one"] | UnsetType = UNSET
    overrideReasons: list[Coding] | UnsetType = UNSET
    links: list[Link] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if has(self.suggestions) and not has(self.selectionBehavior):
            raise ValueError("cds-resp-6: suggestions without selectionBehavior")
        recommended = [each for each in self.suggestions or () if each.isRecommended is True]
        if self.selectionBehavior == "at-most-one" and len(recommended) > 1:
            raise ValueError("cds-resp-1: more than one is recommended where one may be chosen")
        if not all(has(reason.display) for reason in self.overrideReasons or ()):
            raise ValueError("cds-resp-4: a reason without display")


class Answer(Table, kw_only=True):
    cards: list[Card]
    systemActions: list[Action] | UnsetType = UNSET


# -- feedback


class Accepted(Table, kw_only=True):
    id: Uuid


class OverrideReason(Table, kw_only=True):
    reason: Coding | UnsetType = UNSET
    userComment: Text | UnsetType = UNSET

    def __post_init__(self) -> None:
        if not has(self.reason) and not has(self.userComment):
            raise ValueError("cds-fb-3: a reason that says nothing")


class Entry(Table, kw_only=True):
    card: Uuid
    outcome: Literal["accepted", "overridden"]  # cds-fb-1
    outcomeTimestamp: Utc
    acceptedSuggestions: list[Accepted] | UnsetType = UNSET
    overrideReason: OverrideReason | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.outcome == "accepted" and not has(self.acceptedSuggestions):
            raise ValueError("cds-fb-2: accepted, and not what")


class Feedback(Table, kw_only=True):
    feedback: list[Entry]


# -- holding to them


def check(value: Any, model: type[Table]) -> None:
    """Raises AssertionError that names the place."""
    empty = sorted(set(empties(value)) - {"$.cards", "$.services"})
    assert not empty, f"{model.__name__}: null or empty: {', '.join(empty)}"
    try:
        found = msgspec.convert(value, model)
    except msgspec.ValidationError as error:
        raise AssertionError(f"{model.__name__}: {error}") from error
    for card in found.cards if isinstance(found, Answer) else ():
        for suggestion in card.suggestions or ():
            for action in suggestion.actions or ():
                validate_model(action.resource)


def empties(value: Any, where: str = "$") -> Iterator[str]:
    """Null, or anything empty, wherever it stands: but for prefetch, where null is a word, and the resources in it."""
    if value in (None, "", [], {}):
        yield where
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if where != "$" or key != "prefetch":
            yield from empties(inner, f"{where}.{key}")


def hold_to_models(app: Flask, *, calls: bool = False) -> None:
    """Every answer of the CDS services of this app is checked; ``calls``: what they are sent as well."""

    @app.after_request
    def checked(response: Response) -> Response:
        parts = request.path.strip("/").split("/")
        if parts[0] == "cds-services" and response.status_code == 200 and request.method != "OPTIONS":
            feedback = parts[-1] == "feedback"
            if not feedback:
                check(response.get_json(), Discovery if len(parts) == 1 else Answer)
            if calls and request.method == "POST":
                check(request.get_json(force=True), Feedback if feedback else Call)
        return response
