"""The fault switches: complete, chosen on a page, fired once. What the app does about them: tests/security."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from waitress.server import create_server

from launch.sandbox.fault_answers import (
    BEFORE_FHIR,
    CALLBACK,
    DISCOVERY,
    LOST,
    ON_CODE,
    ON_REFRESH,
    REFUSED,
    SEARCHES,
    TOLD,
)
from launch.sandbox.faults import FAULTS, Place
from launch.sandbox.forgery import CLAIMS, SIGNATURES

from .client import SmartClient, care_plan
from .test_exports import EXPORT_FAULTS

# the list the app is held to, as it was agreed
AGREED = """
authz_{access_denied,denied_no_state,no_state,wrong_state,dup_state,code_and_error}; iss_{ok,mixup};
idt_{wrong_iss,wrong_aud,multi_aud_no_azp,expired,future,wrong_nonce,no_nonce,no_sub,fhiruser_absolute,
fhiruser_offhost,fhiruser_js,alg_none,alg_hs256_pubkey,embedded_jwk,bad_sig,missing}; downscope, empty_scope,
token_type_lower, no_patient, no_expires, no_refresh, refresh_swaps_patient, refresh_invalid_grant,
token_invalid_grant, token_500; disc_{500,redirect,html,issuer_mismatch,token_offhost,relative,no_s256};
fhir_{401,403,write_403,429,503,hang,next_offhost,wrong_patient,write_lost_response,
another_record,transaction_kept,transaction_echoed,index_seconds,index_minutes,weak_etag};
export_{429,half_file,links_expired,removed,fails,errors,two_patients,elsewhere}
"""


def agreed() -> set[str]:
    found = set()
    for prefix, inside, alone in re.findall(r"(\w+_)\{([^}]*)\}|(\w+)", AGREED):
        found |= {prefix + name.strip() for name in inside.split(",")} if prefix else {alone}
    return found


def test_the_table_is_the_agreed_list() -> None:
    assert set(FAULTS) == agreed()
    assert len({fault.says for fault in FAULTS.values()}) == len(FAULTS)


def test_every_fault_does_something_somewhere() -> None:
    acts = {
        Place.CALLBACK: set(CALLBACK),
        Place.ID_TOKEN: {*CLAIMS, *SIGNATURES, "idt_missing"},
        Place.TOKEN: {*ON_CODE, *ON_REFRESH, *(name for name, _ in REFUSED)},
        Place.DISCOVERY: set(DISCOVERY),
        Place.FHIR: {*BEFORE_FHIR, *SEARCHES, *TOLD, LOST},
        Place.EXPORT: EXPORT_FAULTS,  # what each does: tests/sandbox/test_exports.py
    }
    assert {place: {f.name for f in FAULTS.values() if f.place is place} for place in Place} == acts


def fault_of(ehr: Flask, address: str) -> str | None:
    box = ehr.extensions["sandbox"]
    launch = box.ledger.launch(parse_qs(urlsplit(address).query)["launch"][0], "loadpath")
    return launch.context["fault"]


def test_a_chosen_fault_is_fired_in_the_next_launch_and_not_in_the_one_after(ehr: Flask) -> None:
    http = ehr.test_client()
    page = http.get("/faults?patient=bergstrom")
    assert all(f'value="{name}"' in page.text for name in FAULTS)
    chosen = http.post("/faults", data={"fault": "idt_alg_none", "patient": "bergstrom"})
    assert chosen.headers["Location"] == "/chart/bergstrom"
    assert "Next launch: fault <code>idt_alg_none</code>" in http.get("/chart/bergstrom").text
    assert fault_of(ehr, http.get("/chart/bergstrom/tab").headers["Location"]) == "idt_alg_none"
    assert fault_of(ehr, http.get("/chart/bergstrom/tab").headers["Location"]) is None
    assert "<code>idt_alg_none</code>" not in http.get("/chart/bergstrom").text


def test_a_fault_in_the_frame_is_said_above_it(ehr: Flask) -> None:
    http = ehr.test_client()
    http.post("/faults", data={"fault": "no_patient"})
    framed = http.get("/chart/bergstrom/app").text
    assert "This launch: fault <code>no_patient</code>" in framed
    assert "<code>no_patient</code>" not in http.get("/chart/bergstrom/app").text


def test_a_fault_of_discovery_holds_until_it_is_taken_back(ehr: Flask) -> None:
    http = ehr.test_client()
    http.post("/faults", data={"fault": "disc_500"})
    assert ehr.test_client().get("/fhir/.well-known/smart-configuration").status_code == 500
    assert fault_of(ehr, http.get("/chart/bergstrom/tab").headers["Location"]) is None
    http.post("/faults", data={"fault": ""})
    assert ehr.test_client().get("/fhir/.well-known/smart-configuration").status_code == 200


def test_an_unknown_fault_is_refused(ehr: Flask) -> None:
    box = ehr.extensions["sandbox"]
    assert ehr.test_client().post("/faults", data={"fault": "nonsense"}).status_code == 400
    for name in ("nonsense", "disc_500"):
        with pytest.raises(ValueError, match=name):
            box.new_launch("bergstrom", fault=name)
    with pytest.raises(ValueError, match="idt_alg_none"):
        box.faults.discovery = "idt_alg_none"
    with pytest.raises(ValueError, match="disc_500"):
        box.faults.export = "disc_500"


def test_a_fault_of_the_export_holds_until_another_is_chosen(ehr: Flask) -> None:
    box, http = ehr.extensions["sandbox"], ehr.test_client()
    http.post("/faults", data={"fault": "export_429"})
    assert box.faults.export == "export_429" and "export_429" in http.get("/chart/bergstrom").text
    http.post("/faults", data={"fault": "disc_500"})
    assert (box.faults.export, box.faults.discovery) == (None, "disc_500")


@pytest.fixture
def served(ehr: Flask) -> Iterator[str]:
    """The same sandbox behind the server the demo uses, for what only a real connection shows."""
    server = create_server(ehr, host="127.0.0.1", port=0, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/fhir"
    server.close()
    thread.join(timeout=5)


def test_a_lost_answer_is_a_broken_connection_and_a_stored_record(ehr: Flask, client: SmartClient, served: str) -> None:
    session = client.launched(fault="fhir_write_lost_response")
    plan = care_plan(identifier=[{"system": "https://loadpath.example/fhir/plan", "value": "lost"}])
    headers = {**session.bearer, "Content-Type": "application/fhir+json"}
    with pytest.raises(requests.RequestException):
        requests.post(f"{served}/CarePlan", json=plan, headers=headers, timeout=5)
    search = "identifier=https://loadpath.example/fhir/plan|lost"
    assert session.get(f"/CarePlan?{search}").json["total"] == 1
    again = session.post("/CarePlan", plan, If_None_Exist=search)
    assert again.status_code == 200
    assert session.get(f"/CarePlan?{search}").json["total"] == 1


def test_a_fault_is_met_by_its_own_launch_only(client: SmartClient) -> None:
    refused, well = client.launched(fault="fhir_401"), client.launched()
    assert refused.get("/Patient/bergstrom").status_code == 401
    assert well.get("/Patient/bergstrom").status_code == 200
