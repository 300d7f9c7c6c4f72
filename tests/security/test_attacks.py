"""Attacks on the launch (T1-T8, T13-T15, T18, T20): each would succeed if its defence were taken out."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask

from launch.sandbox import RegisteredClient
from smartapp import create_app
from smartapp.ehr.launch.keys import make_key, read_keys
from smartapp.settings import Settings
from tests.journey.harness import ISSUERS
from tests.sandboxes import sandbox_ehr

from .watching import APP, EHR, Browser, Harness, Page, Watched, launch_url, watched

OTHER = "http://localhost:8082"
TWO_ISSUERS = (
    ISSUERS
    + f"""
[other]
name = "Other EHR"
iss = "{OTHER}/fhir"
client_id = "loadpath-there"
frame_ancestors = ["https://other.example"]
[other.roles]
signers = ["Practitioner/okafor"]
"""
)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watched]:
    with watched(tmp_path, consent="never") as found:
        yield found


@pytest.fixture
def harness(watch: Watched) -> Harness:
    return watch.harness


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Harness, Flask]]:
    """One app, two EHRs."""
    folder = tmp_path / "two"
    folder.mkdir()
    with watched(folder, consent="never", issuers=TWO_ISSUERS) as found:
        client = RegisteredClient("loadpath-there", (f"{APP}/callback",))
        other = sandbox_ehr(public_url=OTHER, clients=(client,), clock=found.harness.clock, consent="never")
        found.harness.wire.apps[OTHER] = other  # type: ignore[index]
        yield found.harness, other


def callback_of(harness: Harness, browser: Browser, **context: Any) -> str:
    """The address the EHR sends this browser back to; not visited yet."""
    start = browser.clients[APP].get(launch_url(harness, **context).removeprefix(APP), base_url=APP)
    at_ehr = start.headers["Location"].removeprefix(EHR)
    return browser.clients[EHR].get(at_ehr, base_url=EHR).headers["Location"]


def exchanges(harness: Harness) -> int:
    return sum(b"grant_type=authorization_code" in sent.body for sent in harness.wire.seen)


def plan_page(harness: Harness, browser: Browser, url: str) -> Page:
    page = harness.settled(browser, browser.get(url))
    assert page.offers_plan, page.words[:300]
    return page


# -- T1, C1, C2: a callback counts in the browser that began, once


@pytest.mark.req("SM-T1", "SM-C2", "SM-A3")
def test_a_callback_in_another_browser_is_refused_and_does_not_spoil_the_first(harness: Harness) -> None:
    mine, theirs = harness.browser(), harness.browser()
    url = callback_of(harness, mine)
    harness.open(theirs, "whitfield")  # has a cookie of its own
    before = exchanges(harness)
    for stranger in (theirs, harness.browser()):
        refused = stranger.get(url)
        assert (refused.status, refused.heading) == (400, "This launch does not belong to this browser window")
    assert exchanges(harness) == before
    assert "Bergstrom" in plan_page(harness, mine, url).words


@pytest.mark.req("SM-T1")
def test_an_attackers_finished_login_cannot_be_planted(harness: Harness) -> None:
    """Login CSRF: the victim's browser is made to open the attacker's callback."""
    attacker, victim = harness.browser(), harness.browser()
    page = harness.open(victim, "whitfield")
    planted = callback_of(harness, attacker, patient="bergstrom")
    assert victim.get(planted).status == 400
    assert "Whitfield" in victim.get(page.url).words


@pytest.mark.req("SM-T1", "SM-T20", "SM-C1", "SM-C8")
def test_a_replayed_callback_finds_the_session_and_exchanges_nothing(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    first = plan_page(harness, browser, url)
    again = plan_page(harness, browser, url)
    assert again.url == first.url
    assert exchanges(harness) == 1
    assert "code=" not in first.url and "state=" not in first.url
    assert harness.browser().get(url).status == 400


@pytest.mark.req("SM-T20")
def test_a_callback_loaded_many_times_at_once_exchanges_once(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    cookie = browser.clients[APP].get_cookie("__Host-loadpath", "127.0.0.1")
    assert cookie is not None

    def load(_: int) -> str:
        http = harness.app.test_client()
        http.set_cookie("__Host-loadpath", cookie.value, domain="127.0.0.1", secure=True)
        return http.get(url.removeprefix(APP), base_url=APP).headers["Location"]

    with ThreadPoolExecutor(6) as pool:
        places = set(pool.map(load, range(6)))
    assert len(places) == 1 and next(iter(places)).startswith("/l/")
    assert exchanges(harness) == 1


@pytest.mark.req("SM-T20", "SM-T9")
def test_a_prefetch_without_cookie_spoils_nothing(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    assert harness.app.test_client().head(url.removeprefix(APP), base_url=APP).status_code in (303, 400)
    assert "Bergstrom" in plan_page(harness, browser, url).words


@pytest.mark.req("SM-T20")
def test_a_launch_address_loaded_twice_gives_two_launches_that_both_finish(harness: Harness) -> None:
    browser, url = harness.browser(), launch_url(harness)
    first, second = (harness.settled(browser, browser.get(url)) for _ in range(2))
    assert first.launch_id != second.launch_id
    assert "Bergstrom" in browser.get(first.url).words and "Bergstrom" in browser.get(second.url).words


# -- T2, C6, C7: two EHRs


@pytest.mark.req("SM-T2", "SM-C6", "SM-C7")
def test_a_code_of_one_ehr_is_never_sent_to_another(two: tuple[Harness, Flask]) -> None:
    """The other EHR, asked to sign the person in, forwards the browser to the first EHR with the same state."""
    harness, other = two
    browser = harness.browser()
    box = other.extensions["sandbox"]
    launch = urlencode({"iss": f"{OTHER}/fhir", "launch": box.new_launch("bergstrom")})
    start = browser.clients[APP].get(f"/launch?{launch}", base_url=APP).headers["Location"]
    asked = dict(parse_qsl(urlsplit(start).query))
    forwarded = {**asked, "client_id": "loadpath", "aud": f"{EHR}/fhir", "launch": harness.box.new_launch("bergstrom")}
    answer = browser.clients[EHR].get("/auth/authorize?" + urlencode(forwarded), base_url=EHR).headers["Location"]
    assert "code=" in answer
    refused = browser.get(answer)
    assert refused.status == 400 and "another sign-in server" in refused.words
    assert exchanges(harness) == 0


def nameless(ehr: Flask) -> Any:
    """The same EHR, except that it does not promise to name itself in its answers."""

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        if not environ["PATH_INFO"].endswith("/smart-configuration"):
            return ehr(environ, start_response)
        document = ehr.test_client().get(environ["PATH_INFO"], base_url=OTHER).json
        del document["authorization_response_iss_parameter_supported"]
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(document).encode()]

    return call


@pytest.mark.req("SM-T2", "SM-C7")
def test_where_ehrs_do_not_name_themselves_each_may_have_an_address_of_its_own(
    tmp_path: Path,
) -> None:
    """The same attack; the first EHR's answer has no iss, but it arrives at the first EHR's address."""
    own = f"{APP}/callback/sandbox"
    issuers = TWO_ISSUERS.replace('client_id = "loadpath"\n', 'client_id = "loadpath"\nown_callback = true\n', 1)
    clients = (RegisteredClient("loadpath", (own,)),)
    with watched(tmp_path, consent="never", issuers=issuers, clients=clients) as watch:
        harness = watch.harness
        there = RegisteredClient("loadpath-there", (f"{APP}/callback",))
        other = sandbox_ehr(public_url=OTHER, clients=(there,))
        harness.wire.apps[OTHER] = nameless(other)  # type: ignore[index]
        browser = harness.browser()
        launch = urlencode({"iss": f"{OTHER}/fhir", "launch": other.extensions["sandbox"].new_launch("bergstrom")})
        start = browser.clients[APP].get(f"/launch?{launch}", base_url=APP).headers["Location"]
        asked = dict(parse_qsl(urlsplit(start).query))
        forwarded = {**asked, "client_id": "loadpath", "aud": f"{EHR}/fhir", "redirect_uri": own,
                     "launch": harness.box.new_launch("bergstrom")}  # fmt: skip
        answer = browser.clients[EHR].get("/auth/authorize?" + urlencode(forwarded), base_url=EHR).headers["Location"]
        without_name = answer.partition("&iss=")[0]
        assert "code=" in without_name and without_name.startswith(own)
        refused = browser.get(without_name)
        assert refused.status == 400 and "address of another EHR" in refused.words
        assert exchanges(harness) == 0
        assert "Bergstrom" in harness.open(browser, "bergstrom").words  # and its own launches arrive


@pytest.mark.req("SM-T2", "SM-C7")
def test_launches_at_two_ehrs_in_one_browser_stay_with_their_own(two: tuple[Harness, Flask]) -> None:
    harness, other = two
    browser = Browser({EHR: harness.ehr, OTHER: other, APP: harness.app})
    here = harness.open(browser, "bergstrom")
    token = other.extensions["sandbox"].new_launch("whitfield")
    there = harness.settled(
        browser, browser.get(f"{APP}/launch?" + urlencode({"iss": f"{OTHER}/fhir", "launch": token}))
    )
    assert "Whitfield" in there.words and "Bergstrom" not in there.words
    for sent in harness.wire.seen:
        if sent.path == "/auth/token":
            mine = "loadpath-there" if sent.url.startswith(OTHER) else "loadpath"
            assert dict(parse_qsl(sent.body.decode()))["client_id"] == mine
    assert here.launch_id != there.launch_id


# -- T3: iss is a choice from a list, never an address to visit

HOSTILE = [
    "http://169.254.169.254/", "http://169.254.169.254/latest/meta-data", "http://[::1]/fhir", "http://0.0.0.0/fhir",
    "http://127.0.0.1/fhir", "http://127.0.0.1:8081/fhir", "http://127.1:8081/fhir", "http://2130706433:8081/fhir",
    "http://0x7f000001:8081/fhir", "http://localhost:8081/fhir/../admin", "http://localhost:8081/fhir/..;/x",
    "http://localhost:8081/fhir?x=1", "http://localhost:8081/fhir#x", "http://localhost:8081/fhir/%2e%2e/x",
    "http://user@localhost:8081/fhir", "http://localhost:8081@evil.example/fhir", "http://localhost:8081/fhir/extra",
    "http://localhost:80811/fhir", "http://localhost:8082/fhir", "https://localhost:8081/fhir",
    "http://localhost.evil.example:8081/fhir", "http://evil.example/localhost:8081/fhir",
    "http://localhost:8081\\@evil",
    "http://localhost:8081/FHIR", "http://localhost:8081//fhir", "http://localhost:8081/fhir//",
    "//localhost:8081/fhir", "file:///etc/passwd", "gopher://localhost:8081/fhir", "javascript:alert(1)",
    "data:text/html,x",
    "ftp://localhost/",
    "http://localhost:8081/fhir\r\nHost: evil.example", "http://localhost:8081/fhir\x00", "http://ｌocalhost:8081/fhir",
    "http://localhost:8081/fhir ", " http://localhost:8081/fhir", "http://local host:8081/fhir", "http://:8081/fhir",
    "http://localhost:-1/fhir", "http://localhost:99999/fhir", "http://[::ffff:127.0.0.1]:8081/fhir", "http://", "x",
]  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to reach somebody, none of which succeeds."""
    attempts: list[Any] = []

    def refuse(*args: Any, **options: Any) -> Any:
        attempts.append(args)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return attempts


