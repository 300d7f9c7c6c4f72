"""Vital signs, tests of movement, falls and frailty as senders write them: one unit each, told where none is known."""

from decimal import Decimal

import pytest

from smartapp.core.derive.walking_aid import AIDS
from smartapp.core.kinds import Quantity
from tests.fhir.read.records import SNOMED, concept, observation, quantity, read, reasons


def measured(*resources):
    """Quantity and value of all that was read, and no line beside it."""
    chart = read(*resources)
    assert chart.unreadable == ()
    return {m.quantity: m.value for m in chart.measurements}


def panel(*parts):
    return observation(
        "85354-9", component=[{"code": concept(code, "http://loinc.org"), **said} for code, said in parts]
    )


def test_a_pressure_panel_is_read_in_its_parts():
    both = panel(("8480-6", quantity(205, "mm[Hg]")), ("8462-4", quantity(98, "mm[Hg]")))
    assert measured(both) == {Quantity.SYSTOLIC: 205, Quantity.DIASTOLIC: 98}
    assert [m.source.reference for m in read(both).measurements] == ["Observation/o", "Observation/o"]


@pytest.mark.parametrize(
    ("code", "value", "unit", "kind", "own"),
    [
        ("8480-6", 150, "mm[Hg]", Quantity.SYSTOLIC, "150"),
        ("8480-6", 20, "kPa", Quantity.SYSTOLIC, "150.0124"),
        ("8459-0", 150, "mmHg", Quantity.SYSTOLIC, "150"),
        ("8461-6", 150, "mmHg", Quantity.SYSTOLIC_LYING, "150"),
        ("8460-8", 125, "mmHg", Quantity.SYSTOLIC_STANDING, "125"),
        ("8462-4", 90, "mmHg", Quantity.DIASTOLIC, "90"),
        ("59408-5", 86, "%", Quantity.OXYGEN_SATURATION, "86"),
        ("2708-6", 91, "%", Quantity.OXYGEN_SATURATION, "91"),
        ("8310-5", Decimal("38.4"), "Cel", Quantity.TEMPERATURE, "38.4"),
        ("8310-5", Decimal("100.4"), "[degF]", Quantity.TEMPERATURE, "38"),
        ("8310-5", Decimal("100.4"), "", Quantity.TEMPERATURE, "38"),
        ("8310-5", Decimal("100.4"), "Cel", Quantity.TEMPERATURE, "38"),
        ("52552-7", 3, "", Quantity.FALLS, "3"),
        ("74013-4", 2, "{drinks}/d", Quantity.ALCOHOL, "2"),
        ("74013-4", 20, "g/d", Quantity.ALCOHOL_GRAMS, "20"),
        ("74013-4", 3, "{units}/d", Quantity.ALCOHOL_GRAMS, "24"),
        ("59460-6", 55, "{score}", Quantity.MORSE, "55"),
        ("59454-9", 25, "{score}", Quantity.FALL_HISTORY, "25"),
        ("97874-2", 5, "{score}", Quantity.STAY_INDEPENDENT, "5"),
        ("89423-8", Decimal("15.2"), "s", Quantity.TIMED_UP_AND_GO, "15.2"),
        ("66247-8", 11, "{#}", Quantity.CHAIR_STANDS, "11"),
        ("93125-3", 5, "{#}", Quantity.CHAIR_STANDS_WITH_ARMS, "5"),
        ("83172-7", Decimal("0.55"), "m/s", Quantity.GAIT_SPEED, "0.55"),
        ("66569-5", 6, "s", Quantity.ONE_LEG_STAND, "6"),
        ("97909-6", 44, "%", Quantity.OSWESTRY, "44"),
        ("75856-5", 2, "", Quantity.FALLS, "2"),
        ("90266-8", Decimal("4.1"), "%", Quantity.HIP_FRACTURE_PROBABILITY, "4.1"),
        ("8302-2", Decimal("173.5"), "cm", Quantity.HEIGHT, "173.5"),
        ("8302-2", 70, "[in_i]", Quantity.HEIGHT, "177.80"),
    ],
)
def test_coded_measures_come_in_one_unit(code, value, unit, kind, own):
    assert measured(observation(code, **quantity(value, unit))) == {kind: Decimal(own)}


