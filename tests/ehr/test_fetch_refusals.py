"""A search the EHR does not offer is shown as missing, unless another search of the launch asks for the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from smartapp.ehr.launch.smart import SessionSwitched
from smartapp.ehr.pages import SearchResult
from smartapp.errors import EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded
from smartapp.fhir.read import OPTIONAL, searches
from smartapp.knowledge import load

from .launching import fetch_chart

SEARCHES = searches(load().codes)


class StrictEhr:
    """Answers nothing to some searches, as strict servers do."""

    base = "https://ehr.example/r4"

    def __init__(self, refused, error):
        self.refused, self.error = refused, error

    def read(self, kind, id_, found=None):
        return {"resourceType": kind, "id": id_}

    def find(self, kind, pairs, first=None):
        if (kind, dict(pairs).get("category")) in self.refused:
            raise self.error
        return SearchResult()


def partial(refused, error):
    with ThreadPoolExecutor(4) as executor:
        return fetch_chart(StrictEhr(refused, error), "p", SEARCHES, executor).partial


@pytest.mark.parametrize("error", [EhrRejected("a category is required"), EhrForbidden("no scope")])
def test_an_epic_like_refusal_of_uncategorised_conditions_is_nothing_missing(error):
    assert partial({("Condition", None), ("Condition", "health-concern")}, error) == ()


DEVICES = {
    *(("DeviceRequest", None), ("DeviceUseStatement", None), ("Flag", None)),
    *(("Device", None), ("FamilyMemberHistory", None)),
}


def test_what_few_servers_have_is_missed_only_where_it_is_not_permitted():
    assert partial(DEVICES, EhrRejected("no such type")) == ()
    assert [line.partition(":")[0] for line in partial(DEVICES, EhrForbidden("no scope"))] == [
        "braces and devices ordered", "braces and devices in use", "warnings on the chart", "implants and devices",
        "family history",
    ]  # fmt: skip


def test_a_refused_problem_list_is_missing():
    (line,) = partial({("Condition", "problem-list-item")}, EhrRejected("no"))
    assert line.startswith("diagnoses on the problem list: ")


def test_a_search_that_failed_is_missing_even_if_optional():
    (line,) = partial({("Condition", "health-concern")}, EhrUnavailable("slow"))
    assert line.startswith("health concerns: ")
    assert "health concerns" in OPTIONAL


class Ends:
    """An EHR of which each kind of record ends in one error."""

    base = "https://ehr.example/r4"

    def __init__(self, patient, others):
        self.patient, self.others = patient, others

    def read(self, kind, id_, found=None):
        raise self.patient

    def find(self, kind, pairs, first=None):
        raise self.others


@pytest.mark.parametrize(
    ("patient", "others", "told"),
    [
        (EhrUnavailable("slow"), EhrForbidden("no scope"), EhrForbidden),
        (EhrForbidden("no scope"), EhrUnavailable("slow"), EhrForbidden),
        (EhrUnavailable("slow"), SessionEnded("over"), SessionEnded),
        (SessionEnded("over"), SessionSwitched("another patient"), SessionSwitched),
        (EhrUnavailable("slow"), EhrUnavailable("slow"), EhrUnavailable),
        (EhrUnavailable("slow"), EhrRejected("unknown parameter"), EhrUnavailable),
    ],
)
def test_the_most_telling_error_is_the_one_that_is_told(patient, others, told):
    """Not the one of whichever search happened to be looked at first: that would change with the machine's load."""
    with ThreadPoolExecutor(4) as executor, pytest.raises(told) as raised:
        fetch_chart(Ends(patient, others), "p", SEARCHES, executor)
    assert type(raised.value) is told


def test_a_slow_patient_is_slow_where_other_searches_answer():
    class Half(Ends):
        def find(self, kind, pairs, first=None):
            if kind == "Condition":
                return SearchResult()
            raise self.others

    with ThreadPoolExecutor(4) as executor, pytest.raises(EhrUnavailable):
        fetch_chart(Half(EhrUnavailable("slow"), EhrForbidden("no scope")), "p", SEARCHES, executor)
