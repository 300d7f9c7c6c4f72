"""Order of evaluation (rule book 2c, P2): deceased, hard stops, work-up first, unconfirmed fracture, eligibility, then
review or not.
"""

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert
from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept, Topic
from smartapp.core.derive.facts import Facts, is_live, name_words, sources_of
from smartapp.core.derive.fracture import Fractures, fracture_coding_of, is_junction, is_lumbar_like, is_thoracic
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.kinds import Sex
from smartapp.core.states import Disposition, Severity
from smartapp.core.thresholds import ThresholdName

# Alerts that still matter beside a named work-up (rule book 2a, 0.2).
_BESIDE_WORK_UP = frozenset(
    {
        AlertCode.WORK_UP_FIRST,
        AlertCode.POSTERIOR_ELEMENT,
        AlertCode.SEVERE_COLLAPSE,
        AlertCode.CANAL_COMPROMISE,
        AlertCode.RADICULOPATHY,
        AlertCode.INFECTION_SUSPECTED,
        AlertCode.PAIN_WORSE,
        AlertCode.SUSPECT_NEW_VF,
        AlertCode.NEW_BACK_PAIN,
        AlertCode.LEVEL_ATYPICAL,
        AlertCode.REPORT_FINDING,
        AlertCode.STIFF_SPINE,
        AlertCode.NEURO_RED_FLAG,
        AlertCode.NEURO_HISTORY,
        AlertCode.CANCER_HISTORY,
        AlertCode.SECONDARY_CAUSE,
        AlertCode.PAIN_HOLD,
        AlertCode.OTHER_FRACTURE,
        AlertCode.UNRECOGNISED,
        AlertCode.MULTIPLE_VF,
        AlertCode.TREATMENT_GAP,
        AlertCode.REBOUND_FRACTURE,
        AlertCode.DENOSUMAB_GAP,
        AlertCode.DRUG_CAUTION,
    }
)
# Alerts that still matter where nothing is prescribed (hard stops are always kept).
KEPT_AT_REFERRAL = frozenset(
    {
        AlertCode.CLINICAL_OSTEOPOROSIS,
        AlertCode.OSTEOPOROSIS,
        AlertCode.SEX_OUT_OF_SEED,
        AlertCode.CONFIRM_FRACTURE,
        AlertCode.EXISTING_PLAN,
        *_BESIDE_WORK_UP,
    }
)
# Before a confirmation also those whose answer may be what is waited for.
_ASKED_FIRST = frozenset({AlertCode.ACTIVITY_ORDER, AlertCode.MED_CLEARANCE, AlertCode.VTE})
KEPT_BEFORE_CONFIRMATION = (KEPT_AT_REFERRAL - {AlertCode.CLINICAL_OSTEOPOROSIS}) | {
    AlertCode.SITE_UNNAMED,
    AlertCode.NORMAL_BMD_WITH_FRACTURE,
    AlertCode.USE_Z_SCORE,
    *_ASKED_FIRST,
}
KEPT_WHERE_NOT_APPLICABLE = frozenset(
    {
        AlertCode.NO_ACTIVE_FRACTURE,
        AlertCode.HISTORY_ONLY,
        AlertCode.DECEASED,
        AlertCode.LEVEL_NOT_LUMBAR,
        AlertCode.LEVEL_JUNCTION,
        AlertCode.FATIGUE_FRACTURE,
        AlertCode.CHILDHOOD_FRACTURE,
        AlertCode.POSTERIOR_ELEMENT,
        AlertCode.EXISTING_PLAN,
        AlertCode.REPORT_FINDING,
    }
)
# Without any fracture on record only an emergency is worth an alert.
_EMERGENCIES = frozenset(
    {
        AlertCode.CAUDA_EQUINA,
        AlertCode.NEURO_RED_FLAG,
        AlertCode.SPINAL_INFECTION,
        AlertCode.INFECTION_SUSPECTED,
        AlertCode.VASCULAR_EMERGENCY,
    }
)


# Bones of the spine that are named where no lumbar one is broken (rule book 2a, CO10, FC20).
_NOT_LUMBAR = {"pelvis": Concept.FRACTURE_PELVIS, "neck": Concept.FRACTURE_NECK}


