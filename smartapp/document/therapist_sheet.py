"""A signed plan -> what the page of a therapist without an EHR shows, as plain values to be sealed, and its paper.

The same letter and program as on paper, with drawings made for a screen. Signed content only, and of the referral only:
no finding, no ground and no source.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.assembly import phase_of_plan
from smartapp.core.plan.lines import plan_lines
from smartapp.core.plan.pain import is_comfort_care
from smartapp.core.proposal import Proposal
from smartapp.core.states import Phase
from smartapp.core.therapist import Asked
from smartapp.document.drawings import Style
from smartapp.document.given import Given
from smartapp.document.letter import letter
from smartapp.document.paper import paper_pdf
from smartapp.document.papers import NoPaper, PaperKind, make_paper
from smartapp.document.program_sheet import program

PAIN = "nrs"  # asked for in every report, whatever else is


@dataclass(frozen=True)
class TherapistSheet:
    """``letter`` and ``program`` are those of the papers, as plain values; ``avoid`` the lines of the care plan."""

    letter: dict[str, object]
    program: dict[str, object]
    avoid: tuple[str, ...]
    asked: tuple[Asked, ...]
    pdf: bytes
    next_phase: tuple[str, str] = ("", "")  # the one that may be recommended, and when (rule book 2b, PG8)


def therapist_sheet(given: Given) -> TherapistSheet:
    """Raises NoPaper where nothing is prescribed."""
    if given.plan.referral is None:
        raise NoPaper("Nothing is prescribed for this patient, so there is no referral.")
    first, second = (make_paper(given, kind) for kind in (PaperKind.LETTER, PaperKind.PROGRAM))
    shown = replace(given, style=Style.PAGE)
    return TherapistSheet(
        asdict(letter(shown, given.plan.referral)),
        asdict(program(shown)),
        words_to_avoid(given.plan, given.knowledge),
        tuple(_asked(given.plan, given.knowledge)),
        paper_pdf(replace(first, sheets=(*first.sheets, *second.sheets))),
        _next_phase(given.plan, given.knowledge),
    )


def words_to_avoid(plan: Proposal, knowledge: Knowledge) -> tuple[str, ...]:
    """Each restriction as the care plan words it: what two plans are compared by."""
    return tuple(line.description or line.title for line in plan_lines(plan, knowledge) if line.do_not_perform)


def _next_phase(plan: Proposal, knowledge: Knowledge) -> tuple[str, str]:
    """None beyond the last phase, and none where goals of care lead."""
    following = next((phase for phase in Phase if phase.rank > phase_of_plan(plan.assessment).rank), None)
    if following is None or is_comfort_care(plan.assessment):
        return "", ""
    return following.value, knowledge.course.texts[f"recommend_{following}"]


def _asked(plan: Proposal, knowledge: Knowledge) -> Iterator[Asked]:
    """The tests the plan asks for that have a scale, and pain."""
    wanted = {measure.row for measure in plan.measures if measure.asked} | {PAIN}
    for id_, test in knowledge.library.tests.items():
        if id_ in wanted and test.between is not None:
            yield Asked(id_, test.title, test.unit_words, *test.between, test.whole)
