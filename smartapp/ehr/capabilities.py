"""A server's CapabilityStatement -> what can be written there and how: by which methods a plan may go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from smartapp.ehr.http_client import HttpClient, TtlCache
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.subscriptions import OFFERED_TOPIC
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.settings import Settings


@dataclass(frozen=True)
class Capabilities:
    """What the server declares. What it does not declare counts as not there: no write is tried on hope."""

    transaction: bool = False
    batch: bool = False
    interactions: Mapping[str, frozenset[str]] = field(default_factory=dict)  # type -> create, read, search-type ...
    conditional_create: frozenset[str] = frozenset()
    search_parameters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    includes: frozenset[str] = frozenset()  # what a search may bring along: MedicationRequest:medication ...
    topics: frozenset[str] = frozenset()  # of changes it tells to who subscribes
    exports: frozenset[str] = frozenset()  # levels of Bulk Data $export: system, Patient, Group
    declared: bool = True  # False: no statement could be read

    def can(self, resource_type: str, interaction: str) -> bool:
        return interaction in self.interactions.get(resource_type, frozenset())


class CapabilityCache:
    """Each EHR's capabilities, kept like its SMART configuration."""

    def __init__(self, http_client: HttpClient, settings: Settings):
        self._http_client, self._half = http_client, settings.discovery_seconds / 2
        self._cache: TtlCache[Capabilities] = TtlCache(settings.discovery_seconds)

    def of(self, issuer: Issuer, renew: bool = False) -> Capabilities:
        """Never raises: an EHR without a readable statement has no declared capability.

        ``renew`` fetches it off any user's chain once half its lifetime is over.
        """
        try:
            return self._cache.get(issuer.iss, lambda: self._fetch(issuer), self._half if renew else None)
        except EhrError:
            return Capabilities(declared=False)

    def known(self, issuer: Issuer) -> Capabilities:
        """As :meth:`of` without asking the EHR: for what must not wait, and can be done without."""
        return self._cache.peek(issuer.iss) or Capabilities(declared=False)

    def _fetch(self, issuer: Issuer) -> Capabilities:
        answer = self._http_client.send("GET", f"{issuer.iss}/metadata", headers={"Accept": "application/fhir+json"})
        if answer.status_code >= 500:
            raise EhrUnavailable("The EHR's capability statement could not be read.")
        try:
            statement = answer.object() if answer.ok else {}
        except ValueError:
            statement = {}
        if statement.get("resourceType") != "CapabilityStatement":
            return Capabilities(declared=False)  # kept: asking again at every signature would not change it
        return parse_capabilities(statement)


def parse_capabilities(statement: Mapping[str, Any]) -> Capabilities:
    """The server part of a CapabilityStatement; odd elements are passed over."""
    servers = [rest for rest in _dicts(statement.get("rest")) if rest.get("mode", "server") == "server"]
    rest = servers[0] if servers else {}
    system = _codes(rest.get("interaction"))
    resources = {r["type"]: r for r in _dicts(rest.get("resource")) if isinstance(r.get("type"), str)}
    return Capabilities(
        transaction="transaction" in system,
        batch="batch" in system,
        interactions={kind: _codes(r.get("interaction")) for kind, r in resources.items()},
        conditional_create=frozenset(kind for kind, r in resources.items() if r.get("conditionalCreate") is True),
        search_parameters={
            kind: frozenset(str(p.get("name")) for p in _dicts(r.get("searchParam"))) for kind, r in resources.items()
        },
        topics=frozenset(_topics(resources.get("Subscription", {}))),
        exports=frozenset(level for level, part in [("system", rest), *resources.items()] if _exports(part)),
        includes=frozenset(name for r in resources.values() for name in _strings(r.get("searchInclude"))),
    )


def _exports(part: Mapping[str, Any]) -> bool:
    return any(operation.get("name") in ("export", "$export") for operation in _dicts(part.get("operation")))


def _topics(subscription: Mapping[str, Any]) -> Iterator[str]:
    if "create" in _codes(subscription.get("interaction")):
        named = (each for each in _dicts(subscription.get("extension")) if each.get("url") == OFFERED_TOPIC)
        yield from (each["valueCanonical"] for each in named if isinstance(each.get("valueCanonical"), str))


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _codes(value: Any) -> frozenset[str]:
    return frozenset(item["code"] for item in _dicts(value) if isinstance(item.get("code"), str))
