"""A signed plan -> the referral on one page, in the order of rule book 2b, 7.1 (RP1-RP4h); missing facts are said.

It carries what a Medicare plan of care asks for: diagnoses, long-term goals, type, amount, duration, frequency.
"""

from collections.abc import Iterator

from smartapp.core.dates import age_on, us_date
from smartapp.core.kinds import Sex
from smartapp.core.plan.limit_words import ORDERS_QUOTED, order_lines, page_one_limits, track_line
from smartapp.core.plan.safe_today import safe_moves
from smartapp.core.proposal import Referral
from smartapp.core.review.results import ENTERED
from smartapp.core.states import Phase
from smartapp.document.fracture_facts import fracture_facts
from smartapp.document.given import SEXES, Given, born, clipped, short_name
from smartapp.document.letter_parts import (
    DATES,
    KEEP,
    KNOWN,
    LATE_DATES,
    LATER_TESTS,
    MORE_GOALS,
    PAYER,
    TESTS,
    DateRow,
    Letter,
    Piece,
)
from smartapp.document.letter_program import exercise_rows, program_pieces
from smartapp.document.precautions import group_rows, limit_rows, may_try
from smartapp.document.texts import stop_pieces
from smartapp.document.visits import certification, what_is_asked

NAME = 80  # characters of a name on page one (ours)
QUOTE = 180  # of an order; the whole of it stands behind (ours)
BECAUSE = 100
GOAL = 100
FIRST_DATES, FIRST_GOALS = 4, 2
PHASES = {Phase.INITIAL: "Initial", Phase.INTERMEDIATE: "Intermediate", Phase.ADVANCED: "Advanced"}
WHOM = {Sex.MALE: "him", Sex.FEMALE: "her"}
BLANK = "____________"


def letter(given: Given, referral: Referral) -> Letter:
    words = given.words("letter")
    orders = order_lines(given.now)
    more = page_one_limits(given.now)[1]
    urgent, because = _priority(given, referral)
    groups = [row for _, row in group_rows(given)]
    return Letter(
        title="Referral to physical therapy",
        clinic=clipped(given.clinic.name, NAME),
        priority=urgent,
        because=because,
        name=short_name(given.patient.name or given.patient.reference, NAME),
        identity=tuple(_identity(given)),
        referrer=tuple(_referrer(given)),
        orders=tuple(Piece(clipped(line, QUOTE)) for line in orders[:ORDERS_QUOTED]),
        box=(
            Piece(_safe(given), "Safe today:"),
            Piece(f"{words['ask']} {what_is_asked(given, referral)} {words['return']}", "Asked:"),
        ),
        precautions=(*limit_rows(given), *groups),
        more_limits=f"And {more} more, page 2." if more else "",
        program_title=_program_title(given),
        exercises=exercise_rows(given),
        program=tuple(program_pieces(given, referral)),
        facts=tuple(fracture_facts(given)),
        tests=tuple(_tests(given)),
        goals=tuple(_goals(given)),
        stop=stop_pieces(given),
        dates=tuple(_dates(given)),
        certification=certification(given, referral),
        signature=_signature(given),
    )


def _priority(given: Given, referral: Referral) -> tuple[str, str]:
    if asked := given.plan.priority:
        because = "; ".join(asked.because)
        return (
            f"{asked.value.upper()}: see by {us_date(asked.see_by)}",
            because and f"because: {clipped(because, BECAUSE)}",
        )
    return f"{referral.priority.upper()}", "see by: not set"


def _identity(given: Given) -> Iterator[Piece]:
    patient, now = given.patient, given.now
    age = f" ({age_on(patient.birth, now.as_of)})" if patient.birth else ""
    yield Piece(f"born {born(given)}{age}, {SEXES[patient.sex]}")
    yield Piece(f"MRN {clipped(patient.record_number, 40)}" if patient.record_number else "MRN: not in chart")
    yield Piece(f"phone {clipped(patient.phone, 40)}" if patient.phone else "phone: not in chart")
    yield Piece(_language(patient.language))
    yield Piece("payer: not read here", rank=PAYER)


