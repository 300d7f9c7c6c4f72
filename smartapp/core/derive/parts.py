"""Which part of the vertebra broke (rule book 2a, FC2, FC4-FC7): body, process, pars, arch, or not said."""

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Attestation, Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import Hold, answered, broken_on, is_recent, present
from smartapp.core.derive.facts import Facts, began_on, is_live, name_words, sources_of
from smartapp.core.derive.fracture import Episode, Fractures, fracture_coding_of
from smartapp.core.derive.notes import Notes, Noting, alert, gap, rule_missed
from smartapp.core.fracture_coding import Morphology
from smartapp.core.kinds import AttestationName
from smartapp.core.thresholds import ThresholdName

_SAYS_NOTHING = (Morphology.OTHER, Morphology.UNSPECIFIED)
_SETTLE_A_BURST = (
    AttestationName.SURGEON_CLEARANCE,
    AttestationName.STABILITY_IMAGING,
    AttestationName.BRACE_WEANED,
)


def note_parts(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """Holds the phase while the part is not known; a posterior part needs imaging before exercise."""
    arch = present(facts, Concept.ARCH_FRACTURE)
    holds: list[Hold] = []
    if arch:
        holds += yield from _note_arch(arch, fractures, facts)
    for episode in fractures.lumbar:
        holds += _unsettled_burst(episode, facts)
        if episode.has(Morphology.OTHER) and _is_unsaid(episode) and not set(arch) & set(episode.records):
            holds += yield from _note_unsaid(episode, facts)
    if fractures.eligible:
        yield from _note_processes(facts)
        holds += yield from _note_defects(facts)
    else:
        yield from _note_alone(fractures, facts)
    return tuple(holds)


def _note_arch(arch: tuple[Diagnosis, ...], fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC7, with the body or without: nothing before a spine surgeon has seen CT or MRI after the fracture."""
    since, why = broken_on(fractures, facts), f"Recorded: {', '.join(name_words(d, facts.today) for d in arch)}."
    seen = answered(AttestationName.STABILITY_IMAGING, since, facts)
    if seen:
        return (yield from _note_imaged(why, seen, arch))
    yield alert(AlertCode.POSTERIOR_ELEMENT, why, sources_of(arch))
    yield alert(AlertCode.WORK_UP_FIRST, why, sources_of(arch), variant="arch")
    return ()


def _note_imaged(why: str, seen: Attestation, records: tuple[Diagnosis, ...]) -> Noting[tuple[Hold, ...]]:
    """The surgeon has seen it: these rules say nothing of such a fracture but what no fracture allows."""
    found = sources_of(records)
    yield alert(AlertCode.POSTERIOR_ELEMENT, f"{why} Imaging seen on {seen.on}.", found, variant="imaged")
    return (Hold("FC7", "The arch of the vertebra is broken.", found, "proof of healing", initial=True, neutral=True),)


def _unsettled_burst(episode: Episode, facts: Facts) -> tuple[Hold, ...]:
    """FC4: initial until surgeon, imaging or the end of the brace has settled it."""
    burst = tuple(r for r in episode.records if fracture_coding_of(r).morphology is Morphology.STABLE_BURST)
    since = episode.start.day if episode.start else None
    if not any(is_live(r, facts.today) for r in burst) or any(answered(n, since, facts) for n in _SETTLE_A_BURST):
        return ()
    why = "A stable burst fracture waits for the surgeon's word."
    return (Hold("FC4", why, sources_of(burst), "the surgeon's limits, or the brace weaned", initial=True),)


def _note_processes(facts: Facts) -> Notes:
    """FC5b: processes beside a body are one line, and speak for much force."""
    beside = present(facts, Concept.PROCESS_FRACTURE)
    if not beside:
        return
    why = f"Recorded: {', '.join(name_words(d, facts.today) for d in beside)}."
    yield alert(AlertCode.POSTERIOR_ELEMENT, why, sources_of(beside), eased=True, variant="processes")
    yield gap("mechanism", "How did it happen?", "Processes break by much force; low trauma is not assumed.")


def _note_defects(facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC6b: a defect of the arch beside a broken body."""
    defects = present(facts, Concept.SPONDYLOLYSIS)
    for diagnosis in defects:
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.POSTERIOR_ELEMENT, why, [diagnosis.source], variant="beside")
    why = "A defect of the vertebral arch is recorded."
    return tuple(Hold("FC6b", why, (diagnosis.source,), neutral=True) for diagnosis in defects)


def _note_alone(fractures: Fractures, facts: Facts) -> Notes:
    """FC5, FC6: no body is broken, and so the rules do not apply; which way it goes on is said."""
    for diagnosis in (*fractures.posterior, *fractures.fatigue):
        if not is_live(diagnosis, facts.today):
            continue
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        if fracture_coding_of(diagnosis).morphology is Morphology.PROCESS:
            yield alert(AlertCode.POSTERIOR_ELEMENT, why, [diagnosis.source], variant="process")
        elif is_recent(began_on(diagnosis, facts.today), ThresholdName.PARS_NEW_WITHIN, facts):
            yield alert(AlertCode.POSTERIOR_ELEMENT, why, [diagnosis.source], variant="pars")


def _is_unsaid(episode: Episode) -> bool:
    return all(fracture_coding_of(record).morphology in _SAYS_NOTHING for record in episode.records)


def _said(posterior: Attestation | None, body: Attestation | None) -> str:
    """What clinicians stated of the part."""
    stated = [
        f"{name} confirmed on {said.on}" for name, said in (("posterior part", posterior), ("body", body)) if said
    ]
    return ", ".join(stated) or "no words name the part"


def _note_unsaid(episode: Episode, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC2: until a clinician says that it is the body; if it is not, FC7."""
    records, since = sources_of(episode.records), episode.start.day if episode.start else None
    posterior = answered(AttestationName.PART_POSTERIOR, since, facts)
    body = answered(AttestationName.PART_BODY, since, facts)
    imaged = answered(AttestationName.STABILITY_IMAGING, since, facts)
    if posterior and not (body and body.on > posterior.on):
        why = f"A posterior part is broken, as confirmed on {posterior.on}."
        if imaged:
            return (yield from _note_imaged(why, imaged, episode.records))
        yield alert(AlertCode.POSTERIOR_ELEMENT, why, records)
        yield alert(AlertCode.WORK_UP_FIRST, why, records, variant="arch")
        return ()
    if body and not posterior:
        yield rule_missed("alert.fracture-part-unknown", f"The body, as confirmed on {body.on}.", (), records)
        return ()
    why = f"Coded as another fracture of the vertebra; {_said(posterior, body)}."
    yield alert(AlertCode.FRACTURE_PART_UNKNOWN, why, records)
    yield gap("fracture-part", "Body of the vertebra, or posterior part?", "Until it is known the initial phase holds.")
    why = "A posterior part may be broken." if posterior else "Which part of the vertebra broke is not known."
    return (Hold("FC2", why, records, "a word on which part broke", initial=True),)
