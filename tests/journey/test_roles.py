"""Who may do what, through the front door: by fhirUser, by PractitionerRole code, by the site's lists."""

import re
from dataclasses import dataclass
from functools import partial
from html import unescape

import pytest

from launch.sandbox import people
from smartapp.core import permissions
from smartapp.core.proposal import Role, Signer
from tests.journey.harness import APP, EHR, ISSUERS, forms_in, make_harness

CODED = """
[sandbox]
name = "Sandbox EHR"
iss = "http://localhost:8081/fhir"
client_id = "loadpath"
[sandbox.roles]
signers = ["role:309343006"]
drafters = ["role:36682004", "Practitioner/lindqvist"]
coordinators = ["role:768820003"]
"""  # SNOMED CT: physician, physical therapist, care coordinator


@dataclass(frozen=True)
class Login(people.User):
    """A login whose fhirUser is not a Practitioner."""

    reference: str = ""

    @property
    def fhir_user(self) -> str:
        return self.reference


@pytest.fixture
def login(monkeypatch):
    """Adds a login with this fhirUser to the sandbox; returns its id."""

    def add(reference: str) -> str:
        monkeypatch.setitem(people.USERS, "visitor", Login("visitor", "A Visitor", "", True, None, reference))
        return "visitor"

    return add


def with_role_code(harness, role: str, code: str) -> None:
    """The sandbox's PractitionerRole gets a code, as an EHR would have it."""
    record = next(s.resource for s in harness.box.store.every("PractitionerRole") if s.resource["id"] == role)
    record["code"] = [{"coding": [{"system": "http://snomed.info/sct", "code": code}]}]


def chart_was_read(harness) -> bool:
    return any(sent.path.startswith("/fhir/Condition") for sent in harness.wire.seen)


def button(page) -> str:
    return page.form("/sign").buttons[0][2]


# -- lists of people


@pytest.mark.parametrize(
    ("user", "words", "status"), [("okafor", "Sign and send", "active"), ("lindqvist", "Save draft", "draft")]
)
def test_signers_sign_and_drafters_save_drafts(harness, user, words, status):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", user)
    assert button(page).startswith(words)
    assert browser.press(page, page.form("/sign")).status == 200
    assert [plan["status"] for plan in harness.in_chart("CarePlan", "bergstrom")] == [status]


