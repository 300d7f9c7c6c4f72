"""The developer's pages: what went over the wire, and never a secret."""

from __future__ import annotations

import base64
import json
import re
import shlex
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launch.sandbox import RegisteredClient
from launch.sandbox.faults import FAULTS
from launch.sandbox.masking import MASK, Secrets
from launch.sandbox.wire import ALL_BYTES, BODY_BYTES, ENTRIES
from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .client import CALLBACK, Session, SmartClient, care_plan

SECRET = "a&secret<of the>client, 100%"
CONFIDENTIAL = RegisteredClient("backend", (CALLBACK,), auth="client_secret_basic", secret=SECRET)


def pages(ehr: Flask) -> Iterator[tuple[str, str]]:
    """Every page of the developer's that can be reached now."""
    http, box = ehr.test_client(), ehr.extensions["sandbox"]
    paths = ["/developer", "/developer?drawer=1&patient=bergstrom", "/developer?status=failed&text=fhir"]
    paths += [f"/developer?launch={opened.number}" for opened in box.wire.launches]
    paths += [f"/developer/{entry.number}" for entry in box.wire.entries]
    paths += [f"/developer/resource/CarePlan/{plan['id']}" for plan in box.fhir.raw_all("CarePlan")]
    for path in paths:
        answer = http.get(path)
        assert answer.status_code == 200, path
        yield path, answer.text


def shown(http: Any, path: str) -> str:
    """A page as a person reads it."""
    return unescape(re.sub(r"<[^>]+>", "", http.get(path).text))


def test_requests_and_answers_are_shown_with_headers_and_bodies(ehr: Flask, session: Session) -> None:
    session.post("/CarePlan", care_plan(title="Plan of today"), If_None_Exist="identifier=x|y")
    session.get("/Observation?code=38208-5&patient=bergstrom")
    http, wire = ehr.test_client(), ehr.extensions["sandbox"].wire
    newest = wire.entries[0]
    listed = shown(http, "/developer")
    assert "GET /fhir/Observation?code=38208-5&patient=bergstrom" in listed
    assert "POST /auth/token" in listed
    search = shown(http, f"/developer/{newest.number}")
    assert '"type": "searchset"' in search and "Authorization" in search
    write = shown(http, f"/developer/{newest.number - 1}")
    assert "Plan of today" in write and "If-None-Exist" in write and "ETag" in write and "201" in write


def test_a_launch_has_its_parameters_its_token_answer_and_the_claims(ehr: Flask, session: Session) -> None:
    page = shown(ehr.test_client(), "/developer?launch=1")
    assert "http://localhost:8081/fhir" in page and "Dr. Ngozi Okafor" in page and "need_patient_banner" in page
    assert f'"scope": "{session.token["scope"]}"' in page
    assert '"fhirUser": "http://localhost:8081/fhir/Practitioner/okafor"' in page
    assert '"kid"' in page
    assert session.token["id_token"].rpartition(".")[2] not in page


def test_the_requests_of_a_launch_are_found_by_it_the_refused_ones_too(ehr: Flask) -> None:
    first, second = SmartClient(ehr), SmartClient(ehr)
    one = first.launched()
    assert second.exchange(second.code("haddad"), code_verifier="x" * 43).status_code == 400
    one.get("/Patient/bergstrom")
    first.refresh(one.token["refresh_token"])
    entries = ehr.extensions["sandbox"].wire.entries
    of = {n: [(e.path.partition("?")[0], e.status) for e in reversed(entries) if e.launch == n] for n in (1, 2)}
    assert of[1] == [
        ("/auth/authorize", 200), ("/auth/decision", 303), ("/auth/token", 200), ("/fhir/Patient/bergstrom", 200),
        ("/auth/token", 200),
    ]  # fmt: skip
    assert of[2][-1] == ("/auth/token", 400)
    assert "haddad" in shown(ehr.test_client(), "/developer?launch=2")


