"""The signed plan as paper: what is said, in which order, and that the PDF is whole, tagged and always the same."""

import json
import re
from dataclasses import asdict, replace
from decimal import Decimal

import pytest
import typst

from smartapp.core.assessment import Constraint, Reason
from smartapp.core.chart import Measurement, Patient, Source
from smartapp.core.kinds import Quantity, Site
from smartapp.core.plan import plan
from smartapp.core.states import Track
from smartapp.document import NoPdf, as_pdf, as_text, contents
from smartapp.document.sheet import NOTE
from smartapp.document.typesetting import fonts, inputs_of, template_path
from smartapp.knowledge import load
from tests.ehr.deliver.samples import R1_TEXT, signed
from tests.validator.outputs import _whole, stories_assessed

BASIS = ("Rules of version 0123456789ab, awaiting clinical sign-off.",)


def named(name):
    made = signed()
    assessment = made.proposal.assessment
    chart = replace(assessment.chart, patient=Patient("Patient/p1", name, record_number="MRN-7"))
    return replace(made, proposal=replace(made.proposal, assessment=replace(assessment, chart=chart)))


def test_the_letter_comes_first_and_restrictions_before_everything_that_is_to_be_done():
    made, forbidden = (
        signed(),
        {"id": "X01", "do_not_perform": True, "description": "AVOID: toe touches. Instead: hinge."},
    )
    lines = (*made.proposal.activities, replace(made.proposal.activities[0], **forbidden))
    text = as_text(contents(replace(made, proposal=replace(made.proposal, activities=lines)), BASIS))
    order = ["REFERRAL TO PHYSICAL THERAPY", "*** PRECAUTIONS FOR THE THERAPIST ***", "\nORDER", "LONG-TERM GOALS",
             "*** MOVEMENT RESTRICTIONS ***", "FOR THE PATIENT", "EXERCISE PLAN",
             "FINDINGS, GROUNDS AND SOURCES", "PHASE AND WHY", "BASIS AND REVIEW"]  # fmt: skip
    places = [text.index(title) for title in order]
    assert places == sorted(places)
    assert R1_TEXT in " ".join(text.split())


def test_limits_of_the_patient_lead_the_letter_the_sheet_and_the_page_for_the_patient():
    why = Reason("Done 23 days ago.")
    neck = Constraint("WP16", "Neck operation", "No load through the arms.", "Eyes level.", ("E17",), ("Slowly",), why)
    made = signed()
    assessment = replace(made.proposal.assessment, constraints=(neck,), track=Track.CHAIR)
    text = " ".join(as_text(contents(replace(made, proposal=replace(made.proposal, assessment=assessment)))).split())
    letter, _, behind = text.partition("*** LIMITS OF THIS PATIENT ***")
    before, order, _ = letter.partition(" ORDER ")
    assert order and "This patient: Neck operation. No load through the arms." in before
    assert "WP16: Neck operation. No load through the arms. Slowly." in behind
    assert "EXERCISES LEFT OUT FOR THESE LIMITS - E17: Neck operation" in behind
    assert behind.index("Eyes level.") > behind.index("FOR THE PATIENT")
    assert "LIMITS OF THIS PATIENT" not in as_text(contents(signed()))


def test_text_fits_a_note_field():
    text = as_text(contents(signed(), BASIS))
    assert max(map(len, text.splitlines())) <= 80
    assert "\t" not in text


def test_the_referral_has_what_medicare_asks_for():
    letter = " ".join(as_text(contents(signed())).partition("MOVEMENT RESTRICTIONS ***")[0].split())
    for label in ("Diagnoses:", "Type:", "Amount: 30 minutes", "Frequency: 1 to 2 sessions a week (Mon, Thu)",
                  "Duration: Mar 1, 2026 to May 30, 2026", "LONG-TERM GOALS",
                  "Referred by: Dr Dana Example"):  # fmt: skip
        assert label in letter


def test_a_draft_says_so_and_edits_stand_with_their_reason():
    text = " ".join(as_text(contents(signed(active=False), BASIS)).split())
    assert "DRAFT, not in force" in text
    assert "E09: change 2x6 Reason: Knee pain" in text
    assert BASIS[0] in text


