"""How badly a vertebra broke (rule book 2a, FC9-FC12): ligaments, height, kyphosis and canal, until imaging is seen."""

from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Attestation, Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import has_passed
from smartapp.core.derive.dangers import Hold, answered, broken_on, present
from smartapp.core.derive.facts import Facts, is_live, name_words, recorded_on
from smartapp.core.derive.fracture import Episode, Fractures, fracture_coding_of
from smartapp.core.derive.healing import healing_of
from smartapp.core.derive.mechanism import BURSTS, bursts, was_high_energy
from smartapp.core.derive.notes import Notes, Noting, alert, rule_missed
from smartapp.core.derive.surgery import fixed_after
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Healing, Prone
from smartapp.core.thresholds import ThresholdName

_IMAGED = "imaging seen by a spine surgeon"


def note_collapse(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    measured = [d for d in facts.chart.diagnoses if d.collapse != NOT_MEASURED and is_live(d, facts.today)]
    holds: list[Hold] = []
    for diagnosis in present(facts, Concept.LIGAMENT_INJURY):
        holds += yield from _note_ligaments(diagnosis, fractures, facts)
    for diagnosis in measured:
        holds += yield from _note_measured(diagnosis, fractures, facts)
    narrowed = dict.fromkeys((*present(facts, Concept.CANAL_COMPROMISE), *_canal_measured(measured)))
    for diagnosis in narrowed:
        holds += yield from _note_canal(diagnosis, fractures, facts)
    return tuple(holds)


def _note_ligaments(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """Torn, and imaged since: no comfort lets such a spine bend, only an operation replaces the ligaments."""
    words = name_words(diagnosis, facts.today)
    stops = yield from _note_unstable(diagnosis, words, fractures, facts)
    seen = _imaged(diagnosis, fractures, facts)
    if stops or not seen or _is_fixed(_episode_of(diagnosis, fractures), fractures, facts):
        return ()
    why = f"Recorded: {words}. Imaging seen on {seen.on}."
    yield alert(AlertCode.POSTERIOR_ELEMENT, why, [diagnosis.source], variant="ligaments")
    why = "The posterior ligaments are torn."
    return (Hold("FC9", why, (diagnosis.source,), "proof of healing", initial=True, neutral=True),)


def _is_fixed(episode: Episode | None, fractures: Fractures, facts: Facts) -> bool:
    concerned = (episode,) if episode else fractures.lumbar
    return bool(concerned) and all(e.start is not None and fixed_after(e, facts) for e in concerned)


def _canal_measured(measured: list[Diagnosis]) -> list[Diagnosis]:
    return [d for d in measured if d.collapse.canal_loss]


def _note_measured(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC9 of a burst or a fracture of high energy, FC10 and FC11 of every other."""
    severe = _severe(diagnosis.collapse, facts)
    episode = _episode_of(diagnosis, fractures)
    forceful = severe and _has_force(diagnosis, episode, fractures, facts)
    if forceful and (yield from _note_unstable(diagnosis, ", ".join(severe.values()), fractures, facts)):
        return ()
    severe.pop(ThresholdName.CANAL_LOSS_SEVERE, None)  # FC12 looks at it
    return (yield from _note_sunk(diagnosis, severe, fractures, facts)) if severe else ()


def _severe(collapse: Collapse, facts: Facts) -> dict[ThresholdName, str]:
    """What exceeds its limit, in words."""
    measured = (
        (ThresholdName.HEIGHT_LOSS_SEVERE, collapse.height_loss, "height lost {} %"),
        (ThresholdName.KYPHOSIS_SEVERE, collapse.kyphosis, "kyphosis {}°"),
        (ThresholdName.CANAL_LOSS_SEVERE, collapse.canal_loss, "canal narrowed {} %"),
    )
    return {
        limit: words.format(value)
        for limit, value, words in measured
        if value is not None and value > facts.knowledge.whole(limit)
    }


def _episode_of(diagnosis: Diagnosis, fractures: Fractures) -> Episode | None:
    """The fracture a record speaks of; None where it is of none that is confirmed."""
    return next((e for e in reversed(fractures.episodes) if diagnosis in e.records), None)


def _has_force(diagnosis: Diagnosis, episode: Episode | None, fractures: Fractures, facts: Facts) -> bool:
    burst = bursts(episode) if episode else fracture_coding_of(diagnosis).morphology in BURSTS
    return burst or was_high_energy(fractures, facts)


def _since(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> date:
    """What is stated counts from the day of the fracture and of the finding on."""
    return max(broken_on(fractures, facts), recorded_on(diagnosis, facts.today))


def _imaged(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> Attestation | None:
    return answered(AttestationName.STABILITY_IMAGING, _since(diagnosis, fractures, facts), facts)


def _note_unstable(diagnosis: Diagnosis, words: str, fractures: Fractures, facts: Facts) -> Noting[bool]:
    """FC9: until it is fixed, or a spine surgeon has seen CT or MRI; whether it is raised."""
    fixed = _is_fixed(_episode_of(diagnosis, fractures), fractures, facts)
    if fixed or _imaged(diagnosis, fractures, facts):
        why = f"Recorded: {words}; fixed or imaged since."
        yield rule_missed("alert.unstable-fracture", why, ("S43",), [diagnosis.source])
        return False
    yield alert(AlertCode.UNSTABLE_FRACTURE, f"Recorded: {words}.", [diagnosis.source], variant="measured")
    return True


def _note_sunk(
    diagnosis: Diagnosis, sunk: dict[ThresholdName, str], fractures: Fractures, facts: Facts
) -> Noting[tuple[Hold, ...]]:
    """FC10, FC11: the vertebra may sink further, unless it is old or a surgeon has seen it."""
    why = f"Recorded: {', '.join(sunk.values())}."
    if _is_old(_episode_of(diagnosis, fractures), facts):
        yield alert(AlertCode.SEVERE_COLLAPSE, why, [diagnosis.source], eased=True, variant="old")
        return ()
    variant = "" if ThresholdName.HEIGHT_LOSS_SEVERE in sunk else "kyphosis"
    seen = _imaged(diagnosis, fractures, facts)
    if seen:
        why = f"{why} Imaging seen on {seen.on}."
    yield alert(AlertCode.SEVERE_COLLAPSE, why, [diagnosis.source], eased=seen is not None, variant=variant)
    rule = "FC10" if not variant else "FC11"
    return () if seen else (Hold(rule, why, (diagnosis.source,), _IMAGED, initial=True, prone=Prone.BLOCKED),)


def _is_old(episode: Episode | None, facts: Facts) -> bool:
    """Twelve months old, or healed: it does not sink by itself any more."""
    if episode is None or episode.start is None:
        return False
    old = has_passed(episode.start.day, facts.knowledge.whole(ThresholdName.PRESUMED_STABLE_FROM), facts.today)
    return old or healing_of(episode, facts).status is Healing.HEALED


def _note_canal(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC12: without a sign of the nerves, which would stop by itself."""
    since = _since(diagnosis, fractures, facts)
    cleared = answered(AttestationName.SURGEON_CLEARANCE, since, facts) or _imaged(diagnosis, fractures, facts)
    why = f"Recorded: {name_words(diagnosis, facts.today)}."
    if cleared:
        why = f"{why} {cleared.name.replace('-', ' ').capitalize()} on {cleared.on}."
        yield alert(AlertCode.CANAL_COMPROMISE, why, [diagnosis.source], eased=True, variant="answered")
        return ()
    yield alert(AlertCode.CANAL_COMPROMISE, why, [diagnosis.source])
    why = "Bone is pushed toward the spinal canal."
    return (Hold("FC12", why, (diagnosis.source,), f"{_IMAGED}, or clearance", initial=True, prone=Prone.BLOCKED),)


def note_progress(fractures: Fractures, facts: Facts) -> Notes:
    """FC13: the later date counts, which :func:`sunk_again` gives."""
    for episode in fractures.lumbar:
        for record in episode.records:
            if Concept.COLLAPSE_PROGRESS in record.concepts and is_live(record, facts.today):
                why = f"Recorded: {name_words(record, facts.today)}."
                yield alert(AlertCode.POSSIBLE_REFRACTURE, why, [record.source], variant="progress")
