"""What clinicians said of the words of reports -> the chart with it: values used, findings accepted or refused.

Nothing offered is used before somebody confirmed it. An answer holds for exactly this value or reading in exactly these
words: where the report changes, it is asked about anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smartapp.core.chart import CandidateValue, Chart, ImagingReport, Measurement
from smartapp.core.fingerprint import digest
from smartapp.core.imaging import ReportFinding
from smartapp.core.kinds import Site


@dataclass(frozen=True)
class ValueAnswer:
    """What a clinician said of one offer.

    ``key`` is its :func:`key_of` or :func:`key_of_finding`. ``site``: named where the words name none.
    """

    key: str
    accepted: bool
    by: str
    on: date
    site: Site | None = None


def key_of(offer: CandidateValue) -> str:
    """The same for the same value in the same words of the same report."""
    return digest([offer.source.reference, offer.quantity, offer.value, offer.site, offer.when, offer.quote])[:32]


def key_of_finding(report: ImagingReport, finding: ReportFinding) -> str:
    """The same for the same reading of the same sentence of the same report."""
    said = [report.source.reference, report.when, finding.kind, finding.concept, sorted(finding.levels), finding.quote]
    return digest(said)[:32]


def with_answered_findings(chart: Chart, answers: Iterable[ValueAnswer]) -> Chart:
    """What was accepted or refused of the findings of imaging reports, with who said so."""
    said = {answer.key: answer for answer in answers}
    return replace(chart, reports=tuple(_answered(report, said) for report in chart.reports)) if said else chart


def _answered(report: ImagingReport, said: Mapping[str, ValueAnswer]) -> ImagingReport:
    found = []
    for finding in report.findings:
        answer = said.get(key_of_finding(report, finding))
        by = f"{answer.by}, {answer.on.isoformat()}" if answer else ""
        found.append(replace(finding, accepted=answer.accepted, by=by) if answer else finding)
    return replace(report, findings=tuple(found))


def with_answers_of(chart: Chart, earlier: Chart) -> Chart:
    """A newer chart with what clinicians said of an earlier one of the same patient: statements, answers to readings of
    reports, values confirmed or entered."""
    said = {key_of_finding(r, f): f for r in earlier.reports for f in r.findings if f.accepted is not None}
    reports = tuple(_as_before(report, said) for report in chart.reports)
    used = tuple(each for each in earlier.measurements if each.confirmed_by)
    known = {(each.source.reference, each.quantity, each.value) for each in used}
    offers = tuple(o for o in chart.offers if (o.source.reference, o.quantity, o.value) not in known)
    measured = (*chart.measurements, *(each for each in used if each not in chart.measurements))
    stated = (*chart.attestations, *(each for each in earlier.attestations if each not in chart.attestations))
    return replace(chart, reports=reports, offers=offers, measurements=measured, attestations=stated)


def _as_before(report: ImagingReport, said: Mapping[str, ReportFinding]) -> ImagingReport:
    answers = (said.get(key_of_finding(report, finding), finding) for finding in report.findings)
    told = zip(report.findings, answers, strict=True)
    return replace(report, findings=tuple(replace(each, accepted=a.accepted, by=a.by) for each, a in told))


def with_confirmed_values(chart: Chart, answers: Iterable[ValueAnswer]) -> Chart:
    """Confirmed values become measurements of the report and the person; what was answered is offered no more."""
    said = {answer.key: answer for answer in answers}
    open_offers = tuple(offer for offer in chart.offers if key_of(offer) not in said)
    used = tuple(
        _measurement(offer, said[key_of(offer)])
        for offer in chart.offers
        if key_of(offer) in said and said[key_of(offer)].accepted
    )
    return replace(chart, offers=open_offers, measurements=(*chart.measurements, *used))


def _measurement(offer: CandidateValue, answer: ValueAnswer) -> Measurement:
    who = f"{answer.by}, {answer.on.isoformat()}"
    note = f"in the report's words, confirmed by {who}"
    return Measurement(
        source=replace(offer.source, note=note),
        quantity=offer.quantity,
        value=offer.value,
        when=offer.when,
        site=offer.site or answer.site,
        levels=offer.levels,
        recorded_value=str(offer.value),
        text=offer.quote,
        notes=("found in the words of a report, not recorded as a result",),
        confirmed_by=who,
    )
