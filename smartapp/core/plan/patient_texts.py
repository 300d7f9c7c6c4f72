"""Proposal -> every text for this patient, in the language of the chart: the one place where they are chosen.

Rule book 2b, section 6, and 2c, section 8: what limits take out is not named, and the stop texts stand first, always.
"""

from collections.abc import Iterator
from dataclasses import replace

from smartapp.core.assessment import Assessment
from smartapp.core.knowledge import Knowledge
from smartapp.core.patient_texts import ENGLISH, SPANISH, PatientText, PatientTexts
from smartapp.core.plan.instead import WhyNoPlan, why_no_plan
from smartapp.core.plan.limit_words import limit_texts, speaks_spanish
from smartapp.core.plan.pain import has_pain_line, is_comfort_care, pain_medicines, wears_brace
from smartapp.core.plan.patient_reader import Reader
from smartapp.core.plan.patient_rows import advice_texts, exercise_texts, restriction_texts
from smartapp.core.plan.patient_times import held_condition, ramp_text, visits_text
from smartapp.core.proposal import Proposal
from smartapp.core.states import Disposition, Phase, Track

BLANK = "__________"  # to be filled in by hand where the settings have no number
_MOVED = frozenset({"augmentation", "surgery", "reset-date-unknown"})  # rules of an anchor that a procedure has moved
# What an order says to the patient, in this order (rule book 2c, CX27); at most two limits.
_INSTRUCTED = ("stop.emergency", "no-plan", "pain.very-high", "phase", "ramp", "visits", "stop.today")


def with_patient_texts(proposal: Proposal, knowledge: Knowledge) -> Proposal:
    """The proposal with its texts, and the order with what it says to the patient."""
    texts = patient_texts(proposal, knowledge)
    proposal = replace(proposal, patient_texts=texts)
    if proposal.referral is None:
        return proposal
    return replace(proposal, referral=replace(proposal.referral, patient_instruction=instruction(texts)))


def instruction(texts: PatientTexts) -> str:
    """As one paragraph: the emergency first, then limits, where the patient stands, time, and whom to call today."""
    limits = " ".join(item.text for item in texts.of("limit")[:2])
    first, *others = (texts.starting(name) for name in _INSTRUCTED)
    return " ".join(filter(None, (first, limits, *others)))


def patient_texts(proposal: Proposal, knowledge: Knowledge, language: str | None = None) -> PatientTexts:
    """``language``: en or es; without one that of the chart. A third language gives English and an interpreter."""
    told = proposal.assessment.chart.patient.language
    spoken = SPANISH if speaks_spanish(told) else ENGLISH
    reader = Reader(proposal, knowledge, language or spoken)
    items = dict.fromkeys(item for item in _all(reader) if item.text)
    return PatientTexts(reader.language, bool(told.strip()) and not _speaks_english(told), tuple(items))


def _speaks_english(language: str) -> bool:
    told = language.strip().lower()
    return told.partition("-")[0] in ("en", "eng") or "english" in told


def _all(reader: Reader) -> Iterator[PatientText]:
    now = reader.assessment
    if now.chart.patient.deceased:
        return
    yield reader.always(_emergency(now), hospice=BLANK)
    yield reader.always("stop.today")
    if not reader.comfort:
        yield reader.always("stop.next-visit")
    if reader.proposal.referral is None:
        yield from _no_plan(reader)
        return
    yield from _phase(reader)
    yield from (PatientText(id_, text, "limit") for id_, text in limit_texts(now, reader.spanish))
    yield from ramp_text(reader)
    yield from visits_text(reader)
    yield from restriction_texts(reader)
    yield from _pain(reader)
    yield from exercise_texts(reader)
    yield from advice_texts(reader)


def _emergency(now: Assessment) -> str:
    """Of whoever has a deficit for long only what is new is an emergency; in hospice its nurse comes first."""
    if is_comfort_care(now):
        return "stop.emergency-hospice"
    return "stop.emergency-known" if now.has("neuro-history") else "stop.emergency"


# What is still to be answered, in the patient's words; of another patient's records none is asked.
_QUESTIONS = {
    WhyNoPlan.CONFIRM: "question.confirm-first",
    WhyNoPlan.CAUSE: "question.cause-first",
    WhyNoPlan.BONE: "question.bone-first",
    WhyNoPlan.ANSWER: "question.answer-first",
}


def _no_plan(reader: Reader) -> Iterator[PatientText]:
    words = {
        Disposition.CONFIRM_FIRST: "no-plan.confirm",
        Disposition.REFER_NO_PRESCRIPTION: "no-plan.refer",
    }.get(reader.assessment.disposition)
    if words:
        question = _QUESTIONS.get(why_no_plan(reader.assessment))
        yield reader.text(words, question=reader.always(question).text if question else "")
        yield from restriction_texts(reader)


def _phase(reader: Reader) -> Iterator[PatientText]:
    """Where the patient stands; in very strong pain and in hospice other words lead."""
    now = reader.assessment
    if reader.comfort:
        return
    if reader.in_very_strong_pain:
        yield reader.text("pain.very-high", max=held_condition(reader))
        return
    tracks = {Track.CHAIR: "phase.seated", Track.BED: "phase.bed"}
    if now.track in tracks:
        yield reader.text(tracks[now.track])
        return
    phase = now.effective_phase or Phase.INITIAL
    moved = now.anchor is not None and now.anchor.rule in _MOVED
    if phase is not Phase.ADVANCED and (moved or now.calendar_phase is not phase):
        yield reader.text("phase.held")
        yield reader.text(f"phase.{phase}-now")
    else:
        yield reader.text(f"phase.{phase}")


def _pain(reader: Reader) -> Iterator[PatientText]:
    """In the initial phase, as long as pain holds the patient back, and in palliative care."""
    now = reader.assessment
    if not (reader.comfort or has_pain_line(now, reader.knowledge)):
        return
    yield reader.text("pain.positions-raised" if reader.cannot_lie else "pain.positions")
    if not reader.comfort:
        yield reader.text("pain.pacing" if now.track is Track.STANDING else "pain.pacing-seated")
        yield reader.text("pain.bed-no-arms" if reader.cannot_push else "pain.bed")
        yield reader.always("pain.cough")
    if pain_medicines(now):
        yield reader.text("pain.medicine")
    yield reader.text("pain.heat")
    if wears_brace(now) and not any(limit.id == "WP20" and limit.patient_text for limit in now.constraints):
        yield reader.text("pain.brace")
