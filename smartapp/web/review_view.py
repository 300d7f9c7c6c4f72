"""Assessment, proposal and decisions -> what the review page shows, in the order and words it shows them.

Nothing is decided here: every state, date and sentence comes from the assessment or the proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from smartapp.core.assessment import Assessment
from smartapp.core.kinds import ANSWERS, WITH_VALUE, AttestationName
from smartapp.core.one_question import CAUSES, settles
from smartapp.core.plan.instead import FirstReferral, first_referral
from smartapp.core.proposal import Activity, ActivityKind, Proposal
from smartapp.core.states import Phase
from smartapp.document.fitted import PatientDrawings
from smartapp.web import words
from smartapp.web.follow_up import FollowUpView
from smartapp.web.headlines import Headline, headline_of
from smartapp.web.limit_answers import LimitAnswers
from smartapp.web.report_view import ReportLine
from smartapp.web.review_alerts import AlertGroups, alert_groups
from smartapp.web.review_dose import DoseEdit, dose_edits, dose_words, referral_dose_words
from smartapp.web.review_face import (
    UnreadValue,
    because_of,
    days_and_fracture,
    order_reasons,
    order_words,
    phase_range,
    short_label,
    shown_value,
    signing_state,
    tile_of,
)
from smartapp.web.review_facts import (
    LookedFor,
    Number,
    PatientLine,
    key_numbers,
    patient_line,
    what_was_found,
)
from smartapp.web.review_items import Items
from smartapp.web.review_settle import Confirmable, Recorded
from smartapp.web.sign_bar import SignBar
from smartapp.web.strip import Strip, strip
from smartapp.web.timeline import Timeline, timeline
from smartapp.web.words import Look


@dataclass(frozen=True)
class PlannedArtifact:
    what: str
    how: str
    in_chart: bool = True  # False: somebody has to put it there
    why: str = ""  # why not a better way
    yours: str = ""  # what is left to a person


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


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the page knows beside the medicine: the launch, the user, the site."""

    launch_id: str
    token: str
    ehr: str
    user: str
    may_edit: bool
    may_state: bool
    sign: SignBar | None
    artifacts: tuple[PlannedArtifact, ...]
    follow_up: FollowUpView | None
    review_status: str
    read_at: str
    needs_banner: bool = True
    split: str = ""  # how the knowledge says that a session may be split
    said: str = ""
    warning: bool = False  # ``said`` is a refusal
    problem_item: str = ""  # the item a refused edit was about
    problem: str = ""
    signed_here: tuple[SignedHere, ...] = ()
    standing: str = ""  # of the newest plan's referral
    told_by_link: tuple[ReportLine, ...] = ()
    headline: Headline | None = None  # instead of the disposition's
    would: Mapping[AttestationName, Confirmable] = field(default_factory=dict)  # what may be confirmed, and its effect
    recorded: tuple[Recorded, ...] = ()
    unread: tuple[UnreadValue, ...] = ()  # each has a tile of its own
    answers: Mapping[str, LimitAnswers] = field(default_factory=dict)  # what may be stated at each limit, by its id


