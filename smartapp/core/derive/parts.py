"""Which part of the vertebra broke (rule book 2a, FC2, FC6b): a code that does not say, and an old defect beside."""

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Attestation
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import Hold, answered, present
from smartapp.core.derive.facts import Facts, name_words, sources_of
from smartapp.core.derive.fracture import Episode, Fractures, fracture_coding_of
from smartapp.core.derive.notes import Noting, alert, gap, rule_missed
from smartapp.core.fracture_coding import Morphology
from smartapp.core.kinds import AttestationName

_SAYS_NOTHING = (Morphology.OTHER, Morphology.UNSPECIFIED)


def note_parts(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """Holds the phase while the part is not known; a posterior part needs imaging before exercise."""
    holds: list[Hold] = []
    for episode in fractures.lumbar:
        if episode.has(Morphology.OTHER) and _is_unsaid(episode):
            holds += yield from _note_unsaid(episode, facts)
    if fractures.eligible:
        for diagnosis in present(facts, Concept.SPONDYLOLYSIS):
            why = f"Recorded: {name_words(diagnosis, facts.today)}."
            yield alert(AlertCode.POSTERIOR_ELEMENT, why, [diagnosis.source], variant="beside")
            holds.append(Hold("FC6b", "A defect of the vertebral arch is recorded.", (diagnosis.source,), neutral=True))
    return tuple(holds)


def _is_unsaid(episode: Episode) -> bool:
    return all(fracture_coding_of(record).morphology in _SAYS_NOTHING for record in episode.records)


def _said(posterior: Attestation | None, body: Attestation | None) -> str:
    """What clinicians stated of the part; an imaged posterior part holds the phase as an unknown one does."""
    stated = [f"{name} attested on {said.on}" for name, said in (("posterior part", posterior), ("body", body)) if said]
    return ", ".join(stated) or "no words name the part"


def _note_unsaid(episode: Episode, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC2: until a clinician says that it is the body; if it is not, FC7 until imaging is seen after the fracture."""
    records, since = sources_of(episode.records), episode.start.day if episode.start else None
    posterior = answered(AttestationName.PART_POSTERIOR, since, facts)
    body = answered(AttestationName.PART_BODY, since, facts)
    imaged = answered(AttestationName.STABILITY_IMAGING, since, facts)
    if posterior and not imaged and not (body and body.on > posterior.on):
        why = f"A posterior part is broken, as attested on {posterior.on}."
        yield alert(AlertCode.POSTERIOR_ELEMENT, why, records)
        yield alert(AlertCode.WORK_UP_FIRST, why, records, variant="arch")
        return ()
    if body and not posterior:
        yield rule_missed("alert.fracture-part-unknown", f"The body, as attested on {body.on}.", (), records)
        return ()
    yield alert(
        AlertCode.FRACTURE_PART_UNKNOWN,
        f"Coded as another fracture of the vertebra; {_said(posterior, body)}.",
        records,
    )
    yield gap("fracture-part", "Body of the vertebra, or posterior part?", "Until it is known the initial phase holds.")
    why = "A posterior part may be broken." if posterior else "Which part of the vertebra broke is not known."
    return (Hold("FC2", why, records, "a word on which part broke", initial=True),)
