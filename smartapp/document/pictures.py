"""Exercise or movement -> its drawing for paper, with its alternative text; none where there is no drawing."""

from dataclasses import dataclass

from smartapp.core.states import Track
from smartapp.document.drawings import Show, Style, drawing, has_drawing
from smartapp.document.given import Given


@dataclass(frozen=True)
class Picture:
    svg: str
    alt: str


def picture(id_: str, alt: str, variant: tuple[str, ...] = (), *, both: bool = True) -> Picture | None:
    """Start and end pose, or the end alone. ``variant``: how limits of the patient change the exercise."""
    if not has_drawing(id_):
        return None
    show = Show.BOTH if both else Show.END
    return Picture(drawing(id_, alt, show=show, style=Style.PAPER), alt)


def forbidden_picture(given: Given, restriction: str, alt: str) -> Picture | None:
    """What a restriction forbids, under a cross."""
    pictures = given.knowledge.papers.pictures.get(restriction)
    return Picture(drawing(pictures.forbidden, alt, style=Style.PAPER, forbidden=True), alt) if pictures else None


def instead_picture(given: Given, restriction: str, alt: str) -> Picture | None:
    """The first that this patient may do today: an exercise of the plan, or a movement of who stands."""
    pictures = given.knowledge.papers.pictures.get(restriction)
    if pictures is None:
        return None
    able = {activity.id for activity in given.plan.activities if not activity.status_reason}
    stands = given.now.track in (None, Track.STANDING)
    fitting = (id_ for id_ in pictures.instead if id_ in able or (stands and id_.startswith("T")))
    return next((found for id_ in fitting if (found := picture(id_, alt, both=False))), None)