@dataclass(frozen=True, kw_only=True)
class ReviewView(Circumstances):
    """Everything the templates of the review page read."""

    proposal: Proposal  # as revised
    rows: Items
    timeline: Timeline | None
    headline: Headline
    told_already: bool = False  # the headline is of a plan that was signed before

    @property
    def assessment(self) -> Assessment:
        return self.proposal.assessment

    @property
    def prescribes(self) -> bool:
        return self.assessment.disposition.prescribes

    @property
    def patient(self) -> PatientLine:
        return patient_line(self.assessment.chart.patient, self.assessment.as_of)

    @property
    def alerts(self) -> AlertGroups:
        return alert_groups(self.assessment)

    def exercise_title(self, id_: str) -> str:
        """What an exercise that was taken out is called."""
        return self.rows.titles.get(id_, id_)

    @property
    def by_code_only(self) -> str:
        """What a launch does not look for where it asks the EHR for results by their LOINC codes."""
        asked = {gap.concept for gap in self.assessment.gaps} & words.ASKED_BY_CODE
        return words.BY_CODE_ONLY if asked else ""

    @property
    def numbers(self) -> tuple[Number, ...]:
        return key_numbers(self.assessment)

    @property
    def strip(self) -> Strip | None:
        return strip(self.timeline) if self.timeline else None

    @property
    def dose_line(self) -> str:
        return dose_words(self.proposal)

    @property
    def referral_dose(self) -> str:
        return referral_dose_words(self.proposal)

    @property
    def dose_edits(self) -> tuple[DoseEdit, ...]:
        return dose_edits(self.proposal)

    @property
    def title(self) -> str:
        """The first line: the fracture and its age, or what stands instead of a plan."""
        ready = self.prescribes and not self.told_already
        return days_and_fracture(self.assessment) if ready else self.headline.title

    @property
    def because(self) -> tuple[str, ...]:
        if not self.prescribes or self.told_already:
            return tuple(filter(None, [self.headline.meaning]))
        return because_of(self.assessment)

    @property
    def tone(self) -> str:  # green only where nothing is open
        return (
            "change" if (self.unsettled or self.alerts.unread) and self.headline.tone == "open" else self.headline.tone
        )

    @property
    def phases_shown(self) -> tuple[Phase, ...]:
        return phase_range(self.assessment, self.unread)

    @property
    def unsettled(self) -> int:
        """Points a clinician settles or leaves open before signing."""
        return self.alerts.to_decide if self.sign and not self.sign.refused else 0

    @property
    def named_elsewhere(self) -> bool:
        """Whether the EHR shows whose chart it is, and the page names the patient beside what is decided."""
        named = self.sign is not None or bool(self.alerts.stop)
        return not self.needs_banner and named and not self.patient.deceased

    @property
    def leaves_open(self) -> bool:
        """Whether points are left open here: only by who signs; a draft leaves them to its signer."""
        return bool(self.unsettled and self.sign and self.sign.may_activate)

    def short(self, number: Number) -> str:
        """What a number of the first line is called there."""
        return short_label(number)

    def unread_number(self, number: Number) -> bool:
        """Whether a tile tells of it."""
        return not number.value and tile_of(number) in {value.name for value in self.unread}

    def shown(self, number: Number) -> str:  # of the first line
        told = set(self.assessment.chart.partial) if self.unread else set()  # what the tiles tell of
        return shown_value(number, self.unread, not told.issuperset(self.alerts.unread))

    @property
    def state(self) -> Look | None:
        return signing_state(self.sign.refused, self.unsettled) if self.sign else None

    def confirms(self, code: str) -> tuple[Confirmable, ...]:  # what can be recorded at an alert
        return tuple(self.would[name] for name in settles(self.assessment, code) if name in self.would)

    @property
    def causes(self) -> tuple[Confirmable, ...]:
        """Low trauma and high energy, where neither is on record."""
        return tuple(self.would[name] for name in CAUSES if name in self.would)

    @property
    def fold_with_problem(self) -> str:
        """The fold a refused edit lies in, so that it opens by itself."""
        return self.rows.fold_of(self.problem_item) if self.problem else ""

    @property
    def order_line(self) -> str:
        return order_words(self.proposal)

    @property
    def order_reasons(self) -> tuple[str, ...]:
        return order_reasons(self.proposal, self.split)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the page says of the plan in the open; that a session may be split stands behind the order."""
        return tuple(line for line in self.proposal.warnings if line != self.split)

    @property
    def attestable(self) -> tuple[AttestationName, ...]:
        """What is not said yet; an answer to a work-up only where an alert of this chart asks for it."""
        left_out = {*WITH_VALUE, *(each.name for each in self.recorded)}
        offered = (name for name in AttestationName if name not in ANSWERS or name in self.assessment.lifted_by)
        return tuple(name for name in offered if name not in left_out)

    @property
    def show_attest(self) -> bool:
        return self.prescribes or self.assessment.fracture is not None or bool(self.recorded)

    @property
    def referral(self) -> FirstReferral | None:
        """Who sees the patient where nothing is prescribed."""
        return first_referral(self.assessment)

    @property
    def found(self) -> tuple[LookedFor, ...]:
        """What was looked at in vain, where there is no plan."""
        return () if self.prescribes else what_was_found(self.assessment)

    @property
    def suggestions(self) -> tuple[Activity, ...]:
        return (
            ()
            if self.prescribes
            else tuple(a for a in self.proposal.activities if a.kind is not ActivityKind.RESTRICTION)
        )


def review_view(
    here: Circumstances,
    machine: Proposal,
    revised: Proposal,
    later: Sequence[Assessment],
    boundaries: Sequence[tuple[Phase, int]],
    titles: Mapping[str, str],
    drawings: PatientDrawings,
) -> ReviewView:
    """``machine`` is the proposal before, ``revised`` after the decisions; ``titles`` are those of all exercises."""
    now = revised.assessment
    told = {
        **vars(here),
        "headline": here.headline or headline_of(now),
        "told_already": here.headline is not None,
        "sign": here.sign if now.disposition.prescribes else None,
    }
    rows, line = Items(machine, revised, titles, drawings), timeline(now, later, boundaries)
    return ReviewView(**told, proposal=revised, rows=rows, timeline=line)
