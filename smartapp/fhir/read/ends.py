"""Condition -> whether the record says that it is over, since when, and what beside it says otherwise.

An end is a comfort: only one that is stated, and whose date can be used, counts. Whether a date is still to come is
for the core to say, which knows what day it is.
"""

import re

from smartapp.core.chart import ClinicalStatus
from smartapp.core.dates import When
from smartapp.fhir.json import Resource, part, text, truth
from smartapp.fhir.read.dates import age, age_range, span, when
from smartapp.fhir.read.doubts import doubt

# Words in the place of an end that say there is none yet.
_LASTS = re.compile(
    r"\b(?:no|not|none|never|unknown|unclear|n/?a|possibl[ey]|probabl[ey]|likely|ongoing|active|still|persist\w*|continu\w*|chronic|present|current\w*)\b",
    re.I,
)


def abatement_of(resource: Resource, birth: When | None) -> tuple[bool, When | None]:
    """Whether it is said to be over, and since when. An end that cannot be used ends nothing."""
    said = text(resource, "abatementString")
    given = (
        when(resource.get("abatementDateTime")),
        span(part(resource, "abatementPeriod"))[1],
        age(part(resource, "abatementAge"), birth),
        age_range(part(resource, "abatementRange"), birth),
        None if doubt("abatementString", said, birth) else when(said),
    )
    ended = next(filter(None, given), None)
    in_words = bool(said) and when(said) is None and not _LASTS.search(said)
    return bool(ended or in_words or truth(resource, "abatementBoolean")), ended


def end_without_day(resource: Resource) -> str:
    """What is said of the end of something and does not end it, in words; empty where nothing is."""
    name = next((name for name in resource if name.startswith("abatement") and name != "abatementBoolean"), "")
    said = f" (“{text(resource, name)}”)" if name == "abatementString" else ""
    return f"{name}{said} names no end that can be used: not taken as over" if name else ""


def contradiction(status: ClinicalStatus, abated: bool, abatement: When | None) -> str:
    """Active and ended at once: the stricter holds, and both are shown (rule book 2c, CD15)."""
    if status is not ClinicalStatus.ACTIVE or not abated:
        return ""
    return f"recorded as active and as ended{f' on {abatement}' if abatement else ''}: taken as active"
