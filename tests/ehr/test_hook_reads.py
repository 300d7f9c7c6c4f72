"""What a CDS Hooks call brings, and what is read besides: each kind of prefetch told apart, in one budget of time."""

import json
import logging
import threading
import time
from urllib.parse import parse_qsl

import pytest
from flask import Flask, Response, request

from smartapp.errors import ChartNotSent
from tests.hooks import EHR, body, hook_app, prefetch_of, sandbox_patients

ORIGIN = "http://localhost:8081"
OUTCOME = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "timeout", "details": {"text": "The interface engine is down."}}],
}
GRANT = {"access_token": "t0ken-of-this-call", "token_type": "Bearer", "expires_in": 300, "scope": "s", "subject": "x"}
ACCESS = {"fhirServer": EHR, "fhirAuthorization": GRANT}
PATIENT = "haddad"
# What has no answer in the chart is answered with nothing.
EMPTY = {"resourceType": "Bundle", "type": "searchset", "total": 0}


class FakeEhr:
    """Answers each search of one patient; ``slow`` seconds each, ``status`` where it refuses."""

    def __init__(self, records, slow=0.0, status=200):
        self.whole, self.slow, self.status = prefetch_of(records, PATIENT), slow, status
        self.asked, self._lock = [], threading.Lock()
        self.app = Flask("fake")
        self.app.add_url_rule("/fhir/<path:what>", view_func=self.answer)

    def answer(self, what):
        with self._lock:
            self.asked.append((what, dict(parse_qsl(request.query_string.decode())), request.headers["Authorization"]))
        time.sleep(self.slow)
        if self.status != 200:
            return Response(json.dumps(OUTCOME), self.status, mimetype="application/fhir+json")
        return Response(json.dumps(self._found(what)), 200, mimetype="application/fhir+json")

    def _found(self, what):
        from smartapp.fhir.hooks.discovery import prefetch_key
        from smartapp.fhir.read.searches import searches
        from smartapp.knowledge import load

        if what == f"Patient/{PATIENT}":
            return self.whole["patient"]
        if "endless" in request.args:
            return paged_procedures(len(self.asked) + 2)
        given = {name: value for name, value in request.args.items() if name not in ("patient", "page")}
        for search in searches(load().codes):
            if search.resource == what and {k: v for k, v in search.params.items() if k != "patient"} == given:
                return self.whole[prefetch_key(search)]
        return EMPTY


@pytest.fixture(scope="module")
def records():
    return sandbox_patients()[PATIENT]


def asked(tmp_path, prefetch, ehr=None, settings=None, **changes):
    made = hook_app(tmp_path, apps={ORIGIN: ehr.app} if ehr else {}, **(settings or {}))
    answer = made.client.post(
        "/cds-services/loadpath-patient-view", json=body("patient-view", PATIENT, prefetch, **changes)
    )
    return made, answer


