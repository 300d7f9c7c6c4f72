"""Height, kyphosis and canal as imaging reports measured them -> what is severe, and a vertebra that has sunk since.

Clinical rule book 2a: a number is offered (PH16, PH17) and waits for a clinician; that a later report has lost more
(FC13) is a danger, and counts by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType

from smartapp.core.chart import Chart, ImagingReport
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, is_live
from smartapp.core.fracture_coding import Collapse
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.thresholds import ThresholdName

_LIMITS: Mapping[str, ThresholdName] = MappingProxyType(
    {
        "height_loss": ThresholdName.HEIGHT_LOSS_SEVERE,
        "kyphosis": ThresholdName.KYPHOSIS_SEVERE,
        "canal_loss": ThresholdName.CANAL_LOSS_SEVERE,
    }
)


def is_severe(measured: Collapse, facts: Facts) -> bool:
    values = ((getattr(measured, name), limit) for name, limit in _LIMITS.items())
    return any(value is not None and value > facts.knowledge.whole(limit) for value, limit in values)


def is_recorded(measured: Collapse, facts: Facts) -> bool:
    """Whether a live record says as much already."""
    known = [d.collapse for d in facts.chart.diagnoses if is_live(d, facts.today)]
    told = [(field.name, value) for field in fields(measured) if (value := getattr(measured, field.name)) is not None]
    return all(any((getattr(each, name) or 0) >= value for each in known) for name, value in told)


def sunk_between(facts: Facts) -> Iterator[tuple[ImagingReport, ReportFinding]]:
    """The later of two reports of one vertebra, where it has lost so much more of its height."""
    more = facts.knowledge.whole(ThresholdName.COLLAPSE_PROGRESS_FROM)
    told = sorted(_heights(facts), key=lambda each: (each[0], each[2].source.reference, each[3].quote))
    for at, (day, level, report, finding) in enumerate(told):
        before = [height for on, where, height in _before(told[:at]) if on < day and where == level]
        lost = finding.measured.height_loss or 0
        if before and lost >= min(before) + more:
            quote, where = finding.quote, frozenset({level} if level else ())
            yield (
                report,
                ReportFinding(
                    FindingKind.DIAGNOSIS,
                    Concept.COLLAPSE_PROGRESS,
                    quote,
                    danger=True,
                    levels=where,
                    region=finding.region,
                ),
            )


_Told = tuple[date, str, ImagingReport, ReportFinding]


def _before(told: list[_Told]) -> Iterator[tuple[date, str, int]]:
    return ((day, level, finding.measured.height_loss or 0) for day, level, _, finding in told)


def _heights(facts: Facts) -> Iterator[_Told]:
    """Every height that was not refused, by its day and vertebra; of a report without a day none is surely later."""
    for report in facts.chart.reports:
        day = facts.day_of(report.when) if report.when and report.when.earliest <= facts.today else None
        for finding in report.findings:
            if day and finding.measured.height_loss is not None and finding.accepted is not False:
                yield from ((day, level, report, finding) for level in _levels(finding, facts.chart))


def _levels(finding: ReportFinding, chart: Chart) -> tuple[str, ...]:
    """Those named; where none is, the one that is recorded as broken."""
    coded = [d.fracture for d in chart.diagnoses if d.fracture and Concept.VERTEBRAL_FRACTURE in d.concepts]
    known = sorted({level for each in coded for level in each.levels})
    return tuple(sorted(finding.levels)) or (tuple(known) if len(known) == 1 else ("",))
