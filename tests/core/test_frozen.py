"""Core's values are frozen dataclasses like any other: only how they are made differs."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from inspect import signature

import pytest

from smartapp.core.frozen import frozen


@frozen
class Ours:
    held: str
    number: int = 3
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theirs:
    held: str
    number: int = 3
    names: tuple[str, ...] = ()


def test_it_is_made_compared_and_changed_as_one_of_the_standard_library():
    assert list(signature(Ours).parameters) == list(signature(Theirs).parameters)
    assert [f.name for f in fields(Ours)] == [f.name for f in fields(Theirs)]
    assert Ours("a") == Ours("a", 3) != Ours("b") and hash(Ours("a")) == hash(Ours("a", number=3))
    assert repr(Ours("a", names=("b",))) == repr(Theirs("a", names=("b",))).replace("Theirs", "Ours")
    assert replace(Ours("a"), number=4) == Ours("a", 4) and pickle.loads(pickle.dumps(Ours("a"))) == Ours("a")


def test_it_can_not_be_changed_or_made_with_what_it_has_not():
    made = Ours("a")
    with pytest.raises(FrozenInstanceError):
        made.number = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.held
    with pytest.raises(TypeError, match="held"):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        Ours("a", other=1)  # type: ignore[call-arg]


def test_a_class_of_more_than_plain_fields_is_refused():
    with pytest.raises(TypeError, match="Listed is more than plain fields"):

        @frozen
        class Listed:
            names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Checked is more than plain fields"):

        @frozen
        class Checked:
            number: int

            def __post_init__(self) -> None:
                """What is checked when it is made would not be."""
