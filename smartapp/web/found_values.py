"""A visit -> the values found in the words of reports: those to be answered, and what clinicians said of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from smartapp.core.chart import CandidateValue, Quantity, Site
from smartapp.core.review.confirmation import Answer, key_of
from smartapp.web.visit import Visit, answers
from smartapp.web.wiring import wiring

NAMES = {Quantity.T_SCORE: "T-score"}
SITES = tuple((site, site.replace("-", " ")) for site in Site)


@dataclass(frozen=True)
class FoundValue:
    """``answer``: None while nobody has said anything. ``sites``: to choose from where the words name none."""

    key: str
    value: str
    report: str
    reference: str
    on: str
    quote: str
    sites: tuple[tuple[str, str], ...]
    answer: Answer | None

    @property
    def asked(self) -> bool:
        return self.answer is None


def found_values(visit: Visit) -> tuple[FoundValue, ...]:
    """Those still to be answered first."""
    said = {kept.answer.key: kept.answer for kept in answers(wiring(), visit.entrance.patient_key)}
    found = _distinct(_found(offer, said.get(key_of(offer))) for offer in visit.offered)
    return tuple(sorted(found, key=lambda each: not each.asked))


def _distinct(found: Iterator[FoundValue]) -> list[FoundValue]:
    return list({each.key: each for each in found}.values())


def _found(offer: CandidateValue, answer: Answer | None) -> FoundValue:
    site = offer.site or (answer.site if answer else None)
    levels = f" ({', '.join(sorted(offer.levels))})" if offer.levels else ""
    return FoundValue(
        key=key_of(offer),
        value=f"{NAMES.get(offer.quantity, offer.quantity)} {offer.value}"
        + (f", {site.replace('-', ' ')}{levels}" if site else ", site not named"),
        report=offer.source.display or "Report",
        reference=offer.source.reference,
        on=str(offer.when or "date not recorded"),
        quote=offer.quote,
        sites=() if offer.site else SITES,
        answer=answer,
    )
