"""The client port over plain HTTP with no authorization, for servers that ask for none."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests

from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable
from smartapp.fhir.json import version_of

FHIR_JSON = "application/fhir+json"
ERRORS = {401: EhrForbidden, 403: EhrForbidden, 409: EhrConflict, 412: EhrConflict}


class Wire:
    def __init__(self, base: str) -> None:
        self.base = base
        self.http = requests.Session()
        self.http.headers["Accept"] = FHIR_JSON

    def _call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, Any]:
        try:
            answer = self.http.request(
                method, f"{self.base}/{path}".rstrip("/"), json=body, headers=headers, timeout=30
            )
        except requests.RequestException as error:
            raise EhrUnavailable(str(error)) from error
        return answer.status_code, answer.text, answer.json() if answer.ok else None

    def _send(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        return self._told(method, path, body, **headers)[0]

    def _told(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[dict[str, Any], int]:
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        status, text, found = self._call(method, path, body, {"Content-Type": FHIR_JSON} | named)
        if status >= 500:
            raise EhrUnavailable(text)
        if status >= 400:
            error = ERRORS.get(status, EhrRejected)(text)
            error.http_status = status
            raise error
        return dict(found), status

    def post_transaction(self, bundle: dict[str, Any]) -> dict[str, Any]:
        return self._send("POST", "", bundle)

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        found = self._send("GET", f"{resource_type}?{urlencode(dict(params))}")
        return [entry["resource"] for entry in found.get("entry", ())]

    def read(self, resource_type: str, resource_id: str) -> dict[str, Any]:
        return self._send("GET", f"{resource_type}/{resource_id}".rstrip("/"))

    def create(self, resource: dict[str, Any], if_none_exist: str = "") -> Reply:
        stored, status = self._told("POST", resource["resourceType"], resource, If_None_Exist=if_none_exist)
        return Reply(status, f"{stored['resourceType']}/{stored['id']}", version_of(stored), stored)

    def update(self, resource: dict[str, Any], if_match: str = "") -> Reply:
        path = f"{resource['resourceType']}/{resource['id']}"
        stored, status = self._told("PUT", path, resource, If_Match=if_match)
        return Reply(status, path, version_of(stored), stored)
