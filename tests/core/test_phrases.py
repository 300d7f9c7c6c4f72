"""How words of the knowledge are written, and what a text says by them."""

import re

import pytest

from smartapp.core.phrases import Phrase, PhraseKind, PhraseTable
from smartapp.core.signatures import Label, Origin
from smartapp.core.signs import Sign
from smartapp.core.word_patterns import expression, needs_of
from smartapp.knowledge import load

OURS = Origin(Label.OURS, ("LOADPATH",))


def row(words, kind=PhraseKind.DIAGNOSIS, means="x", unless=()):
    return Phrase("PH-X", kind, means, "An example", tuple(words), OURS, tuple(unless))


@pytest.mark.parametrize(
    ("words", "found", "missed"),
    [
        ("cancer", ["Cancer of lung", "lung CANCER"], ["cancerous", "precancer"]),
        ("prednis*", ["prednis", "prednisone"], ["methylprednisolone"]),
        ("*carcinoma", ["adenocarcinoma", "carcinoma"], ["carcinomatosis"]),
        ("f[a]ecal", ["fecal", "faecal"], ["feecal"]),
        ("rule[s|d] out", ["rules out", "ruled out", "rule out"], ["ruling out"]),
        ("(heart|cardiac) failure", ["heart failure", "cardiac failure"], ["renal failure", "heart"]),
        ("malignant|malignancy", ["malignant", "malignancy"], ["malign"]),
        ("end~stage", ["end-stage", "end stage", "endstage"], ["end of stage"]),
        ("open <6> fracture", ["open fracture", "open L1 fracture"], ["open lumbar fracture", "reopen fracture"]),
        ("open <9;.> fracture", ["open L1 fracture"], ["open. L1 fracture", "open; fracture"]),
        ("heavy <> smoker", ["heavy in all those years a smoker"], ["smoker, heavy"]),
        ("33[ ]%", ["33 % radius", "33%"], ["133 %"]),
        ("?", ["fracture?"], ["fracture"]),
        ("^smoker$", ["Smoker"], ["a smoker", "smoker of 20 years"]),
        ("n[/]a", ["n/a", "NA"], ["naive"]),
        (r"/\bT(?! score)/", ["T 2"], ["T score"]),
    ],
)
def test_words_are_found_as_they_are_meant(words, found, missed):
    pattern = re.compile(expression([words]), re.IGNORECASE)
    assert [text for text in found if not pattern.search(text)] == []
    assert [text for text in missed if pattern.search(text)] == []


def test_one_of_several_words_is_enough():
    pattern = re.compile(expression(["cancer", "?", "^x"]), re.IGNORECASE)
    assert all(pattern.search(text) for text in ("a cancer", "why?", "X-ray"))


def test_what_the_same_text_says_besides_may_take_a_meaning_away():
    assert row(["angina"], unless=["ludwig*"]).is_in("Angina")
    assert not row(["angina"], unless=["ludwig*"]).is_in("Ludwig's angina")


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("(heart|cardiac) failure", [{"failure"}, {"heart", "cardiac"}]),
        ("f[a]ecal", [{"ecal"}, {"f"}]),
        ("*Carcinoma", [{"carcinoma"}]),
        ("end~stage|ckd", [{"stage", "ckd"}]),
        ("old~age|*|gout", []),
        (
            "(fracture[s]|f[x]|vcf*) <40;.> of [the [left ]](hip|leg)",
            [{"hip", "leg"}, {"of"}, {"fracture", "f", "vcf"}],
        ),
        ("abc ((ddd|eee) fff|ggg) hij", [{"abc"}, {"hij"}, {"fff", "ggg"}]),
        ("(*|all) pain", [{"pain"}]),
        ("/x/", []),
        ("*", []),
    ],
)
def test_letters_a_text_must_hold(line, needs):
    """One of each group; where a way to read the line holds none, no group is asked for."""
    assert [set(group) for group in needs_of(line)] == needs


def test_a_line_is_searched_for_only_where_its_letters_are():
    fractures = row(["(lumbar|l2) <40> fracture[s]", "/#\\d/"])
    assert fractures.letters == {"fracture"} and fractures.always_tried
    assert fractures.is_in("L2 FRACTURES") and fractures.is_in("#4")
    assert not fractures.is_in("fracture of the hip") and not fractures.is_in("lumbar pain")
    table = PhraseTable((row(["gout"]), fractures))
    assert list(table.meanings(PhraseKind.DIAGNOSIS, "#4")) == ["x"]
    assert list(table.meanings(PhraseKind.DIAGNOSIS, "gout, #4")) == ["x", "x"]


def test_a_text_without_the_letters_is_done_with_at_once():
    table = PhraseTable((row(["cancer"]), row(["angina"], means="y")))
    assert list(table.meanings(PhraseKind.DIAGNOSIS, "Angina and CANCER")) == ["x", "y"]
    assert list(table.meanings(PhraseKind.DIAGNOSIS, "a cold")) == []
    assert list(PhraseTable(()).meanings(PhraseKind.DIAGNOSIS, "Angina")) == []


def test_every_place_of_a_kind_is_found_with_what_it_means():
    table = PhraseTable((row(["angina"]), row(["cancer"], means="y"), row(["gout"], means="z")))
    said = "Cancer, angina, cancer, gout"
    places = [(means, match.start()) for means, match in table.places(PhraseKind.DIAGNOSIS, said, ("x", "y"))]
    assert places == [("x", 8), ("y", 0), ("y", 16)]


def test_signs_are_found_said_and_taken_out():
    table = PhraseTable((row(["no"], PhraseKind.SIGN, Sign.HEDGED), row(["not"], PhraseKind.SIGN, Sign.HEDGED)))
    assert table.says(Sign.HEDGED, "not at all")
    assert not table.says(Sign.REMISSION, "not at all")
    assert [match[0] for match in table.found(Sign.HEDGED, "not no, not")] == ["no", "not", "not"]
    assert table.without(Sign.HEDGED, "no, not") == ", "
    assert table.split(Sign.HEDGED, "a no b not c") == ["a ", " b ", " c"]
    assert table.split(Sign.REMISSION, "a no b") == ["a no b"]


def test_every_sentence_of_the_knowledge_is_reached_by_its_kind():
    """The letters let through whatever a row is found in, however it is written."""
    phrases = load().phrases
    told = [row for row in phrases.rows if row.kind is not PhraseKind.SIGN]
    missed = {
        text
        for row in told
        for said in row.yes
        for text in (said, said.upper(), f"x {said} y" if "^" not in "".join(row.words) else said)
        if row.means not in set(phrases.meanings(row.kind, text))
    }
    assert missed == set()


def test_a_place_is_where_the_words_of_a_row_are():
    table = PhraseTable((row(["cancer"]), row(["fracture"], means="y", unless=["hip"])))
    found = [(means, place.span()) for means, place in table.places(PhraseKind.DIAGNOSIS, "cancer and a cancer", "xy")]
    assert found == [("x", (0, 6)), ("x", (13, 19))]
    assert list(table.places(PhraseKind.DIAGNOSIS, "hip fracture", "xy")) == []
    assert list(table.places(PhraseKind.DIAGNOSIS, "fracture", "x")) == []
