"""A Condition's dates: since when, when it was recorded, and whether and when it ended."""

from dataclasses import dataclass

from smartapp.core.dates import When
from smartapp.core.kinds import ClinicalStatus, DateKind
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_bool, get_list, get_object, get_text
from smartapp.fhir.read.context import ReadContext, status_word
from smartapp.fhir.read.dates import ASSERTED, age, age_range, doubt, parse_date, parse_period

_CLINICAL = {
    "active": ClinicalStatus.ACTIVE,
    "recurrence": ClinicalStatus.ACTIVE,
    "relapse": ClinicalStatus.ACTIVE,
    "inactive": ClinicalStatus.RESOLVED,
    "remission": ClinicalStatus.RESOLVED,
    "resolved": ClinicalStatus.RESOLVED,
}


@dataclass(frozen=True)
class Ending:
    """Whether it is said to be over, and since when. An end is a comfort: one that cannot be used ends nothing.

    Whether a date is still to come is for the core to say, which knows what day it is.
    """

    status: ClinicalStatus
    abated: bool
    on: When | None

    @property
    def contradiction(self) -> str:
        """Active and ended at once: the stricter holds, and both are shown (rule book 2c, CD15)."""
        if self.status is not ClinicalStatus.ACTIVE or not self.abated:
            return ""
        return f"recorded as active and as ended{f' on {self.on}' if self.on else ''}: taken as active"


def onset_of(resource: Resource, birth: When | None) -> tuple[When | None, DateKind]:
    """The first choice that gives a date, else how it was given without one."""
    given = (
        (parse_date(resource.get("onsetDateTime")), DateKind.DATE),
        (parse_period(get_object(resource, "onsetPeriod"))[0], DateKind.PERIOD),
        (age(get_object(resource, "onsetAge"), birth), DateKind.AGE),
        (age_range(get_object(resource, "onsetRange"), birth), DateKind.RANGE),
    )
    dated = next(((onset, kind) for onset, kind in given if onset), None)
    return dated or (None, DateKind.TEXT if get_text(resource, "onsetString") else DateKind.ABSENT)


def recording_of(resource: Resource) -> tuple[When | None, str]:
    """recordedDate, else the US Core assertion date, with words for the second."""
    recorded = parse_date(resource.get("recordedDate"))
    if recorded:
        return recorded, ""
    for extension in get_list(resource, "extension"):
        if extension.get("url") == ASSERTED and (asserted := parse_date(extension.get("valueDateTime"))):
            return asserted, "date of assertion, the record has no recording date"
    return None, ""


def end_of(resource: Resource, context: ReadContext) -> Ending:
    said, birth = get_text(resource, "abatementString"), context.birth
    given = (
        parse_date(resource.get("abatementDateTime")),
        parse_period(get_object(resource, "abatementPeriod"))[1],
        age(get_object(resource, "abatementAge"), birth),
        age_range(get_object(resource, "abatementRange"), birth),
        None if doubt("abatementString", said, birth) else parse_date(said),
    )
    on = next(filter(None, given), None)
    in_words = bool(said) and parse_date(said) is None and not context.phrases.says(Sign.NO_END, said)
    abated = bool(on or in_words or get_bool(resource, "abatementBoolean"))
    return Ending(_CLINICAL.get(status_word(resource, "clinicalStatus"), ClinicalStatus.UNKNOWN), abated, on)


def end_without_day(resource: Resource) -> str:
    """What is said of the end of something and does not end it, in words; empty where nothing is."""
    name = next((name for name in resource if name.startswith("abatement") and name != "abatementBoolean"), "")
    said = f" ({quoted(get_text(resource, name))})" if name == "abatementString" else ""
    return f"{name}{said} names no end that can be used: not taken as over" if name else ""
