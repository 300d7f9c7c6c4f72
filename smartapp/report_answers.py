"""``--accept`` and ``--refuse`` -> the chart with what is said of the readings of its reports."""

from collections.abc import Sequence

from smartapp.arguments import CLINICIAN, ReadingAnswer
from smartapp.core.chart import Chart
from smartapp.core.review.answers import ValueAnswer, key_of_finding, with_answered_findings
from smartapp.errors import InputError


def with_answers(chart: Chart, answers: Sequence[ReadingAnswer]) -> Chart:
    """Raises InputError for a key no reading has."""
    known = {key_of_finding(report, finding) for report in chart.reports for finding in report.findings}
    if unknown := next((key for key, *_ in answers if key not in known), None):
        raise InputError(f"--accept, --refuse: no reading of a report has the key “{unknown}”")
    return with_answered_findings(chart, [ValueAnswer(key, yes, CLINICIAN, day) for key, yes, day in answers])
