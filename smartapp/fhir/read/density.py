"""What speaks of bone density without being a score: a report as an Observation, a class as a finding, a panel.

The words of a report offer their T-scores; a class of bone density under an Observation is asked about.
"""

from collections.abc import Iterable, Iterator

from smartapp.core.codes import CodeRow
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import When
from smartapp.core.kinds import Quantity, Site
from smartapp.core.phrases import PhraseTable
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, coded_text, get_list, get_object, get_str
from smartapp.fhir.read.context import Coded, Fact, ReadContext, diagnosis_in
from smartapp.fhir.read.offers import LONGEST_REPORT, offers_of
from smartapp.fhir.read.quantities import bone_site, is_about_density, site_in_words, vertebrae_scanned
from smartapp.fhir.read.score_marks import Line, PlaceScanned
from smartapp.fhir.read.scores_in_text import SENTENCE_ENDS
from smartapp.fhir.read.unknown import not_understood
from smartapp.fhir.read.values import Value, is_areal, value
from smartapp.fhir.text import clean, lines_of

CLASSES = frozenset({Concept.OSTEOPENIA.value, Concept.OSTEOPOROSIS.value})
_FINDINGS = CLASSES | {Topic.BONE_DISEASE.value, Topic.BONE_DENSITY.value}  # also those that are only asked about
_FINAL = {"final", "amended", "corrected"}
_BARE = 4  # words of a sentence that is no more than a class; ours
_VOID = {"cancelled", "entered-in-error"}


def title_of(said: Coded) -> str:
    return said.text or "Report"


def scores_in_words(
    resource: Resource, said: Coded, texts: Iterable[str], on: When | None, context: ReadContext
) -> Iterator[Fact]:
    """The T-scores of all words of one report, and lines for what could not be told apart in them."""
    within = Line(title_of(said), context.phrases).places
    another_method = context.phrases.says(Sign.NOT_DXA, said.wording)
    return offers_of(resource, title_of(said), texts, on, context.phrases, within, another_method)


def scores_in_value(
    resource: Resource, said: Coded, row: CodeRow, words: str, found: Value, on: When | None, context: ReadContext
) -> Iterator[Fact]:
    """Of a T-score whose value is a text. ``words``: all that tells where it was measured."""
    if row.quantity is Quantity.T_SCORE and found.wording:
        site = bone_site(row.site, words, context.phrases)
        within = (PlaceScanned(0, 0, words, site, levels_scanned(site, words, context.phrases)),)
        yield from offers_of(resource, said.text, [f"T-score {found.wording}"], on, context.phrases, within)


def levels_scanned(site: Site | None, words: str, phrases: PhraseTable) -> frozenset[str]:
    return vertebrae_scanned(words, phrases) if site is Site.LUMBAR_SPINE else frozenset()


def class_in(texts: Iterable[str], phrases: PhraseTable) -> str:
    """The sentence that concludes on a class of bone density, the worst of several."""
    found = [sentence for text in texts for sentence in _conclusions(lines_of(text, LONGEST_REPORT), phrases)]
    worst = (one for one in found if Concept.OSTEOPOROSIS.value in diagnosis_in(one, phrases))
    return clean(next(iter((*worst, *found)), ""))


def _conclusions(lines: Iterable[str], phrases: PhraseTable) -> Iterator[str]:
    """Sentences behind “Impression” that name a class, and those that are no more than a class; no definitions."""
    concluding = False
    for line in lines:
        if phrases.says(Sign.CLASS_DEFINED, line):
            concluding = False
            continue
        concluding = concluding or phrases.says(Sign.IMPRESSION, line)
        for sentence in filter(None, (part.strip() for part in SENTENCE_ENDS.split(line))):
            bare = len(sentence.split()) <= _BARE and not {"|", ":"} & set(sentence)
            names_class = (concluding or bare) and diagnosis_in(sentence, phrases) & CLASSES
            if names_class and not phrases.says(Sign.SCORE_LIMIT, sentence):
                yield sentence


def density_in(resource: Resource, said: Coded, on: When | None, context: ReadContext) -> list[Fact] | None:
    """Of an Observation that is no score: its words as those of a report, else the line that it is there.

    None where it does not speak of bone density; nothing where it is a density by itself, which is no score.
    """
    status = get_str(resource, "status").strip().lower()
    concepts = {concept for row in said.others for concept in row.concepts}
    if status in _VOID:
        return []
    if concepts & _FINDINGS:
        return [not_understood(resource, said.shown, on, Topic.BONE_DISEASE, "a finding, not on the problem list")]
    found = value(resource)
    if not is_about_density(said, context.phrases):
        return None
    if found is not None and found.number is not None:
        return [] if is_areal(found.unit) else None
    return list(_report(resource, said, on, status, context))


def _report(resource: Resource, said: Coded, on: When | None, status: str, context: ReadContext) -> Iterator[Fact]:
    """A panel says nothing by itself: its parts are read."""
    if status not in _FINAL:
        why = f"status {quoted(status[:40] or 'missing')}: the result is not used"
        yield not_understood(resource, title_of(said), on, Topic.BONE_DENSITY, why)
        return
    notes = [get_str(note, "text") for note in get_list(resource, "note")]
    text = get_str(resource, "valueString")
    answer = coded_text(get_object(resource, "valueCodeableConcept"))
    facts = [*scores_in_words(resource, said, filter(None, (text, *notes)), on, context)]
    yield from facts
    if concluded := class_in((text, *notes), context.phrases):
        why = f"concludes {quoted(concluded)}: words, and not used by themselves"
        yield not_understood(resource, title_of(said), on, Topic.BONE_DISEASE, why)
    elif not facts and (text or answer or not ("hasMember" in resource or "component" in resource)):
        why = f"says {quoted(answer)}, and not used by itself" if answer else "no T-score could be read in it"
        yield not_understood(resource, title_of(said), on, Topic.BONE_DENSITY, why)


def site_within(panel: str, said: str, phrases: PhraseTable) -> Site | None:
    """Where a part such as “Total” was measured, by what its panel is called: only where that names one place."""
    places = Line(panel, phrases).places
    return site_in_words(f"{panel} ; {said}", phrases) if len(places) == 1 else None
