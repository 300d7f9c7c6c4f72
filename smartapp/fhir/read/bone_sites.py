"""Where bone density was measured: the site of the code, refined by body site, method and wording (rule book 2.6.2).

LOINC has only “Hip”, “Femur”, “Lumbar spine” and “Radius and Ulna”: the femoral neck and the third of the radius are
in the words.
"""

import re
from collections.abc import Mapping

from smartapp.core.chart import Site

_I = re.IGNORECASE

_NECK = re.compile(
    r"\b(?:femoral neck|fem\.? neck|neck of (?:the )?(?:left |right )?femur|femur neck|collum)\b|\bFN\b", _I
)
_TOTAL_HIP = re.compile(r"\b(?:total (?:left |right )?(?:hip|femur|proximal femur)|hip,? total|femur,? total)\b", _I)
_WRONG_REGION = re.compile(
    r"\b(?:ward'?s?|trochanter\w*|intertrochanteric|shaft|calcane\w+|heel|humer\w+|whole body|total body)\b", _I
)
_THIRD = re.compile(r"(?:\b33 ?%|\bone[- ]third\b|\b1/3\b|\bdistal third\b|\bmid[- ]?radius\b)", _I)
_LUMBAR = re.compile(r"\b(?:lumbar|spine|AP spine|L[1-4](?:\s?-\s?L?[1-5])?)\b", _I)
_HIP = re.compile(r"\bhip\b", _I)
_FEMUR = re.compile(r"\b(?:femur|femoral)\b", _I)
_FOREARM = re.compile(r"\b(?:forearm|radius|radial|ulna|wrist)\b", _I)
_SPAN = re.compile(r"\bL([1-5])\s?(?:-|–|to|through)\s?L?([1-5])\b", _I)
_SINGLE = re.compile(r"\bL([1-5])\b", _I)

# By words alone, for a T-score under a local code: first that fits.
_BY_WORDS: Mapping[Site, re.Pattern[str]] = {
    Site.OTHER: _WRONG_REGION,
    Site.FEMORAL_NECK: _NECK,
    Site.TOTAL_HIP: _TOTAL_HIP,
    Site.LUMBAR_SPINE: _LUMBAR,
    Site.RADIUS_THIRD: re.compile(rf"{_FOREARM.pattern}.*{_THIRD.pattern}|{_THIRD.pattern}.*{_FOREARM.pattern}", _I),
}


def site(of_code: Site | None, said: str) -> Site | None:
    """Site by code and words; None where neither says. Ward's triangle, trochanter, heel and arm are OTHER."""
    if of_code is None:
        return site_in_words(said)
    if _WRONG_REGION.search(said):
        return Site.OTHER
    if of_code in (Site.TOTAL_HIP, Site.FEMUR):
        if _NECK.search(said):
            return Site.FEMORAL_NECK
        return Site.TOTAL_HIP if _TOTAL_HIP.search(said) else of_code
    if of_code is Site.FOREARM and _THIRD.search(said):
        return Site.RADIUS_THIRD
    return of_code


def site_in_words(said: str) -> Site | None:
    found = next((place for place, pattern in _BY_WORDS.items() if pattern.search(said)), None)
    if found is not None:
        return found
    if _HIP.search(said):
        return Site.TOTAL_HIP
    if _FOREARM.search(said):
        return Site.FOREARM
    return Site.FEMUR if _FEMUR.search(said) else None


def vertebrae(said: str) -> frozenset[str]:
    """Vertebrae in the region of interest: ``L1-L4`` -> four of them; empty where the words name none."""
    found = {f"L{number}" for number in _SINGLE.findall(said)}
    for first, last in _SPAN.findall(said):
        found |= {f"L{number}" for number in range(int(first), int(last) + 1)}
    return frozenset(found)
