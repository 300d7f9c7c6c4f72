"""Charts as senders in several countries write them, each the smallest form of a public example: read right, or told.

A file of readings (``*.toml``) names each chart with where it was seen and what is right; ``countries.toml`` says from
where the first of them are.

``seen``            the situation and the public source
``from``            the country it is from, or several with commas; if missing, that of its code systems
``sender``          the vendor or the national profile that writes so, if it is one
``told``            references a line or an offer must name
``vitamin_d``       class and value, ``deficient 18``
``bone``            class, site and value, ``osteoporosis femoral-neck -2.6``; class and site alone for a diagnosis
``offers``          T-scores offered from text, all of them: ``-2.6 femoral-neck``, or ``-2.6`` where no site is told
``concepts``        what its diagnoses and medicines must mean
``procedures``      kind, region and day, ``cervical-surgery cervical 2026-01-20``
``orders``          kind, side and end of what others ordered, ``no-weight left 2026-04-04``; all of them
``disposition``, ``phase``, ``healing``, ``levels``
``alerts``, ``no_alerts``
"""

import json
from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.senders.readings import ABOUT, CHARTS, readings

TODAY = date(2026, 3, 1)
RIGHT = {
    name: right
    for name, said in readings().items()
    if (right := {key: value for key, value in said.items() if key not in ABOUT})
}


def assessed(name):
    bundle = json.loads((CHARTS / f"{name}.json").read_text(encoding="utf-8"))
    return derive(read_chart([bundle], load()), TODAY, load())


def test_every_chart_has_a_right_reading_and_every_reading_a_chart():
    assert set(RIGHT) == set(readings()) == {path.stem for path in CHARTS.glob("*.json")}


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_read_right_or_told(name):
    right = RIGHT[name]
    assert {key: _found[key](assessed(name), said) for key, said in right.items()} == right


def _told(assessment, wanted):
    lines = [f"{line.where} {line.reason}" for line in assessment.unreadable]
    offers = [offer.source.reference for offer in assessment.chart.offers]
    return [reference for reference in wanted if any(reference in said for said in (*lines, *offers))]


def _offers(assessment, _):
    return sorted(f"{offer.value} {offer.site or ''}".strip() for offer in assessment.chart.offers)


def _vitamin_d(assessment, _):
    found = assessment.vitamin_d
    return found and f"{found.cls} {found.ng_per_ml.normalize():f}"


def _bone(assessment, _):
    found = assessment.bone_density
    return found and " ".join(str(part) for part in (found.cls, found.site, found.value) if part is not None)


def _concepts(assessment, wanted):
    chart = assessment.chart
    found = {str(concept) for fact in (*chart.diagnoses, *chart.medications) for concept in fact.concepts}
    return [concept for concept in wanted if concept in found]


def _procedures(assessment, _):
    done = assessment.chart.procedures
    return sorted(" ".join(filter(None, (each.kind, each.region, str(each.performed or "")))) for each in done)


def _orders(assessment, _):
    given = assessment.chart.orders
    return sorted(" ".join(filter(None, (each.kind, each.side, str(each.until or "")))) for each in given)


_found = {
    "told": _told,
    "concepts": _concepts,
    "procedures": _procedures,
    "orders": _orders,
    "offers": _offers,
    "vitamin_d": _vitamin_d,
    "bone": _bone,
    "disposition": lambda assessment, _: str(assessment.disposition),
    "phase": lambda assessment, _: str(assessment.effective_phase),
    "healing": lambda assessment, _: str(assessment.healing),
    "levels": lambda assessment, _: sorted(assessment.levels),
    "alerts": lambda assessment, wanted: [code for code in wanted if assessment.has(code)],
    "no_alerts": lambda assessment, wanted: [code for code in wanted if not assessment.has(code)],
}
