"""A finished Bundle -> what is wrong with it, in words: R4 rules fhir.resources does not check, and the output guards.

Guards GU6, GU8, GU10, GU11, GU17, GU20 and assertions A4, A11, A13, A14 of the rule book are checked here on what would
really leave; those about the choice of content (GU1-GU5, GU7, GU9) are checked by the core before anybody signs.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from smartapp.core.plan.avoid import PROGRAM
from smartapp.errors import ReviewError
from smartapp.fhir.invariants import MANDATORY, RESOURCE_CHECKS
from smartapp.fhir.walk import elements, references

Resource = Mapping[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DOSE, VISITS = "GU5", "GU17"
MONTHS_AT_LEAST = 7  # S17
SESSIONS_AT_MOST = 3  # S16
MINUTES_AT_LEAST = 60  # S15
DAYS_AT_MOST = 90  # VI4
ACTIVITIES_AT_MOST = 25  # GU20
FORBIDDING_AT_MOST = 6  # GU20


def check_bundle(bundle: Resource, overridden: Container[str] = ()) -> None:
    """Raise :class:`ReviewError` naming everything that is wrong, or return.

    ``overridden``: guards the clinician has gone beyond with a reason, of which only the dose of GU5 can be (S19); and
    GU17 for a plan signed before version 3, whose order counted no visits.
    """
    if found := faults(bundle, overridden):
        raise ReviewError("The plan cannot be written as it stands: " + " ".join(found))


def check_resource(resource: Resource) -> None:
    """As :func:`check_bundle`, for a resource that goes by itself: the note, message or form that carries a plan."""
    if found := [fault for check in RESOURCE_CHECKS for fault in check(resource)]:
        raise ReviewError(f"The {resource.get('resourceType')} cannot be written as it stands: {' '.join(found)}")


def faults(bundle: Resource, overridden: Container[str] = ()) -> tuple[str, ...]:
    """Everything wrong with the Bundle, each in one sentence; empty if it may be written.

    An older record that is ended goes back as it came: what others put into it is not judged here.
    """
    entries = list(bundle.get("entry") or ())
    found = list(_bundle_faults(bundle, entries))
    ours = [entry for entry in entries if (entry.get("request") or {}).get("method") != "PUT"]
    found += _dangling(ours, {entry.get("fullUrl") for entry in entries})
    own = [entry["resource"] for entry in ours if entry.get("resource") and entry.get("request")]
    for resource in own:
        kind = str(resource.get("resourceType"))
        found += [f"{kind}: {fault}" for check in RESOURCE_CHECKS for fault in check(resource)]
    found += _plan_faults(own, DOSE not in overridden, VISITS not in overridden)
    return tuple(found)


# ---- the Bundle ----


def _bundle_faults(bundle: Resource, entries: list[Resource]) -> Iterator[str]:
    if bundle.get("type") != "transaction":
        yield "The Bundle is not a transaction."
    urls = [entry.get("fullUrl") for entry in entries]
    if len(set(urls)) != len(urls) or None in urls:
        yield "Every entry needs its own fullUrl (bdl-7)."
    for entry in entries:
        wanted = entry.get("request") or {}
        if not wanted.get("method") or not wanted.get("url") or not entry.get("resource"):
            yield "Every entry needs a resource and a request (bdl-3, bdl-5)."
        elif wanted["method"] == "POST" and not wanted.get("ifNoneExist"):
            yield f"The {wanted['url']} would be created again at every retry: no ifNoneExist."


def _dangling(entries: list[Resource], urls: Container[Any]) -> Iterator[str]:
    dangling = {link for link in references(entries) if link.startswith("urn:uuid:") and link not in urls}
    patient_urns = {_subject(entry["resource"]) for entry in entries if entry.get("resource")}
    known = patient_urns | _chart_urns(entries)
    if missing := sorted(dangling - known):
        yield f"References lead nowhere: {', '.join(missing)}."


def _subject(resource: Resource) -> str:
    return str((resource.get("subject") or {}).get("reference", ""))


def _chart_urns(entries: list[Resource]) -> set[str]:
    """Temporary ids of the input file itself (a chart read from a Bundle whose entries have no ids)."""
    chart = {"addresses", "reasonReference", "supportingInfo", "what"}
    found: set[str] = set()
    for entry in entries:
        for name, element in elements(entry.get("resource")):
            if name in chart:
                found |= set(references(element))
    return found


# ---- the plan as a whole ----


def _plan_faults(own: list[Resource], full_dose: bool, counted: bool) -> Iterator[str]:
    by_kind = {kind: [r for r in own if r.get("resourceType") == kind] for kind in MANDATORY}
    plans, requests = by_kind["CarePlan"], by_kind["ServiceRequest"]
    yield from _authority(own, by_kind["Provenance"])
    for plan in plans:
        yield from _linked(plan, requests)
        yield from _shape(plan.get("activity") or ())
        if full_dose and _prescribed(plan):
            yield from _period(plan.get("period") or {})
            yield from _dose(plan)
    for wanted in requests:
        repeat = (wanted.get("occurrenceTiming") or {}).get("repeat") or {}
        yield from _rest(repeat)
        if counted:
            yield from _visits(wanted, repeat)


def _shape(activities: Sequence[Resource]) -> Iterator[str]:
    """GU20: a plan a person reads, what is safe first."""
    forbid = [bool((activity.get("detail") or {}).get("doNotPerform")) for activity in activities]
    if len(activities) > ACTIVITIES_AT_MOST:
        yield f"The plan has {len(activities)} lines, more than {ACTIVITIES_AT_MOST} (GU20)."
    if sum(forbid) > FORBIDDING_AT_MOST:
        yield f"{sum(forbid)} lines of the plan forbid, more than {FORBIDDING_AT_MOST} (GU20)."
    if forbid != sorted(forbid):
        yield "What the plan forbids does not stand last (GU20)."


def _authority(own: list[Resource], provenances: list[Resource]) -> Iterator[str]:
    """GU8 and A14: active needs a signer, and a signed write its Provenance."""
    authors = [
        agent
        for provenance in provenances
        for agent in provenance.get("agent") or ()
        if any(coding.get("code") == "author" for coding in (agent.get("type") or {}).get("coding") or ())
    ]
    if authors:
        return
    for resource in own:
        if "active" in (resource.get("status"), resource.get("lifecycleStatus")) or resource.get("intent") in (
            "plan",
            "order",
        ):
            yield f"{resource.get('resourceType')}: nobody signed it, so it must stay a draft proposal (GU8)."


def _linked(plan: Resource, requests: list[Resource]) -> Iterator[str]:
    if _prescribed(plan) and not requests:
        yield "A programme without a referral to physical therapy (GU6, S25)."
    if requests and not any("reference" in activity for activity in plan.get("activity") or ()):
        yield "The plan does not name its physical therapy referral (GU6)."
    if any(not wanted.get("basedOn") for wanted in requests):
        yield "The referral does not name its plan (GU6)."


def _prescribed(plan: Resource) -> bool:
    """Whether it holds an exercise to be done."""
    return any(_done(activity).get("instantiatesUri") for activity in plan.get("activity") or ())


def _done(activity: Resource) -> Resource:
    """The detail of what is to be done; of what is forbidden, and of a reference, nothing."""
    detail: Resource = activity.get("detail") or {}
    return {} if detail.get("doNotPerform") else detail


def _period(period: Mapping[str, str]) -> Iterator[str]:
    try:
        start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    except (KeyError, ValueError):
        yield "The plan has no start and end (A4)."
        return
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = months if end.day >= start.day or _last_of_month(end) else months - 1
    if whole < MONTHS_AT_LEAST:
        yield f"The plan is shorter than {MONTHS_AT_LEAST} months (A4, S17)."


def _last_of_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month


def _dose(plan: Resource) -> Iterator[str]:
    """Of the program; while its minutes are held it has no timing, and its words say why."""
    programs = [_done(activity) for activity in plan.get("activity") or () if activity.get("id") == PROGRAM]
    if not programs:
        yield "The plan does not say how often and how long the program is done (S15, S16)."
    for repeat in ((line.get("scheduledTiming") or {}).get("repeat") for line in programs):
        if repeat is not None:
            yield from _dose_of(repeat)


def _dose_of(repeat: Resource) -> Iterator[str]:
    per_week = repeat.get("period") == 1 and repeat.get("periodUnit") == "wk"
    if not per_week or repeat.get("frequency", 0) < 2:
        yield "The program must have 2 to 3 sessions a week (S16)."
    if repeat.get("durationUnit") != "min" or repeat.get("duration", 0) < MINUTES_AT_LEAST:
        yield f"The program must have sessions of {MINUTES_AT_LEAST} minutes or more (S15)."


def _visits(wanted: Resource, repeat: Resource) -> Iterator[str]:
    """GU17: as many visits as the timing counts, within the days of one order."""
    ordered = (wanted.get("quantityQuantity") or {}).get("value")
    if not ordered or ordered != repeat.get("count"):
        yield "The referral does not say how many visits it is for (GU17)."
    bounds = repeat.get("boundsPeriod") or {}
    try:
        days = (date.fromisoformat(bounds["end"]) - date.fromisoformat(bounds["start"])).days
    except (KeyError, ValueError):
        yield "The referral has no first and last day (GU17)."
        return
    if not 0 <= days <= DAYS_AT_MOST:
        yield f"The referral runs for more than {DAYS_AT_MOST} days (GU17)."


def _rest(repeat: Resource) -> Iterator[str]:
    """Days of rest are never given up, whatever the dose (S18)."""
    if max(repeat.get("frequency", 0), repeat.get("frequencyMax", 0)) > SESSIONS_AT_MOST:
        yield f"More than {SESSIONS_AT_MOST} sessions a week leave no day of rest between (A3, S16, S18)."
    days = sorted(DAYS.index(day) for day in repeat.get("dayOfWeek") or () if day in DAYS)
    if any((after - before) % 7 == 1 for before in days for after in days):
        yield "Two sessions fall on days in a row, counting Sunday to Monday (A3, S18)."
