"""Values found in the words of a report, and what clinicians said of them -> the chart with those they confirmed.

A value nobody confirmed is never used. A confirmation holds for exactly this value in exactly these words: where the
report changes, it is asked about anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from smartapp.core.chart import CandidateValue, Chart, Measurement, Site
from smartapp.core.fingerprint import digest


@dataclass(frozen=True)
class Answer:
    """What a clinician said of one offer: ``key`` is its :func:`key_of`. ``site``: named where the words name none."""

    key: str
    accepted: bool
    by: str
    on: date
    site: Site | None = None


def key_of(offer: CandidateValue) -> str:
    """The same for the same value in the same words of the same report."""
    return digest([offer.source.reference, offer.quantity, offer.value, offer.site, offer.when, offer.quote])[:32]


def confirmed(chart: Chart, answers: Iterable[Answer]) -> Chart:
    """Confirmed values become measurements of the report and the person; what was answered is offered no more."""
    said = {answer.key: answer for answer in answers}
    open_offers = tuple(offer for offer in chart.offers if key_of(offer) not in said)
    used = tuple(
        _measurement(offer, said[key_of(offer)])
        for offer in chart.offers
        if key_of(offer) in said and said[key_of(offer)].accepted
    )
    return replace(chart, offers=open_offers, measurements=(*chart.measurements, *used))


def _measurement(offer: CandidateValue, answer: Answer) -> Measurement:
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
