"""The phrases of one reading remember what a text says, and say the same."""

from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.remembering import RememberingPhrases
from tests.core.test_phrases import row


def test_a_reading_remembers_what_texts_say_and_says_the_same():
    table = PhraseTable((row(["angina"]), row(["no"], PhraseKind.SIGN, Sign.HEDGED), row(["/x+/"], means="y")))
    remembering = RememberingPhrases(table.rows, table=table)
    for _ in range(2):
        for text in ("No angina", "xx", "Gout"):
            assert list(remembering.meanings(PhraseKind.DIAGNOSIS, text)) == list(
                table.meanings(PhraseKind.DIAGNOSIS, text)
            )
            assert remembering.says(Sign.HEDGED, text) is table.says(Sign.HEDGED, text)
            assert remembering.split(Sign.HEDGED, text) == table.split(Sign.HEDGED, text)
            assert [means for means, _ in remembering.places(PhraseKind.DIAGNOSIS, text, ("x", "y"))] == [
                means for means, _ in table.places(PhraseKind.DIAGNOSIS, text, ("x", "y"))
            ]
