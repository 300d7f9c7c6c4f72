"""What writing asks of the FHIR HTTP client: one method per interaction, errors as in :mod:`smartapp.errors`."""

from collections.abc import Mapping
from typing import Any, Protocol


class FhirClient(Protocol):
    """Raises ``EhrUnavailable`` where the outcome is unknown; ``EhrForbidden``, ``EhrRejected``, ``EhrConflict``."""

    def post_transaction(self, bundle: dict[str, Any]) -> dict[str, Any]:
        """The transaction-response Bundle."""
        ...

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        """Matching resources of all pages."""
        ...

    def read(self, resource_type: str, resource_id: str) -> dict[str, Any]: ...


class FhirWriter(FhirClient, Protocol):
    """The same for servers without transactions: one resource at a time."""

    def create(self, resource: dict[str, Any], if_none_exist: str = "") -> dict[str, Any]:
        """POST with If-None-Exist; the resource as stored, at least with ``id`` and ``meta.versionId``."""
        ...

    def update(self, resource: dict[str, Any], if_match: str = "") -> dict[str, Any]:
        """PUT with If-Match; the resource as stored."""
        ...
