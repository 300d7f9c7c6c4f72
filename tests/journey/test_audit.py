"""What a journey leaves behind: in the audit trail everything that matters, in the ordinary log nothing of it."""

import json
import logging
import re
from base64 import b64decode
from urllib.parse import parse_qs, urlsplit

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from smartapp.cli import main
from smartapp.logs import Json
from smartapp.web.audit import REFUSALS_A_MINUTE
from tests.journey.harness import APP, EHR, make_harness

BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."


def trail(harness):
    return list(harness.app.extensions["loadpath"].store.audit.events())


def kind(event):
    """type, first subtype, outcome: how an auditor would sort them."""
    return event["type"]["code"], event.get("subtype", [{"code": ""}])[0]["code"], event["outcome"]


def kinds(harness):
    return [kind(event) for event in trail(harness)]


def whole_journey(harness, browser):
    """Launch, statement, edit, source, signature, both copies, an attempt with a foreign form, logout."""
    page = harness.open(browser, "bergstrom")
    page = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    page = browser.press(page, page.form("/decide", item="E11.dose"), "Remove")
    source = re.search(r'href="(/l/[^"]+/source/[^"]+)"', page.text)
    browser.get(APP + source[1])
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart"
    for form in ("text", "json"):
        browser.get(f"{receipt.url}?copy={form}")
    browser.post(f"{APP}/l/{page.launch_id}/undo", {"token": "foreign"})
    browser.press(receipt, page.form("/leave"))
    return page


# -- the trail


def test_every_step_of_a_journey_is_there_in_order(harness):
    whole_journey(harness, harness.browser())
    steps = [found for found in kinds(harness) if found[0] != "rest"]
    assert steps == [
        ("110114", "110122", "0"),  # login
        ("attest", "", "0"),  # the statement
        ("attest", "", "0"),  # the signature
        ("110106", "", "0"),  # a copy as text
        ("110106", "", "0"),  # a copy as JSON
        ("110113", "110132", "4"),  # a foreign form
        ("110114", "110123", "0"),  # logout
    ]


def test_every_request_to_the_ehr_has_its_event(harness):
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 200
    searches = [found for found in kinds(harness) if found[:2] == ("rest", "search")]
    reads = [found for found in kinds(harness) if found[:2] == ("rest", "read")]
    sent = [
        s for s in harness.wire.seen if s.method == "GET" and s.path.startswith("/fhir/") and "well-known" not in s.path
    ]
    assert len(searches) == sum("?" in s.url for s in sent) >= 10
    assert len(reads) == sum("?" not in s.url for s in sent if not s.path.endswith("/metadata")) >= 1


