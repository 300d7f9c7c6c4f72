"""Values found in the words of a report: used only as confirmed, by whom, and only while the words stay the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartapp.core.chart import CandidateValue, Chart, Patient, Source
from smartapp.core.dates import When
from smartapp.core.kinds import Quantity, Site
from smartapp.core.review.answers import ValueAnswer, key_of, with_confirmed_values

OFFER = CandidateValue(
    Source("DiagnosticReport/r", "DXA scan", "2026-01-05", "found in text: to be confirmed"),
    Quantity.T_SCORE, Decimal("-2.1"), Site.LUMBAR_SPINE, When.day(date(2026, 1, 5)), "L1-L4 T-score -2.1",
    frozenset({"L1", "L2", "L3", "L4"}),
)  # fmt: skip
OTHER = replace(OFFER, value=Decimal("-1.4"), site=None, levels=frozenset(), quote="T-score -1.4")
CHART = Chart(Patient("Patient/p"), offers=(OFFER, OTHER))


def answer(offer=OFFER, accepted=True, site=None):
    return ValueAnswer(key_of(offer), accepted, "Dr Okafor", date(2026, 3, 1), site)


def test_without_an_answer_nothing_is_used():
    assert with_confirmed_values(CHART, ()) == CHART


def test_a_confirmed_value_is_a_measurement_of_the_report_and_the_person():
    chart = with_confirmed_values(CHART, [answer()])
    (measured,) = chart.measurements
    assert (measured.value, measured.site, measured.levels) == (OFFER.value, OFFER.site, OFFER.levels)
    assert measured.when == OFFER.when
    assert measured.source.reference == "DiagnosticReport/r"
    assert measured.source.note == "in the report's words, confirmed by Dr Okafor, 2026-03-01"
    assert measured.confirmed_by == "Dr Okafor, 2026-03-01"
    assert (measured.quantity, measured.recorded_value, measured.text) == (OFFER.quantity, "-2.1", OFFER.quote)
    assert measured.notes == ("found in the words of a report, not recorded as a result",)
    assert chart.offers == (OTHER,)


def test_a_value_left_out_is_neither_used_nor_offered_again():
    chart = with_confirmed_values(CHART, [answer(accepted=False)])
    assert (chart.measurements, chart.offers) == ((), (OTHER,))


def test_the_site_comes_from_the_person_only_where_the_words_name_none():
    chart = with_confirmed_values(CHART, [answer(site=Site.OTHER), answer(OTHER, site=Site.TOTAL_HIP)])
    assert [m.site for m in chart.measurements] == [Site.LUMBAR_SPINE, Site.TOTAL_HIP]


def test_other_words_are_asked_about_anew():
    for changed in (replace(OFFER, quote="L1-L4 T-score -2.1, artefact"), replace(OFFER, value=Decimal("-2.2"))):
        assert with_confirmed_values(replace(CHART, offers=(changed,)), [answer()]).offers == (changed,)


def test_the_newest_of_several_answers_counts():
    assert with_confirmed_values(CHART, [answer(), answer(accepted=False)]).measurements == ()
