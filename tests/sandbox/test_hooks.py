"""The EHR's side of CDS Hooks, with a service of the tests' own: what is sent, and what becomes of the cards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import requests
from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey

from launch.sandbox.markdown import as_html
from launch.sandbox.prefetch import resolved
from tests.sandboxes import sandbox_ehr
from tests.wsgi_transport import Wire

from .client import SmartClient

APP, HOME = "http://127.0.0.1:8080", "http://127.0.0.1:8080/cds-services"
CHART = "/chart/bergstrom"
SUGGESTED = {
    "resourceType": "ServiceRequest", "status": "draft", "intent": "order", "code": {"text": "Therapy within limits"},
    "subject": {"reference": "Patient/bergstrom"},
}  # fmt: skip


def card(**more: Any) -> dict[str, Any]:
    return {
        "uuid": "11111111-2222-3333-4444-555555555555",
        "summary": "Refer to <b>therapy</b>",
        "indicator": "info",
        "source": {"label": "A service", "topic": {"code": "Topic1"}},
        **more,
    }


@dataclass
class Service:
    """Answers each hook with the cards it was given; remembers what it was asked."""

    cards: dict[str, list[Any]] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    during: Any = None

    @property
    def app(self) -> Flask:
        app = Flask(__name__)
        prefetch = {
            "patient": "Patient/{{context.patientId}}",
            "problems": "Condition?patient={{context.patientId}}&category=problem-list-item",
            "refused": "Condition?patient=somebody-else",
            "unknown": "Condition?encounter={{context.nothing}}",
        }
        hooks = ("patient-view", "order-select", "order-sign")

        @app.get("/cds-services")
        def discovery() -> Response:
            self._seen()
            return jsonify(
                services=[{"hook": h, "id": f"s-{h}", "description": "x", "prefetch": prefetch} for h in hooks]
            )

        @app.post("/cds-services/<id_>")
        def call(id_: str) -> tuple[Response, int]:
            self._seen()
            self.asked.append(request.get_json())
            if self.during:
                self.during(request.get_json())
            if self.status != 200:
                return jsonify(issue=[{"details": {"text": "Something was missing."}}]), self.status
            return jsonify(cards=self.cards.get(id_.removeprefix("s-"), [])), 200

        @app.post("/cds-services/<id_>/feedback")
        def feedback(id_: str) -> Response:
            self._seen()
            self.told += request.get_json()["feedback"]
            return jsonify({})

        return app

    def _seen(self) -> None:
        self.tokens.append((request.url, request.headers["Authorization"].removeprefix("Bearer ")))


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def ehr(service: Service) -> Flask:
    return sandbox_ehr(cds_url=HOME, cds_session=Wire({APP: service.app}))


@pytest.fixture
def http(ehr: Flask) -> FlaskClient:
    return ehr.test_client()


def cards_of(http: FlaskClient) -> str:
    return http.get(f"{CHART}/cards?part=1").text


def open_order(http: FlaskClient, what: str = "physical-therapy", note: str = "") -> str:
    answer = http.post(f"{CHART}/order", data={"what": what, "note": note})
    assert answer.status_code == 303
    return answer.headers["Location"]


# -- what is sent


def test_a_chart_asks_nobody_where_no_services_are_named() -> None:
    http = sandbox_ehr().test_client()
    assert "Decision support" not in http.get(CHART).text
    assert http.get(f"{CHART}/cards").status_code == http.get(f"{CHART}/order").status_code == 404


def test_each_call_is_signed_for_its_own_address_by_the_key_that_is_published(
    http: FlaskClient, service: Service
) -> None:
    cards_of(http)
    cards_of(http)
    (key,) = http.get("/hooks/jwks").get_json()["keys"]
    assert "d" not in key and [url for url, _ in service.tokens] == [HOME, *[f"{HOME}/s-patient-view"] * 2]
    read = [jwt.decode(token, ECKey.import_key(key), algorithms=["ES384"]) for _, token in service.tokens]
    assert all(found.header["kid"] == key["kid"] and found.header["typ"] == "JWT" for found in read)
    assert all(found.header["jku"] == "http://localhost:8081/hooks/jwks" for found in read)
    assert [found.claims["aud"] for found in read] == [url for url, _ in service.tokens]
    assert len({found.claims["jti"] for found in read}) == 3
    assert all(found.claims["exp"] - found.claims["iat"] == 300 for found in read)


def test_the_body_has_context_prefetch_and_a_token_for_the_call_alone(
    ehr: Flask, http: FlaskClient, service: Service
) -> None:
    reads: list[int] = []

    def read(body: dict[str, Any]) -> None:
        token = body["fhirAuthorization"]["access_token"]
        path = "/fhir/Condition?patient=bergstrom"
        reads.append(ehr.test_client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code)

    service.during = read
    cards_of(http)
    (body,) = service.asked
    read(body)
    assert reads == [200, 401]
    assert body["hook"] == "patient-view" and re.fullmatch(r"[0-9a-f-]{36}", body["hookInstance"])
    assert body["context"]["userId"] == "Practitioner/okafor" and body["context"]["patientId"] == "bergstrom"
    assert body["fhirServer"] == "http://localhost:8081/fhir"
    assert set(body["prefetch"]) == {"patient", "problems", "refused"}
    assert body["prefetch"]["patient"]["id"] == "bergstrom"
    assert body["prefetch"]["problems"]["entry"]
    assert body["prefetch"]["refused"]["resourceType"] == "OperationOutcome"


def test_an_order_goes_along_as_a_draft(http: FlaskClient, service: Service) -> None:
    place = open_order(http, note="gently")
    assert service.asked[-1]["hook"] == "order-select"
    (entry,) = service.asked[-1]["context"]["draftOrders"]["entry"]
    assert service.asked[-1]["context"]["selections"] == [f"ServiceRequest/{entry['resource']['id']}"]
    assert (entry["resource"]["status"], entry["resource"]["note"]) == ("draft", [{"text": "gently"}])
    assert place.endswith(f"/orders/{entry['resource']['id']}")


@pytest.mark.parametrize(
    ("template", "query"),
    [
        ("Patient/{{context.patientId}}", "Patient/p1"),
        ("Observation?date=ge{{today() - 6 months}}", "Observation?date=ge2025-08-28"),
        ("Observation?date=ge{{today()}}", "Observation?date=ge2026-02-28"),
        ("X?d={{ today() + 1 day }}&e={{today()-2 weeks}}", "X?d=2026-03-01&e=2026-02-14"),
        ("X?d={{today() - 1 year}}", "X?d=2025-02-28"),
        ("X?user={{userPractitionerId}}", None),
        ("X?order={{context.draftOrders.ServiceRequest.id}}", None),
    ],
)
def test_templates_are_filled_in_or_left_out(template: str, query: str | None) -> None:
    today = date(2026, 2, 28)
    assert resolved(template, {"patientId": "p1", "draftOrders": {}}, today) == query


# -- what becomes of cards


def test_a_card_is_shown_with_nothing_of_it_taken_for_markup(http: FlaskClient, service: Service) -> None:
    detail = "**Why:** fracture <script>alert(1)</script>\n\n- one [x](javascript:alert(1))\n- two\n\n# Head"
    service.cards["patient-view"] = [card(detail=detail)]
    page = cards_of(http)
    assert "Refer to &lt;b&gt;therapy&lt;/b&gt;" in page and "From A service" in page
    assert (
        "<strong>Why:</strong>" in page
        and "<li>two</li>" in page
        and "<script" not in page
        and '<a href="j' not in page
    )
    assert (
        "Decision support" in http.get(f"{CHART}/cards").text
        and f'data-url="{CHART}/cards?part=1"' in http.get(CHART).text
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"\*\*not bold\*\*", "<p>**not bold**</p>"),
        (r"\- no list", "<p>- no list</p>"),
        (r"\<b>", "<p>&lt;b&gt;</p>"),
        ("a &lt;b&gt; &amp; c", "<p>a &lt;b&gt; &amp; c</p>"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
        (f"x{chr(0xE000 + ord('<'))}b>", "<p>xb&gt;</p>"),
        ("**bold** and __bold__", "<p><strong>bold</strong> and <strong>bold</strong></p>"),
    ],
)
def test_signs_of_markup_that_are_text_stay_text(text: str, html: str) -> None:
    assert str(as_html(text)) == html


@pytest.mark.parametrize("text", ["", "<", "**", "- ", "a\n- b\nc", "*" * 50])
def test_any_text_becomes_html_without_a_tag_of_its_own(text: str) -> None:
    assert not re.search(r"<(?!/?(p|ul|li|strong|br)>)", str(as_html(text)))


@pytest.mark.parametrize(
    "sent",
    [7, {}, {"summary": "x"}, card(links=[{"url": 1}]), card(suggestions=["x"]), card(source={}), card(summary=1)],
)
def test_what_is_no_card_is_said_and_not_shown(http: FlaskClient, service: Service, sent: Any) -> None:
    service.cards["patient-view"] = [sent, card()]
    page = cards_of(http)
    assert "lacks what every card has" in page and page.count("<article") == 1


def test_a_service_that_refuses_or_is_away_never_holds_up_the_chart(
    ehr: Flask, http: FlaskClient, service: Service
) -> None:
    service.status = 412
    assert "answered 412. Something was missing." in cards_of(http)
    ehr.extensions["sandbox"].hooks.session.adapters["http://"].apps = {}
    assert "did not answer" in cards_of(http)
    assert http.get(CHART).status_code == 200


def test_who_does_not_treat_is_asked_nothing(http: FlaskClient, service: Service) -> None:
    http.post("/user", data={"user": "castellan"})
    assert "Decision support" not in http.get(CHART).text and http.get(f"{CHART}/cards").status_code == 404
    assert not service.asked


def test_an_override_is_told_with_its_reason_and_the_topic_rests(http: FlaskClient, service: Service) -> None:
    reason = {"code": "patient-refuses", "system": "http://x.example", "display": "The patient refuses"}
    service.cards["patient-view"] = [card(overrideReasons=[reason])]
    assert "The patient refuses" in cards_of(http)
    path = f"{CHART}/cards/{card()['uuid']}/override"
    assert http.post(path, data={"reason": "patient-refuses", "comment": "later"}).status_code == 303
    (told,) = service.told
    assert told["outcome"] == "overridden" and told["card"] == card()["uuid"] and told["outcomeTimestamp"].endswith("Z")
    assert told["overrideReason"] == {
        "reason": {"code": "patient-refuses", "system": "http://x.example"},
        "userComment": "later",
    }
    assert "overridden before (1)" in cards_of(http)
    assert http.post(path, data={}).status_code == 400, "once"
    http.post("/user", data={"user": "tran"})
    assert "<article" in cards_of(http), "another person is shown it"


def test_a_suggestion_is_filed_unsigned_and_told(ehr: Flask, http: FlaskClient, service: Service) -> None:
    suggestion = {"label": "Order it", "uuid": "s-1", "actions": [{"type": "create", "resource": SUGGESTED}]}
    service.cards["patient-view"] = [card(suggestions=[suggestion])]
    cards_of(http)
    answer = http.post(f"{CHART}/cards/{card()['uuid']}/accept", data={"suggestion": "s-1"})
    (filed,) = ehr.extensions["sandbox"].search("ServiceRequest", patient="bergstrom", status="draft")
    assert answer.headers["Location"].endswith(f"#ServiceRequest-{filed['id']}")
    assert filed["code"]["text"] == "Therapy within limits"
    assert service.told[0]["outcome"] == "accepted" and service.told[0]["acceptedSuggestions"] == [{"id": "s-1"}]
    assert "Therapy within limits" in http.get(f"{CHART}/order").text


@pytest.mark.parametrize(
    "action",
    [
        {"type": "create", "resource": {**SUGGESTED, "status": "active"}},
        {"type": "create", "resource": {**SUGGESTED, "subject": {"reference": "Patient/lindgren"}}},
        {"type": "create", "resource": {**SUGGESTED, "resourceType": "MedicationRequest"}},
        {"type": "create"},
        {"type": "update", "resource": {**SUGGESTED, "id": "not-in-hand"}},
        {"type": "execute", "resource": SUGGESTED},
    ],
)
def test_what_no_ehr_takes_from_a_suggestion_is_refused(
    ehr: Flask, http: FlaskClient, service: Service, action: dict[str, Any]
) -> None:
    service.cards["patient-view"] = [card(suggestions=[{"label": "x", "uuid": "s-1", "actions": [action]}])]
    cards_of(http)
    answer = http.post(f"{CHART}/cards/{card()['uuid']}/accept", data={"suggestion": "s-1"})
    assert answer.status_code == 422 and not service.told
    assert not ehr.extensions["sandbox"].search("ServiceRequest", patient="bergstrom", status="draft")


def test_an_order_in_hand_is_changed_by_a_suggestion_and_then_signed(
    ehr: Flask, http: FlaskClient, service: Service
) -> None:
    def change(body: dict[str, Any]) -> None:
        if body["hook"] == "order-select":
            drafted = body["context"]["draftOrders"]["entry"][0]["resource"]
            action = {"type": "update", "resource": {**drafted, "note": [{"text": "no loaded flexion"}]}}
            suggestion = {"label": "Add the limits", "uuid": "s-1", "actions": [action]}
            service.cards["order-select"] = [card(suggestions=[suggestion])]

    service.during = change
    box = ehr.extensions["sandbox"]
    place = open_order(http)
    assert "Add the limits" in http.get(place).text
    http.post(f"{CHART}/cards/{card()['uuid']}/accept", data={"suggestion": "s-1"})
    (filed,) = box.search("ServiceRequest", patient="bergstrom", status="draft")
    assert filed["note"] == [{"text": "no loaded flexion"}]
    answer = http.post(f"{place}/sign")
    assert service.asked[-1]["hook"] == "order-sign" and answer.status_code == 303
    assert service.asked[-1]["context"]["draftOrders"]["entry"][0]["resource"]["note"][0]["text"] == "no loaded flexion"
    assert box.resource("ServiceRequest", filed["id"])["status"] == "active"


@pytest.mark.parametrize(("indicator", "signed"), [("warning", True), ("critical", False)])
def test_a_card_at_signing_is_seen_first_and_a_critical_one_overridden(
    ehr: Flask, http: FlaskClient, service: Service, indicator: str, signed: bool
) -> None:
    service.cards["order-sign"] = [card(indicator=indicator)]
    place, box = open_order(http), ehr.extensions["sandbox"]
    page = http.post(f"{place}/sign")
    assert page.status_code == 200 and "Nothing was signed" in page.text
    http.post(f"{place}/sign", data={"anyway": "yes"})
    active = {"patient": "bergstrom", "status": "active", "code": "91251008"}
    assert bool(box.search("ServiceRequest", active)) is signed
    if not signed:
        assert http.post(f"{CHART}/cards/{card()['uuid']}/override", data={}).headers["Location"] == place
        assert http.post(f"{place}/sign").status_code == 303
        assert box.search("ServiceRequest", active)


def test_a_student_may_not_sign(http: FlaskClient, service: Service) -> None:
    http.post("/user", data={"user": "tran"})
    assert http.post(f"{open_order(http)}/sign").status_code == 422


def test_an_order_of_another_chart_cannot_be_reached(http: FlaskClient) -> None:
    place = open_order(http)
    assert http.get(place.replace("bergstrom", "lindgren")).status_code == 404


# -- launch, and the developer's pages


def test_a_link_launches_the_app_with_its_context(ehr: Flask, http: FlaskClient, service: Service) -> None:
    links = [
        {"label": "Open", "type": "smart", "url": f"{APP}/launch", "appContext": "finding-7"},
        {"label": "Elsewhere", "type": "smart", "url": "https://evil.example/launch", "appContext": "x"},
    ]
    service.cards["patient-view"] = [card(links=links)]
    place = re.search(r'href="(/chart/bergstrom/app\?card=[^"]+link=0)"', cards_of(http).replace("&amp;", "&"))
    assert place
    box = ehr.extensions["sandbox"]
    assert f'src="{APP}/launch?' in http.get(place[1]).text
    assert box.wire.launches[0].context["appContext"] == "finding-7"
    assert "evil.example" not in http.get(place[1].replace("link=0", "link=1")).text
    http.get(f"{CHART}/app")
    assert box.wire.launches[0].context["appContext"] is None


def test_the_drawer_shows_request_and_answer_without_a_token(http: FlaskClient, service: Service) -> None:
    service.cards["patient-view"] = [card()]
    cards_of(http)
    page = http.get("/developer?kind=hooks").text
    number = re.search(r"/developer/(\d+)", page)
    assert number and page.count(f"<strong>POST</strong> {HOME}/s-patient-view") == 1
    shown = http.get(f"/developer/{number[1]}").text
    assert "hookInstance" in shown and "Refer to" in shown and "claims" in shown
    (body,) = service.asked
    secrets = [body["fhirAuthorization"]["access_token"], *(token for _, token in service.tokens)]
    assert not any(secret in shown or secret in page for secret in secrets)
    assert f"{HOME}/s-patient-view" in shown.partition('id="curl"')[2] and "[access_token" in shown


def test_in_front_of_another_server_orders_are_filed_there(service: Service) -> None:
    upstream = sandbox_ehr(public_url="http://upstream.example", consent="never")
    everything = SmartClient(upstream).launched(scope="launch user/*.crus").bearer

    def session() -> requests.Session:
        made = Wire({"http://upstream.example": upstream})()
        made.headers.update(everything)
        return made

    front = sandbox_ehr(
        proxy_fhir="http://upstream.example/fhir", proxy_session=session, cds_url=HOME,
        cds_session=Wire({APP: service.app}),
    )  # fmt: skip
    http, box = front.test_client(), upstream.extensions["sandbox"]
    suggestion = {"label": "Order it", "uuid": "s-1", "actions": [{"type": "create", "resource": SUGGESTED}]}
    service.cards["patient-view"] = [card(suggestions=[suggestion])]
    cards_of(http)
    assert service.asked[0]["prefetch"]["problems"]["entry"] and "upstream" not in str(service.asked)
    http.post(f"{CHART}/cards/{card()['uuid']}/accept", data={"suggestion": "s-1"})
    (filed,) = box.search("ServiceRequest", patient="bergstrom", status="draft")
    assert http.post(f"{CHART}/orders/{filed['id']}/sign").status_code == 303
    assert box.resource("ServiceRequest", filed["id"])["status"] == "active"
