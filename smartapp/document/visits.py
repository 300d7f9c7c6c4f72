"""What is ordered, in words: the visits, and the elements of a Medicare plan of care (42 CFR 410.61(c))."""

from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import us_date
from smartapp.core.plan.limit_words import sentence
from smartapp.core.plan.visits import plan_of_care
from smartapp.core.proposal import Referral, Timing
from smartapp.document.given import Given, clipped
from smartapp.document.letter_parts import Piece

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
DIAGNOSIS, DIAGNOSES, ALL_DIAGNOSES = 110, 5, 400  # characters of one, how many, characters of all


def visit_frequency(dose: Timing) -> str:
    most = f" to {dose.frequency_max}" if dose.frequency_max else ""
    often = "a week" if dose.period_days == 7 else f"in {dose.period_days} days"
    days = f" ({', '.join(DAYS.get(day, day) for day in dose.days)})" if dose.days else ""
    return f"{dose.frequency}{most} sessions {often}{days}"


def what_is_asked(given: Given, referral: Referral) -> str:
    """The visits with their days, and home health where the patient cannot come."""
    if visits := given.plan.visits:
        days = f"{us_date(visits.start)} to {us_date(visits.end)}"
        return f"{visits.text.rstrip('.')}, {days}. {visits.setting}".strip()
    return f"{visit_frequency(referral.timing)}, {us_date(referral.start)} to {us_date(referral.end)}."


def certification(given: Given, referral: Referral) -> tuple[Piece, ...]:
    words = plan_of_care(given.plan, given.knowledge.course.texts)
    days = f"{us_date(referral.start)} to {us_date(referral.end)}"
    return (
        Piece(f"{clipped('; '.join(diagnoses(given)), ALL_DIAGNOSES)}.", "Diagnoses"),
        Piece("as above.", "Goals"),
        Piece(sentence(words.type if words else given.words("letter")["type"]), "Type"),
        Piece(sentence(words.amount if words else given.words("letter")["amount"]), "Amount"),
        Piece(sentence(words.frequency if words else visit_frequency(referral.timing)), "Frequency"),
        Piece(sentence(words.duration if words else days), "Duration"),
    )


def diagnoses(given: Given) -> list[str]:
    """Fractures of the episode, then low bone density, each with its code as recorded."""
    now = given.now
    ours = [d for d in now.chart.diagnoses if d.source in now.fractures or d.source == now.fracture]
    bone = [d for d in now.chart.diagnoses if d.concepts & {Concept.OSTEOPENIA, Concept.OSTEOPOROSIS}]
    told = list(dict.fromkeys(_diagnosis(d) for d in (*ours, *bone)))
    return told[:DIAGNOSES] or ["lumbar fracture (no code in the chart)"]


def _diagnosis(diagnosis: Diagnosis) -> str:
    name = diagnosis.source.display or diagnosis.text or diagnosis.source.reference
    code = diagnosis.code
    return clipped(f"{code} {name}" if code and code not in name else name, DIAGNOSIS)