@pytest.mark.parametrize(
    ("name", "value", "unit", "kind", "own"),
    [
        ("Timed Up and Go", "14.2", "s", Quantity.TIMED_UP_AND_GO, "14.2"),
        ("30-second chair stand", "7", "{reps}", Quantity.CHAIR_STANDS, "7"),
        ("Five times sit to stand", "16", "sec", Quantity.CHAIR_RISE, "16"),
        ("Usual gait speed", "80", "cm/s", Quantity.GAIT_SPEED, "0.80"),
        ("Grip strength right hand", "40", "[lb_av]", Quantity.GRIP, "18.1436948"),
        ("Clinical Frailty Scale", "6", "", Quantity.CLINICAL_FRAILTY, "6"),
        ("Stay Independent score", "5", "", Quantity.STAY_INDEPENDENT, "5"),
        ("Tandem stance time", "8", "s", Quantity.TANDEM, "8"),
        ("30-second chair stand with arms", "5", "{reps}", Quantity.CHAIR_STANDS_WITH_ARMS, "5"),
        ("Oswestry Disability Index", "44", "%", Quantity.OSWESTRY, "44"),
        ("Roland-Morris Disability Questionnaire", "12", "{score}", Quantity.ROLAND_MORRIS, "12"),
        ("QUALEFFO-41 total", "38", "{score}", Quantity.QUALEFFO, "38"),
        ("One-leg stand", "6", "s", Quantity.ONE_LEG_STAND, "6"),
        ("Occiput-to-wall distance", "45", "mm", Quantity.OCCIPUT_WALL, "4.5"),
        ("Timed loaded standing", "61", "s", Quantity.LOADED_STANDING, "61"),
        ("FES-I score", "31", "{score}", Quantity.FALLS_EFFICACY, "31"),
        ("AAA maximal diameter", "52", "mm", Quantity.ANEURYSM, "5.2"),
        ("FRAX 10-year probability, hip fracture", "4.1", "%", Quantity.HIP_FRACTURE_PROBABILITY, "4.1"),
    ],
)
def test_what_has_no_verified_code_is_known_by_name_and_unit(name, value, unit, kind, own):
    said = observation("local-1", "http://example.org/tests", text=name, **quantity(Decimal(value), unit))
    assert measured(said) == {kind: Decimal(own)}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (observation("8480-6", **quantity(150)), "150 has no unit and is not used"),
        (observation("8480-6", **quantity(150, "cm")), "unit “cm” is not known: not used"),
        (observation("8480-6", **quantity(9, "mmHg")), "no believable systolic"),
        (observation("59408-5", **quantity(Decimal("0.86"), "%")), "no believable oxygen-saturation"),
        (observation("8310-5", **quantity(38, "mmHg")), "unit “mmHg” is not known"),
        (observation(text="Timed Up and Go", **quantity(14)), "14 has no unit and is not used"),
        (observation(text="Clinical Frailty Scale", **quantity(11)), "no believable clinical-frailty"),
        (
            observation("97909-6", **quantity(22, "{score}")),
            "unit “{score}” is not known: not used",
        ),  # of 50, or percent?
        (observation("8302-2", **quantity(Decimal("1.74"), "cm")), "no believable height"),
    ],
)
def test_what_cannot_be_used_is_told(record, said):
    chart = read(record)
    assert chart.measurements == ()
    assert said in reasons(chart)


def test_an_answer_in_words_is_kept_as_it_was_said():
    frail = observation("763228001", SNOMED, valueCodeableConcept={"text": "7 - Severely frail"})
    fell = observation("52552-7", valueCodeableConcept={"text": "Two or more falls without injury"})
    assert {(m.quantity, m.value, m.text) for m in read(frail, fell | {"id": "2"}).measurements} == {
        (Quantity.FALLS, None, "Two or more falls without injury"),
        (Quantity.CLINICAL_FRAILTY, None, "7 - Severely frail"),
    }


def test_the_morse_item_may_be_answered_in_words():
    answer = {"valueCodeableConcept": concept("LA33-6", "http://loinc.org", "Yes")}
    (found,) = read(observation("59454-9", **answer)).measurements
    assert (found.quantity, found.value, found.text) == (Quantity.FALL_HISTORY, None, "Yes")


def test_a_semi_tandem_stance_is_no_tandem_stance():
    said = observation("local-1", "http://example.org/tests", text="Semi-tandem stance", **quantity(8, "s"))
    assert read(said).measurements == ()


# -- the walking aid of a test (rule book 2b, OM7)


def component(text: str, words: str) -> dict:
    return {"code": {"text": text}, "valueCodeableConcept": {"text": words}}


@pytest.mark.parametrize(
    ("said", "aid"),
    [
        ({"note": [{"text": "Used a front-wheeled walker."}]}, "walker"),
        ({"device": {"display": "Walker"}}, "walker"),
        *(({"method": {"text": words.capitalize()}}, aid) for aid, words in AIDS.items()),  # as we write it
        ({"device": {"display": "Straight cane"}}, "cane"),
        ({"method": {"text": "3 m, on crutches"}}, "crutches"),
        ({"component": [component("Assistive device", "Rollator")]}, "walker"),
        ({"component": [{"code": {"text": "Aid"}, "valueString": "no assistive device"}]}, "none"),
        ({"note": [{"text": "Usually with a walker, today with a cane."}]}, ""),
        ({"note": [{"text": "Seen by Dr. Walker"}]}, ""),
        ({}, ""),
    ],
)
def test_the_walking_aid_of_a_test_is_read_where_one_is_named(said, aid):
    made = observation("89423-8", **quantity(15, "s"), **said)
    (found,) = read(made).measurements
    assert found.device == aid