@pytest.fixture
def real_app(tmp_path: Path) -> Flask:
    """The app as it runs, with real sockets."""
    (tmp_path / "real.toml").write_text(ISSUERS, encoding="utf-8")
    settings = Settings(
        secret="a secret long enough for the tests", dev_loopback=True, issuers_file=tmp_path / "real.toml",
        database=f"sqlite:///{tmp_path}/real.db", keys=tmp_path / "keys",
    )  # fmt: skip
    return create_app(settings, env={}, background=False)


@pytest.mark.req("SM-T3", "SM-L4", "SM-C5")
def test_no_socket_is_opened_for_an_iss_that_is_not_in_the_list(real_app: Flask, opened: list[Any]) -> None:
    http = real_app.test_client()
    assert len(HOSTILE) >= 30
    for iss in HOSTILE:
        answer = http.get("/launch?" + urlencode({"iss": iss, "launch": "x"}), base_url=APP)
        assert answer.status_code in (400, 403), iss
        assert "Location" not in answer.headers, iss
        assert http.get("/launch/standalone?" + urlencode({"ehr": iss}), base_url=APP).status_code in (400, 403), iss
        assert opened == [], iss
    http.get("/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": "x"}), base_url=APP)
    assert opened, "the watch on sockets sees nothing"


# -- T4: nothing that came in decides where the browser goes

