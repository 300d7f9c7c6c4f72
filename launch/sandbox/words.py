"""The one name of this EHR; a line of words into a set, as the tables of codes here are written."""

EHR_NAME = "Riverside EHR"


def codes(line: str) -> frozenset[str]:
    return frozenset(line.split())
