"""A write of one launch -> what an EHR makes of it that does not do what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from flask import Response, abort, request

from .compartment import Resource
from .faults import ELSEWHERE
from .ledger import Grant
from .outcome import Refused
from .state import sandbox


def is_transaction() -> bool:
    """Is a Bundle sent to the base?"""
    return request.method == "POST" and request.path.rstrip("/") == "/fhir"


def _kept(grant: Grant) -> None:
    if is_transaction():
        kept = f"Bundle/kept-{sandbox().ledger.count_fault(grant)}"
        headers = {"Location": f"{sandbox().config.fhir_base}/{kept}/_history/1"}
        body = {**(request.get_json(silent=True) or {}), "id": kept.partition("/")[2]}
        abort(Response(json.dumps(body), 201, headers, mimetype="application/fhir+json"))


def _another_record(grant: Grant) -> None:
    if is_transaction():
        raise Refused(405, "this sandbox was asked to take one record at a time")
    if request.method == "POST" and request.path == "/fhir/CarePlan" and "If-None-Exist" in request.headers:
        found = sandbox().store.put(_diabetes_plan(grant), new_version=False)
        place = f"{sandbox().config.fhir_base}/{found.reference}/_history/{found.version}"
        headers = {"ETag": found.etag, "Location": place}
        abort(Response(json.dumps(found.resource), 200, headers, mimetype="application/fhir+json"))


def _diabetes_plan(grant: Grant) -> Resource:
    return {
        "resourceType": "CarePlan", "id": f"diabetes-{grant.patient}", "status": "active", "intent": "plan",
        "title": "Diabetes", "subject": {"reference": f"Patient/{grant.patient}"},
        "identifier": [{"system": f"{ELSEWHERE}/plan", "value": "7"}],
    }  # fmt: skip


def _strong_etags_only(grant: Grant) -> None:
    body = request.get_json(silent=True) if is_transaction() else None
    asked = [entry.get("request", {}).get("ifMatch", "") for entry in (body or {}).get("entry", [])]
    if any(etag.startswith("W/") for etag in [*asked, request.headers.get("If-Match", "")]):
        raise Refused(412, "this sandbox was asked to compare strong ETags only")


BEFORE_WRITE: Mapping[str, Callable[[Grant], None]] = {
    "fhir_another_record": _another_record,
    "fhir_transaction_kept": _kept,
    "fhir_weak_etag": _strong_etags_only,
}


def _lags(seconds: float) -> Callable[[Resource, Grant], Resource]:
    def shown(body: Resource, grant: Grant) -> Resource:
        by_identifier = {"identifier", "_tag"} & set(request.args)
        if not by_identifier or grant.wrote is None or sandbox().ledger.clock() >= grant.wrote + seconds:
            return body
        return {**body, "total": 0, "entry": []}

    return shown


LAGGING: Mapping[str, Callable[[Resource, Grant], Resource]] = {
    "fhir_index_seconds": _lags(30),
    "fhir_index_minutes": _lags(600),
}
# what is said of a transaction that was carried out: the Bundle as it was sent -> the body
TOLD: Mapping[str, Callable[[bytes], bytes]] = {
    "fhir_transaction_echoed": lambda sent: sent,
    "fhir_index_seconds": lambda sent: b"",
    "fhir_index_minutes": lambda sent: b"",
}


def tell(response: Response, grant: Grant) -> None:
    """A transaction was carried out; its answer says less."""
    grant.wrote = sandbox().ledger.clock()
    response.set_data(TOLD[grant.context["fault"]](request.get_data()))
