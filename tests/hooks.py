"""Loadpath as an EHR calls it by CDS Hooks, without a socket; and prefetch as an EHR would make it of a chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from smartapp import create_app
from smartapp.fhir.hooks.discovery import prefetch_key
from smartapp.fhir.read.searches import Search, searches
from smartapp.knowledge import load
from smartapp.settings import Settings
from tests.clock import Clock
from tests.databases import empty_database
from tests.hook_models import hold_to_models
from tests.journey.harness import APP, ISSUERS
from tests.sandboxes import own_patients
from tests.wsgi_transport import Wire

EHR = "http://localhost:8081/fhir"
Resource = dict[str, Any]


@dataclass(frozen=True)
class HookApp:
    app: Flask
    client: FlaskClient
    wire: Wire


def hook_app(folder: Path, *, let_in: bool = True, issuers: str = ISSUERS, apps=None, **settings) -> HookApp:
    """``let_in``: every call is from the first EHR of the issuers file; ``apps``: origins that answer."""
    (folder / "issuers.toml").write_text(issuers)
    wire = Wire(apps or {})
    made = Settings(
        secret="s" * 32, base_url=APP, issuers_file=folder / "issuers.toml", dev_loopback=True,
        database=empty_database(folder / "loadpath.db"), keys=folder / "keys", **settings,
    )  # fmt: skip
    app = create_app(made, clock=Clock(), session_factory=wire, env={}, background=False)
    hold_to_models(app)
    if let_in:
        first = next(iter(app.extensions["loadpath"].smart.issuers))
        app.extensions["loadpath-hook-callers"] = lambda: first
    return HookApp(app, app.test_client(), wire)


# -- prefetch, as an EHR makes it


def prefetch_of(resources: Iterable[Resource], patient: str, /, **instead: Any) -> dict[str, Any]:
    """What an EHR answers to each template; ``instead`` replaces keys (``_`` for ``-``), ``...`` leaves one out."""
    records = [each for each in resources if isinstance(each, dict)]
    found = {prefetch_key(search): _answer(search, records, patient) for search in searches(load().codes)}
    found |= {key.replace("_", "-"): value for key, value in instead.items()}
    return {key: value for key, value in found.items() if value is not ...}


def _answer(search: Search, records: Sequence[Resource], patient: str) -> Resource | None:
    if search.resource == "Patient":
        return next((r for r in records if r.get("resourceType") == "Patient" and r.get("id") == patient), None)
    hits = [r for r in records if r.get("resourceType") == search.resource and _matches(r, search.params, patient)]
    entries = [{"fullUrl": f"{EHR}/{r['resourceType']}/{r.get('id')}", "resource": r} for r in hits]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(hits), "entry": entries}


def _matches(record: Resource, params: Mapping[str, str], patient: str) -> bool:
    named = record.get("subject") or record.get("patient") or {}
    if not str(named.get("reference", "")).endswith(patient):
        return False
    for name, wanted in params.items():
        if name == "intent" and record.get("intent") != wanted:
            return False
        if name in ("category", "code"):
            values = record.get(name) or []
            values = values if isinstance(values, list) else [values]
            tokens = {t for v in values for c in v.get("coding", []) for t in _tokens(c)}
            if tokens.isdisjoint(wanted.split(",")):
                return False
    return True


def _tokens(coding: Resource) -> tuple[str, str]:
    return f"{coding.get('system')}|{coding.get('code')}", str(coding.get("code"))


def sandbox_patients() -> dict[str, list[Resource]]:
    """Id -> the records of each made-up patient."""
    store = own_patients()
    ids = [each.id for each in store.every("Patient")]
    kinds = sorted(store.counts())
    return {id_: [e.resource for kind in kinds for e in store.every(kind, id_)] for id_ in ids}


def body(hook: str, patient: str, prefetch: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A call as the specification shows it; ``...`` leaves a field out, ``context`` is merged."""
    context = {"userId": "Practitioner/okafor", "patientId": patient, **changes.pop("context", {})}
    given = {
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {name: value for name, value in context.items() if value is not ...},
        "prefetch": prefetch if prefetch is not None else ...,
        **changes,
    }
    return {name: value for name, value in given.items() if value is not ...}


def order(text: str, id_: str = "draft1", **more: Any) -> Resource:
    """An order being written."""
    return {
        "resourceType": "ServiceRequest", "id": id_, "status": "draft", "intent": "order",
        "code": {"text": text}, "subject": {"reference": more.pop("subject", "Patient/none")}, **more,
    }  # fmt: skip


def bundle(*resources: Resource) -> Resource:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
