"""Whatever a name or a description holds, the Bundle stays valid and the narrative shows it as typed."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartapp.core.proposal import Choice, Decision, Role, Signer
from smartapp.fhir.build import build, faults, proposal_bundle
from smartapp.fhir.build.elements import CUT, LIMIT, NARRATIVE_LINE, fhir_string, narrative
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, proposal, signed

NASTY = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(), max_size=20),  # every code point, lone surrogates and controls too
    st.sampled_from(
        [
            "<script>alert(1)</script>", "</div>", "]]>", "<!--", "&nbsp;", "&#0;", "<![CDATA[x]]>", "a\x00b", "\x0b",
            "\u2028", "\ufffe\uffff", "\u202eright to left", "\u00a0", "   ", "", "\n\n", "'" + '"', "é" * 40, "🦴" * 9,
            "urn:uuid:x", "#",
        ]
    ),
)  # fmt: skip


@given(patient=NASTY, title=NASTY, words=NASTY, reason=NASTY, signer=NASTY, instruction=NASTY)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_valid_bundle(patient, title, words, reason, signer, instruction):
    plain = proposal(name=patient)
    wild = replace(
        plain,
        title=title,
        description=words,
        activities=tuple(
            replace(a, title=a.title + title, description=f"{a.description} {words}", dose=reason)
            for a in plain.activities
        ),
        goals=tuple(replace(g, description=words) for g in plain.goals),
        referral=replace(plain.referral, note=words, patient_instruction=instruction, performer_text=title),
        warnings=(words,),
    )
    made = signed(
        proposal=wild,
        signer=Signer("Practitioner/d1", signer, Role.SIGNER),
        decisions=(Decision("E01", Choice.CHANGE, words, reason),),
    )
    for bundle in (build(made, KNOWLEDGE, BASE), proposal_bundle(wild, KNOWLEDGE)):
        again = json.loads(json.dumps(bundle).encode())
        assert faults(again) == ()
        get_fhir_model_class("Bundle").model_validate(again)


@given(NASTY)
def test_clean_text_is_printable_trimmed_and_stable(text):
    kept = fhir_string(text)
    assert kept == kept.strip()
    assert all(char.isprintable() or char in "\t\n\r" or ord(char) >= 0xA0 for char in kept)
    assert fhir_string(kept) == kept
    kept.encode()


@given(NASTY)
def test_a_narrative_says_what_was_typed_and_nothing_else(text):
    div = ElementTree.fromstring(narrative([("Title", [text])])["div"])
    shown = "".join(div.itertext())
    words = " ".join(fhir_string(text).split())
    assert shown == (f"Title{words}" if words else "No content")


@pytest.mark.parametrize("char", ["a", "é", "🦴", "<"])
def test_very_long_text_is_cut_visibly_below_one_megabyte(char):
    kept = fhir_string(char * 1_200_000)
    assert len(kept.encode()) <= LIMIT
    assert kept.endswith(CUT)
    assert kept[:1000] == char * 1000


def test_a_very_long_description_still_makes_a_bundle():
    wild = replace(proposal(), description="<b>" * 400_000)
    bundle = build(signed(proposal=wild), KNOWLEDGE, BASE)
    plan = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan")
    assert plan["description"].endswith(CUT)
    assert plan["text"]["div"].count("&lt;b&gt;") < NARRATIVE_LINE
