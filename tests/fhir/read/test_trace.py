"""The tables that note what matches answer as those that do not, and every way to ask them is noted."""

from smartapp.core.codes import CodeTable
from smartapp.core.phrases import PhraseKind
from smartapp.core.signs import Sign
from smartapp.fhir.read.trace import Matches, NotingCodes, noting_phrases
from smartapp.knowledge import load

CODES, PHRASES = load().codes, load().phrases
DUTCH = "http://hl7.org/fhir/sid/icd-10-nl"
# Questions about the table itself, not about a code of the record; ``row`` is what ``find`` asks.
NOT_OF_THE_RECORD = {"row", "codings", "concepts", "codes"}


def asked(table: type) -> set[str]:
    return {name for name, value in vars(table).items() if callable(value) and not name.startswith("_")}


def noting():
    matches = Matches()
    return NotingCodes(CODES.rows, CODES.systems, matches), noting_phrases(PHRASES, matches), matches


def test_every_question_to_the_code_table_is_noted():
    assert asked(CodeTable) - NOT_OF_THE_RECORD <= asked(NotingCodes), "note it in smartapp/fhir/read/trace.py"


def test_a_code_is_noted_with_the_row_that_explains_it():
    codes, _, matches = noting()
    assert codes.rows == CODES.rows
    for system, code in ((DUTCH, "S32.02"), ("http://loinc.org", "no such code"), (DUTCH, "S32.02")):
        assert codes.find(system, code) == CODES.find(system, code)
    (match,) = matches.codes
    assert (match.name, match.system, match.is_of_parent) == ("icd10|S32.0*", "icd10nl", True)
    codes.find("icd-10-cm", "s32020d")
    assert (matches.codes[1].name, matches.codes[1].is_of_parent) == ("icd10cm|S32.020D", False)
    matches.clear()
    assert not matches.codes


def test_words_are_noted_with_the_row_they_are_in():
    _, phrases, matches = noting()
    said = "No fracture of L2; osteopenia, T-score -2.1"
    for kind in set(PhraseKind) - {PhraseKind.SIGN}:
        assert list(phrases.meanings(kind, said)) == list(PHRASES.meanings(kind, said))
    for sign in Sign:
        assert phrases.says(sign, said) == PHRASES.says(sign, said)
        assert phrases.without(sign, said) == PHRASES.without(sign, said)
        assert [m.span() for m in phrases.found(sign, said)] == [m.span() for m in PHRASES.found(sign, said)]
    noted = {row.id for row in matches.phrases}
    assert len(noted) == len(matches.phrases)
    assert noted >= {"PH-OSTEOPENIA", "PH-VERTEBRA", "PH-T-SCORE"}
    is_sign = [row for row in PHRASES.rows if row.kind is PhraseKind.SIGN]
    assert noted == {row.id for row in PHRASES.rows if row.is_in(said)} | {
        row.id for row in is_sign if row.pattern.search(said)
    }


def test_a_question_answered_with_no_is_not_noted():
    _, phrases, matches = noting()
    assert not phrases.says(Sign.HEDGED, "Osteopenia")
    assert list(phrases.found(Sign.VERTEBRA, "Osteopenia")) == []
    assert phrases.without(Sign.DENIED_BESIDE, "Osteopenia") == "Osteopenia"
    assert matches.phrases == []


def test_a_pattern_answers_as_ever():
    _, phrases, matches = noting()
    for row, plain in zip(phrases.rows, PHRASES.rows, strict=True):
        assert (row, row.words, row.pattern.pattern) == (row, plain.words, plain.pattern.pattern)
        for sentence in (*plain.yes, *plain.no):
            matches.clear()
            found = bool(row.pattern.search(sentence))
            assert found == bool(plain.pattern.search(sentence))
            assert [each.id for each in matches.phrases] == [row.id] * found
            assert row.is_in(sentence) == plain.is_in(sentence)


def test_tables_without_a_note_of_their_own_share_none():
    assert NotingCodes((), CODES.systems).matches is not NotingCodes((), CODES.systems).matches
