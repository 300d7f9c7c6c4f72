"""The review page from values made by hand: every part of an assessment and a proposal reaches the reader."""

import re
from dataclasses import replace

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from smartapp.core.assessment import Alert, Constraint, Gap, Reason
from smartapp.core.chart import Patient
from smartapp.core.dates import Precision, When
from smartapp.core.proposal import Choice, Decision
from smartapp.core.states import Concern, Disposition, Severity, Track
from smartapp.document.fitted import PatientDrawings
from smartapp.knowledge import load
from smartapp.web.pages import render_launch_page
from smartapp.web.review_context import with_decision, without_item
from smartapp.web.review_facts import patient_line
from smartapp.web.review_view import Circumstances, PlannedArtifact, review_view
from smartapp.web.sign_bar import SignBar
from tests.journey.harness import Page, make_harness
from tests.web import sample

SIGN = SignBar("Sign and send", "Robert Hale, born 1963-04-12", "Saves plan and referral to Sandbox EHR")
HERE = Circumstances(
    launch_id="a-launch", token="a-token", ehr="Sandbox EHR", user="Ann Reed, may sign", may_edit=True, may_state=True,
    sign=SIGN, artifacts=(PlannedArtifact("Care plan", "9 exercises"),), follow_up=None,
    review_status="awaiting clinical sign-off", read_at="at 09:12",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    harness = make_harness(tmp_path_factory.mktemp("page"))
    yield harness.app
    harness.box.store.close()


@pytest.fixture
def shown(app):
    def show(here=HERE, machine=None, revised=None, **changes):
        machine = machine or sample.proposal(sample.assessment(**changes))
        with app.test_request_context():
            view = review_view(
                here,
                machine,
                revised or machine,
                sample.later(),
                sample.BOUNDARIES,
                {"E04": "At the wall"},
                PatientDrawings(revised or machine, load()),
            )
            text = render_launch_page("review.html", "a-launch", view=view)
        return Page(
            "/l/a-launch/",
            TestResponse(
                [text.encode()], "200 OK", Headers([("Content-Type", "text/html; charset=utf-8")]), Request({})
            ),
        )

    return show


@pytest.mark.parametrize(
    "words",
    [
        "Robert Hale", "born 1963-04-12 (62 y)", "MRN LP-10432",
        "Initial to Intermediate Day 132 since Kyphoplasty L1, L1 fracture Not ready: 3 to settle",
        "Held at Initial; by time since fracture it would be",
        "Day 0 is 2025-10-20, the kyphoplasty: month 4.", "Healing is not recorded",
        "No pain score in the last 14 days.",
        "If you confirm that the fracture is stable, the phase becomes Intermediate.",
        "fracture date: Intermediate — the month alone is recorded",
        "T-score -1.9", "Vitamin D 24 ng/mL", "Pain not known", "Bone drug not known",
        "Pain now not known",
        "Evaluate for drug therapy.", "To settle: 3", "For the record 2",
        "2 parts of the chart could not be read", "Observation/x9: no value and no reason for its absence",
        "Medications: the EHR did not answer in time.",
        "Has the fracture healed, or is it stable? Stable would allow the intermediate phase.",
        "Changed by this site: Pain that stops a step up", "Awaiting clinical sign-off",
        "Knowledge 0123456789ab",
        "Order: Evaluation + 20 visits; sessions 15–60 min; urgent, by Mar 8.",
        "Sessions of 60 min by 2026-05-03. Urgent: day 20.",
        "2–3 sessions a week · 60 min each · Mon, Wed, Fri, 12 months to 2027-03-01",
        "Physical therapist who knows osteoporosis precautions", "Care plan : 9 exercises",
        "In the chart of Robert Hale at Sandbox EHR",
        "Robert Hale, born 1963-04-12 Saves plan and referral to Sandbox EHR", "Sign and send Save draft",
    ],
)  # fmt: skip
def test_every_part_is_shown(shown, words):
    assert words in shown().words


def test_what_stops_comes_before_what_is_to_be_reviewed(shown):
    alerts = tuple(reversed(sample.assessment().alerts))
    page = shown(alerts=alerts).words
    assert page.index("osteoporosis whatever the T-score") < page.index("The evidence is thin")


LIMIT = Constraint(
    "WP16", "Neck operation", "No load through the arms, no head press, no prone.", "Keep your eyes level.",
    ("E04", "E17"), ("Stand up without pushing.",), Reason("Done 23 days ago.", (), (sample.FRACTURE,)),
    "Until when does the collar stay?", sample.date(2026, 5, 1),
)  # fmt: skip


def test_what_else_limits_the_patient_is_shown_with_its_reason_and_its_question(shown):
    page = shown(constraints=(LIMIT,), track=Track.CHAIR)
    assert (
        "For the therapist 1 Neck operation. "
        "The program is done sitting and lying: no exercise on the feet unless named here."
    ) in page.words
    for words in (
        "Neck operation. No load through the arms, no head press, no prone. until 2026-05-01",
        "Done differently Stand up without pushing.", "Taken out of the program 2 At the wall; E17.",
        "Done 23 days ago.", "Until when does the collar stay?",
    ):  # fmt: skip
        assert words in page.words
    assert "For the therapist" not in shown().words


def test_a_limit_stands_at_the_alert_with_the_same_cause(shown):
    surgery = Alert(
        "recent-surgery", Severity.REVIEW, "An operation is recent.", Reason("why"), concern=Concern.SURGERY
    )
    page = shown(alerts=(surgery,), constraints=(replace(LIMIT, alerts=("recent-surgery",)),)).words
    assert page.index("An operation is recent.") < page.index("Until when does the collar stay?")
    assert page.count("No load through the arms") == 1 and "For the therapist" not in page


def test_a_limit_the_program_obeys_is_folded_and_one_that_asks_is_decided(shown):
    lung = Alert("lung", Severity.REVIEW, "Lung disease.", Reason("why"), concern=Concern.THERAPIST)
    limit = replace(LIMIT, alerts=("lung",))
    assert "For the therapist" not in shown(alerts=(lung,), constraints=(limit,)).words
    obeyed = shown(alerts=(lung,), constraints=(replace(limit, question=""),)).words
    assert "For the therapist 1 Neck operation. 1 to review" in " ".join(obeyed.split())


def test_at_most_seven_alerts_to_review_are_open(shown):
    many = tuple(Alert(f"a-{n}", Severity.REVIEW, f"Line {n}.", Reason("why")) for n in range(9))
    page = shown(alerts=many, chart=replace(sample.chart(), unreadable=(), partial=()))
    assert page.words.index("Line 6.") < page.words.index("and 2 more") < page.words.index("Line 7.")
    assert "more" not in shown(alerts=many[:6]).words.partition("Allowed now")[0]
    with_unread = shown(alerts=many).words
    assert with_unread.index("could not be read") < with_unread.index("Line 5.") < with_unread.index("and 3 more")


def test_beside_many_points_each_is_a_heading_with_its_control_behind_it(shown):
    read = replace(sample.chart(), unreadable=(), partial=())
    points = tuple(
        Alert(f"a-{n}", Severity.REVIEW, f"Line {n}.", Reason("why"), action=f"Do {n}.", concern=Concern.SURGERY)
        for n in range(3)
    )
    limit = replace(LIMIT, alerts=("a-0",), reason=Reason("why", (), ()))
    few = shown(alerts=points[:2], constraints=(limit,), chart=read).text
    assert "<p>Do 1.</p>" in few and "crowded" not in few
    many = shown(alerts=points, constraints=(limit,), chart=read).text
    assert "<p>Do 1.</p>" not in many and "<p><b>Do 1.</b></p>" in many and 'class="settle crowded"' in many


def test_what_is_folded_is_what_endangers_least(shown):
    ranked = [c for c in Concern if c not in (Concern.THERAPIST, Concern.RECORD)]
    lines = [Alert(f"a-{c}", Severity.REVIEW, f"About {c}.", Reason("why"), concern=c) for c in ranked]
    lines += [replace(each, code=f"b-{each.code}", text=f"Again {each.text}") for each in lines]
    words = shown(alerts=tuple(reversed(lines))).words
    folded = words.index("and 6 more")
    assert words.index("About danger.") < words.index("About fracture.") < folded
    assert folded < words.index("About surgery.") < words.index("About missing-data.")


def test_a_missing_result_says_how_it_was_asked_for(shown):
    told = "One the site files under a code of its own alone is not seen here"
    asked = (Gap("25-oh-vitamin-d", "What is the 25-OH vitamin D?", "Measure it."),)
    assert told in shown(gaps=asked).words
    assert told not in shown(gaps=(Gap("healing", "Has it healed?", "Opens the next phase."),)).words


def test_a_refusal_replaces_the_button_by_its_reason(shown):
    page = shown(replace(HERE, sign=replace(SIGN, refused="The EHR did not grant the right to create CarePlan.")))
    assert "The EHR did not grant the right to create CarePlan." in page.words
    assert 'action="/l/a-launch/sign"' not in page.text and "disabled" in page.text


def test_who_may_only_look_meets_no_form_that_changes(shown):
    page = shown(replace(HERE, may_edit=False, may_state=False))
    actions = set(re.findall(r'action="/l/a-launch/([a-z]+)"', page.text))
    assert actions <= {"refresh", "leave", "sign"}


@pytest.mark.parametrize("disposition", [d for d in Disposition if not d.prescribes])
def test_without_a_prescription_there_is_no_programme_and_no_button(shown, disposition):
    none = replace(sample.proposal(sample.assessment(disposition=disposition)), referral=None, session=(), goals=())
    page = shown(machine=none)
    assert 'action="/l/a-launch/sign"' not in page.text and "h-programme" not in page.text
    assert "What was looked for, and what was found" in page.words


def test_an_edit_keeps_the_suggestion_in_view(shown):
    machine = sample.proposal()
    kept = tuple(a for a in machine.activities if a.id != "E08")
    dropped = replace(machine, activities=kept, decisions=(Decision("E08", Choice.DROP, reason="knee"),))
    page = shown(machine=machine, revised=dropped)
    assert "Removed by you. Suggested: Glute and quad sets, 2×10, hold 5 s. Reason: knee." in page.words
    assert page.form("/undo", item="E08")


def test_a_refused_edit_is_explained_at_its_place(shown):
    page = shown(replace(HERE, said="No.", warning=True, problem_item="E08", problem="Every plan needs one of these."))
    assert "Every plan needs one of these." in page.text.split('id="item-E08"')[1].split('id="item-E14"')[0]
    assert re.search(r'<details class="fold" id="fold-program" open>', page.text) and 'href="#e-E08"' in page.text
    assert re.search(r'<input id="r-E08"[^>]* aria-invalid="true" aria-describedby="e-E08"', page.text)


@pytest.mark.parametrize(
    ("birth", "age"),
    [("1963-03-01", "63 y"), ("1963-03-02", "62 y"), ("1964-02-29", "62 y"), ("2030-01-01", "")],
)
def test_age_in_completed_years(birth, age):
    day = sample.date.fromisoformat(birth)
    assert patient_line(Patient("Patient/1", birth=When.day(day)), sample.TODAY).age == age


def test_an_age_that_is_not_known_to_the_year_is_a_span():
    year = When(sample.date(1963, 1, 1), sample.date(1963, 12, 31), Precision.YEAR)
    assert patient_line(Patient("Patient/1", birth=year), sample.TODAY).age == "62–63 y"


def test_a_patient_without_a_name_is_named_by_reference():
    assert patient_line(Patient("Patient/1"), sample.TODAY).named == "Patient/1, date of birth not recorded"


def test_edits_of_one_item():
    drop, dose = Decision("E01", Choice.DROP), Decision("E01.dose", Choice.CHANGE, "1x5")
    days, weeks = Decision("dose.days", Choice.CHANGE, "mon, thu"), Decision("dose.frequency", Choice.CHANGE, "2")
    assert with_decision((drop, days), Decision("E01", Choice.CHANGE, "E02")) == (
        days,
        Decision("E01", Choice.CHANGE, "E02"),
    )
    assert without_item((drop, dose, days), "E01") == (days,)
    assert without_item((days, weeks), "dose.days") == (weeks,)


def figures(page, item):
    """The names of the drawings of one row."""
    row = page.text.partition(f'id="item-{item}"')[2].partition("</li>")[0]
    return re.findall(r'<svg[^>]* class="fig"[^>]* aria-label="([^"]*)"', row)


def test_a_restriction_shows_what_is_forbidden_crossed_out_and_what_to_do_instead(shown):
    page = shown()
    forbidden, instead = figures(page, "R1")
    assert instead.startswith("Instead: ")
    assert not forbidden.startswith("Instead: ")
    assert page.text.count('class="x"') >= 2


def test_an_exercise_shows_its_drawing_named_by_title_and_patient_text(shown):
    page = shown()
    activity = next(a for a in sample.proposal(sample.assessment()).activities if a.kind == "exercise")
    assert figures(page, activity.id) == [f"{activity.title}. {activity.patient_text}"]


def test_drawings_keep_to_the_content_policy(shown):
    drawn = "".join(re.findall(r'<svg[^>]* class="fig".*?</svg>', shown().text))
    assert drawn
    assert not re.search(r"style=|<style|href|url\(", drawn)


def test_a_stop_is_one_panel_with_nothing_open_below_it(shown):
    stop = Alert("neuro-red-flag", Severity.STOP, "Leg weakness is recorded.", Reason("why"), "Examine today.")
    refer = sample.assessment(disposition=Disposition.REFER_NO_PRESCRIPTION, alerts=(stop, *sample.assessment().alerts))
    none = replace(sample.proposal(refer), referral=None, session=(), goals=())
    page = shown(machine=none)
    panel, _, below = page.text.partition("</section>")
    assert 'class="stop-panel headline tone-forbid"' in panel and page.heading == "Do not prescribe exercise: refer"
    assert "Leg weakness is recorded." in panel and "Examine today." in panel
    assert '<details class="card fold" id="fold-restrictions">' in below, "the restrictions are folded"
    assert 'name="on"' not in page.text, "nothing may be confirmed beside a stop but what lifts it"


def test_what_could_not_be_read_leaves_nothing_green_and_claims_nothing_missing(shown):
    page = shown()
    assert "2 parts of the chart could not be read" in page.words
    assert "Rehabilitation phase Initial to Intermediate" in page.words
    assert "Pain not known" in page.words and "Pain none found" not in page.words
    assert 'class="card head headline tone-change"' in page.text and "Plan ready" not in page.words
    read = shown(chart=replace(sample.chart(), unreadable=(), partial=())).words
    assert "Rehabilitation phase Initial Day" in read and "Pain none found" in read


def test_a_point_is_settled_or_left_open_before_signing_and_nothing_is_preselected(shown):
    page = shown()
    boxes = re.findall(r'<input type="checkbox"[^>]*>', page.text)
    assert len(boxes) == 3 and all('form="sign-form"' in b and "required" in b and "checked" not in b for b in boxes)
    assert not re.search(r'type="radio"[^>]* checked', page.text)
    settled = shown(alerts=(), chart=replace(sample.chart(), unreadable=(), partial=()))
    assert "Ready to sign" in settled.words and 'type="checkbox"' not in settled.text


def test_an_open_gate_stands_among_what_is_allowed(shown):
    page = shown().words
    allowed, _, closed = page.partition("Not yet Instead")
    assert "Lying prone allowed" in allowed and "Lying prone" not in closed.partition("Order:")[0]
