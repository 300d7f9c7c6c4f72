"""The same launch with PyPI's fhirclient: its own authorization, its own searches one after another, one transaction.

Kept as kind to it as can be: it neither derives nor draws anything, does not check the id_token, and sends a Bundle
that was made before the clock started.
"""

import time
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import requests
from fhirclient.client import FHIRClient

from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.scopes import requested_scope

# What Loadpath asks for, less the launch itself, which fhirclient adds.
SCOPE = requested_scope(Issuer("bench", "http://localhost/fhir", "fhirclient"), (), True).removeprefix("launch ")


class FhirclientSide:
    name = "fhirclient"

    def __init__(self, fhir_base: str, redirect_uri: str, searches: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        self.fhir_base, self.redirect_uri, self.searches = fhir_base, redirect_uri, tuple(searches)
        # One pool of connections for all launches, as a server would keep it.
        self.session = requests.Session()

    def authorize(self, launch: str) -> None:
        """Everything before the callback, not timed: capability statement, authorization request, approval."""
        self.client = FHIRClient(
            settings={
                "app_id": "fhirclient",
                "api_base": self.fhir_base,
                "redirect_uri": self.redirect_uri,
                "scope": SCOPE,
                "launch_token": launch,
            }
        )
        self.client.server.session = self.session
        self.client.prepare()
        answer = requests.get(self.client.authorize_url, allow_redirects=False, timeout=60)
        self.callback = answer.headers["Location"]
        if not self.callback.startswith(self.redirect_uri):
            raise RuntimeError(f"fhirclient was not authorized: {answer.status_code} {self.callback[:200]}")

    def bring(self, bundle: Any) -> None:
        """The Bundle it will send."""
        self.bundle = bundle

    def callback_to_plan(self) -> float:
        began = time.monotonic()
        self.client.handle_callback(self.callback)
        found = [self.client.patient]
        for resource_type, params in self.searches:
            model = getattr(import_module(f"fhirclient.models.{resource_type.lower()}"), resource_type)
            asked = {name: value.replace("{patient}", self.client.patient_id) for name, value in params.items()}
            found += model.where(struct=asked).perform_resources_iter(self.client.server)
        took = time.monotonic() - began
        if len(found) < 5:
            raise RuntimeError("fhirclient read next to nothing: the comparison would be void")
        return took

    def sign_to_receipt(self) -> float:
        began = time.monotonic()
        answer = self.client.server.post_json("", self.bundle)
        took = time.monotonic() - began
        statuses = [entry["response"]["status"][:3] for entry in answer.json()["entry"]]
        if set(statuses) - {"200", "201"}:
            raise RuntimeError(f"fhirclient's transaction did not land: {statuses}")
        return took
