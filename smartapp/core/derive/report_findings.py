"""Imaging reports -> facts the rules use (rule book 2a, 2.3): dangers by themselves, what a clinician accepted with it.

A danger counts for 180 days and while no newer report of the spine denies it; a newer report that is silent on it
answers nothing. What was accepted acts as a record of the report's date, what was refused stays refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import ActivityOrder, Chart, Diagnosis, ImagingReport, Procedure, Source
from smartapp.core.concepts import OTHER_BONES, Concept
from smartapp.core.derive.dangers import answered, is_recent, present
from smartapp.core.derive.facts import Facts, began_on, name_words
from smartapp.core.derive.notes import Notes, alert, rule_missed
from smartapp.core.derive.report_measures import is_recorded, is_severe, sunk_between
from smartapp.core.fracture_coding import EncounterKind, FractureCoding, Morphology
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.kinds import AttestationName, ClinicalStatus, OrderKind, ProcedureKind, Verification
from smartapp.core.quotes import quoted
from smartapp.core.thresholds import ThresholdName

TUMORS = frozenset(
    {
        *(Concept.ACTIVE_CANCER, Concept.SPINAL_METASTASIS, Concept.MYELOMA, Concept.MALIGNANT_LESION),
        *(Concept.PATHOLOGICAL_FRACTURE, Concept.NEOPLASTIC_FRACTURE),
    }
)
# What only an image names asks for the work-up while it is suspected, and stops once it is stated (2c, P2).
_SUSPECTED: Mapping[str, Concept] = {
    **dict.fromkeys(TUMORS, Concept.MALIGNANCY_SUSPECTED),
    Concept.SPINAL_INFECTION: Concept.INFECTION_SUSPECTED,
}
_STATED: Mapping[str, frozenset[str]] = {
    Concept.MALIGNANT_LESION: frozenset({Concept.ACTIVE_CANCER.value}),
    Concept.PATHOLOGICAL_FRACTURE: frozenset({Concept.PATHOLOGICAL_FRACTURE.value, Concept.MALIGNANCY_SUSPECTED.value}),
}
# A trait of the person, not an illness that passes: it counts whatever the date of the report.
_FOR_LIFE = frozenset({Concept.ANKYLOSED_SPINE})
# What is said of a broken vertebra, and of no other thing: a record of that fracture.
_OF_A_FRACTURE = frozenset(
    {Concept.VERTEBRAL_FRACTURE, Concept.COLLAPSE_PROGRESS, "fracture-old", "fracture-new", "fracture-age-unknown"}
)
_HEALING = {"delayed": EncounterKind.DELAYED, "routine": EncounterKind.ROUTINE}


class _ReportReading(NamedTuple):
    """A finding with the report it stands in."""

    report: ImagingReport
    finding: ReportFinding

    @property
    def why(self) -> str:
        """The sentence of rule book 2a, 2.3."""
        said = quoted(f"{self.finding.quote.removesuffix('.')}.")
        return f"The report of {self.report.when or 'an unknown day'} says: {said}"


def readings_of_reports(facts: Facts) -> Iterator[_ReportReading]:
    """Every finding of a report that is not of a day to come."""
    for report in facts.chart.reports:
        if report.when is None or report.when.earliest <= facts.today:
            yield from (_ReportReading(report, finding) for finding in report.findings)


def with_report_facts(facts: Facts) -> Facts:
    """The same facts with those the reports add; nothing is added twice."""
    if not facts.chart.reports:
        return facts
    chart = facts.chart
    for reading in readings_of_reports(facts):
        if counts(reading, facts) or reading.finding.accepted:
            chart = _with(chart, reading)
    for report, finding in sunk_between(facts):
        if counts(sunk := _ReportReading(report, finding), facts):
            chart = _with(chart, sunk)
    return replace(facts, chart=chart)


def counts(reading: _ReportReading, facts: Facts) -> bool:
    """Whether it is a danger that counts today without being asked about."""
    report, finding = reading
    if not finding.danger:
        return False
    day = facts.day_of(report.when)
    recent = finding.concept in _FOR_LIFE or is_recent(day, ThresholdName.REPORT_DANGER_WITHIN, facts)
    return recent and not _is_denied(reading, facts)


def _is_denied(reading: _ReportReading, facts: Facts) -> bool:
    return any(_denies(other, reading, facts) for other in facts.chart.reports)


def _denies(other: ImagingReport, reading: _ReportReading, facts: Facts) -> bool:
    """Whether a newer report of the spine calls it absent; of a report without a date none is surely newer."""
    if not other.spine or reading.finding.concept not in other.denied or not other.when or not reading.report.when:
        return False
    return reading.report.when.latest < other.when.earliest <= facts.today


# -- a finding as the fact it stands for


def _with(chart: Chart, reading: _ReportReading) -> Chart:
    kind = reading.finding.kind
    if kind is FindingKind.PROCEDURE:
        done = _procedure(reading)
        return chart if done in chart.procedures else replace(chart, procedures=(*chart.procedures, done))
    if kind is FindingKind.ORDER:
        ordered = _order(reading)
        return chart if ordered in chart.orders else replace(chart, orders=(*chart.orders, ordered))
    said = _diagnosis(reading, chart)
    return chart if said in chart.diagnoses else replace(chart, diagnoses=(*chart.diagnoses, said))


def _source(reading: _ReportReading) -> Source:
    by = f", accepted by {reading.finding.by}" if reading.finding.accepted else ""
    return replace(reading.report.source, note=f"in the words of the report{by}")


def _known_as(finding: ReportFinding, chart: Chart) -> ReportFinding | None:
    """The finding at the recorded fracture it speaks of: at all of them where it names no vertebra."""
    known = [d.fracture for d in chart.diagnoses if d.fracture and Concept.VERTEBRAL_FRACTURE in d.concepts]
    if finding.levels:
        return finding if any(not each.levels or each.levels & finding.levels for each in known) else None
    levels = frozenset(level for each in known for level in each.levels)
    return replace(finding, levels=levels, region=known[0].region) if known else None


def _diagnosis(reading: _ReportReading, chart: Chart) -> Diagnosis:
    """A record of the fracture it speaks of, where that is recorded; words alone make none before they are accepted."""
    report, finding = reading
    measure = finding.kind is FindingKind.MEASURE
    known = _known_as(finding, chart)
    placed = known or (finding if finding.accepted and not measure else None)
    coding = _fracture(placed) if placed else None
    fracture = coding and replace(coding, of_known=known is not None)
    suspected = finding.suspected and not finding.accepted and not fracture
    concepts = _concepts(finding.concept, suspected) if finding.kind is FindingKind.DIAGNOSIS else frozenset()
    return Diagnosis(
        source=_source(reading),
        concepts=concepts | {Concept.VERTEBRAL_FRACTURE.value} if fracture else concepts,
        verification=Verification.UNCONFIRMED if suspected else Verification.CONFIRMED,
        clinical_status=ClinicalStatus.ACTIVE,
        fracture=fracture,
        recorded=report.when,
        collapse=finding.measured,
        text=quoted(finding.quote),
    )


def _concepts(concept: str, suspected: bool) -> frozenset[str]:
    if suspected:
        return frozenset({str(_SUSPECTED.get(concept, concept))})
    return _STATED.get(concept, frozenset({concept}))


def _fracture(finding: ReportFinding) -> FractureCoding | None:
    if finding.kind is FindingKind.HEALING:
        return FractureCoding(finding.region, finding.levels, _HEALING[finding.concept])
    if finding.kind is FindingKind.MORPHOLOGY:
        return FractureCoding(finding.region, finding.levels, morphology=Morphology(finding.concept))
    if finding.kind is FindingKind.MEASURE:
        return None if finding.measured.curve is not None else FractureCoding(finding.region, finding.levels)
    return FractureCoding(finding.region, finding.levels) if finding.concept in _OF_A_FRACTURE else None


def _procedure(reading: _ReportReading) -> Procedure:
    """Without a day: the report tells that it was done, not when."""
    finding = reading.finding
    kind = ProcedureKind(finding.concept)
    return Procedure(_source(reading), kind, finding.region, levels=finding.levels, text=finding.quote)


def _order(reading: _ReportReading) -> ActivityOrder:
    finding = reading.finding
    kind, given = OrderKind(finding.concept), reading.report.when
    return ActivityOrder(_source(reading), kind, finding.quote, finding.side, given, finding.until)


# -- what is told


def note_reports(facts: Facts) -> Notes:
    """Each danger that counts, what waits for an answer, and a newest image nobody could read."""
    for reading in readings_of_reports(facts):
        if counts(reading, facts):
            yield alert(AlertCode.REPORT_FINDING, reading.why, [reading.report.source])
        elif waits(reading, facts):
            source = [reading.report.source]
            eased = not is_severe(reading.finding.measured, facts)
            yield alert(AlertCode.REPORT_FINDING, reading.why, source, eased=eased, variant="offered")
    yield from _note_nonunion(facts)
    newest = _newest_of_spine(facts)
    if (
        newest is not None
        and newest.unread
        and is_recent(facts.day_of(newest.when), ThresholdName.REPORT_DANGER_WITHIN, facts)
    ):
        why = f"{quoted(newest.source.display)} of {newest.when or 'an unknown day'}: {newest.unread}."
        yield alert(AlertCode.REPORT_FINDING, why, [newest.source], variant="unread")


def _note_nonunion(facts: Facts) -> Notes:
    """FC14: a cleft, a fluid sign or the word itself; healing stated since answers it, as it does a coded nonunion."""
    for diagnosis in present(facts, Concept.FRACTURE_NONUNION):
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        if said := answered(AttestationName.HEALED, began_on(diagnosis, facts.today), facts):
            yield rule_missed("alert.nonunion", f"{why} Attested healed on {said.on}.", ("S42",), [diagnosis.source])
        else:
            yield alert(AlertCode.NONUNION, why, [diagnosis.source], variant="cleft")


def waits(reading: _ReportReading, facts: Facts) -> bool:
    """Whether it would tell the chart something, and nobody has answered."""
    finding = reading.finding
    if finding.accepted is not None or counts(reading, facts) or _is_denied(reading, facts):
        return False
    if finding.kind is FindingKind.PROCEDURE:
        return all(done.kind != finding.concept for done in facts.chart.procedures)
    if finding.kind is FindingKind.ORDER:
        return all(order.kind != finding.concept for order in facts.chart.orders)
    if finding.kind is FindingKind.MEASURE:
        return not is_recorded(finding.measured, facts)
    coded = [d.fracture for d in facts.chart.diagnoses if d.fracture]
    if finding.kind is FindingKind.HEALING:
        return all(each.encounter is not _HEALING[finding.concept] for each in coded)
    if finding.kind is FindingKind.MORPHOLOGY:
        return all(each.morphology != finding.concept for each in coded)
    if finding.concept == Concept.VERTEBRAL_FRACTURE:
        known = frozenset(level for each in coded for level in each.levels)
        return bool(finding.levels - known) if finding.levels else not coded
    if finding.concept in OTHER_BONES and not is_recent(
        facts.day_of(reading.report.when), ThresholdName.REPORT_DANGER_WITHIN, facts
    ):
        return False  # it has healed, and limits nothing
    return finding.concept not in facts.recorded


def _newest_of_spine(facts: Facts) -> ImagingReport | None:
    """The newest by the latest day it can be of; one without a date may be of today."""
    days: list[tuple[date, bool, str, ImagingReport]] = [
        (facts.day_of(report.when) or facts.today, bool(report.unread), report.source.reference, report)
        for report in facts.chart.reports
        if report.spine and (report.when is None or report.when.earliest <= facts.today)
    ]
    return max(days, key=lambda each: each[:3])[3] if days else None
