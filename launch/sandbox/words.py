"""A line of words into a set: how the tables of codes here are written."""


def codes(line: str) -> frozenset[str]:
    return frozenset(line.split())