TEMPTING = ("next", "url", "redirect", "redirect_uri", "return", "continue", "error_uri", "target", "back", "iss")


@pytest.mark.req("SM-T4", "SM-C5")
@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_no_parameter_is_a_place_to_go(harness: Harness, evil: str) -> None:
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    tempting = urlencode({name: evil for name in TEMPTING})
    http = browser.clients[APP]
    for path in ("/launch", "/launch/standalone", "/callback", page.url.removeprefix(APP), "/about"):
        location = http.get(f"{path}?{tempting}", base_url=APP).headers.get("Location", "/")
        assert urlsplit(location).netloc in ("", urlsplit(APP).netloc)
        assert location.startswith("/") and "evil" not in location and "javascript" not in location
    form = page.form("/decide", item="E11.dose")
    form.fields["back"] = evil
    sent = http.post(form.action, base_url=APP, data={**form.fields, "choice": "drop"})
    assert sent.headers["Location"].startswith(f"/l/{page.launch_id}/") and "evil" not in sent.headers["Location"]


# -- T7, T8, X7: two charts, two people


@pytest.mark.req("SM-T7", "SM-X7")
def test_two_charts_in_one_browser_keep_apart_whatever_the_order(harness: Harness) -> None:
    browser = harness.browser()
    one = harness.open(browser, "bergstrom")
    two = harness.open(browser, "whitfield")
    for changed in (("launch", "patient", "token", "fingerprint"), ("token",), ("launch",), ("patient",)):
        crossed, theirs = one.form("/sign"), two.form("/sign")
        crossed.fields.update({name: theirs.fields[name] for name in changed})
        assert browser.press(one, crossed).status in (400, 403), changed
    assert harness.writes() == []
    receipt = browser.press(one, one.form("/sign"))  # the older tab, after the newer launch
    assert "Bergstrom" in receipt.words and "Whitfield" not in receipt.words
    assert not harness.in_chart("CarePlan", "whitfield")
    (plan,) = harness.in_chart("CarePlan", "bergstrom")
    assert plan["subject"]["reference"] == "Patient/bergstrom"
    assert "Whitfield" in browser.get(two.url).words


