"""A search the EHR does not offer is shown as missing, unless another search of the wave asks for the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from smartapp.ehr.client import Found
from smartapp.ehr.read import OPTIONAL, SEARCHES
from smartapp.ehr.wave import read_wave
from smartapp.errors import EhrForbidden, EhrRejected, EhrUnavailable


class StrictEhr:
    """Answers nothing to some searches, as strict servers do."""

    def __init__(self, refused, error):
        self.refused, self.error = refused, error

    def read(self, kind, id_):
        return {"resourceType": kind, "id": id_}

    def find(self, kind, pairs):
        if (kind, dict(pairs).get("category")) in self.refused:
            raise self.error
        return Found([])


def partial(refused, error):
    with ThreadPoolExecutor(4) as executor:
        return read_wave(StrictEhr(refused, error), "p", SEARCHES, executor).partial


@pytest.mark.parametrize("error", [EhrRejected("a category is required"), EhrForbidden("no scope")])
def test_an_epic_like_refusal_of_uncategorised_conditions_is_nothing_missing(error):
    assert partial({("Condition", None), ("Condition", "health-concern")}, error) == ()


def test_a_refused_problem_list_is_missing():
    (line,) = partial({("Condition", "problem-list-item")}, EhrRejected("no"))
    assert line.startswith("diagnoses on the problem list: ")


def test_a_search_that_failed_is_missing_even_if_optional():
    (line,) = partial({("Condition", "health-concern")}, EhrUnavailable("slow"))
    assert line.startswith("health concerns: ")
    assert "health concerns" in OPTIONAL
