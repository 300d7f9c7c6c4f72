"""The CapabilityStatement: what this server really does, generated from the tables that do it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .search_parameters import PARAMETERS, parameters_of
from .words import EHR_NAME

OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
SEARCH_TYPES = {"id": "token"}


def capability_statement(base: str, held: Iterable[str], *, date: str) -> dict[str, Any]:
    """R4 CapabilityStatement of the endpoint at ``base``; ``held`` names the types there are resources of."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": EHR_NAME},
        "implementation": {"description": f"{EHR_NAME}, a sandbox with invented patients", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "resource": [_resource(type_) for type_ in sorted({*PARAMETERS, *held})],
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }


def secured(statement: dict[str, Any], issuer: str) -> dict[str, Any]:
    """The statement with the authorization server in front of it named."""
    rest = [{"mode": "server", "security": _security(issuer), **part} for part in statement.get("rest", [])]
    return {**statement, "rest": rest}


def _security(issuer: str) -> dict[str, Any]:
    endpoints = {"authorize": "authorize", "token": "token", "introspect": "introspect", "revoke": "revoke"}
    return {
        "extension": [
            {
                "url": OAUTH_URIS,
                "extension": [{"url": name, "valueUri": f"{issuer}/{path}"} for name, path in endpoints.items()],
            }
        ],
        "cors": False,
        "service": [{"coding": [{"system": SECURITY, "code": "SMART-on-FHIR"}]}],
    }


def _resource(type_: str) -> dict[str, Any]:
    codes = ["read", "vread", "search-type", "create", "update", "history-instance"]
    return {
        "type": type_,
        "interaction": [{"code": code} for code in codes],
        "versioning": "versioned",
        "readHistory": True,
        "updateCreate": False,
        "conditionalCreate": True,
        "conditionalUpdate": False,
        "conditionalDelete": "not-supported",
        "referencePolicy": ["literal", "enforced"],
        "searchParam": [
            {"name": name, "type": SEARCH_TYPES.get(kind, kind)} for name, (kind, _) in parameters_of(type_).items()
        ],
    }