@pytest.mark.req("SM-T8", "SM-I8")
def test_a_second_person_in_the_browser_ends_the_first_ones_sessions(harness: Harness) -> None:
    browser = harness.browser()
    first = harness.open(browser, "bergstrom", "okafor")
    second = harness.open(browser, "bergstrom", "lindqvist")
    assert browser.get(first.url).status == 401
    assert browser.press(first, first.form("/sign")).status == 401
    assert browser.get(second.url).status == 200
    assert harness.writes() == []


# -- T13, T14: stolen codes, planted cookies


@pytest.mark.req("SM-T13", "SM-A4")
def test_a_stolen_code_in_ones_own_session_is_worth_nothing(harness: Harness) -> None:
    victim, thief = harness.browser(), harness.browser()
    stolen = dict(parse_qsl(urlsplit(callback_of(harness, victim)).query))
    own = dict(parse_qsl(urlsplit(callback_of(harness, thief, patient="whitfield")).query))
    refused = thief.get(f"{APP}/callback?" + urlencode({**own, "code": stolen["code"]}))
    assert refused.status == 400 and "did not accept the sign-in" in refused.heading


@pytest.mark.req("SM-T14")
def test_a_planted_cookie_gives_its_owner_nothing(harness: Harness) -> None:
    attacker, victim = harness.browser(), harness.browser()
    callback_of(harness, attacker)
    known = attacker.clients[APP].get_cookie("__Host-loadpath", "127.0.0.1")
    assert known is not None
    victim.clients[APP].set_cookie("__Host-loadpath", known.value, domain="127.0.0.1", secure=True)
    page = harness.open(victim, "bergstrom")
    seen = "".join(attacker.get(APP + path).text for path in ("/launch", "/callback", "/launch/standalone", "/about"))
    assert page.launch_id not in seen
    assert attacker.get(f"{APP}/l/{known.value}/").status == 401