def _language(language: str) -> str:
    if not language:
        return "language: not in chart, ask"
    if language.lower().partition("-")[0] in ("en", "eng", "english"):
        return "English"
    return f"{clipped(language, 40)}: interpreter needed"


def _referrer(given: Given) -> Iterator[Piece]:
    clinic = given.clinic
    npi = f", NPI {clinic.npi}" if clinic.npi else f", NPI {BLANK}"
    yield Piece(f"{short_name(given.author or BLANK, NAME)}{npi}", "From")
    yield Piece(f"{clinic.phone or BLANK} · fax {clinic.fax or BLANK}", "Call back")


def _safe(given: Given) -> str:
    """What is safe, without what a limit removes or pain holds; then who is to be kept moving."""
    now, words, safe = given.now, given.words("letter"), safe_moves(given.plan, given.knowledge)
    moving = words["keep-moving"].format(whom=WHOM.get(given.patient.sex, "the patient"))
    lines = (f"{', '.join(safe)}." if safe else "see the limits below.", track_line(now), moving)
    return " ".join(filter(None, lines))


def _program_title(given: Given) -> str:
    plan, now = given.plan, given.now
    phase = PHASES[now.effective_phase or Phase.INITIAL]
    told = f"Program today: {phase} phase"
    if ramp := plan.ramp:
        grows = f", {ramp.target} min by {us_date(full)}" if (full := ramp.full_dose_from) and full > now.as_of else ""
        return f"{told}, {ramp.start} min a session{grows}"
    minutes = plan.referral.timing.minutes if plan.referral else None
    return f"{told}, {minutes} min a session" if minutes else told


def _tests(given: Given) -> Iterator[Piece]:
    words, now, measures = given.words("letter"), given.now, given.plan.measures
    if asked := [measure.title for measure in measures if measure.asked]:
        yield Piece(f"{', '.join(asked)}.", rank=TESTS)
    if waits := [f"{measure.title} ({measure.wait.rstrip('.')})" for measure in measures if measure.wait]:
        yield Piece(f"{'; '.join(waits)}.", "Not now:", LATER_TESTS)
    by_referrer = ", entered by the referrer"
    known = [
        f"{m.title} {m.value} {m.unit}".strip()
        + (f" ({us_date(m.day)}{by_referrer * (m.source == ENTERED)})" if m.day else "")
        + (f", {m.cut_off}" if m.cut_off else "") + ("" if m.usable else ", repeat at evaluation")
        for m in measures if m.value is not None
    ]  # fmt: skip
    if known:
        yield Piece(clipped("; ".join(known), 400) + ".", "Known:", KNOWN)
    if may_try(now):
        yield Piece(words["trial"])


def _goals(given: Given) -> Iterator[Piece]:
    for place, goal in enumerate(given.plan.goals):
        due = f" (by {us_date(goal.due)})" if goal.due else ""
        yield Piece(f"{clipped(goal.description, GOAL)}{due}.", rank=KEEP if place < FIRST_GOALS else MORE_GOALS)


def _dates(given: Given) -> Iterator[DateRow]:
    reviews = sorted(given.plan.reviews, key=lambda review: review.day)
    for place, review in enumerate(reviews):
        rank = DATES if place < FIRST_DATES else LATE_DATES
        yield DateRow(us_date(review.day), review.what, review.decides.value, rank)


def _signature(given: Given) -> str:
    signed = given.signed
    if signed.active:
        at = f"{us_date(signed.signed_at)}, {signed.signed_at:%H:%M %Z}"
        return f"Signed electronically by {short_name(given.author, NAME)}, {at}"
    return f"Not signed. Signature of the referring clinician, date: {BLANK}{BLANK}"
