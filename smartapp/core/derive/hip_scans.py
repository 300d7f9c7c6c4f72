"""A bone density of a hip that holds a prosthesis, a nail or a plate never classifies (rule book 2a, CO16; WP14).

Where a side is not told the scan may be of that hip: then it proves osteoporosis, and nothing better.
"""

from datetime import date
from decimal import Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Measurement, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.notes import Noting, alert
from smartapp.core.kinds import ProcedureKind, ProcedureState, Quantity, Site
from smartapp.core.thresholds import ThresholdName

HIP = frozenset({Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR})
_LEAVES_METAL = frozenset({ProcedureKind.HIP_REPLACEMENT, ProcedureKind.FEMUR_FIXATION})
_SIDES = ("left", "right")


def over_hip_metal(measured: Measurement, day: date, facts: Facts) -> Noting[bool]:
    """Whether a value of that day cannot count; DXA_SITE_INVALID is raised where metal is, or may be, in the scan."""
    if measured.site not in HIP:
        return False
    own = measured.side or _side_in(_words(measured.source, measured.text))
    metal = [(source, side) for source, side in _metal_by(day, facts) if not (own and side and own != side)]
    if not metal:
        return False
    known = any(own and side == own for _, side in metal)
    where = "lies" if known else "may lie, as no side is told,"
    why = f"Metal of an operation {where} in the scanned hip ({measured.value}, {day})."
    sources = (measured.source, *(source for source, _ in metal))
    yield alert(AlertCode.DXA_SITE_INVALID, why, sources, eased=_other_read(measured, facts), variant="metal")
    return known or not _is_osteoporotic(measured, facts)


def _metal_by(day: date, facts: Facts) -> list[tuple[Source, str]]:
    """What had been put into a hip by that day, or on a day nobody knows, with its side where it is told."""
    done = [
        (p.source, _side_in(_words(p.source, p.text)))
        for p in facts.chart.procedures
        if p.kind in _LEAVES_METAL
        and p.state is ProcedureState.COMPLETED
        and (p.performed is None or p.performed.earliest <= day)
    ]
    found = [d for d in facts.with_concepts(Concept.HIP_REPLACEMENT) if d.onset is None or d.onset.earliest <= day]
    return [*done, *((d.source, _side_in(_words(d.source, d.text))) for d in found)]


def _words(source: Source, text: str) -> str:
    return f"{text} {source.display} {source.note}".lower()


def _side_in(words: str) -> str:
    """Left or right where the words name one of them; empty where they name none or both."""
    named = [side for side in _SIDES if side in words.replace("(", " ").replace(")", " ").split()]
    return named[0] if len(named) == 1 else ""


def _is_osteoporotic(measured: Measurement, facts: Facts) -> bool:
    lowest = facts.knowledge.number(ThresholdName.T_OSTEOPOROSIS)
    value = measured.value if measured.value is not None else Decimal(0)
    return measured.quantity is Quantity.T_SCORE and value <= lowest


def _other_read(measured: Measurement, facts: Facts) -> bool:
    """Whether another site classifies beside it."""
    scores = (*facts.measurements_of(Quantity.T_SCORE), *facts.measurements_of(Quantity.Z_SCORE))
    central = {*HIP, Site.LUMBAR_SPINE}
    return any(m.site in central and m.source.reference != measured.source.reference for m in scores)