@pytest.mark.req("SM-T14")
@pytest.mark.parametrize("planted", ["", "attacker", "x" * 44, "x" * 42 + "!", "a b"])
def test_a_cookie_we_did_not_make_is_replaced(harness: Harness, planted: str) -> None:
    browser = harness.browser()
    browser.clients[APP].set_cookie("__Host-loadpath", planted, domain="127.0.0.1", secure=True)
    harness.open(browser, "bergstrom")
    kept = browser.clients[APP].get_cookie("__Host-loadpath", "127.0.0.1")
    assert kept is not None and kept.value != planted and len(kept.value) == 43


# -- T15: the token goes to one place


@pytest.mark.req("SM-T15", "SM-F1", "SM-F2")
def test_references_to_elsewhere_are_never_followed(harness: Harness) -> None:
    elsewhere = {"reference": "https://elsewhere.example/fhir/Practitioner/1"}
    for kind in ("Condition", "Observation", "Procedure", "CarePlan", "ServiceRequest"):
        for resource in harness.in_chart(kind, "bergstrom"):
            harness.box.store.put({**resource, "recorder": elsewhere, "performer": [elsewhere], "encounter": elsewhere,
                                 "author": elsewhere, "asserter": elsewhere})  # fmt: skip
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/sign"))
    assert {urlsplit(sent.url).netloc for sent in harness.wire.seen} == {"localhost:8081"}
    for sent in harness.wire.seen:
        open_to_all = ".well-known" in sent.path or sent.path == "/fhir/metadata"
        about_records = sent.path.startswith("/fhir") and not open_to_all
        assert ("Bearer" in sent.headers.get("Authorization", "")) is about_records


# -- T18: what we sign is for one address


@pytest.mark.req("SM-T18", "SM-T-5")
def test_no_assertion_is_made_for_a_token_address_that_is_not_the_ehrs_own(
    tmp_path: Path,
) -> None:
    keys = tmp_path / "keys"
    make_key(keys, "RS384", 0.0)
    client = RegisteredClient(
        "loadpath", (f"{APP}/callback",), auth="private_key_jwt", jwks=read_keys(keys).public_jwks()
    )
    issuers = ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\nauth = "private_key_jwt"')
    with watched(tmp_path, clients=(client,), issuers=issuers) as watch:
        watch.harness.box.faults.discovery = "disc_token_offhost"
        browser = watch.harness.browser()
        assert browser.get(launch_url(watch.harness)).status == 502
        assert not any(b"client_assertion" in sent.body for sent in watch.harness.wire.seen)
        assert {urlsplit(sent.url).netloc for sent in watch.harness.wire.seen} == {"localhost:8081"}
