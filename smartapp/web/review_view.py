"""Assessment, proposal and decisions -> what the review page shows, in the order and words it shows them.

Nothing is decided here: every state, date and sentence comes from the assessment or the proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from smartapp.core.assessment import Alert, Assessment, Disposition, Phase, Severity
from smartapp.core.chart import AttestationName
from smartapp.core.proposal import Activity, Kind, Proposal, Timing
from smartapp.web import words
from smartapp.web.review_facts import Found, Number, PatientLine, broken, found_in, numbers, patient_line
from smartapp.web.review_items import Group, ItemRow, Items, RestrictionRow, SessionBlock
from smartapp.web.timeline import Timeline, months_between, timeline
from smartapp.web.timeline_drawing import NARROW, WIDE, Drawing, draw
from smartapp.web.words import Headline


@dataclass(frozen=True)
class Said:
    name: AttestationName
    said: str
    on: date
    by: str


@dataclass(frozen=True)
class Choosable:
    name: AttestationName
    button: str


@dataclass(frozen=True)
class Artifact:
    what: str
    how: str
    in_chart: bool = True  # False: somebody has to put it there
    why: str = ""  # why not a better way


@dataclass(frozen=True)
class SignBar:
    button: str
    refused: str = ""  # why not, as a sentence; empty if this person may sign
    may_activate: bool = True
    note: str = ""
    reason: str = ""  # what the chart has lost: a new signature then needs a reason


@dataclass(frozen=True)
class DifferenceLine:
    kind: str
    word: str
    text: str


@dataclass(frozen=True)
class Previous:
    told: str
    lines: tuple[DifferenceLine, ...]
    count: str
    short: bool  # few enough to be shown at once


@dataclass(frozen=True)
class SignedHere:
    """A plan signed in Loadpath: when, by whom, where it is now, and the address of its receipt."""

    when: str
    by: str
    where: str
    receipt: str
    loud: bool  # something is still to be done
    held: str = ""  # why it is not sent from here
    send: str = ""  # plan id, where it can be sent now
    because: str = ""  # why it was signed again


@dataclass(frozen=True)
class DoseEdit:
    item: str
    text: str


@dataclass(frozen=True)
class ReviewView:
    launch_id: str
    token: str
    ehr: str
    user: str
    patient: PatientLine
    assessment: Assessment
    proposal: Proposal
    headline: Headline
    stops: tuple[Alert, ...]
    reviews: tuple[Alert, ...]
    infos: tuple[Alert, ...]
    broken: tuple[str, ...]
    numbers: tuple[Number, ...]
    timeline: Timeline | None
    wide: Drawing | None
    narrow: Drawing | None
    restrictions: tuple[RestrictionRow, ...]
    never: tuple[ItemRow, ...]
    dose_line: str
    session: tuple[SessionBlock, ...]
    home: tuple[ItemRow, ...]
    groups: tuple[Group, ...]
    referral_dose: str
    dose_edits: tuple[DoseEdit, ...]
    attested: tuple[Said, ...]
    attestable: tuple[Choosable, ...]
    may_edit: bool = True
    sign: SignBar | None = None
    artifacts: tuple[Artifact, ...] = ()
    previous: Previous | None = None
    signed_here: tuple[SignedHere, ...] = ()
    found: tuple[Found, ...] = ()
    suggestions: tuple[Activity, ...] = ()
    review_status: str = ""
    read_at: str = ""
    said: str = ""
    warning: bool = False
    problem_item: str = ""
    problem: str = ""
    show_attest: bool = True


@dataclass(frozen=True)
class Circumstances:
    """What the page knows beside the medicine: the launch, the person, the site."""

    launch_id: str
    token: str
    ehr: str
    user: str
    may_edit: bool
    sign: SignBar | None
    artifacts: tuple[Artifact, ...]
    previous: Previous | None
    review_status: str
    read_at: str
    said: str = ""
    warning: bool = False  # ``said`` is a refusal
    problem_item: str = ""  # the item a refused edit was about
    problem: str = ""
    signed_here: tuple[SignedHere, ...] = ()
    headline: Headline | None = None  # instead of the disposition's


def review_view(
    here: Circumstances,
    machine: Proposal,
    revised: Proposal,
    later: Sequence[Assessment],
    boundaries: Sequence[tuple[Phase, int]],
    titles: Mapping[str, str],
) -> ReviewView:
    """``machine`` is the proposal before, ``revised`` after the decisions; ``titles`` are those of all exercises."""
    now = revised.assessment
    line = timeline(now, later, boundaries)
    rows = Items(machine, revised, titles)
    prescribes = now.disposition.prescribes
    return ReviewView(
        launch_id=here.launch_id,
        token=here.token,
        ehr=here.ehr,
        user=here.user,
        patient=patient_line(now.chart.patient, now.as_of),
        assessment=now,
        proposal=revised,
        headline=here.headline or _headline(now),
        stops=_of(now, Severity.STOP),
        reviews=_of(now, Severity.REVIEW),
        infos=_of(now, Severity.INFO),
        broken=broken(now),
        numbers=numbers(now),
        timeline=line,
        wide=draw(line, WIDE) if line else None,
        narrow=draw(line, NARROW) if line else None,
        restrictions=tuple(rows.restriction(r) for r in now.restrictions),
        never=rows.never(),
        dose_line=_dose_line(revised),
        session=rows.session(),
        home=rows.home(),
        groups=rows.groups(),
        referral_dose=_referral_dose(revised),
        dose_edits=_dose_edits(revised),
        attested=tuple(Said(a.name, words.ATTESTATIONS[a.name].said, a.on, a.by) for a in now.chart.attestations),
        attestable=tuple(
            Choosable(name, words.ATTESTATIONS[name].button)
            for name in AttestationName
            if not any(a.name is name for a in now.chart.attestations)
        ),
        may_edit=here.may_edit,
        sign=here.sign if prescribes else None,
        artifacts=here.artifacts,
        previous=here.previous,
        signed_here=here.signed_here,
        found=() if prescribes else found_in(now),
        suggestions=() if prescribes else tuple(a for a in revised.activities if a.kind is not Kind.RESTRICTION),
        review_status=here.review_status,
        read_at=here.read_at,
        said=here.said,
        warning=here.warning,
        problem_item=here.problem_item,
        problem=here.problem,
        show_attest=prescribes or now.fracture is not None or bool(now.chart.attestations),
    )


def _headline(now: Assessment) -> Headline:
    if now.chart.left_out and now.disposition is Disposition.CONFIRM_FIRST:
        return Headline(words.OF_ANOTHER, f"{now.chart.names_another} They are named below.", "forbid")
    return words.DISPOSITIONS[now.disposition]


def _of(now: Assessment, severity: Severity) -> tuple[Alert, ...]:
    return tuple(alert for alert in now.alerts if alert.severity is severity)


def _dose_line(proposal: Proposal) -> str:
    if proposal.referral is None:
        return ""
    timing = proposal.referral.timing
    return f"{_sessions(timing)}, {months_between(proposal.start, proposal.end)} months to {proposal.end}"


def _sessions(timing: Timing) -> str:
    most = f"–{timing.frequency_max}" if timing.frequency_max else ""
    often = f"{timing.frequency}{most} supervised sessions a week"
    if timing.period_days != 7:
        often = f"{timing.frequency}{most} supervised sessions in {timing.period_days} days"
    days = ", ".join(words.DAYS.get(day, day) for day in timing.days)
    return " · ".join(filter(None, (often, f"{timing.minutes} min each" if timing.minutes else "", days)))


def _dose_edits(proposal: Proposal) -> tuple[DoseEdit, ...]:
    """What the clinician changed of the programme as a whole."""
    found = [decision for decision in proposal.decisions if decision.item.startswith("dose.")]
    return tuple(
        DoseEdit(
            d.item,
            f"{d.item.removeprefix('dose.').capitalize()} set to {d.value} by you."
            + (f" Reason: {d.reason}." if d.reason else ""),
        )
        for d in found
    )


def _referral_dose(proposal: Proposal) -> str:
    if proposal.referral is None:
        return ""
    return f"{_sessions(proposal.referral.timing)}, from {proposal.referral.start} to {proposal.referral.end}"