def detail(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["cards"][0]["detail"]


def summary(answer):
    return answer.get_json()["cards"][0]["summary"]


def test_a_whole_prefetch_is_not_asked_for_again(tmp_path, records):
    ehr = FakeEhr(records)
    made, answer = asked(tmp_path, prefetch_of(records, PATIENT), ehr, **ACCESS)
    assert "Not read" not in detail(answer) and not ehr.asked and not made.wire.seen


def test_nothing_prefetched_is_read_with_the_token_of_the_call(tmp_path, records):
    ehr = FakeEhr(records)
    _, whole = asked(tmp_path, prefetch_of(records, PATIENT))
    (tmp_path / "b").mkdir()
    made, answer = asked(tmp_path / "b", None, ehr, settings={"hook_seconds": 20.0}, **ACCESS)
    assert detail(answer) == detail(whole) and summary(answer) == summary(whole)
    assert {token for _, _, token in ehr.asked} == {"Bearer t0ken-of-this-call"}
    assert len(ehr.asked) == len(prefetch_of(records, PATIENT))
    events = list(made.app.extensions["loadpath"].store.audit.events())
    assert events and not any("t0ken" in str(each) for each in events)


def test_only_the_absent_key_is_read(tmp_path, records):
    ehr = FakeEhr(records)
    _, answer = asked(
        tmp_path, prefetch_of(records, PATIENT, procedures=...), ehr, settings={"hook_seconds": 20.0}, **ACCESS
    )
    assert [what for what, *_ in ehr.asked] == ["Procedure"] and "Not read" not in detail(answer)


def test_an_absent_key_without_access_is_named(tmp_path, records):
    _, answer = asked(tmp_path, prefetch_of(records, PATIENT, procedures=...))
    assert "procedures: not permitted. It was not sent with this call, which gives no access to read it." in detail(
        answer
    )


def test_null_is_no_data(tmp_path, records):
    _, answer = asked(tmp_path, prefetch_of(records, PATIENT, procedures=None))
    assert "Not read" not in detail(answer)


def test_an_outcome_is_named_and_not_asked_again(tmp_path, records):
    ehr = FakeEhr(records)
    _, answer = asked(tmp_path, prefetch_of(records, PATIENT, warnings_on_the_chart=OUTCOME), ehr, **ACCESS)
    assert "warnings on the chart: could not be read. The EHR could not fetch it. The interface engine" in detail(
        answer
    )
    assert not ehr.asked


def test_an_outcome_among_the_results_is_named(tmp_path, records):
    procedures = {**EMPTY, "entry": [{"resource": OUTCOME, "search": {"mode": "outcome"}}]}
    _, answer = asked(tmp_path, prefetch_of(records, PATIENT, procedures=procedures))
    assert "procedures: the EHR says: The interface engine is down." in detail(answer)


def paged(records, link):
    whole = prefetch_of(records, PATIENT)["diagnoses-on-the-problem-list"]
    assert whole["total"] >= 2
    return {**whole, "entry": whole["entry"][:1], "link": [{"relation": "next", "url": link}]}


def test_further_pages_are_read_under_the_base(tmp_path, records):
    ehr = FakeEhr(records)
    first = paged(records, f"{EHR}/Condition?patient={PATIENT}&category=problem-list-item&page=2")
    prefetch = prefetch_of(records, PATIENT, diagnoses_on_the_problem_list=first)
    _, answer = asked(tmp_path, prefetch, ehr, settings={"hook_seconds": 20.0}, **ACCESS)
    assert [what for what, *_ in ehr.asked] == ["Condition"] and "Not read" not in detail(answer)


@pytest.mark.parametrize(
    ("link", "access", "says"),
    [
        (f"{EHR}/Condition?page=2", {}, "page 2 could not be read"),
        ("https://elsewhere.example/fhir/Condition?page=2", ACCESS, "more pages lie on another server"),
    ],
)
def test_a_page_that_may_not_be_read_is_named(tmp_path, records, link, access, says):
    prefetch = prefetch_of(records, PATIENT, diagnoses_on_the_problem_list=paged(records, link))
    made, answer = asked(tmp_path, prefetch, FakeEhr(records), **access)
    assert says in detail(answer) and not made.wire.seen


def test_fewer_than_counted_is_named(tmp_path, records):
    whole = prefetch_of(records, PATIENT)["procedures"]
    _, answer = asked(tmp_path, prefetch_of(records, PATIENT, procedures={**whole, "total": whole["total"] + 3}))
    assert "the others were not read" in detail(answer)


@pytest.mark.parametrize(
    ("seconds", "says", "asks"),
    [(0.2, "The EHR did not answer in time.", 2), (1e-9, "there was no time to read it.", 0)],
)
def test_the_time_for_reading_is_bounded(tmp_path, records, seconds, says, asks):
    ehr = FakeEhr(records, slow=0.4)
    prefetch = prefetch_of(records, PATIENT, procedures=paged_procedures(), visits=...)
    begun = time.monotonic()
    told = detail(asked(tmp_path, prefetch, ehr, settings={"hook_seconds": seconds}, **ACCESS)[1])
    assert "procedures: page 2 could not be read: " in told and "visits: could not be read. " in told and says in told
    assert time.monotonic() - begun < 3 and len(ehr.asked) == asks


def paged_procedures(page=2):
    return {**EMPTY, "link": [{"relation": "next", "url": f"{EHR}/Procedure?endless={page}"}], "total": 5}


@pytest.mark.parametrize("status", [401, 403, 500])
def test_where_reading_is_refused_the_answer_says_what_is_missing(tmp_path, records, status):
    prefetch = prefetch_of(records, PATIENT, procedures=...)
    _, answer = asked(tmp_path, prefetch, FakeEhr(records, status=status), **ACCESS)
    assert "procedures: " in detail(answer)


MISSING = [
    ({}, None, "The patient's own record could not be had"),
    ({"patient": None}, None, "The patient's own record could not be had: The EHR has no such record."),
    ({"patient": ...}, None, "It was not sent with this call, which gives no access to read it."),
    ({"patient": OUTCOME}, None, "The interface engine is down."),
    (
        {"diagnoses-on-the-problem-list": ..., "diagnoses-made-at-visits": ..., "diagnoses-without-a-category": ...},
        None,
        "Without the patient's diagnoses nothing can be said.",
    ),
]


@pytest.mark.parametrize(("changes", "access", "says"), MISSING)
def test_what_cannot_be_had_is_412(tmp_path, records, changes, access, says):
    whole = prefetch_of(records, PATIENT, **changes) if changes else None
    _, answer = asked(tmp_path, whole, **(access or {}))
    assert answer.status_code == ChartNotSent.status == 412
    assert says in answer.get_json()["issue"][0]["details"]["text"]


def test_the_diagnoses_of_one_search_are_enough(tmp_path, records):
    prefetch = prefetch_of(records, PATIENT, diagnoses_made_at_visits=OUTCOME)
    assert "diagnoses made at visits: could not be read" in detail(asked(tmp_path, prefetch)[1])


def test_the_token_is_nowhere_afterwards(tmp_path, records, caplog):
    caplog.set_level(logging.DEBUG)
    made, _ = asked(tmp_path, prefetch_of(records, PATIENT, procedures=...), FakeEhr(records, status=401), **ACCESS)
    made.app.extensions["loadpath"].store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"t0ken" not in kept and "t0ken" not in caplog.text


def test_what_a_call_brings_whole_waits_for_no_thread(tmp_path, records, monkeypatch):
    """Only what is asked for does; and what was stated here is read and opened once."""
    made = hook_app(tmp_path)
    wiring = made.app.extensions["loadpath"]
    threads, opened = [], []
    pool = wiring.pools.of(next(iter(wiring.smart.issuers)).iss)
    submit, stated = pool.submit, wiring.store.records.attestations_of
    monkeypatch.setattr(pool, "submit", lambda *task: threads.append(task) or submit(*task))
    monkeypatch.setattr(wiring.store.records, "attestations_of", lambda key: opened.append(key) or stated(key))
    whole = prefetch_of(records, PATIENT)
    for prefetch in (whole, {**whole, "procedures": OUTCOME}):
        call = body("patient-view", PATIENT, prefetch)
        assert detail(made.client.post("/cds-services/loadpath-patient-view", json=call))
    assert len(threads) == 1 and len(opened) == 2