def test_the_pdf_is_tagged_pdf_ua_and_the_same_every_time():
    document = contents(signed(), BASIS)
    pdf = as_pdf(document)
    assert pdf == as_pdf(document)
    assert re.search(rb"pdfuaid:part[>=\"]*1", pdf)
    assert b"/MarkInfo" in pdf
    assert b"/Lang" in pdf


@pytest.mark.parametrize("name", ['#read("/etc/passwd") $x$ *b* <img>', '\\u{0} "quote" // */', "Zoë Ærø Ünsal"])
def test_a_name_is_never_markup(name):
    document = contents(named(name))
    assert document.patient == name
    assert as_pdf(document).startswith(b"%PDF")


def test_letters_the_fonts_lack_are_shown_by_number_not_by_an_empty_box():
    plain, strange = as_pdf(contents(named("Alex"))), as_pdf(contents(named("\u738b\u5c0f\u660e")))
    assert strange.startswith(b"%PDF")
    assert strange != plain


def test_without_the_pdf_part_the_error_says_to_take_the_text(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(NoPdf) as caught:
        as_pdf(contents(signed()))
    assert "text" in caught.value.next_step


@pytest.fixture(scope="module")
def stories():
    return {name: _whole(plan(found, load())) for name, found in stories_assessed() if found.disposition.prescribes}


def pages(document):
    inputs = inputs_of(asdict(document))
    found = typst.query(template_path(NOTE), "<sheet>", sys_inputs=inputs, font_paths=fonts())
    return dict(each["value"] for each in json.loads(found))


def test_the_letter_of_every_story_is_one_page(stories):
    assert len(stories) > 10
    for name, story in stories.items():
        found = pages(contents(story, BASIS))
        assert list(found.values())[:2] == [1, 2], (name, found)


def test_the_letter_names_movement_and_quality_of_every_restriction(stories):
    for story in stories.values():
        letter = contents(story).parts[0]
        said = " ".join(item.text for item in letter.sections[0].items)
        for restriction in story.proposal.assessment.restrictions:
            if story.proposal.activity(restriction.id):  # what is allowed by now is no restriction in the plan
                assert f"{restriction.movement} — {restriction.quality}" in said


def test_a_restriction_the_clinician_changed_or_dropped_stands_so_on_the_letter(stories):
    story = next(iter(stories.values()))
    first, second = story.proposal.assessment.restrictions[:2]
    kept = tuple(
        replace(a, description="AVOID: deep bends, by the clinician", original=a.description) if a.id == first.id else a
        for a in story.proposal.activities if a.id != second.id
    )  # fmt: skip
    letter = contents(replace(story, proposal=replace(story.proposal, activities=kept))).parts[0]
    said = [item.text for item in letter.sections[0].items]
    assert "AVOID: deep bends, by the clinician" in said
    assert not any(second.movement in text for text in said)


def test_every_value_has_its_source_and_who_confirmed_it():
    made = signed()
    now = made.proposal.assessment
    words = Measurement(
        Source("DiagnosticReport/r", "DXA report"), Quantity.T_SCORE, Decimal("-1.8"), None, site=Site.TOTAL_HIP,
        recorded_value="-1.8", confirmed_by="Dr Okafor, 2026-03-01",
    )  # fmt: skip
    chart = replace(now.chart, measurements=(words,))
    made = replace(made, proposal=replace(made.proposal, assessment=replace(now, chart=chart)))
    text = " ".join(as_text(contents(made)).split())
    assert "from: Lumbar spine T-score, Observation/dxa" in text
    assert "T-score: -1.8, total hip, no date, DXA report, DiagnosticReport/r, in a report's words, confirmed" in text
    assert "Stable: since Feb 20, 2026, Dr Example" in text


def test_no_line_says_the_same_twice(stories):
    for story in stories.values():
        for part in contents(story).parts:
            for section in part.sections:
                for item in section.items:
                    sentences = [s for s in re.split(r"(?<=[.;]) ", item.text) if len(s) > 40]
                    assert len(sentences) == len(set(sentences)), item.text