def test_a_standalone_launch_is_a_launch_here(ehr: Flask) -> None:
    client = SmartClient(ehr)
    picker = client.authorize(**client.params("launch/patient patient/*.rs openid"))
    client.answer(picker, answer="continue", user="brandt", patient="petrov")
    (opened,) = ehr.extensions["sandbox"].wire.launches
    assert (opened.patient, opened.user) == ("petrov", "brandt")
    assert "Rosa Brandt" in shown(ehr.test_client(), "/developer?launch=1")


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("kind=token", {"/auth/token"}),
        ("kind=sign-in", {"/auth/authorize", "/auth/decision"}),
        ("method=PUT", {"/fhir/CarePlan/none"}),
        ("status=failed", {"/fhir/CarePlan/none"}),
        ("text=PATIENT/BERG", {"/fhir/Patient/bergstrom"}),
        ("launch=1&kind=fhir&status=ok", {"/fhir/Patient/bergstrom"}),
        ("launch=7", set()),
        ("launch=nonsense", set()),
    ],
)
def test_filters(ehr: Flask, session: Session, query: str, paths: set[str]) -> None:
    session.get("/Patient/bergstrom")
    session.put("/CarePlan/none", {**care_plan(), "id": "none"})
    page = ehr.test_client().get(f"/developer?{query}").text
    found = re.findall(r"<strong>[A-Z]+</strong> ([^<?]+)", page)
    assert set(found) == paths


def test_a_fault_is_named_where_it_is_carried(ehr: Flask) -> None:
    SmartClient(ehr).launched(fault="no_expires")
    assert FAULTS["no_expires"].says in shown(ehr.test_client(), "/developer/3")
    ehr.extensions["sandbox"].faults.discovery = "disc_500"
    ehr.test_client().get("/fhir/.well-known/smart-configuration")
    assert FAULTS["disc_500"].says in shown(ehr.test_client(), "/developer/4")


def test_curl_is_a_command_of_a_shell_with_the_token_as_a_variable(ehr: Flask, session: Session) -> None:
    session.post("/CarePlan", care_plan(title="it's $HOME and `x`", description=session.token["access_token"]))
    page = ehr.test_client().get("/developer/4").text
    curl = unescape(re.search(r'<pre id="curl">(.*?)</pre>', page, re.DOTALL)[1])  # type: ignore[index]
    assert '"Authorization: Bearer $TOKEN"' in curl
    words = shlex.split(curl)
    assert words[0] == "curl" and words[-1] == "http://localhost:8081/fhir/CarePlan"
    sent = json.loads(words[words.index("--data-binary") + 1])
    assert sent["title"] == "it's $HOME and `x`"
    assert MASK.fullmatch(sent["description"])
    token = unescape(ehr.test_client().get("/developer/3").text)
    assert '--data-urlencode "code=$CODE"' in token and '"code_verifier=$CODE_VERIFIER"' in token


def test_each_record_is_shown_as_json_from_the_chart(ehr: Flask) -> None:
    http = ehr.test_client()
    chart = http.get("/chart/lindgren").text
    links = [unescape(found) for found in re.findall(r'class="row-json" href="([^"]+)"', chart)]
    assert len(links) > 5
    for link in links:
        reference = link.removeprefix("/developer/resource/").partition("?")[0]
        page = shown(http, link)
        assert f'"id": "{reference.partition("/")[2]}"' in page
    for path in ("/developer/resource/CarePlan/none", "/developer/resource/Nonsense/x", "/developer/999"):
        assert http.get(path).status_code == 404