def disposition_of(fractures: Fractures, facts: Facts, alerts: tuple[Alert, ...]) -> Disposition:
    """Worst first. A hard stop refers wherever any spinal fracture, or a history of one, is on record."""
    if facts.patient.deceased:
        return Disposition.NOT_APPLICABLE
    concerned = fractures.any_record or facts.with_concepts(
        Concept.FRACTURE_HISTORY, Concept.NEOPLASTIC_FRACTURE, Concept.FRACTURE_SITE_UNNAMED
    )
    if concerned and any(alert.severity is Severity.STOP for alert in alerts):
        return Disposition.REFER_NO_PRESCRIPTION
    work_up = fractures.any_record and any(alert.code == AlertCode.WORK_UP_FIRST for alert in alerts)
    if work_up or must_confirm(fractures) or (without_bone(facts) and not fractures.eligible):
        return Disposition.CONFIRM_FIRST
    if not fractures.eligible:
        return Disposition.CONFIRM_FIRST if facts.chart.left_out else Disposition.NOT_APPLICABLE
    if any(alert.severity is Severity.REVIEW for alert in alerts):
        return Disposition.PRESCRIBE_WITH_REVIEW
    return Disposition.PRESCRIBE


def must_confirm(fractures: Fractures) -> bool:
    """An unconfirmed lumbar fracture; or, beside a lumbar fracture, an unconfirmed thoracic one."""
    lumbar = any(is_lumbar_like(d) for d in fractures.suspected)
    return lumbar or (fractures.eligible and any(is_thoracic(d) for d in fractures.suspected))


def without_bone(facts: Facts) -> tuple[Diagnosis, ...]:
    """Osteoporotic fractures of which no record names the bone (rule book 2a, FC23)."""
    return tuple(d for d in facts.live(Concept.FRACTURE_SITE_UNNAMED) if d.fracture is None)


