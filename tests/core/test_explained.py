"""``smartapp explain`` on three cases, word for word: a plan that starts again, one with every gate open, a hard stop.

``python -m tests.core.test_explained`` writes the three texts; read them when they change.
"""

from pathlib import Path

import pytest

from smartapp.in_words import explanation
from smartapp.knowledge import load
from tests.cases import assessed, by_id

FOLDER = Path(__file__).with_name("explained")
SHOWN = ("V42", "T98", "V51")


def explained(id_: str) -> str:
    text = explanation(assessed(by_id(id_)), load()) + "\n"
    return text.replace(load().version, "VERSION")


@pytest.mark.parametrize("id_", SHOWN)
def test_the_explanation_reads_as_it_was_last_read(id_):
    assert explained(id_) == (FOLDER / f"{id_}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for case_id in SHOWN:
        (FOLDER / f"{case_id}.txt").write_text(explained(case_id), encoding="utf-8")
