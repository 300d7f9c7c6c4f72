"""Assessment and proposal -> the face of the review page: its first line, whether it can be signed, the order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.dates import Precision, near_date
from smartapp.core.fracture_coding import Morphology
from smartapp.core.program import PriorityValue
from smartapp.core.proposal import Proposal
from smartapp.core.states import AlertGroup, Phase
from smartapp.ehr.fetched_chart import Failure, FailureKind
from smartapp.web.catalog import Lazy, _
from smartapp.web.review_facts import Number, unread_lines
from smartapp.web.words import PHASES, Look

KINDS_OF_FRACTURE: Mapping[Morphology, str] = MappingProxyType(
    {
        Morphology.COMPRESSION: Lazy("compression fracture"),
        Morphology.STABLE_BURST: Lazy("stable burst fracture"),
        Morphology.BURST: Lazy("burst fracture"),
        Morphology.UNSTABLE_BURST: Lazy("unstable burst fracture"),
        Morphology.OSTEOPOROTIC: Lazy("osteoporotic fracture"),
        Morphology.FATIGUE: Lazy("fatigue fracture"),
        Morphology.NEOPLASTIC: Lazy("fracture in a tumor"),
        Morphology.PATHOLOGICAL: Lazy("pathological fracture"),
        Morphology.PROCESS: Lazy("fracture of a process"),
        Morphology.PARS: Lazy("pars fracture"),
        Morphology.OTHER: Lazy("fracture"),
        Morphology.UNSPECIFIED: Lazy("fracture"),
    }
)
_BY: Mapping[str, tuple[tuple[str, ...], str]] = {  # a value: the searches it comes from, and what it decides
    Lazy("Diagnoses"): (
        (
            *("diagnoses on the problem list", "diagnoses made at visits"),
            *("health concerns", "diagnoses without a category"),
        ),
        Lazy("Decide fracture, phase and stops"),
    ),
    Lazy("Procedures"): (("procedures",), Lazy("Decide phase and limits")),
    Lazy("Pain"): (("laboratory results, pain and habits",), Lazy("Decides the phase")),
    Lazy("Bone density"): (
        ("bone density results", "bone density reports"), Lazy("Decides osteopenia or osteoporosis"),
    ),
    Lazy("Imaging"): (
        ("imaging results under local codes", "imaging reports under local codes"), Lazy("Decides phase and stops"),
    ),
    Lazy("Medicines"): (
        ("prescribed medicines", "reported medicines", "medicines given", "medicines named only by reference"),
        Lazy("Decide bone treatment and cautions"),
    ),
    Lazy("Blood tests"): (("blood tests",), Lazy("Decide stops and cautions")),
    Lazy("Vitamin D"): (("laboratory results, pain and habits",), Lazy("Decides one line")),
    Lazy("Vital signs, falls"): (("blood pressure, vital signs and falls",), Lazy("Decide cautions")),
    Lazy("Movement tests"): (("tests of movement and frailty",), Lazy("Decide goals and minutes")),
    Lazy("Orders"): (("orders", "warnings on the chart"), Lazy("Decide limits set by others")),
    Lazy("Devices"): (
        ("braces and devices ordered", "braces and devices in use", "implants and devices"), Lazy("Decide limits"),
    ),
    Lazy("Plans, goals"): (("care plans", "goals"), Lazy("Decide whether a plan stands")),
    Lazy("Family history"): (("family history",), Lazy("Decides one line")),
    Lazy("Visits"): (("visits",), Lazy("Date diagnoses")),
    Lazy("Patient"): (("the patient's name, birth date and sex",), Lazy("Decides age and sex")),
}  # fmt: skip
MAY_LOWER = frozenset({"Diagnoses", "Procedures", "Pain", "Imaging"})  # unread, the phase may be lower
MAY_RAISE = frozenset({"Diagnoses", "Imaging"})
# Reading again may help only against these; what is not permitted or not offered stays so.
MAY_PASS = frozenset({FailureKind.UNAVAILABLE, FailureKind.PARTIAL})
READ_ALL_THE_SAME = frozenset({FailureKind.REMARK, FailureKind.ENCODING})
READY = Look(Lazy("Ready to sign"), "open", "check")


@dataclass(frozen=True)
class UnreadValue:
    """A value that could not be read, which is another thing than missing."""

    name: str
    decides: str
    retry: bool


def unread_values(failures: Iterable[Failure]) -> tuple[UnreadValue, ...]:
    """In the order of weight."""
    failed: dict[str, bool] = {}
    for failure in failures:
        if failure.kind not in READ_ALL_THE_SAME:
            failed |= {label: failed.get(label, False) or failure.kind in MAY_PASS for label in failure.searches}
    found = (
        (name, decides, [failed[label] for label in labels if label in failed])
        for name, (labels, decides) in _BY.items()
    )
    return tuple(UnreadValue(name, decides, any(retry)) for name, decides, retry in found if retry)


# A number of the evidence by the name its tile has where it could not be read.
_TILES = {"25-OH vitamin D": Lazy("Vitamin D"), "Pain now": Lazy("Pain"), "Bone drug": Lazy("Medicines")}


def tile_of(number: Number) -> str:
    return _TILES.get(number.label, number.label)


_SHORT = {"Bone density": Lazy("Bone"), "25-OH vitamin D": Lazy("Vitamin D"), "Pain now": Lazy("Pain")}


def short_label(number: Number) -> str:
    """``T-score`` and its number, where there is one, instead of ``Bone``."""
    score = number.value.partition(" ")[0]
    return (
        f"{score}-score"
        if number.label == "Bone density" and score in ("T", "Z")
        else _SHORT.get(number.label, number.label)
    )


def shown_value(number: Number, unread: Iterable[UnreadValue], incomplete: bool) -> str:
    """A value of the first line; what could not be read is not called missing."""
    if number.value:
        if short_label(number).endswith("-score"):
            return number.value.partition(" ")[2]
        return f"{number.value} {number.meaning}".strip() if number.label == "Bone drug" else number.value
    if tile_of(number) in {value.name for value in unread}:
        return _("could not be read")
    return _("not known") if incomplete else _("none found")


_ASKED = frozenset({AlertCode.CONFIRM_STABILITY, AlertCode.CONFIRM_HEALING, AlertCode.DELAYED_HEALING})


def days_and_fracture(now: Assessment) -> str:
    """``Day 118, L2 compression fracture``: how long ago, which level, what kind."""
    days = _("Date not known")
    if now.anchor is not None:
        doubt = now.anchor.precision is not Precision.DAY or now.anchor.earliest < now.anchor.day
        days = _(
            "Day %(days)s%(later)s%(begun)s",
            days=(now.as_of - now.anchor.day).days,
            later=_(" or later") if doubt else "",
            begun=_begun_by(now),
        )
    return f"{days}, {_fracture(now)}"


def _begun_by(now: Assessment) -> str:
    """What began the days, where it was not the fracture itself: an operation begins them again."""
    of = {source.reference for source in (now.fracture, *now.fractures) if source}
    source = now.anchor.source if now.anchor else None
    if source is None or source.reference in of or source.reference in _records_of_fractures(now):
        return ""
    return _(" since %(operation)s", operation=source.display.partition(",")[0] or _("the operation"))


def _records_of_fractures(now: Assessment) -> set[str]:
    return {each.source.reference for each in now.chart.diagnoses if each.fracture}


def _fracture(now: Assessment) -> str:
    of = {source.reference for source in (now.fracture, *now.fractures) if source}
    coded = [each.fracture for each in now.chart.diagnoses if each.source.reference in of and each.fracture]
    levels = "/".join(sorted({level for each in coded for level in each.levels})) or _("lumbar")
    kinds = dict.fromkeys(KINDS_OF_FRACTURE[each.morphology] for each in coded)
    told = [kind for kind in kinds if kind != "fracture"] or ["fracture"]
    return f"{levels} {_(' and ').join(map(str, told))}"


def phase_range(now: Assessment, unread: Iterable[UnreadValue] = ()) -> tuple[Phase, ...]:
    """The phase; where a part of the chart could not be read, from the lowest to the highest it may be."""
    possible = {now.effective_phase}
    names = {value.name for value in unread}
    if unread_lines(now):
        possible |= {other.effective_phase for other in now.alternatives}
    if names & MAY_LOWER:
        possible.add(Phase.INITIAL)
    if names & MAY_RAISE:
        possible.add(now.calendar_phase)
    ranked = sorted((phase for phase in possible if phase), key=lambda phase: phase.rank)
    return tuple(ranked[:1] + ranked[1:][-1:])


def because_of(now: Assessment) -> tuple[str, ...]:
    """What the first line rests on, as far as a person must know it at once and no card below it says so."""
    return tuple(filter(None, (_held_at(now),)))


def _held_at(now: Assessment) -> str:
    """Why the phase is not what time alone would make it; empty where it is, or where a point to settle says so."""
    held, by_time = now.effective_phase, now.calendar_phase
    if held is None or any(a.code in _ASKED and now.group(a) is AlertGroup.DECIDE for a in now.alerts):
        return ""
    if now.anchor is None:
        return _("%(held)s, the strictest, because the fracture has no date.", held=PHASES[held])
    if by_time is not None and by_time is not held:
        return _(
            "Held at %(held)s; by time since fracture it would be %(by_time)s.",
            held=PHASES[held],
            by_time=PHASES[by_time],
        )
    return ""


def signing_state(refused: str, unsettled: int) -> Look:
    """What stands beside the first line, with its tone and its shape."""
    if refused:
        return Look(_("Nothing to sign"), "quiet", "barred")
    return (
        Look(_("Not ready: %(unsettled)s to settle", unsettled=unsettled), "change", "triangle") if unsettled else READY
    )


def order_words(plan: Proposal) -> str:
    """Visits, minutes, priority and the day in one line."""
    visits, ramp, priority = plan.visits, plan.ramp, plan.priority
    if visits is None or ramp is None or priority is None:
        return ""
    minutes = f"{ramp.start}–{ramp.target}" if ramp.start != ramp.target else ramp.target
    count = visits.text.rstrip(".").partition(":")[0]
    by = near_date(priority.see_by, plan.assessment.as_of)
    return _(
        "%(count)s; sessions %(minutes)s min; %(priority)s, by %(by)s.",
        count=count,
        minutes=minutes,
        priority=priority.value,
        by=by,
    )


def order_reasons(plan: Proposal, split: str) -> tuple[str, ...]:
    """Behind that line: the rhythm of the visits, from when sessions are long, why it is urgent, and ``split``, the
    words for that a session may be split, where it may.
    """
    visits, ramp, priority = plan.visits, plan.ramp, plan.priority
    if visits is None or ramp is None or priority is None:
        return ()
    urgent = priority.because and priority.value is not PriorityValue.ROUTINE
    return tuple(
        filter(None, (
            visits.text if ":" in visits.text else "",
            _("Sessions of %(minutes)s min by %(day)s.", minutes=ramp.target, day=ramp.full_dose_from)
            if ramp.full_dose_from and ramp.full_dose_from >= plan.start else "",
            f"{priority.value.capitalize()}: {'; '.join(priority.because)}." if urgent else "",
            split if split in plan.warnings else "",
        ))
    )  # fmt: skip
