"""What every answer carries, what the cookie is, and that nothing from a chart becomes markup."""

import json
import re
from html import unescape
from itertools import pairwise

import pytest

from smartapp.core.kinds import ANSWERS, WITH_VALUE
from smartapp.web import words
from tests.journey.harness import APP, EHR, ISSUERS, forms_in, make_harness


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    made = make_harness(tmp_path_factory.mktemp("front"))
    yield made
    made.box.store.close()


@pytest.fixture(scope="module")
def review(harness):
    browser = harness.browser()
    return browser, harness.open(browser, "bergstrom")


def policy(response):
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


PAGES = ["/", "/about", "/healthz", "/nothing", "/launch", "/launch/standalone", "/callback", "/.well-known/jwks.json"]


@pytest.mark.parametrize("path", [*PAGES, "review"])
def test_security_headers(harness, review, path):
    browser, page = review
    response = page.response if path == "review" else browser.clients[APP].get(path)
    csp = policy(response)
    assert csp["default-src"] == ["'none'"] and csp["base-uri"] == ["'none'"]
    assert csp["script-src"] == csp["style-src"] == csp["img-src"] == csp["form-action"] == ["'self'"]
    assert csp["frame-ancestors"] == ["'self'", EHR]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"  # decision 0023
    assert "Access-Control-Allow-Origin" not in response.headers
    if "jwks" not in path:
        assert response.headers["Cache-Control"] == "no-store"


def test_the_frame_belongs_to_the_ehr_of_the_launch(tmp_path):
    """Another registered EHR may not frame this one's patient (T11)."""
    second = (
        '\n[second]\niss = "http://localhost:9999/fhir"\nclient_id = "x"\nframe_ancestors = ["http://localhost:9999"]\n'
    )
    harness = make_harness(tmp_path, issuers=ISSUERS + second)
    page = harness.open(harness.browser(), "bergstrom")
    assert policy(page.response)["frame-ancestors"] == ["'self'", EHR]
    unknown = harness.app.test_client().get("/launch?iss=https://evil.example&launch=x")
    assert policy(unknown)["frame-ancestors"] == ["'self'", EHR, "http://localhost:9999"]


def test_the_cookie(harness):
    answer = harness.app.test_client().get(harness.launch_url("bergstrom"), base_url=APP)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *flags = cookie.split("; ")
    assert name.startswith("__Host-loadpath=") and len(name.partition("=")[2]) == 43
    assert set(flags) == {"Secure", "HttpOnly", "Path=/", "SameSite=None", "Partitioned"}


def test_no_page_has_inline_script_or_style(review):
    _, page = review
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page.text)


def test_every_address_in_a_page_is_our_own(review):
    _, page = review
    found = re.findall(r'(?:src|href|action)="([^"]*)"', page.text)
    assert found and all(address.startswith(("/", "#")) for address in found)


def test_no_token_reaches_the_page(harness, review):
    _, page = review
    made = harness.app.extensions["loadpath"]
    tokens, _ = made.store.tokens.load(page.launch_id)
    assert tokens["access"] not in page.text and tokens["refresh"] not in page.text


def test_words_of_a_chart_never_become_markup(tmp_path):
    """<script> in every text of the chart arrives as text (T16)."""
    harness = make_harness(tmp_path)
    for kind in ("Patient", "Condition", "Observation", "Procedure"):
        for stored in harness.box.store.every(kind):
            if (stored.owner or stored.id) in ("bergstrom", "Patient/bergstrom"):
                harness.box.store.put(poisoned(stored.resource))
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert page.status == 200
    assert "<script>alert" not in page.text and "alert(" in page.text  # the words are there, the markup is not
    receipt = browser.press(page, page.form("/sign"))
    assert "<script>alert" not in receipt.text
    record = browser.get(f"{APP}/l/{page.launch_id}/source/Condition/bergstrom-problem-1")
    assert record.status == 200 and "<script>alert" not in record.text


EVIL = '"><script>alert(1)</script>'


def poisoned(value, key=""):
    if isinstance(value, dict):
        return {name: poisoned(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, key) for each in value]
    return value + EVIL if key in ("family", "given", "text", "display") and isinstance(value, str) else value


def test_static_files_are_kept_for_ever_under_their_hash(harness):
    page = harness.app.test_client().get("/about")
    address = re.search(r'href="(/static/loadpath\.css\?v=[0-9a-f]+)"', page.text)[1]
    answer = harness.app.test_client().get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "http" not in re.sub(r"/\*.*?\*/", "", answer.text, flags=re.DOTALL)


def test_health(harness):
    client = harness.app.test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.status_code == 200 and ready.json["store"] == ready.json["knowledge"] == "ok"


@pytest.mark.parametrize("check", [lambda: 1 / 0, lambda: False])
def test_not_ready_without_its_store(tmp_path, check):
    harness = make_harness(tmp_path)
    checks = harness.app.extensions["loadpath"].checks
    checks["store"] = check
    answer = harness.app.test_client().get("/readyz")
    assert answer.status_code == 503 and answer.json["store"] == "failed"