def test_the_log_is_bounded_and_can_be_forgotten(ehr: Flask, session: Session) -> None:
    wire = ehr.extensions["sandbox"].wire
    for _ in range(ENTRIES + 20):
        session.get("/Patient/bergstrom")
    assert len(wire.entries) == ENTRIES
    large = care_plan(description="x" * (BODY_BYTES * 2))
    for _ in range(ALL_BYTES // BODY_BYTES + 5):
        session.post("/CarePlan", {**large, "status": "nonsense"})
    assert sum(entry.weight for entry in wire.entries) <= ALL_BYTES
    assert len(wire.entries[0].sent.content) == BODY_BYTES < wire.entries[0].sent.size
    assert "The first 65536 of" in shown(ehr.test_client(), f"/developer/{wire.entries[0].number}")
    assert ehr.test_client().post("/developer/clear", data={"drawer": "1"}).headers["Location"] == "/developer?drawer=1"
    assert wire.entries == []
    session.get("/Patient/bergstrom")
    assert len(wire.entries) == 1


def test_a_body_that_is_too_large_for_the_server_is_not_kept(clock: Clock) -> None:
    ehr = sandbox_ehr(clock=clock, body_limit=2000)
    session = SmartClient(ehr).launched()
    assert session.post("/CarePlan", care_plan(title="x" * 4000)).status_code == 413
    assert "larger than this server accepts" in shown(ehr.test_client(), "/developer/4")


def test_pages_of_people_and_static_files_are_not_requests_of_an_app(ehr: Flask) -> None:
    http = ehr.test_client()
    for path in ("/", "/chart/bergstrom", "/static/ehr.css", "/developer", "/faults"):
        http.get(path)
    assert ehr.extensions["sandbox"].wire.entries == []


# -- no secret on any page


def test_a_secret_cut_in_half_is_not_shown_either(ehr: Flask, session: Session) -> None:
    token = session.token["access_token"]
    head = json.dumps(care_plan(description="")).encode()[:-2]
    for left in (1, 20, len(token) - 1):
        body = head + b"x " * ((BODY_BYTES - len(head) - left) // 2) + b" " * ((BODY_BYTES - len(head) - left) % 2)
        session.http.post(
            "/fhir/CarePlan", data=body + token.encode() + b'"}', headers=session.bearer,
            content_type="application/fhir+json",
        )  # fmt: skip
        entry = ehr.extensions["sandbox"].wire.entries[0]
        assert entry.sent.content.endswith(token[:left].encode())
        assert entry.sent.text.endswith("x ") or entry.sent.text.endswith("  "), entry.sent.text[-60:]


def test_a_body_of_the_token_endpoint_that_cannot_be_read_is_not_kept(ehr: Flask) -> None:
    http, wire = ehr.test_client(), ehr.extensions["sandbox"].wire
    for kind in ("application/json", "text/plain"):
        http.post("/auth/token", data="refresh_token: abcdefghijklmnopqrstuvwxyz", content_type=kind)
        assert wire.entries[0].sent.content == b""
        assert "what is secret in it cannot be told" in shown(http, f"/developer/{wire.entries[0].number}")
    http.post("/auth/token", json={"deep": [{"refresh_token": "abcdefghijklmnopqrstuvwxyz"}]})
    assert b"abcdefghijkl" not in wire.entries[0].sent.content


@pytest.mark.parametrize(
    "header", ["Bearer ", "Basic x", "Basic =", "Digest abcdefghijklmnop", "abcdefghijklmnopqrs", ""]
)
def test_a_strange_authorization_header_is_masked_whole(ehr: Flask, header: str) -> None:
    ehr.test_client().get("/fhir/Patient/bergstrom", headers={"Authorization": header, "Cookie": "a=abcdefghijklmnop"})
    page = ehr.test_client().get("/developer/1").text
    assert "abcdefghijkl" not in page


def test_masks_tell_one_secret_from_another() -> None:
    secrets = Secrets()
    first, again, other = (secrets.hide("code", text) for text in ("a" * 40, "a" * 40, "b" * 40))
    assert first == again != other
    assert secrets.cleared(f"x {'a' * 40} y") == f"x {first} y"
    assert secrets.hide("code", "short") not in secrets.cleared("short words stay")


class App:
    """An app that does one thing after another and says its secrets where they do not belong."""

    def __init__(self, ehr: Flask):
        self.ehr, self.http = ehr, ehr.test_client()
        self.secrets: set[str] = {SECRET, base64.b64encode(f"backend:{SECRET}".encode()).decode()}
        self.client = SmartClient(ehr)
        self.sessions: list[Session] = []

    def keep(self) -> None:
        self.secrets |= self.ehr.extensions["sandbox"].ledger.issued() | {self.client.verifier}

    def launch(self, fault: str) -> None:
        code = None
        try:
            code = self.client.code(fault=fault, patient="haddad")
        except (AssertionError, KeyError):
            return
        answer = self.client.exchange(code)
        if answer.status_code == 200 and "access_token" in (answer.json or {}):
            self.sessions.append(Session(self.http, answer.json or {}))
            self.secrets |= {v for k, v in answer.json.items() if k.endswith("_token")}  # type: ignore[union-attr]

    def backend(self, _: str) -> None:
        client = SmartClient(self.ehr, "backend")
        basic = base64.b64encode(f"backend:{SECRET}".encode()).decode()
        form = {"grant_type": "authorization_code", "code": client.code(), "redirect_uri": CALLBACK,
                "code_verifier": client.verifier}  # fmt: skip
        self.secrets.add(client.verifier)
        answer = self.http.post("/auth/token", data=form, headers={"Authorization": f"Basic {basic}"})
        assert answer.status_code == 200
        self.http.post("/auth/token", data={**form, "client_id": "backend", "client_secret": SECRET})

    def leak(self, where: str) -> None:
        for session in self.sessions[-2:]:
            token, refresh = session.token["access_token"], session.token.get("refresh_token", "")
            session.get(f"/Condition?_text={where}{token}", Referer=f"http://app.example/?t={token}", X_Odd=refresh)
            session.post("/CarePlan", care_plan("haddad", title=f"{where}{token}-{refresh}", note=[{"text": token}]))
            session.post("/Condition/_search", None)
            self.http.post(
                "/fhir/Condition/_search", data={"_text": refresh, where or "x": token}, headers=session.bearer
            )
            self.http.get(f"/fhir/{token}/{refresh}", headers=session.bearer)
            self.http.get(f"/fhir/Patient?access_token={token}&id_token={session.token.get('id_token', '')}")

    def refresh(self, _: str) -> None:
        for session in self.sessions[-1:]:
            if token := session.token.get("refresh_token"):
                self.client.refresh(token)
                self.client.refresh(token)

    def revoke(self, where: str) -> None:
        for session in self.sessions[-1:]:
            form = {"token": session.token["access_token"], "client_id": "loadpath", "note": where}
            self.http.post("/auth/introspect", data=form, headers=session.bearer)
            self.http.post("/auth/revoke", data=form)


ACTIONS: tuple[Callable[[App, str], None], ...] = (App.launch, App.backend, App.leak, App.refresh, App.revoke)
per_launch = st.sampled_from([name for name, fault in FAULTS.items() if fault.per_launch and name != "fhir_hang"])
steps = st.lists(
    st.tuples(st.sampled_from(ACTIONS), per_launch, st.sampled_from(["", "x", "%", "a&b=", '"'])), max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_no_secret_ever_issued_is_on_any_page(steps: list[tuple[Callable[[App, str], None], str, str]]) -> None:
    ehr = sandbox_ehr(clock=Clock(), clients=(RegisteredClient("loadpath", (CALLBACK,)), CONFIDENTIAL))
    app = App(ehr)
    for act, fault, where in [(App.launch, "iss_ok", ""), *steps, (App.leak, "", "")]:
        act(app, fault if act is App.launch else where)
        app.keep()
    found = [
        (path, secret) for path, page in pages(ehr) for secret in app.secrets if secret and secret in unescape(page)
    ]
    ehr.extensions["sandbox"].store.close()
    assert found == []
    assert len(app.secrets) > 5
