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
from smartapp.core.derive.notes import Note, run
from smartapp.core.derive.pain_course import note_pain_course, rising_pain
from smartapp.core.derive.parts import note_parts
from smartapp.core.derive.stability import note_stability
from smartapp.core.derive.tumor import note_suspicion, note_unexplained


def note_dangers(
    fractures: Fractures, bone: Bone, pain: Pain | None, facts: Facts, notes: list[Note]
) -> tuple[Hold, ...]:
    """Appends to ``notes``, which nothing is yielded through: there are many."""
    neurology = run(note_neurology(fractures, facts), notes)
    stability = run(note_stability(fractures, facts), notes)
    rising = rising_pain(fractures, facts)
    course = run(note_pain_course(fractures, rising, facts), notes)
    measured = run(note_measured_signs(fractures, facts), notes)
    notes.extend(note_infection(fractures, rising, facts))
    notes.extend(note_unexplained(fractures, bone, facts))
    notes.extend(note_suspicion(fractures, pain, rising, facts))
    parts = run(note_parts(fractures, facts), notes)
    collapse = run(note_collapse(fractures, facts), notes)
    notes.extend(note_progress(fractures, facts))
    ages = run(note_ages(fractures, facts), notes)
    return (*neurology, *stability, *course, *measured, *parts, *collapse, *ages)