def test_a_drafter_cannot_sign_by_changing_the_form(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", "lindqvist")
    form = page.form("/sign")
    form.buttons[0] = ("as", "active", "Sign")
    refused = browser.press(page, form)
    assert refused.status == 403
    assert harness.in_chart("CarePlan", "bergstrom") == []


@pytest.mark.parametrize(
    ("user", "heading", "next_step"),
    [
        ("brandt", "Your page is the list of referrals", "choose “Referrals”"),
        ("tran", "Your role does not include rehabilitation plans", "ask Loadpath's administrator for that role"),
    ],
)
def test_who_may_not_look_reads_why_and_the_chart_is_not_read(harness, user, heading, next_step):
    page = harness.open(harness.browser(), "bergstrom", user)
    assert (page.status, page.heading) == (403, heading)
    assert next_step in page.words and "Bergstrom" not in page.text
    assert not chart_was_read(harness)


# -- patients


@pytest.mark.parametrize("reference", ["Patient/bergstrom", "RelatedPerson/daughter", "patient/x", "RELATEDPERSON/x"])
def test_a_patient_or_relative_reads_a_clear_refusal(harness, login, reference):
    page = harness.open(harness.browser(), "bergstrom", login(reference))
    assert (page.status, page.heading) == (403, "This page is for clinicians")
    assert "signed in as a patient or a relative" in page.words
    assert "Ask your clinician or physical therapist" in page.words
    assert "Bergstrom" not in page.text
    assert not chart_was_read(harness)


# -- persons

ASKING = ISSUERS.replace(
    'client_id = "loadpath"',
    'client_id = "loadpath"\nscopes = "openid fhirUser online_access patient/*.rs patient/*.cu user/Person.r"',
)


def person(harness, *links, **more) -> None:
    """The Person a login is, as it stands in the EHR; a text is a link to that record."""
    made = [{"target": {"reference": link}} if isinstance(link, str) else link for link in links]
    harness.box.store.put({"resourceType": "Person", "id": "p1", "link": made, **more})


def signed_as(harness, browser, page) -> set[str]:
    """Who the Provenance of what was signed here names as the author."""
    assert browser.press(page, page.form("/sign")).status == 200
    made = [stored.resource for stored in harness.box.store.every("Provenance")]
    return {agent["who"]["reference"] for p in made for agent in p["agent"] if "reference" in agent.get("who", {})}


@pytest.mark.req("SM-I6")
@pytest.mark.parametrize(
    "links",
    [
        ["Practitioner/okafor"],
        ["Patient/haddad", "Practitioner/okafor", "PractitionerRole/okafor-role", "RelatedPerson/x"],
        [f"{EHR}/fhir/Practitioner/okafor/_history/1", "https://elsewhere.example/Practitioner/tran"],
        [{"target": None}, {}, {"target": {"reference": "Practitioner/okafor"}, "assurance": "level3"}],
        ["practitioner/okafor", {"target": {"reference": "Practitioner/tran"}, "assurance": "level1"}],
    ],
    ids=str,
)
def test_a_person_signs_as_the_practitioner_it_is_linked_to(harness, login, links):
    person(harness, *links, name=[{"text": "Dr. Ngozi O."}])
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", login("Person/p1"))
    assert button(page).startswith("Sign and send")
    assert signed_as(harness, browser, page) == {"Practitioner/okafor"}


@pytest.mark.req("SM-I6")
@pytest.mark.parametrize("named", ["Person/p1/_history/2", "person/p1"])  # the sandbox sends the address
def test_a_person_may_be_named_in_full(tmp_path, login, named):
    harness = make_harness(tmp_path, issuers=ASKING)
    person(harness, "Practitioner/lindqvist")
    page = harness.open(harness.browser(), "bergstrom", login(named))
    assert button(page).startswith("Save draft")


def test_the_role_a_person_is_linked_to_has_its_codes(tmp_path, login):
    asked = next(line for line in ASKING.splitlines() if line.startswith("scopes"))
    table = asked.replace("Person.r", "Person.r user/PractitionerRole.r")
    harness = make_harness(tmp_path, issuers=CODED.replace("[sandbox.roles]", f"{table}\n[sandbox.roles]"))
    with_role_code(harness, "okafor-role", "309343006")
    person(harness, "PractitionerRole/okafor-role")
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", login("Person/p1"))
    assert button(page).startswith("Sign and send")
    assert signed_as(harness, browser, page) == {"PractitionerRole/okafor-role"}


@pytest.mark.req("SM-I6")
@pytest.mark.parametrize(
    ("links", "more", "why"),
    [
        ([], {}, "linked to no Practitioner and no PractitionerRole"),
        (["Patient/haddad", "RelatedPerson/x"], {}, "linked to no Practitioner and no PractitionerRole"),
        (["https://elsewhere.example/Practitioner/okafor"], {}, "linked to no Practitioner and no PractitionerRole"),
        ([{"target": {"reference": "Practitioner/okafor"}, "assurance": "level1"}], {}, "linked to no Practitioner"),
        (["Practitioner/okafor", "Practitioner/tran"], {}, "linked to more than one Practitioner"),
        (["PractitionerRole/a", "PractitionerRole/b"], {}, "linked to more than one PractitionerRole"),
        (["Practitioner/okafor"], {"active": False}, "not in use any more"),
        (None, {}, "whose record it does not show"),
    ],
    ids=str,
)
def test_a_person_who_may_be_nobody_here_reads_what_the_site_can_do(harness, login, links, more, why):
    if links is not None:
        person(harness, *links, **more)
    page = harness.open(harness.browser(), "bergstrom", login("Person/p1"))
    assert (page.status, page.heading) == (403, "The EHR does not say which clinician you are")
    assert (
        why in page.words and "Tell the EHR's administrator: fhirUser is to be your Practitioner record" in page.words
    )
    assert "relative" not in page.words and "Bergstrom" not in page.text
    assert not chart_was_read(harness) and harness.writes() == []
    assert [sent.path for sent in harness.wire.seen].count("/auth/revoke") == 2


def test_a_clinician_does_not_plan_for_themselves(harness, login):
    person(harness, "Practitioner/okafor", f"{EHR}/fhir/Patient/bergstrom")
    page = harness.open(harness.browser(), "bergstrom", login("Person/p1"))
    assert (page.status, page.heading) == (403, "This is your own chart")
    assert "Bergstrom" not in page.text and not chart_was_read(harness)


@pytest.mark.parametrize("standalone", [False, True])
def test_the_patient_signs_in_at_the_ehr_and_reads_why_this_is_for_clinicians(harness, standalone):
    """By the login anybody can choose in the sandbox, from the chart and from the page for standalone launches."""
    browser = harness.browser()
    if standalone:
        page = browser.get(f"{APP}/launch/standalone?ehr=sandbox")
        page = browser.press(page, page.form("/auth/decision"), "Continue", user="patient", patient="bergstrom")
        page = browser.press(page, page.form("/auth/decision"), "Allow")
    else:
        chart = browser.get(f"{EHR}/chart/bergstrom")
        browser.press(chart, chart.form("/user"), people.USERS["patient"].role)
        page = browser.get(f"{EHR}/chart/bergstrom/app")
        page = browser.get(unescape(re.search(r'<iframe[^>]+src="([^"]+)"', page.text)[1]))
        page = browser.press(page, page.form("/auth/decision"), "Allow")
    assert (page.status, page.heading) == (403, "This page is for clinicians")
    assert "Ask your clinician or physical therapist for your plan" in page.words
    assert "Bergstrom" not in page.text and not chart_was_read(harness) and harness.writes() == []
    refused = list(harness.app.extensions["loadpath"].store.audit.events())[-1]
    assert "NotPermitted" in str(refused) and "Patient/bergstrom" in str(refused)


def test_every_patient_is_another_person(harness):
    browser = harness.browser()
    for patient in ("bergstrom", "whitfield"):
        harness.open(browser, patient, "patient")
    users = {str(e) for e in harness.app.extensions["loadpath"].store.audit.events() if "NotPermitted" in str(e)}
    assert len(users) == 2 and all("Patient/" in user for user in users)


def test_the_access_of_a_refused_person_is_given_back(harness, login):
    browser = harness.browser()
    harness.open(browser, "bergstrom", login("Patient/bergstrom"))
    assert [sent.path for sent in harness.wire.seen].count("/auth/revoke") == 2  # refresh and access token
    (row,) = (
        harness.app.extensions["loadpath"]
        .store.database.engine.connect()
        .exec_driver_sql("SELECT phase, tokens, connection FROM launches")
    )
    assert tuple(row) == ("ended", None, None)


# -- PractitionerRole codes


@pytest.mark.parametrize(
    ("code", "heading_or_button"),
    [
        ("309343006", "Sign and send"),
        ("36682004", "Save draft"),
        ("768820003", "Your page is the list of referrals"),
        ("106289002", "Your role does not include rehabilitation plans"),  # dentist
    ],
)
def test_the_code_of_a_practitioner_role_decides(tmp_path, login, code, heading_or_button):
    harness = make_harness(tmp_path, issuers=CODED)
    with_role_code(harness, "okafor-role", code)
    page = harness.open(harness.browser(), "bergstrom", login("PractitionerRole/okafor-role"))
    if page.status == 200:
        assert button(page).startswith(heading_or_button)
        assert "Dr. Ngozi Okafor" in page.words
    else:
        assert page.heading == heading_or_button
        assert not chart_was_read(harness)


def test_a_role_the_ehr_does_not_show_has_no_code_and_no_right(tmp_path, login):
    harness = make_harness(tmp_path, issuers=CODED)
    page = harness.open(harness.browser(), "bergstrom", login("PractitionerRole/hidden"))
    assert (page.status, page.heading) == (403, "Your role does not include rehabilitation plans")


def test_the_lists_of_one_ehr_say_nothing_about_another(tmp_path):
    other = ISSUERS.replace("[sandbox", "[other").replace("localhost:8081", "other.example")
    lists = ISSUERS.replace('signers = ["Practitioner/okafor"]', 'signers = ["Practitioner/nobody"]')
    harness = make_harness(tmp_path, issuers=f"{lists}\n{other.replace('http:', 'https:')}")
    page = harness.open(harness.browser(), "bergstrom", "okafor")
    assert (page.status, page.heading) == (403, "Your role does not include rehabilitation plans")


# -- buttons


USERS = {"okafor": Role.SIGNER, "lindqvist": Role.DRAFTER, "": Role.NONE}  # "": the EHR does not say who it is
ACTS = {
    "/decide": ({"item": "E11", "choice": "drop"}, permissions.can_change),
    "/undo": ({"item": "E11"}, permissions.can_change),
    "/attest": ({"name": "stable", "on": "2026-02-20", "basis": "Imaging"}, permissions.can_state_fact),
    "/result": ({"test": "tug", "value": "15", "on": "2026-02-20"}, permissions.can_state_fact),
    "/sign": ({"as": "draft"}, partial(permissions.can_sign, active=False)),
}


def open_as(harness, login, browser, user):
    return harness.open(browser, "bergstrom", user or login(""))


@pytest.mark.parametrize("user", USERS)
def test_a_button_of_the_plan_is_there_exactly_for_whom_the_server_lets_press_it(harness, login, user):
    browser = harness.browser()
    page = open_as(harness, login, browser, user)
    who = Signer(f"Practitioner/{user}" if user else "", "", USERS[user])
    offered = {form.action.rpartition("/")[2]: form for form in forms_in(page.text)}
    guard = {name: offered["refresh"].fields[name] for name in ("token", "launch", "patient")}
    assert ('value="active"' in page.text) is permissions.can_sign(who, active=True)
    for path, (fields, can) in ACTS.items():
        sent = browser.post(f"{APP}/l/{page.launch_id}{path}", {**guard, **fields})
        assert (sent.status != 403) is can(who), path
        if path != "/undo":
            assert (path[1:] in offered) is can(who), path


@pytest.mark.parametrize("user", USERS)
def test_a_button_of_the_receipt_is_there_exactly_for_whom_the_server_lets_press_it(harness, login, user):
    signing = harness.browser()
    page = harness.open(signing, "bergstrom")
    plan_id = signing.press(page, page.form("/sign")).response.request.path.rpartition("/")[2]
    browser = harness.browser()
    page = open_as(harness, login, browser, user)
    who = Signer(f"Practitioner/{user}" if user else "", "", USERS[user])
    receipt = browser.get(f"{APP}/l/{page.launch_id}/receipt/{plan_id}")
    assert ("<b>Retract</b>" in receipt.text) is permissions.can_retract(who)
    guard = {name: page.form("/refresh").fields[name] for name in ("token", "launch", "patient")}
    for choice, can in (("again", permissions.can_change_written), ("take-back", permissions.can_retract)):
        sent = browser.post(f"{APP}/l/{page.launch_id}/receipt/{plan_id}", {**guard, "choice": choice, "reason": "x"})
        assert (sent.status != 403) is can(who), choice
