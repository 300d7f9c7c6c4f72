"""The signed plan as paper: what is said, in which order, and that the PDF is whole, tagged and always the same."""

import re
from dataclasses import replace

import pytest

from smartapp.core.chart import Patient
from smartapp.document import NoPdf, as_pdf, as_text, contents
from tests.ehr.write.samples import R1_TEXT, signed

BASIS = ("Rules of version 0123456789ab, awaiting clinical sign-off.",)


def named(name):
    made = signed()
    assessment = made.proposal.assessment
    chart = replace(assessment.chart, patient=Patient("Patient/p1", name, record_number="MRN-7"))
    return replace(made, proposal=replace(made.proposal, assessment=replace(assessment, chart=chart)))


def test_restrictions_come_before_everything_that_is_to_be_done():
    text = as_text(contents(signed(), BASIS))
    order = ["*** MOVEMENT RESTRICTIONS ***", "*** EXERCISES NOT TO BE DONE ***", "PHASE AND WHY", "PROGRAMME", "GOALS",
             "REFERRAL TO PHYSICAL THERAPY", "*** PRECAUTIONS FOR THE THERAPIST ***", "ASKED FOR"]  # fmt: skip
    places = [text.index(title) for title in order]
    assert places == sorted(places)
    assert R1_TEXT in " ".join(text.split())


def test_text_fits_a_note_field():
    text = as_text(contents(signed(), BASIS))
    assert max(map(len, text.splitlines())) <= 80
    assert "\t" not in text


def test_the_referral_has_what_medicare_asks_for():
    letter = " ".join(as_text(contents(signed())).partition("=====")[2].split())
    for label in ("Diagnoses:", "Type:", "Amount: 60 minutes", "Frequency: 2 to 3 sessions a week (Mon, Wed, Fri)",
                  "Duration: 2026-03-01 to 2027-03-01", "LONG-TERM GOALS", "Referred by: Dr Dana Example"):  # fmt: skip
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
