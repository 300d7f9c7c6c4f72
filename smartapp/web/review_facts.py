"""Chart and assessment -> the facts the review page shows: whose chart, the numbers that count, what was looked for,
and the values found in the words of reports, with what clinicians said of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.chart import CandidateValue, Patient, Unreadable
from smartapp.core.dates import When, months_between
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.report_findings import counts, readings_of_reports, waits
from smartapp.core.kinds import Quantity, Site
from smartapp.core.review.answers import ValueAnswer, key_of, key_of_finding
from smartapp.core.threshold_words import shown_number
from smartapp.core.treatment import Treatment
from smartapp.web import words
from smartapp.web.catalog import Lazy, _
from smartapp.web.review_context import ReviewContext, answers
from smartapp.web.wiring import wiring


@dataclass(frozen=True)
class PatientLine:
    reference: str
    name: str
    born: str
    age: str
    sex: str
    record_number: str
    deceased: bool

    @property
    def named(self) -> str:
        """For the button and the receipt: name and date of birth, or the reference where the EHR gives no name."""
        born = _(", born %(born)s", born=self.born) if self.born else _(", date of birth not recorded")
        return (self.name or self.reference) + born


@dataclass(frozen=True)
class Number:
    label: str
    value: str
    meaning: str
    on: str
    reason: Reason | None


@dataclass(frozen=True)
class LookedFor:
    what: str
    answer: str


def patient_line(patient: Patient, today: date) -> PatientLine:
    return PatientLine(
        reference=patient.reference,
        name=patient.name,
        born=str(patient.birth) if patient.birth else "",
        age=_age(patient.birth, today),
        sex=words.SEXES[patient.sex],
        record_number=patient.record_number,
        deceased=patient.deceased,
    )


def _age(birth: When | None, today: date) -> str:
    """In completed years; a span where the date of birth is not known to the day."""
    if birth is None or birth.earliest > today:
        return ""
    oldest, youngest = months_between(birth.earliest, today) // 12, months_between(birth.latest, today) // 12
    return f"{oldest} y" if oldest == youngest else f"{youngest}–{oldest} y"


def unread_lines(now: Assessment) -> tuple[str, ...]:
    """What could not be fetched or decoded; what was read and not understood is another thing."""
    return (*now.chart.partial, *_lines(line for line in _not_used(now) if line.topic is None))


def not_understood_lines(now: Assessment) -> tuple[str, ...]:
    """What is in the record and was not understood or may not be used, each with its question."""
    return _lines(line for line in _not_used(now) if line.topic is not None)


def _not_used(now: Assessment) -> set[Unreadable]:
    return {*now.unreadable, *now.chart.unreadable}


def _lines(items: Iterable[Unreadable]) -> tuple[str, ...]:
    return tuple(f"{item.where}: {item.reason}" for item in sorted(items, key=lambda item: (item.where, item.reason)))


def key_numbers(now: Assessment) -> tuple[Number, ...]:
    """What decides most, as numbers, with the reason behind each."""
    healing = next((reason for reason in now.deciding if reason.rule.startswith("healing")), None)
    found = [
        Number(Lazy("Healing"), words.HEALING[now.healing], "", "", healing),
        _bone(now),
        _vitamin_d(now),
        _pain(now),
    ]
    found += [_treatment(each) for each in now.treatment] or [Number(Lazy("Bone drug"), "", "", "", None)]
    if now.anchor is not None:
        day_zero = When(now.anchor.earliest, now.anchor.day, now.anchor.precision)
        begins = Lazy("Fracture date") if now.broken_on == now.anchor.earliest else Lazy("Counted from")
        found.insert(0, Number(begins, str(day_zero), "", "", now.anchor.reason))
    return tuple(found)


def _bone(now: Assessment) -> Number:
    bone = now.bone_density
    if bone is None:
        return Number(Lazy("Bone density"), "", "", "", None)
    kind = "Z" if bone.cls.endswith("expected-range") else "T"
    said = words.BONE_CLASSES.get(bone.cls, bone.cls)
    score = f"{kind} {bone.value}" if bone.value is not None else ""
    site = bone.site.replace("-", " ") if bone.site else ""
    meaning = " ".join(filter(None, (site, said.lower() if score else "")))
    return Number(Lazy("Bone density"), score or said, meaning, str(bone.on or ""), bone.reason)


def _vitamin_d(now: Assessment) -> Number:
    vitamin = now.vitamin_d
    if vitamin is None:
        return Number(Lazy("25-OH vitamin D"), "", "", "", None)
    said = words.VITAMIN_D_CLASSES.get(vitamin.cls, vitamin.cls)
    value = _("%(ng_per_ml)s ng/mL", ng_per_ml=shown_number(vitamin.ng_per_ml))
    return Number(Lazy("25-OH vitamin D"), value, said, str(vitamin.on or ""), vitamin.reason)


def _pain(now: Assessment) -> Number:
    """The score the rules used, with the record it stands in."""
    if now.pain is None:
        return Number(Lazy("Pain now"), "", "", "", None)
    scores = [m for m in now.chart.measurements if m.quantity is Quantity.PAIN and m.value == now.pain and m.when]
    newest = max(scores, key=lambda m: m.when.latest if m.when else now.as_of, default=None)
    reason = Reason(_("The newest pain score, at most two weeks old."), (), (newest.source,)) if newest else None
    return Number(Lazy("Pain now"), f"{now.pain}/10", "", str(newest.when) if newest else "", reason)


def _treatment(treatment: Treatment) -> Number:
    """A bone drug with its state, the last dose and the day of the next."""
    said = words.TREATMENT_STATES[treatment.state]
    due = _(", next due %(due)s", due=treatment.due) if treatment.due else ""
    last, since = treatment.last, treatment.since
    on = _("last %(last)s", last=last) if last else _("since %(since)s", since=since) if since else ""
    reason = Reason(f"{treatment.drug}: {said}{due}.", (), treatment.sources)
    return Number(Lazy("Bone drug"), treatment.drug, f"{said}{due}", on, reason)


def what_was_found(now: Assessment) -> tuple[LookedFor, ...]:
    chart = now.chart
    fractures = [d for d in chart.diagnoses if d.fracture]
    counted = (
        (Lazy("Vertebral fractures"), [d.text or d.source.display for d in fractures]),
        (Lazy("Other problems"), [d.text or d.source.display for d in chart.diagnoses if not d.fracture]),
        (Lazy("Operations and procedures"), [p.text or p.source.display for p in chart.procedures]),
        (
            Lazy("Bone density and laboratory values"),
            [m.source.display or m.text or m.quantity for m in chart.measurements],
        ),
    )
    return tuple(LookedFor(what, _list_names(names)) for what, names in counted)


def _list_names(names: Sequence[str], most: int = 6) -> str:
    if not names:
        return _("None found")
    distinct = list(dict.fromkeys(name for name in names if name)) or [_("without a name")]
    more = _(" and %(distinct)s more", distinct=len(distinct) - most) if len(distinct) > most else ""
    return f"{len(names)}: " + "; ".join(distinct[:most]) + more


# -- values found in the words of reports

NAMES = {Quantity.T_SCORE: "T-score"}
SITES = tuple((site, words.site_words(site)) for site in Site)


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
    answer: ValueAnswer | None
    counts: bool = False  # a danger that counts as it is: the statement its alert asks for answers it

    @property
    def unanswered(self) -> bool:
        return self.answer is None


def found_values(context: ReviewContext) -> tuple[FoundValue, ...]:
    """Those still to be answered first; values, then readings."""
    said = {kept.answer.key: kept.answer for kept in answers(wiring(), context.session.patient_key)}
    found = _distinct(_found_value(offer, said.get(key_of(offer))) for offer in context.offers)
    every = [*found, *found_readings(context)]
    return tuple(sorted(every, key=lambda each: (not each.unanswered, each.counts)))


def found_readings(context: ReviewContext) -> Iterator[FoundValue]:
    """Dangers that count, what waits for an answer, and what was answered, of imaging reports."""
    said = {kept.answer.key: kept.answer for kept in answers(wiring(), context.session.patient_key)}
    now = context.assessment
    facts = Facts(now.chart, now.as_of, wiring().knowledge)
    for reading in readings_of_reports(facts):
        report, finding = reading
        key = key_of_finding(report, finding)
        if counts(reading, facts) or key in said or waits(reading, facts):
            levels = f" ({', '.join(sorted(finding.levels))})" if finding.levels else ""
            named = finding.concept.replace("-", " ")
            title = report.source.display or _("Report")
            on = str(report.when or _("date not recorded"))
            words = f"{named[0].upper()}{named[1:]}{levels}{', suspected' if finding.suspected else ''}"
            counted = counts(reading, facts)
            yield FoundValue(key, words, title, report.source.reference, on, finding.quote, (), said.get(key), counted)


def _distinct(found: Iterator[FoundValue]) -> list[FoundValue]:
    return list({each.key: each for each in found}.values())


def _found_value(offer: CandidateValue, answer: ValueAnswer | None) -> FoundValue:
    site = offer.site or (answer.site if answer else None)
    levels = f" ({', '.join(sorted(offer.levels))})" if offer.levels else ""
    return FoundValue(
        key=key_of(offer),
        value=f"{NAMES.get(offer.quantity, offer.quantity)} {offer.value}"
        + (f", {site.replace('-', ' ')}{levels}" if site else _(", site not named")),
        report=offer.source.display or _("Report"),
        reference=offer.source.reference,
        on=str(offer.when or _("date not recorded")),
        quote=offer.quote,
        sites=() if offer.site else SITES,
        answer=answer,
    )