def test_about_names_use_evidence_and_licences(harness):
    page = harness.app.test_client().get("/about").text
    version = harness.app.extensions["loadpath"].knowledge.version
    for needed in (
        "Intended use",
        "What it does not do",
        "S01",
        "S45",
        "await clinical sign-off",
        "Developer",
        "Use of sex",
        version,
    ):
        assert needed in page
    assert all(owner in page for owner in ("SNOMED International", "Regenstrief", "American Medical Association"))


# 45 CFR 170.315(b)(11)(iv)(A): of every evidence-based decision support intervention.
ATTRIBUTES = [
    *("Bibliographic citation", "Developer", "Funding source", "Release and revision dates", "Use of race"),
    *("Use of ethnicity", "Use of language", "Use of sexual orientation", "Use of gender identity", "Use of sex"),
    *("Use of date of birth", "Use of social determinants of health", "Use of health status assessments"),
]


def test_every_source_attribute_stands_on_the_page_and_in_the_file(harness):
    client = harness.app.test_client()
    page, file = client.get("/about").text, client.get("/about/source-attributes.json")
    assert file.headers["Content-Disposition"].startswith("attachment;") and 'href="/about/source-attributes' in page
    told = file.get_json()
    assert told["knowledge"] == harness.app.extensions["loadpath"].knowledge.version and told["evidence"]
    for name in ATTRIBUTES:
        (given,) = [value for key, value in told["sourceAttributes"].items() if f"{key} ".startswith(f"{name} ")] or [
            ""
        ]
        assert given and name in page, name
    for name, said in {**told["purpose"], **told["logic"]}.items():
        assert name in page and said.split(".")[0] in unescape(page), name


def test_keys_are_public_ones_only(harness):
    answer = harness.app.test_client().get("/.well-known/jwks.json")
    assert answer.status_code == 200 and "keys" in answer.json
    assert not any(set(key) & {"d", "p", "q", "k"} for key in answer.json["keys"])


def test_every_attestation_can_be_made(review):
    _, page = review
    """But for those that answer an alert, where none asks for them, and those that need a value (command line)."""
    (form,) = (form for form in forms_in(page.text) if form.action.endswith("/attest") and form.choices.get("name"))
    assert form.fields["name"] == form.fields["basis"] == form.fields["on"] == "", "nothing is chosen beforehand"
    assert set(form.choices["name"]) - {""} == set(words.ATTESTATIONS) - ANSWERS - WITH_VALUE


def test_the_picture_has_a_text_beside_it(review):
    _, page = review
    assert 'aria-label="Month ' in page.text and "As text What State From To" in page.words
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)


def test_headings_come_in_order(review):
    _, page = review
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.text)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_field_has_a_label(review):
    _, page = review
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page.text)
    visible = [f for f in fields if 'type="hidden"' not in f and 'type="radio"' not in f]
    labels = set(re.findall(r'<label\b[^>]*\bfor="([^"]+)"', page.text))
    assert visible and all(re.search(r'\bid="([^"]+)"', f)[1] in labels for f in visible)


def test_the_log_has_no_value_of_the_chart(harness, caplog):
    browser = harness.browser()
    with caplog.at_level("DEBUG", logger="smartapp"):
        page = harness.open(browser, "whitfield")
        browser.press(page, page.form("/sign"))
    said = json.dumps([record.__dict__ for record in caplog.records], default=str)
    assert "launched" in said and "signed" in said
    assert "Whitfield" not in said and "whitfield" not in said and "Bearer" not in said


# -- without a launch


def test_the_root_address_says_what_this_is_and_how_it_is_opened(harness):
    page = harness.browser().get(f"{APP}/")
    assert page.heading == "Loadpath" and "open a patient's chart there and choose Loadpath" in page.words
    links = re.findall(r'<a href="([^"#]+)"', page.text)
    assert links == ["/launch/standalone?ehr=sandbox", "/launch/referrals", "/about", "/readyz", "/about"][: len(links)]
    assert {"/launch/standalone?ehr=sandbox", "/about", "/readyz"} <= set(links)


def test_the_root_address_offers_no_standalone_launch_where_no_ehr_takes_one(tmp_path):
    issuers = ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\nstandalone = false')
    harness = make_harness(tmp_path, issuers=issuers)
    page = harness.browser().get(f"{APP}/")
    assert "Without a chart open" not in page.words and "/launch/standalone" not in page.text
    assert "choose Loadpath" in page.words
    harness.box.store.close()


def test_about_is_short_before_it_is_unfolded(harness):
    page = harness.browser().get(f"{APP}/about")
    short = re.sub(r"<details.*</details>", "", page.text, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", short.partition("<main")[2].partition("</main>")[0]).split()
    assert len(words) < 250, len(words)
    for heading in ("Intended use", "Users", "What it does not do", "Version", "Who reviewed it"):
        assert f"<dt>{heading}</dt>" in short
    assert "0 of " in short and "await clinical sign-off" in short
    assert page.text.count("<details") == 7 and 'id="S04"' in page.text
