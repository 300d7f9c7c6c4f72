"""Assessment -> the facts of the fracture a therapist needs on page one (RP4c); what is not in the chart is printed."""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment
from smartapp.core.dates import us_date
from smartapp.core.kinds import NO_OPERATION
from smartapp.core.plan.bearing import brace_line, weight_bearing_line
from smartapp.core.quotes import quoted
from smartapp.core.states import Healing
from smartapp.core.threshold_words import shown_number
from smartapp.document.given import Given, clipped
from smartapp.document.letter_parts import BONE, IMAGING, Piece

QUOTE, QUOTES, OPERATIONS = 90, 2, 2


def fracture_facts(given: Given) -> Iterator[Piece]:
    now, words = given.now, given.words("letter")
    yield Piece(_fracture(now))
    yield Piece(" ".join(_operations(now)) or words["surgeon"])
    yield Piece(weight_bearing_line(now) or words["weight-bearing"])
    yield Piece(
        brace_line(now, lambda quote: clipped(quote, QUOTE))
        or (words["brace-unread"] if now.chart.partial else words["brace"])
    )
    yield Piece(_imaging(now) or words["imaging"], rank=IMAGING)
    yield Piece(_bone(now), rank=BONE)


def _fracture(now: Assessment) -> str:
    level = ", ".join(sorted(now.levels)) or "level not stated"
    name = next((d.source.display for d in now.chart.diagnoses if d.source == now.fracture), "") or "lumbar fracture"
    day = "no date: ask"
    if now.anchor:
        day = f"{us_date(now.anchor.day)} (day {(now.as_of - now.anchor.day).days})"
    healing = "healing: not stated" if now.healing is Healing.UNKNOWN else f"healing: {now.healing.value}"
    return f"{level}: {clipped(name, QUOTE)}, {day}; {healing}."


def _operations(now: Assessment) -> Iterator[str]:
    done = [p for p in now.chart.procedures if p.kind not in NO_OPERATION]
    done.sort(key=lambda procedure: str(procedure.performed or ""), reverse=True)
    for procedure in done[:OPERATIONS]:
        name = procedure.text or procedure.source.display or procedure.kind.value.replace("-", " ")
        yield f"Operation: {clipped(name, QUOTE)}, {procedure.performed or 'no date'}."


def _imaging(now: Assessment) -> str:
    spine = [r for r in now.chart.reports if r.spine and r.findings]
    spine.sort(key=lambda report: str(report.when or ""), reverse=True)
    quotes = [
        f"{report.when or 'no date'} {quoted(clipped(finding.quote, QUOTE))}"
        for report in spine for finding in report.findings if finding.accepted is not False
    ]  # fmt: skip
    return f"Imaging: {'; '.join(quotes[:QUOTES])}." if quotes else ""


def _bone(now: Assessment) -> str:
    density, vitamin = now.bone_density, now.vitamin_d
    bone = "bone density: none found"
    if density:
        value = f" {density.value}" if density.value is not None else ""
        bone = f"{density.cls.replace('-', ' ')}{value}" + (f" ({us_date(density.on)})" if density.on else "")
    level = f"25-OH vitamin D {shown_number(vitamin.ng_per_ml)} ng/mL" if vitamin else "25-OH vitamin D: none found"
    drugs = ", ".join(f"{drug.drug} ({drug.state.value})" for drug in now.treatment[:3])
    unread = "not fully read" if now.chart.medicines_unread else "none found"
    return f"{bone[0].upper()}{bone[1:]}; {level}; bone drug: {drugs or unread}."
