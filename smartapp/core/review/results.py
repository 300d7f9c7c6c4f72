"""Values and results of tests a clinician enters at the review -> the chart with them (rule book 2b, section 5).

An entered result counts as one of the chart does: as a baseline, against the cut-offs, for limits, pairs and pain. It
ends no stop and no work-up, though: a result with which one would be gone is held, until that is answered by its own
statement or in the chart. A danger counts at once. Once a plan has written it into the chart, that of the chart counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart, Measurement, Patient, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.derive.walking_aid import AIDS, WALKED
from smartapp.core.kinds import Quantity, Site
from smartapp.core.knowledge import Knowledge
from smartapp.core.laboratory import LABORATORY
from smartapp.core.outcomes import EnterableValue, OutcomeTest
from smartapp.core.states import Severity
from smartapp.core.threshold_words import shown_number
from smartapp.errors import ReviewError

ENTERED = "entered-result"  # reference of the source of a result that stands in no record
# Told from a report of a laboratory or a scanner, whose own record belongs in the chart: none is written of it (ours).
OF_A_REPORT = LABORATORY | {Quantity.T_SCORE, Quantity.VITAMIN_D, Quantity.EGFR}
OLDEST = 730  # days: what is older is taken for a mistyped year (ours)
Enterable = OutcomeTest | EnterableValue


@dataclass(frozen=True)
class EnteredResult:
    """``test`` is the id of its row, ``value`` in the unit of that row; ``on`` the day of the test; ``basis`` what it
    was read from, where it was not tested at the review; ``aid`` what was walked with, one of AIDS, where it was said.
    """

    id: str  # by which it can be withdrawn
    test: str
    value: Decimal
    on: date
    by: str
    entered: date
    site: Site | None = None  # where bone density was measured
    basis: str = ""
    aid: str = ""


def check_result(test: Enterable, value: Decimal, on: date, patient: Patient, today: date, aid: str = "") -> None:
    """Raises ReviewError, naming the test, for a value, a day or an aid that cannot be."""
    if aid and (test.quantity not in WALKED or aid not in AIDS):
        raise ReviewError(f"{test.title}: a walking aid is given with tests of walking only.")
    lowest, highest = test.between or (value, value)
    if not lowest <= value <= highest:
        raise ReviewError(f"{test.title}: {value:f} cannot be. {range_words(test)}")
    if test.whole and value != value.to_integral_value():
        raise ReviewError(f"{test.title}: {value:f} is not a whole number. {range_words(test)}")
    if on > today:
        raise ReviewError(f"{test.title}: {on} is still to come. Give the day of the test.")
    if on < today - timedelta(days=OLDEST) or (patient.birth is not None and on < patient.birth.latest):
        raise ReviewError(f"{test.title}: {on} is too long ago. Give the day of the test, at most two years back.")


def range_words(test: Enterable) -> str:
    """What may be entered: “Give a number from 2 to 600 s.”"""
    span = " to ".join(map(shown_number, test.between or ()))
    return f"Give a {'whole ' if test.whole else ''}number from {span} {test.unit_words}."


def with_entered_results(
    chart: Chart, results: Iterable[EnteredResult], today: date, knowledge: Knowledge
) -> tuple[Chart, tuple[EnteredResult, ...]]:
    """The chart with what counts, the oldest first, and what is held."""
    held: list[EnteredResult] = []
    before = None
    for result in sorted(results, key=lambda each: (each.on, each.entered, each.id)):
        test = knowledge.library.enterable.get(result.test)
        if test is None or test.quantity is None:  # a row that is no more
            held.append(result)
            continue
        if is_on_record(result, test, chart):
            continue
        before = before or derive(chart, today, knowledge)
        tried = replace(chart, measurements=(*chart.measurements, _measurement(result, test, test.quantity)))
        after = derive(tried, today, knowledge)
        if _ends_a_stop(before, after):
            held.append(result)
        else:
            chart, before = tried, after
    return chart, tuple(held)


def is_on_record(result: EnteredResult, test: Enterable, chart: Chart) -> bool:
    """Whether the record itself has the same value of the same day, and the walking aid that was said."""
    same = (
        m for m in chart.measurements
        if m.quantity is test.quantity and m.value == result.value and result.aid in ("", m.device)
    )  # fmt: skip
    return any(str(m.when) == result.on.isoformat() and m.source.reference != ENTERED for m in same)


def _ends_a_stop(before: Assessment, after: Assessment) -> bool:
    gone = _stops(before) - _stops(after)
    return bool(gone) or (after.disposition.prescribes and not before.disposition.prescribes)


def _stops(assessment: Assessment) -> set[str]:
    return {alert.code for alert in assessment.alerts if alert.severity is Severity.STOP}


def _measurement(result: EnteredResult, test: Enterable, quantity: Quantity) -> Measurement:
    who = f"{result.by}, {result.entered.isoformat()}"
    rests = f" ({result.basis})" if result.basis else ""
    return Measurement(
        source=Source(ENTERED, test.title, result.on.isoformat(), f"entered by {who}{rests}"),
        quantity=quantity,
        value=result.value,
        when=When.day(result.on),
        site=result.site,
        recorded_value=" ".join(filter(None, (shown_number(result.value), test.unit_words, AIDS.get(result.aid, "")))),
        device=result.aid,
        confirmed_by=who,
    )


def entered_in(chart: Chart) -> Iterator[Measurement]:
    """What of a chart was entered at a review."""
    return (m for m in chart.measurements if m.source.reference == ENTERED)


def results_of_tests(chart: Chart) -> Iterator[Measurement]:
    """Of that, the tests done at a visit: what is written to the chart as results."""
    return (m for m in entered_in(chart) if m.quantity not in OF_A_REPORT)


def entered_lines(chart: Chart) -> Iterator[str]:
    """Each as a sentence for who reads the plan: test, value, day, who entered it."""
    for m in entered_in(chart):
        yield f"{m.source.display}: {m.recorded_value} on {m.source.date}, {m.source.note}."
