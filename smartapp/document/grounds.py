"""SignedPlan -> why it says what it says: phase, bone density and vitamin D with their sources, edits, evidence."""

from collections.abc import Iterator, Sequence
from itertools import chain

from smartapp.core.assessment import Assessment, Phase, Reason, shown_number
from smartapp.core.chart import Quantity, Source
from smartapp.core.proposal import SignedPlan
from smartapp.document.sheet import Item, Section

PHASES = {Phase.INITIAL: "Initial", Phase.INTERMEDIATE: "Intermediate", Phase.ADVANCED: "Advanced"}
MEASURED = {
    Quantity.T_SCORE: "T-score",
    Quantity.Z_SCORE: "Z-score",
    Quantity.AREAL_BMD: "Bone mineral density",
    Quantity.VITAMIN_D: "25-OH vitamin D",
}


def grounds(signed: SignedPlan, basis: Sequence[str]) -> Iterator[Section]:
    now = signed.proposal.assessment
    yield Section("Phase and why", tuple(_phase(now)))
    yield Section("Bone density and vitamin D", tuple(_concluded(now)))
    yield Section("Read from the chart", tuple(_measured(now)))
    yield Section("Not in the chart", tuple(Item(f"{gap.question} {gap.effect}".strip()) for gap in now.gaps))
    yield Section("Stated by clinicians", tuple(_stated(now)))
    yield Section("Changed by the clinician", tuple(_edits(signed)))
    yield Section("Evidence", (Item(f"Statements of the rule book: {', '.join(_statements(signed))}."),))
    yield Section("Basis and review", tuple(Item(text) for text in (*basis, now.evidence_note) if text))


def _phase(now: Assessment) -> Iterator[Item]:
    phase = PHASES[now.effective_phase] if now.effective_phase else "none"
    yield Item(f"{phase} phase, as of {now.as_of}.", "Phase")
    if now.phase_reason:
        yield Item(now.phase_reason.text)
    for reason in now.deciding:
        yield Item(reason.text)
    if now.anchor:
        told = f"{now.anchor.day} ({now.anchor.rule})"
        doubt = f", at the earliest {now.anchor.earliest}" if now.anchor.earliest != now.anchor.day else ""
        yield Item(told + doubt + _from(now.anchor.source), "Day 0 of the fracture")


def _concluded(now: Assessment) -> Iterator[Item]:
    if bone := now.bone_density:
        value = f" {bone.value}" if bone.value is not None else ""
        at = f", {bone.site.replace('-', ' ')}" if bone.site else ""
        on = f", {bone.on}" if bone.on else ""
        yield Item(f"{bone.cls.replace('-', ' ')}{value}{at}{on}{_from(bone.source)}", "Bone density")
    if vitamin := now.vitamin_d:
        said = f"{shown_number(vitamin.ng_per_ml)} ng/mL, {vitamin.cls.replace('-', ' ')}"
        on = f", {vitamin.on}" if vitamin.on else ""
        yield Item(f"{said}{on}{_from(vitamin.source)}", "25-OH vitamin D")


def _from(source: Source | None) -> str:
    if source is None:
        return ""
    words = ", ".join(filter(None, (source.display, source.note, source.reference)))
    return f" (from: {words})"


def _measured(now: Assessment) -> Iterator[Item]:
    """Every bone density and vitamin D value that was read, used or not."""
    for measured in now.chart.measurements:
        if name := MEASURED.get(measured.quantity):
            site = measured.site.replace("-", " ") if measured.site else ""
            value = measured.recorded_value or str(measured.value or "")
            said = (value, site, str(measured.when or "no date"), measured.source.display, measured.source.reference)
            confirmed = f"in a report's words, confirmed by {measured.confirmed_by}" if measured.confirmed_by else ""
            yield Item(", ".join(filter(None, (*said, confirmed))), name)


def _stated(now: Assessment) -> Iterator[Item]:
    for said in now.chart.attestations:
        yield Item(f"since {said.on}{f', {said.by}' if said.by else ''}", said.name.replace("-", " ").capitalize())


def _edits(signed: SignedPlan) -> Iterator[Item]:
    for decision in signed.decisions:
        why = f" Reason: {decision.reason}" if decision.reason else ""
        yield Item(f"{decision.choice.value} {decision.value}".strip() + why, decision.item)


def _statements(signed: SignedPlan) -> list[str]:
    now = signed.proposal.assessment
    reasons: chain[Reason] = chain(
        now.deciding,
        (restriction.reason for restriction in now.restrictions),
        (alert.reason for alert in now.alerts),
        (activity.reason for activity in signed.proposal.activities),
        (goal.reason for goal in signed.proposal.goals),
    )
    return sorted({statement for reason in reasons for statement in reason.statements})
