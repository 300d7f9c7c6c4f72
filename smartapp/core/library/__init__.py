"""Exercises, sessions, goals and advice: the types and the parser of the knowledge files a plan is made of."""

from smartapp.core.library.parse import FILES, parse_library
from smartapp.core.library.types import (
    Advice,
    Condition,
    Dose,
    Effect,
    Exercise,
    GoalRow,
    Label,
    Library,
    Modification,
    Never,
    Origin,
    Position,
    Programme,
    Range,
    ReferralText,
    Template,
    TemplateBlock,
)

__all__ = [
    "FILES",
    "Advice",
    "Condition",
    "Dose",
    "Effect",
    "Exercise",
    "GoalRow",
    "Label",
    "Library",
    "Modification",
    "Never",
    "Origin",
    "Position",
    "Programme",
    "Range",
    "ReferralText",
    "Template",
    "TemplateBlock",
    "parse_library",
]
