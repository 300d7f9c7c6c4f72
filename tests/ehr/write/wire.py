"""The client port over plain HTTP with no authorization, for servers that ask for none."""

from collections.abc import Mapping
from typing import Any

import requests

from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable

FHIR_JSON = "application/fhir+json"
ERRORS = {401: EhrForbidden, 403: EhrForbidden, 409: EhrConflict, 412: EhrConflict}


class Wire:
    def __init__(self, base: str) -> None:
        self.base = base
        self.http = requests.Session()
        self.http.headers["Accept"] = FHIR_JSON

    def _send(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        try:
            answer = self.http.request(
                method,
                f"{self.base}/{path}".rstrip("/"),
                json=body,
                headers={"Content-Type": FHIR_JSON} | named,
                timeout=30,
            )
        except requests.RequestException as error:
            raise EhrUnavailable(str(error)) from error
        if answer.status_code >= 500:
            raise EhrUnavailable(answer.text)
        if answer.status_code >= 400:
            raise ERRORS.get(answer.status_code, EhrRejected)(answer.text)
        return answer.json()

    def post_transaction(self, bundle: dict[str, Any]) -> dict[str, Any]:
        return self._send("POST", "", bundle)

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        query = requests.models.PreparedRequest()
        query.prepare_url(f"{self.base}/{resource_type}", dict(params))
        found = self._send("GET", str(query.url).removeprefix(f"{self.base}/"))
        return [entry["resource"] for entry in found.get("entry", ())]

    def read(self, resource_type: str, resource_id: str) -> dict[str, Any]:
        return self._send("GET", f"{resource_type}/{resource_id}".rstrip("/"))

    def create(self, resource: dict[str, Any], if_none_exist: str = "") -> dict[str, Any]:
        return self._send("POST", resource["resourceType"], resource, If_None_Exist=if_none_exist)

    def update(self, resource: dict[str, Any], if_match: str = "") -> dict[str, Any]:
        return self._send("PUT", f"{resource['resourceType']}/{resource['id']}", resource, If_Match=if_match)
