"""Patient texts of limits in Spanish: filled in as the English ones, in the grammar of the language."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Source
from smartapp.core.derive import derive
from smartapp.core.derive.spanish import in_spanish
from smartapp.core.derive.triggers import Hit
from smartapp.core.plan.limit_words import patient_lines, speaks_spanish
from smartapp.knowledge import load
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
HIT = Hit(Source("ServiceRequest/1"), "NWB “left”", date(2026, 2, 10), date(2026, 4, 4), "left")
FRACTURE = ("man of 70", "osteopenia", "L2 fracture on 2026-02-01, routine healing")


@pytest.mark.parametrize(
    ("side", "text", "told"),
    [
        ("left", "No apoye la pierna {side}.", "No apoye la pierna izquierda."),
        ("right", "Use el brazo {side} {limit_end}.", "Use el brazo derecho hasta el 4 de abril."),
        ("", "No apoye la pierna {side}.", "No apoye la pierna."),
        ("both", "Camine. No apoye la pierna {side}.", "Camine. No apoye la pierna izquierda ni la derecha."),
        ("both", "Use el brazo {side}.", "Use el brazo izquierdo y el derecho."),
        ("left", "{order}, {amount}, {date}, {until}",
         "“NWB left”, una parte de su peso, el 10 de febrero, hasta el 4 de abril"),
    ],
)  # fmt: skip
def test_places_are_filled_in(side, text, told):
    assert in_spanish(text, (HIT._replace(side=side),)) == told


def test_what_is_not_known_is_said_so():
    unknown = HIT._replace(day=None, until=None)
    told = in_spanish("{date}: {limit_end}, {until}", (unknown,))
    assert told == "en un día que no consta: hasta que su equipo médico lo diga, hasta que alguien responda"
    assert in_spanish("la pierna {side}", (HIT, HIT._replace(side="right"))) == "la pierna izquierda y la derecha"


@pytest.mark.parametrize("language", ["es", "ES-mx", "spa", "Spanish", "Spanish; Castilian", "español", "Castellano"])
def test_who_speaks_spanish(language):
    assert speaks_spanish(language)


@pytest.mark.parametrize("language", ["", "en", "est", "Estonian", "et", "eslovaco", "English"])
def test_who_does_not(language):
    assert not speaks_spanish(language)


def derived(language: str, *facts: str) -> Assessment:
    told = chart((*FRACTURE, *facts), TODAY)
    return derive(replace(told, patient=replace(told.patient, language=language)), TODAY, K)


def test_the_patient_reads_limits_in_the_language_spoken():
    facts = ("order no weight left until 2026-04-04 given 2026-02-12",)
    english, spanish = (" ".join(patient_lines(derived(language, *facts))) for language in ("en", "es"))
    assert "Put no weight on your left leg until April 4." in english
    assert "No apoye peso en la pierna izquierda hasta el 4 de abril." in spanish


def test_every_limit_is_there_in_spanish():
    assert [rule.name for rule in K.constraints.rules if not rule.patient_text_es] == []
    limits = [limit for case in cases() for limit in assessed(case).constraints if limit.rows]
    assert limits and all(limit.patient_text_es and "{" not in limit.patient_text_es for limit in limits)


def test_where_one_part_is_not_there_in_spanish_the_english_is_whole():
    limits = derived("es", "parkinson").constraints
    (untold,) = (replace(limit, patient_text_es="") for limit in limits)
    now = replace(derived("es"), constraints=(untold,))
    assert patient_lines(now) == (untold.patient_text,)
