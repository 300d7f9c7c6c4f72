"""Where bone density was measured: the site of the code, refined by body site, method and wording (rule book 2.6.2).

LOINC has only “Hip”, “Femur”, “Lumbar spine” and “Radius and Ulna”: the femoral neck and the third of the radius are
in the words.
"""

from smartapp.core.chart import Site
from smartapp.core.phrases import PhraseTable, Sign

# By words alone, for a T-score under a local code: first that fits, then the parts that are not told.
_BY_WORDS = (
    (Sign.OTHER_SITE, Site.OTHER),
    (Sign.FEMORAL_NECK, Site.FEMORAL_NECK),
    (Sign.TOTAL_HIP, Site.TOTAL_HIP),
    (Sign.LUMBAR_SPINE, Site.LUMBAR_SPINE),
)
_BY_FEWER_WORDS = ((Sign.HIP, Site.TOTAL_HIP), (Sign.FOREARM, Site.FOREARM), (Sign.FEMUR, Site.FEMUR))


def site(of_code: Site | None, said: str, phrases: PhraseTable) -> Site | None:
    """Site by code and words; None where neither says. Ward's triangle, trochanter, heel and arm are OTHER."""
    if of_code is None:
        return site_in_words(said, phrases)
    if phrases.says(Sign.OTHER_SITE, said):
        return Site.OTHER
    if of_code in (Site.TOTAL_HIP, Site.FEMUR):
        if phrases.says(Sign.FEMORAL_NECK, said):
            return Site.FEMORAL_NECK
        return Site.TOTAL_HIP if phrases.says(Sign.TOTAL_HIP, said) else of_code
    if of_code is Site.FOREARM and phrases.says(Sign.THIRD_OF_RADIUS, said):
        return Site.RADIUS_THIRD
    return of_code


def site_in_words(said: str, phrases: PhraseTable) -> Site | None:
    found = next((place for sign, place in _BY_WORDS if phrases.says(sign, said)), None)
    if found is not None:
        return found
    if phrases.says(Sign.THIRD_OF_RADIUS, said) and phrases.says(
        Sign.FOREARM, phrases.without(Sign.THIRD_OF_RADIUS, said)
    ):
        return Site.RADIUS_THIRD
    return next((place for sign, place in _BY_FEWER_WORDS if phrases.says(sign, said)), None)


def vertebrae(said: str, phrases: PhraseTable) -> frozenset[str]:
    """Vertebrae in the region of interest: ``L1-L4`` -> four of them; empty where the words name none."""
    found: set[int] = set()
    for match in phrases.found(Sign.VERTEBRAE_SCANNED, said):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        found |= {first, last, *range(first, last + 1)}
    return frozenset(f"L{number}" for number in found)