def test_each_record_written_has_an_event_that_names_it(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    before = len(trail(harness))
    browser.press(page, page.form("/sign"))
    written = {
        entity["what"]["reference"].removeprefix(f"{EHR}/fhir/").partition("/_history")[0]
        for event in trail(harness)[before:]
        if kind(event)[:2] == ("rest", "create")
        for entity in event["entity"]
        if entity["type"]["code"] == "2"
    }
    in_chart = {
        f"{r['resourceType']}/{r['id']}" for k in ("CarePlan", "ServiceRequest", "Goal")
        for r in harness.in_chart(k, "bergstrom")
    }  # fmt: skip
    assert in_chart <= written
    assert all(
        re.fullmatch(r"(CarePlan|ServiceRequest|Goal|Task|Provenance|DocumentReference)/.+", name) for name in written
    )


def test_the_signature_is_in_the_trail_before_anything_is_written(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/sign"))
    codes = [event["type"]["code"] for event in trail(harness)]
    writes = [i for i, event in enumerate(trail(harness)) if kind(event)[1] == "create"]
    assert writes and codes.index("attest") < writes[0]


def test_every_event_is_fhir_and_names_user_app_patient_and_request(harness):
    whole_journey(harness, harness.browser())
    for event in trail(harness):
        AuditEvent.model_validate(event)
        (user,) = [agent for agent in event["agent"] if agent["requestor"]]
        assert user["who"]["reference"] == f"{EHR}/fhir/Practitioner/okafor"
        assert user["who"]["identifier"]["value"]
        assert any(agent["who"].get("identifier", {}).get("value") == "loadpath" for agent in event["agent"])
        patients = [e["what"]["reference"] for e in event["entity"] if e["type"]["code"] == "1"]
        assert patients == [f"{EHR}/fhir/Patient/bergstrom"]
        assert [e for e in event["entity"] if e["type"]["code"] == "XrequestId" and e["what"]["identifier"]["value"]]


def test_rest_events_follow_their_balp_pattern(harness):
    """The rules of BALP 1.1.4 PatientRead, PatientQuery and PatientCreate, as far as they constrain R4."""
    whole_journey(harness, harness.browser())
    flow = {"Read": ("110152", "110153"), "Query": ("110153", "110152"), "Create": ("110153", "110152")}
    seen = set()
    for event in trail(harness):
        for profile in event.get("meta", {}).get("profile", []):
            name = profile.removeprefix(f"{BALP}Patient")
            seen.add(name)
            assert event["type"] == event["type"] | {
                "system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest",
            }  # fmt: skip
            assert (event["action"], event["outcome"]) == ({"Read": "R", "Query": "E", "Create": "C"}[name], "0")
            client, server, user = event["agent"]
            codes = tuple(agent["type"]["coding"][0]["code"] for agent in (client, server))
            assert codes == flow[name]
            assert client["network"]["address"] == "127.0.0.1" and server["network"]["address"] == "localhost"
            assert user["type"]["coding"][0]["code"] == ("AUT" if name == "Create" else "IRCP")
            assert user["requestor"] is True and "network" not in user
            objects = [entity for entity in event["entity"] if entity["type"]["code"] == "2"]
            assert len(objects) == 1 and objects[0]["role"]["code"] == ("24" if name == "Query" else "4")
            assert ("what" in objects[0]) is (name != "Query")
    assert seen == {"Read", "Query", "Create"}


def test_a_query_holds_exactly_what_was_asked(harness):
    harness.open(harness.browser(), "bergstrom")
    asked = {
        b64decode(entity["query"]).decode()
        for event in trail(harness) for entity in event["entity"] if "query" in entity
    }  # fmt: skip
    sent = {
        s.url.removeprefix(f"{EHR}/fhir") for s in harness.wire.seen if s.path.startswith("/fhir/") and "?" in s.url
    }
    assert asked == sent and len(sent) >= 10


def test_a_write_that_fails_or_is_never_answered_is_in_the_trail(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    harness.wire.after = _lose_writes
    browser.press(page, page.form("/sign"))
    lost = [event for event in trail(harness) if event.get("outcomeDesc", "").startswith("no answer")]
    assert lost and all(event["outcome"] == "8" and "meta" not in event for event in lost)


def _lose_writes(sent):
    import requests

    if sent.method in ("POST", "PUT") and sent.path.startswith("/fhir"):
        raise requests.ConnectionError("the line went dead")


# -- refusals


def test_refused_launches_are_in_the_trail(harness):
    browser = harness.browser()
    browser.get(f"{APP}/launch?iss=https://evil.example/fhir&launch=x")
    browser.get(f"{APP}/callback?code=a&state=b")
    harness.open(browser, "bergstrom", answer="Deny")
    events = trail(harness)
    assert [kind(event) for event in events] == [("110114", "110122", "4")] * 3
    assert [event["outcomeDesc"] for event in events] == ["UnknownIssuer", "LaunchForged", "LaunchRefused"]
    assert "evil" not in json.dumps(events)


def test_a_refused_person_is_named(harness):
    harness.open(harness.browser(), "bergstrom", user="brandt")
    (refusal,) = [event for event in trail(harness) if event["outcome"] == "4"]
    assert refusal["outcomeDesc"] == "NotPermitted"
    assert refusal["agent"][0]["who"]["reference"].endswith("Practitioner/brandt")


def test_a_flood_of_refusals_cannot_fill_the_store(harness):
    browser = harness.browser()
    for _ in range(REFUSALS_A_MINUTE + 15):
        browser.get(f"{APP}/launch?iss=https://evil.example/fhir&launch=x")
    assert len(trail(harness)) == REFUSALS_A_MINUTE
    harness.clock.now += 61
    browser.get(f"{APP}/launch?iss=https://evil.example/fhir&launch=x")
    assert trail(harness)[-1]["outcomeDesc"] == "UnknownIssuer (and 15 refusals before it that were not kept)"


def test_what_cannot_be_audited_is_not_shown(harness, monkeypatch):
    kept = harness.app.extensions["loadpath"].store.audit

    def full(events):
        raise OSError("disk full")

    monkeypatch.setattr(kept, "append", full)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 500 and "Bergstrom" not in page.text


# -- the command


@pytest.fixture
def installed(harness, tmp_path, monkeypatch):
    """The same store, as the command line finds it."""
    monkeypatch.setenv("SMARTAPP_SECRET", "a secret long enough for the tests")
    monkeypatch.setenv("SMARTAPP_DEV_LOOPBACK", "1")
    monkeypatch.setenv("SMARTAPP_DATABASE", str(tmp_path / "loadpath.db"))
    return harness


def test_export_is_ndjson_that_fhir_models_accept_and_audits_itself(installed, capsys):
    whole_journey(installed, installed.browser())
    kept = len(trail(installed))
    assert main(["audit", "export"]) == 0
    lines = capsys.readouterr().out.splitlines()
    events = [AuditEvent.model_validate(json.loads(line)) for line in lines]
    assert len(events) == kept + 1 == len(trail(installed))
    assert events[-1].type.code == "110101" and events[-1].entity[0].description == "export of everything"
    assert main(["audit", "export", "--since", "2026-03-02"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2  # the journey was on the day before; these two are of today


def test_verify_says_whether_the_trail_is_whole(installed, capsys):
    installed.open(installed.browser(), "bergstrom")
    assert main(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    assert "The audit trail is whole." in told
    place = re.search(r"(\d+:[0-9a-f]{64})", told)[1]
    assert main(["audit", "verify", "--noted", place]) == 0
    capsys.readouterr()
    assert main(["audit", "verify", "--noted", place[:-1] + ("0" if place[-1] != "0" else "1")]) == 1
    assert "is not the one that was noted" in capsys.readouterr().out
    assert main(["audit", "verify", "--noted", "17"]) == 2


def test_export_of_a_broken_trail_gives_what_is_there_and_says_so(installed, capsys):
    from sqlalchemy import text

    installed.open(installed.browser(), "bergstrom")
    with installed.app.extensions["loadpath"].store.database.engine.begin() as db:
        db.execute(text("DELETE FROM audit_trail WHERE seq = (SELECT max(seq) FROM audit_trail WHERE events = 1)"))
    assert main(["audit", "export"]) == 1
    told = capsys.readouterr()
    assert "The audit trail is not whole." in told.err and len(told.out.splitlines()) > 10


def test_export_names_what_was_kept_under_a_secret_that_is_gone_and_gives_the_rest(installed, capsys, monkeypatch):
    installed.open(installed.browser(), "bergstrom")
    before = len(trail(installed))
    monkeypatch.setenv("SMARTAPP_SECRET", "another secret, as long as the one before")
    assert main(["audit", "export"]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1  # that of this export
    assert len(re.findall(r"WRONG  event \d+ of \d{4}-\S+ was kept under a secret that is gone", told.err)) == before


# -- the ordinary log


@pytest.fixture
def log():
    """Everything any library logs, formatted as a server would write it, at the most talkative level."""
    lines = []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(Json().format(record))

    handler, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


def secrets_of(harness, browser):
    """Every secret value that crossed the wire or an address in a journey."""
    found = set()
    for url in browser.visited:
        query = parse_qs(urlsplit(url).query)
        found |= {v for name in ("code", "state", "launch", "nonce", "code_challenge") for v in query.get(name, [])}
    for sent in harness.wire.seen:
        found.add(sent.headers.get("Authorization", "Bearer none").removeprefix("Bearer "))
        form = parse_qs(sent.body.decode()) if sent.path.endswith("/token") else {}
        found |= {v for name in ("code", "code_verifier", "refresh_token") for v in form.get(name, [])}
    return found - {"none"}


def test_after_a_whole_journey_the_log_holds_nothing_of_patient_or_secrets(harness, log):
    browser = harness.browser()
    page = whole_journey(harness, browser)
    browser.get(f"{APP}/callback?code=stolen-code&state=forged-state&error_description=Bergstrom")
    secrets = secrets_of(harness, browser)
    assert len(secrets) >= 6
    names = {"Bergstrom", "Daniel", "RB-10021", "1964-01-13", "bergstrom", "okafor", "Okafor", page.launch_id}
    whole = "\n".join(log)
    assert not [word for word in secrets | names if word in whole]
    assert '"event": "signed"' in whole and '"event": "audit"' in whole


def test_one_json_line_for_each_request_by_rule_not_by_address(harness, log):
    browser = harness.browser()
    harness.open(browser, "bergstrom")
    requests = [json.loads(line) for line in log if '"event": "request"' in line]
    to_app = [url for url in browser.visited if url.startswith(APP)]
    assert len(requests) == len(to_app)
    assert [r["route"] for r in requests][:3] == ["/launch", "/callback", "/l/<launch_id>/"]
    assert all({"time", "level", "request", "method", "status", "ms"} <= r.keys() for r in requests)
    assert "?" not in "".join(r["route"] for r in requests)


@pytest.mark.parametrize(("sent", "kept"), [
    ("01J9Z3K4-proxy.1", True), ("a" * 64, True), ("short", False), ("a" * 65, False), ("with blank 1", False),
    ('"},{"event":"x', False), ("<script>alert(1)", False),
])  # fmt: skip
def test_a_request_id_of_a_proxy_is_taken_only_if_well_formed(harness, log, sent, kept):
    answer = harness.app.test_client().get("/about", headers={"X-Request-Id": sent})
    assert (answer.headers["X-Request-Id"] == sent) is kept
    (line,) = [json.loads(line) for line in log if '"event": "request"' in line]
    assert (line["request"] == sent) is kept


def test_an_exceptions_words_never_reach_the_log(harness, log, monkeypatch):
    worked_on = "mortsgreB :erocs-T"[::-1]  # put together here: the log shows lines of code

    def fail(*_, **__):
        raise RuntimeError(worked_on)

    monkeypatch.setattr("smartapp.web.about.render_template", fail)
    assert harness.app.test_client().get("/about").status_code == 500
    whole = "\n".join(log)
    assert "RuntimeError" in whole and worked_on not in whole


def test_words_of_other_libraries_are_dropped():
    record = logging.LogRecord("urllib3.connectionpool", logging.WARNING, "x", 1, "GET /fhir?patient=1", (), None)
    assert "patient" not in Json().format(record)


def test_the_harness_keeps_no_trail_of_others(tmp_path):
    assert trail(make_harness(tmp_path)) == []


# -- what is ours and its event: one transaction


@pytest.fixture
def full(harness, monkeypatch):
    """Call it, and from then on the trail takes no event of which ``tells`` is true."""
    kept = harness.app.extensions["loadpath"].store.audit
    keep = kept.append

    def act(tells=lambda event: True):
        def append(events):
            if any(map(tells, events)):
                raise OSError("disk full")
            return keep(events)

        monkeypatch.setattr(kept, "append", append)

    return act


def rows(harness, table) -> int:
    with harness.app.extensions["loadpath"].store.database.engine.connect() as db:
        return db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()


def phases(harness) -> list[str]:
    with harness.app.extensions["loadpath"].store.database.engine.connect() as db:
        return [row[0] for row in db.exec_driver_sql("SELECT phase FROM launches")]


def test_a_signature_without_its_event_is_none_and_nothing_is_sent(harness, full):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    full(lambda event: event["type"]["code"] == "attest")
    assert browser.press(page, page.form("/sign")).status == 500
    assert (rows(harness, "signatures"), rows(harness, "outbox"), harness.writes()) == (0, 0, [])
    full(lambda event: False)
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"


def test_a_statement_without_its_event_is_none(harness, full):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    full()
    assert (
        browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01").status
        == 500
    )
    assert rows(harness, "attestations") == 0


def test_a_session_without_its_event_is_not_opened(harness, full):
    full()
    assert harness.open(harness.browser(), "bergstrom").status == 500
    assert "open" not in phases(harness)
    assert not any(sent.path.startswith("/fhir/Condition") for sent in harness.wire.seen)


def test_a_session_is_left_with_its_event_or_not_at_all(harness, full):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    full()
    assert browser.press(page, page.form("/leave")).status == 500
    assert phases(harness) == ["open"]
    full(lambda event: False)
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    assert kind(trail(harness)[-1])[1] == "110123"
