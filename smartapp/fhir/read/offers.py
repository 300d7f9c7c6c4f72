"""Words of a report -> offers of T-scores to be confirmed, and lines for what in them could not be told apart."""

from collections.abc import Iterable, Iterator, Sequence

from smartapp.core.chart import CandidateValue, Source, Unreadable
from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.kinds import Quantity
from smartapp.core.phrases import PhraseTable
from smartapp.core.quotes import quoted
from smartapp.fhir.json import Resource
from smartapp.fhir.read.context import where
from smartapp.fhir.read.score_marks import PlaceScanned
from smartapp.fhir.read.scores_in_text import Score, Unclear, scores_in
from smartapp.fhir.read.unknown import not_understood
from smartapp.fhir.text import clean, lines_of

LONGEST_REPORT = 20_000  # characters searched; ours
_MOST_OFFERS = 12  # per report, the lowest; ours
_MOST_QUOTED = 3  # sentences quoted in one line; ours
_NOT_ALL = "not all T-scores in its words could be told apart; those are not used"
_BY_ANOTHER_METHOD = "measured by another method than DXA: does not classify and is not used"


def offers_of(
    resource: Resource,
    title: str,
    texts: Iterable[str],
    on: When | None,
    phrases: PhraseTable,
    within: Sequence[PlaceScanned] = (),
    another_method: bool = False,
) -> Iterator[CandidateValue | Unreadable]:
    """``within``: the places its title or code names."""
    found = [one for text in texts for one in scores_in(lines_of(text, LONGEST_REPORT), phrases, within)]
    scores = [one for one in found if isinstance(one, Score)]
    if another_method:
        if scores:
            yield not_understood(resource, title, on, Topic.BONE_DENSITY, _BY_ANOTHER_METHOD)
        return
    usable = {(score.number.value, _of(score)): score for score in scores if score.classifies}
    lowest = sorted(usable.values(), key=lambda score: score.number.value)
    yield from (_offer(score, where(resource), title, on) for score in lowest[:_MOST_OFFERS])
    unclear = [one.quote for one in found if isinstance(one, Unclear)]
    unclear += [score.quote for score in lowest[_MOST_OFFERS:]]
    if unclear:
        yield not_understood(resource, title, on, Topic.BONE_DENSITY, f"{_NOT_ALL}: {_quoted(unclear)}")
    beside = [f"{score.place.words} {score.number.value}" for score in scores if score.place and not score.classifies]
    if beside:
        names = ", ".join(dict.fromkeys(clean(name) for name in beside))
        why = f"{quoted(title)} ({on or 'no date'}): T-scores of regions that do not classify are not used: {names}"
        yield Unreadable(where(resource), why)


def _of(score: Score) -> object:
    return score.place and (score.place.site, score.place.levels)


def _quoted(sentences: Sequence[str]) -> str:
    different = list(dict.fromkeys(clean(sentence) for sentence in sentences))
    more = f" and {len(different) - _MOST_QUOTED} more" if len(different) > _MOST_QUOTED else ""
    return ", ".join(quoted(sentence) for sentence in different[:_MOST_QUOTED]) + more


def _offer(score: Score, reference: str, title: str, on: When | None) -> CandidateValue:
    return CandidateValue(
        source=Source(reference, display=title, date=str(on or ""), note="found in text: to be confirmed"),
        quantity=Quantity.T_SCORE,
        value=score.number.value,
        site=score.place.site if score.place else None,
        when=on,
        quote=clean(score.quote),
        levels=score.place.levels if score.place else frozenset(),
    )
