"""What writing asks of the FHIR HTTP client: one method per interaction, errors as in :mod:`smartapp.errors`."""

from collections.abc import Mapping
from typing import Any, Protocol

from smartapp.ehr.replies import Reply


class FhirWriter(Protocol):
    """Raises ``EhrUnavailable`` where the outcome is unknown; ``EhrForbidden``, ``EhrRejected``, ``EhrConflict``."""

    def post_transaction(self, bundle: dict[str, Any]) -> dict[str, Any]:
        """The transaction-response Bundle, or whatever JSON object the EHR answers with."""
        ...

    def create(self, resource: dict[str, Any], if_none_exist: str = "") -> Reply:
        """POST, with If-None-Exist where given."""
        ...

    def update(self, resource: dict[str, Any], if_match: str = "") -> Reply:
        """PUT, with If-Match where given."""
        ...

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        """Matching resources of all pages."""
        ...

    def read(self, resource_type: str, resource_id: str) -> dict[str, Any]: ...
