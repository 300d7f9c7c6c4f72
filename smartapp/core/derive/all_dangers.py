"""The dangers of fracture and patient (rule book 2a, sections 2 and 3), each topic once -> what they hold back."""

from smartapp.core.derive.bone import Bone
from smartapp.core.derive.collapse import note_collapse, note_progress
from smartapp.core.derive.dangers import Hold
from smartapp.core.derive.facts import Facts, Pain
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.fracture_age import note_ages
from smartapp.core.derive.infection import note_infection
from smartapp.core.derive.neurology import note_neurology
from smartapp.core.derive.new_fracture import note_measured_signs
from smartapp.core.derive.notes import Noting
from smartapp.core.derive.pain_course import note_pain_course
from smartapp.core.derive.parts import note_parts
from smartapp.core.derive.stability import note_stability
from smartapp.core.derive.tumor import note_suspicion, note_unexplained


def note_dangers(fractures: Fractures, bone: Bone, pain: Pain | None, facts: Facts) -> Noting[tuple[Hold, ...]]:
    neurology = yield from note_neurology(fractures, facts)
    stability = yield from note_stability(fractures, facts)
    course = yield from note_pain_course(fractures, facts)
    measured = yield from note_measured_signs(fractures, facts)
    yield from note_infection(fractures, facts)
    yield from note_unexplained(fractures, bone, facts)
    yield from note_suspicion(fractures, pain, facts)
    parts = yield from note_parts(fractures, facts)
    collapse = yield from note_collapse(fractures, facts)
    yield from note_progress(fractures, facts)
    ages = yield from note_ages(fractures, facts)
    return (*neurology, *stability, *course, *measured, *parts, *collapse, *ages)
