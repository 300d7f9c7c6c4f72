"""Every value a clinician can meet has a word, a tone and a shape."""

import re
from pathlib import Path

import pytest

from smartapp.core.kinds import AttestationName, ProcedureKind, Sex
from smartapp.core.plan.instead import WhyNoPlan
from smartapp.core.proposal import ActivityKind
from smartapp.core.states import Disposition, Healing, Impact, Phase, Prone, Severity, State, UpperBack, Urgency
from smartapp.web import words
from smartapp.web.headlines import INSTEAD, READY
from smartapp.web.timeline import PROCEDURES

WEB = Path(words.__file__).parent
TABLES = [
    (words.PHASES, Phase), (words.STATES, State), (words.SEVERITIES, Severity), (words.HEALING, Healing),
    (INSTEAD, WhyNoPlan), (words.ATTESTATIONS, AttestationName), (words.SEXES, Sex),
    (words.KINDS, ActivityKind), (words.URGENCIES, Urgency),
]  # fmt: skip


@pytest.mark.parametrize(("table", "enum"), TABLES, ids=lambda x: getattr(x, "__name__", "table"))
def test_tables_are_total(table, enum):
    assert set(table) == set(enum)


def test_every_disposition_has_its_headline():
    assert set(READY) == {each for each in Disposition if each.prescribes}
    assert {why.value for why in INSTEAD} >= {each.value for each in Disposition if not each.prescribes}


def test_every_state_of_a_gate_is_a_state_of_its_restriction():
    assert set(words.GATES) == {*Prone, *UpperBack, *Impact}
    assert all(gate.value == state.value for gate, state in words.GATES.items())


def test_every_procedure_but_densitometry_and_stays_is_drawn():
    assert set(PROCEDURES) == set(ProcedureKind) - {ProcedureKind.DENSITOMETRY, ProcedureKind.HOSPITAL_STAY}


def test_states_differ_in_shape_and_not_only_in_colour():
    """Two tones never share a shape: who sees no colour still sees which is which."""
    looks = {*words.STATES.values(), *words.SEVERITIES.values()}
    by_shape = {}
    for look in looks:
        by_shape.setdefault(look.shape, set()).add(look.tone)
    assert all(len(tones) == 1 for tones in by_shape.values())


def test_every_tone_and_shape_exists_where_it_is_drawn():
    css = (WEB / "static/loadpath.css").read_text(encoding="utf-8")
    shapes = (WEB / "templates/parts/shapes.html").read_text(encoding="utf-8")
    for look in (*words.STATES.values(), *words.SEVERITIES.values()):
        assert f".tone-{look.tone} " in css
        assert look.shape == "dot" or f'"{look.shape}"' in shapes
    for tone in {look.tone for look in words.STATES.values()}:
        assert f".t-{tone} " in css
    for phase in Phase:
        assert f".t-phase-{phase} " in css


COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("soft", "quiet-bg"), ("accent", "card"),
    ("accent", "paper"), ("accent-ink", "accent"), ("forbid", "forbid-bg"), ("forbid", "card"), ("change", "change-bg"),
    ("change", "card"), ("open", "open-bg"), ("open", "card"), ("wait", "wait-bg"), ("wait", "card"), ("open", "paper"),
    ("quiet", "quiet-bg"), ("initial-ink", "initial"), ("intermediate-ink", "intermediate"), ("ink", "quiet-bg"),
    ("advanced-ink", "advanced"), ("ink", "forbid-bg"), ("ink", "change-bg"), ("accent", "quiet-bg"),
    ("forbid", "paper"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_has_a_contrast_of_at_least_4_5(scheme, front, back):
    """WCAG 2.2, 1.4.3 (AA)."""
    css = (WEB / "static/loadpath.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = dict(COLOUR.findall(blocks[0])) | (dict(COLOUR.findall(blocks[1])) if scheme else {})
    lighter, darker = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