def alerts_for(disposition: Disposition, alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """The alerts shown with a disposition: all with a plan, hard stops and the relevant ones without."""
    if disposition.prescribes:
        return alerts
    if disposition is Disposition.REFER_NO_PRESCRIPTION:
        return _of(alerts, KEPT_AT_REFERRAL)
    if disposition is Disposition.CONFIRM_FIRST:
        return _of(alerts, KEPT_BEFORE_CONFIRMATION)
    shown = _of(alerts, KEPT_WHERE_NOT_APPLICABLE)
    return tuple(a for a in shown if a.severity is not Severity.STOP or a.code in _EMERGENCIES)


def _of(alerts: tuple[Alert, ...], codes: frozenset[AlertCode]) -> tuple[Alert, ...]:
    return tuple(alert for alert in alerts if alert.code in codes or alert.severity is Severity.STOP)


def note_eligibility(fractures: Fractures, facts: Facts) -> Notes:
    """Why the patient is, or is not, one these rules are written for (2.1.3)."""
    if facts.patient.deceased:
        yield alert(AlertCode.DECEASED, "The record says deceased.", [facts.patient_source])
        return
    if must_confirm(fractures):
        why = "Recorded as provisional, differential or unconfirmed."
        yield alert(AlertCode.CONFIRM_FRACTURE, why, sources_of(fractures.suspected))
        yield gap("fracture-confirmation", "Is the fracture confirmed by imaging?", "Nothing is prescribed until then.")
    unnamed = without_bone(facts)
    for diagnosis in unnamed:
        yield alert(AlertCode.SITE_UNNAMED, f"Recorded: {name_words(diagnosis, facts.today)}.", [diagnosis.source])
        yield gap(
            "fractured-bone", "Which bone is broken?", "Of a vertebra, name the level; nothing is prescribed before."
        )
    if fractures.fatigue:
        yield alert(AlertCode.FATIGUE_FRACTURE, "Coded as fatigue fracture.", sources_of(fractures.fatigue))
    if fractures.childhood:
        yield alert(AlertCode.CHILDHOOD_FRACTURE, "Dated in childhood.", sources_of(fractures.childhood))
    if fractures.eligible:
        yield from _note_other_fractures(fractures, facts)
    elif not must_confirm(fractures) and not unnamed:
        yield from _note_why_not(fractures, facts)


def _note_other_fractures(fractures: Fractures, facts: Facts) -> Notes:
    healing = tuple(d for d in fractures.elsewhere if is_live(d, facts.today))
    for diagnosis in healing:
        where = fracture_coding_of(diagnosis).region
        coccyx = Concept.COCCYX_FRACTURE in diagnosis.concepts
        yield alert(AlertCode.OTHER_FRACTURE, f"Recorded as present: {where}.", [diagnosis.source], eased=coccyx)
    if not healing:
        why = f"No unhealed fracture of neck, sacrum or pelvis is recorded. {facts.not_understood(Topic.FRACTURE)}"
        yield rule_missed("alert.other-fracture", why.strip())


def _note_why_not(fractures: Fractures, facts: Facts) -> Notes:
    history = facts.with_concepts(Concept.FRACTURE_HISTORY)
    junction = tuple(r for e in fractures.episodes if is_junction(e.level) for r in e.records)
    if junction:
        words = ", ".join(name_words(r, facts.today) for r in junction)
        yield alert(AlertCode.LEVEL_JUNCTION, f"Recorded: {words}.", sources_of(junction), variant="thoracic")
    apart = tuple(d for d in fractures.posterior if is_live(d, facts.today))
    not_lumbar = (*fractures.elsewhere, *(r for e in fractures.episodes for r in e.records), *fractures.suspected)
    if not_lumbar:
        regions = ", ".join(sorted({fracture_coding_of(d).region for d in not_lumbar}))
        yield alert(AlertCode.LEVEL_NOT_LUMBAR, f"Recorded: {regions}.", sources_of(not_lumbar))
    for variant, concept in _NOT_LUMBAR.items():
        for diagnosis in facts.live(concept):
            why = f"Recorded: {name_words(diagnosis, facts.today)}."
            yield alert(AlertCode.LEVEL_NOT_LUMBAR, why, [diagnosis.source], variant=variant)
    if not_lumbar or apart or facts.live(*_NOT_LUMBAR.values()):
        return
    if history:
        yield alert(AlertCode.HISTORY_ONLY, "Only a history code is recorded.", sources_of(history))
    elif facts.chart.left_out:
        question = f"Is this the right patient's chart? {facts.chart.names_another}"
        yield gap("records-of-another-patient", question, "Whether there is a fracture cannot be told until then.")
    else:
        unread = facts.not_understood(Topic.FRACTURE, Topic.OPERATION)
        why = f"No usable lumbar fracture is on record (missing: lumbar fracture). {unread}".strip()
        yield alert(AlertCode.NO_ACTIVE_FRACTURE, why, [facts.patient_source])
        asked = f"Is there a lumbar fracture? {unread}".strip()
        yield gap("lumbar-fracture", asked, "These rules start from one with level and date.")


def note_population(facts: Facts) -> Notes:
    """SEX_OUT_OF_SEED (S45): the source speaks of a man; most evidence on bone is of older women (2a, CO4)."""
    if facts.patient.sex is Sex.MALE:
        yield rule_missed("alert.sex-out-of-seed", "Recorded as male.", ("S45",), [facts.patient_source])
        return
    why, older = f"Recorded sex: {facts.patient.sex}.", facts.patient.sex is Sex.FEMALE and is_postmenopausal(facts)
    yield alert(AlertCode.SEX_OUT_OF_SEED, why, [facts.patient_source], eased=older)
    if facts.patient.sex is Sex.UNKNOWN:
        yield gap("sex", "What is the patient's sex?", "Calcium amount and the reading of bone density depend on it.")


def is_postmenopausal(facts: Facts) -> bool:
    """Coded so, or of the age from which T-scores are read."""
    old = facts.age is not None and facts.age >= facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)
    return old or bool(facts.with_concepts(Concept.POSTMENOPAUSAL))


def note_plans(facts: Facts) -> Notes:
    """EXISTING_PLAN: what this app wrote before and nobody revoked."""
    found = [p.source for p in facts.chart.plans if p.status not in ("revoked", "entered-in-error")]
    if found:
        yield alert(AlertCode.EXISTING_PLAN, "Written by this app earlier.", found)
