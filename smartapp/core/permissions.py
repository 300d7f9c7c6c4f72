"""Who may do what here -> for every action ``check_can_x()``, which raises the sentence for the user, and its boolean
``can_x()``. One table decides both, for the pages, their buttons and whatever writes.

The sites say in the issuers file who has which role (:class:`smartapp.core.proposal.Role`); this table says what a role
may do. Whether the chart supports a plan at all is the last question here, and no role answers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from smartapp.core.assessment import Assessment
from smartapp.core.proposal import Office, Role, Signer
from smartapp.core.states import Severity
from smartapp.errors import NotPermitted, NotSupported, Who


class Right(StrEnum):
    LOOK = "look at the chart and the plan"
    CHANGE = "change the plan"
    STATE_FACT = "state a fact the chart does not say, or confirm one it says in words"
    SIGN_DRAFT = "sign a plan as a draft"
    SIGN_ACTIVE = "sign a plan as active"
    WRITE_DRAFT = "lend the own session to the writing of a draft that was signed"
    WRITE_ACTIVE = "lend the own session to the writing of an active plan that was signed"
    CHANGE_WRITTEN = "try again, send another way, or say what of a signed plan is in the chart"
    RETRACT = "take a written plan back"
    REFERRALS = "see the referrals and move them on their way"


class Party(StrEnum):
    """The user by role; without one, by what the EHR says of the user."""

    SIGNER = "may sign"
    DRAFTER = "may prepare drafts"
    COORDINATOR = "coordinates referrals"
    WITHOUT_ROLE = "a clinician to whom the site has given no role"
    UNNAMED = "the EHR did not say who it is"
    PATIENT = "a patient or a relative"
    UNCLEAR = "a Person of whom it is not known which clinician it is"


@dataclass(frozen=True)
class Refusal:
    """Why not, and what to do. ``{user}`` is the name of the user, or “You”."""

    happened: str
    title: str = NotPermitted.title
    next_step: str = NotPermitted.next_step
    who: Who = NotPermitted.who


_NOT_FOR_PATIENTS = Refusal(
    "Loadpath is made for clinicians, and you are signed in as a patient or a relative. Nothing is shown here.",
    "This page is for clinicians",
    "Ask your clinician or physical therapist for your plan; they can print it for you.",
)
_NOT_FOR_COORDINATORS = Refusal(
    "Your role at this site is to coordinate referrals. Plans under review are shown to those who prepare and sign "
    "them; what was signed is in the EHR, and its referrals are on a page of their own.",
    "Your page is the list of referrals",
    "Open Loadpath's address and choose “Referrals”. If you should prepare plans, ask Loadpath's administrator for "
    "that role.",
)
_NO_ROLE = Refusal(
    "This site has not given you a role in Loadpath. Nothing of the chart is shown here.",
    "Your role does not include rehabilitation plans",
    "If you should prepare or sign plans, ask Loadpath's administrator for that role.",
)
_OWN_CHART = Refusal(
    "The EHR names you by a Person record, which is linked to the patient of this chart. Loadpath is for those who "
    "treat a patient; nobody plans and signs for themselves. Nothing is shown here.",
    "This is your own chart",
    "Ask a colleague to prepare the plan.",
)


def _unclear(why: str = "and Loadpath does not know whose") -> Refusal:
    return Refusal(
        f"The EHR names you by a Person record, {why}. Loadpath is made for clinicians, and shows nothing as long "
        "as it is not known which one you are.",
        "The EHR does not say which clinician you are",
        "Tell the EHR's administrator: fhirUser is to be your Practitioner record, or your Person record is to be "
        "linked to it and Loadpath is to be allowed to read it (user/Person.r; where Loadpath must ask for that, its "
        "administrator adds it to “scopes” in the issuers file).",
        Who.EHR,
    )


Row = Mapping[Party, Refusal | None]  # None: may


def _row(*may: Party, unnamed: str, otherwise: str, drafter: str = "") -> Row:
    """Those who may; who the EHR does not name, and everybody else, read a sentence."""
    told = {Party.UNNAMED: unnamed, Party.DRAFTER: drafter or otherwise}
    return MappingProxyType({p: None if p in may else Refusal(told.get(p, otherwise)) for p in Party})


_CLINICIANS = (Party.SIGNER, Party.DRAFTER)
_CHANGE = _row(
    *_CLINICIANS,
    unnamed="The EHR did not say who you are, so nothing can be changed here.",
    otherwise="{user} may not change plans here.",
)
_NOT_SIGNED = "The EHR did not say who you are, so nothing can be signed here."
_WAITS = "It is sent when somebody opens this patient who may sign."
_WRITTEN = "You may not change what was written."

PERMISSIONS: Mapping[Right, Row] = MappingProxyType(
    {
        # An EHR that names nobody has let somebody in: they may look, and nothing else.
        Right.LOOK: MappingProxyType(
            {
                Party.SIGNER: None,
                Party.DRAFTER: None,
                Party.UNNAMED: None,
                Party.COORDINATOR: _NOT_FOR_COORDINATORS,
                Party.WITHOUT_ROLE: _NO_ROLE,
                Party.PATIENT: _NOT_FOR_PATIENTS,
                Party.UNCLEAR: _unclear(),
            }
        ),
        Right.CHANGE: _CHANGE,
        Right.STATE_FACT: _CHANGE,
        Right.SIGN_DRAFT: _row(*_CLINICIANS, unnamed=_NOT_SIGNED, otherwise="{user} may not sign plans here."),
        Right.SIGN_ACTIVE: _row(
            Party.SIGNER,
            unnamed=_NOT_SIGNED,
            otherwise="{user} may not sign plans here.",
            drafter="{user} may save a draft; someone who may sign has to make it active.",
        ),
        # The signer has signed; whoever opens the patient later only lends their access, and must be one who may sign
        # the like: an EHR that refuses an active order to a drafter would have the plan go a lesser way.
        Right.WRITE_DRAFT: _row(*_CLINICIANS, unnamed=_WAITS, otherwise=_WAITS),
        Right.WRITE_ACTIVE: _row(Party.SIGNER, unnamed=_WAITS, otherwise=_WAITS),
        Right.CHANGE_WRITTEN: _row(*_CLINICIANS, unnamed=_WRITTEN, otherwise=_WRITTEN),
        Right.RETRACT: _row(
            Party.SIGNER,
            unnamed=_WRITTEN,
            otherwise=_WRITTEN,
            drafter="Only a person who may sign can take a plan back.",
        ),
        Right.REFERRALS: MappingProxyType(
            {
                **_row(
                    Party.COORDINATOR,
                    unnamed="The EHR did not say who you are, so the referrals are not shown.",
                    otherwise="The referrals are shown to those who coordinate them. You reach a plan from the chart.",
                ),
                Party.PATIENT: _NOT_FOR_PATIENTS,
                Party.UNCLEAR: _unclear(),
            }
        ),
    }
)
_BY_ROLE = {Role.SIGNER: Party.SIGNER, Role.DRAFTER: Party.DRAFTER, Role.COORDINATOR: Party.COORDINATOR}
_BY_KIND = {"Person": Party.UNCLEAR, "Patient": Party.PATIENT, "RelatedPerson": Party.PATIENT}


def party_of(user: Signer) -> Party:
    """What the record behind fhirUser is comes before any role."""
    without = Party.WITHOUT_ROLE if user.reference else Party.UNNAMED
    return _BY_KIND.get(user.reference.partition("/")[0]) or _BY_ROLE.get(user.role, without)


def _can(action: Right, user: Signer) -> bool:
    return PERMISSIONS[action][party_of(user)] is None


def _check(action: Right, user: Signer) -> None:
    if refusal := PERMISSIONS[action][party_of(user)]:
        raise _error(refusal, user.name)


def _error(refusal: Refusal, user: str = "") -> NotPermitted:
    error = NotPermitted(refusal.happened.replace("{user}", user or "You"))
    error.title, error.next_step, error.who = refusal.title, refusal.next_step, refusal.who
    return error


def check_can_look(user: Signer) -> None:
    """Raises NotPermitted for those Loadpath is not for, before anything of the chart is read."""
    _check(Right.LOOK, user)


def can_change(user: Signer) -> bool:
    return _can(Right.CHANGE, user)


def check_can_change(user: Signer) -> None:
    """Raises NotPermitted."""
    _check(Right.CHANGE, user)


def check_can_state_fact(user: Signer) -> None:
    """Raises NotPermitted."""
    _check(Right.STATE_FACT, user)


def can_state_fact(user: Signer) -> bool:
    return _can(Right.STATE_FACT, user)


def can_sign(user: Signer, active: bool) -> bool:
    return _can(Right.SIGN_ACTIVE if active else Right.SIGN_DRAFT, user)


def check_can_sign(user: Signer, active: bool) -> None:
    """Raises NotPermitted. ``active``: so that it takes effect, not as a draft."""
    _check(Right.SIGN_ACTIVE if active else Right.SIGN_DRAFT, user)


def check_can_write(user: Signer, active: bool) -> None:
    """Raises NotPermitted where the session of this user does not serve to write a signed plan."""
    _check(Right.WRITE_ACTIVE if active else Right.WRITE_DRAFT, user)


def can_change_written(user: Signer) -> bool:
    return _can(Right.CHANGE_WRITTEN, user)


def check_can_change_written(user: Signer) -> None:
    """Raises NotPermitted."""
    _check(Right.CHANGE_WRITTEN, user)


def can_retract(user: Signer) -> bool:
    return _can(Right.RETRACT, user)


def check_can_retract(user: Signer) -> None:
    """Raises NotPermitted."""
    _check(Right.RETRACT, user)


def check_can_see_referrals(user: Signer) -> None:
    """Raises NotPermitted."""
    _check(Right.REFERRALS, user)


def own_chart() -> NotPermitted:
    """For a clinician who is the patient."""
    return _error(_OWN_CHART)


def unclear_clinician(why: str) -> NotPermitted:
    """For a Person record that leads to no clinician; ``why`` goes on from “a Person record, ”."""
    return _error(_unclear(why))


# -- offices: held beside, or without, a role in care


def can_see_trail(offices: frozenset[Office]) -> bool:
    """Whether this person may see what everybody at the site did here; their own actions everybody sees."""
    return Office.PRIVACY_OFFICER in offices


def can_administer(offices: frozenset[Office]) -> bool:
    """Whether this person may see how the installation fares."""
    return Office.ADMINISTRATOR in offices


def check_can_administer(offices: frozenset[Office]) -> None:
    """Raises NotPermitted."""
    if not can_administer(offices):
        raise _error(
            Refusal("This page is shown to the administrators this site has named.",
                    next_step="Ask Loadpath's administrator.")
        )  # fmt: skip


# -- whether the chart supports a plan


def unsupported(assessment: Assessment) -> str:
    """Why no plan can be signed on this chart, in the words of its alerts; empty if one can."""
    if assessment.chart.patient.deceased:
        return "The chart records this patient as deceased."
    if assessment.disposition.prescribes:
        return ""
    stops = [alert.text for alert in assessment.alerts if alert.severity is Severity.STOP]
    return " ".join(("There is no exercise plan to sign.", *stops))


def check_supports_plan(assessment: Assessment) -> None:
    """Raises NotSupported. What the EHR does not let us write is no reason: the page says what will become of it."""
    if stop := unsupported(assessment):
        raise NotSupported(stop)
