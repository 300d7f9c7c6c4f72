"""Condition -> whether the record says that it is over, since when, and what beside it says otherwise.

An end is a comfort: only one that is stated, and whose date can be used, counts. Whether a date is still to come is
for the core to say, which knows what day it is.
"""

from smartapp.core.chart import ClinicalStatus, When
from smartapp.core.phrases import Sign
from smartapp.fhir.json import Resource, get_bool, get_object, get_text
from smartapp.fhir.read.context import ReadContext
from smartapp.fhir.read.dates import age, age_range, parse_date, parse_period
from smartapp.fhir.read.doubts import doubt


def abatement_of(resource: Resource, context: ReadContext) -> tuple[bool, When | None]:
    """Whether it is said to be over, and since when. An end that cannot be used ends nothing."""
    said, birth = get_text(resource, "abatementString"), context.birth
    given = (
        parse_date(resource.get("abatementDateTime")),
        parse_period(get_object(resource, "abatementPeriod"))[1],
        age(get_object(resource, "abatementAge"), birth),
        age_range(get_object(resource, "abatementRange"), birth),
        None if doubt("abatementString", said, birth) else parse_date(said),
    )
    ended = next(filter(None, given), None)
    in_words = bool(said) and parse_date(said) is None and not context.phrases.says(Sign.NO_END, said)
    return bool(ended or in_words or get_bool(resource, "abatementBoolean")), ended


def end_without_day(resource: Resource) -> str:
    """What is said of the end of something and does not end it, in words; empty where nothing is."""
    name = next((name for name in resource if name.startswith("abatement") and name != "abatementBoolean"), "")
    said = f" (“{get_text(resource, name)}”)" if name == "abatementString" else ""
    return f"{name}{said} names no end that can be used: not taken as over" if name else ""


def end_contradiction(status: ClinicalStatus, abated: bool, abatement: When | None) -> str:
    """Active and ended at once: the stricter holds, and both are shown (rule book 2c, CD15)."""
    if status is not ClinicalStatus.ACTIVE or not abated:
        return ""
    return f"recorded as active and as ended{f' on {abatement}' if abatement else ''}: taken as active"
