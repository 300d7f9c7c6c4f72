"""What a patient reads: the words of the knowledge, and what was chosen of them for one plan, as values."""

from dataclasses import dataclass

from smartapp.core.signatures import Origin

ENGLISH, SPANISH = "en", "es"
STOP = "stop.emergency"  # what each id of an emergency text begins with
# Texts the rules name; each must be in the knowledge.
NAMED = (
    *("stop.emergency", "stop.emergency-hospice", "stop.emergency-known", "stop.today", "stop.next-visit"),
    *("no-plan.confirm", "no-plan.refer", "phase.held", "phase.initial-now", "phase.intermediate-now"),
    *("phase.initial", "phase.intermediate", "phase.advanced", "phase.seated", "phase.bed"),
    *("pain.positions", "pain.positions-raised", "pain.pacing", "pain.pacing-seated", "pain.bed", "pain.bed-no-arms"),
    *("pain.cough", "pain.medicine", "pain.heat", "pain.brace", "pain.very-high", "effort.scale", "home.with-helper"),
    *("ramp.text", "ramp.slow", "ramp.bed", "ramp.held", "ramp.full", "visits.text", "visits.few", "visits.comfort"),
    "visits.supervised",
    *("ramp.condition-pain", "ramp.condition-surgeon", "ramp.condition-answer"),
    *("question.confirm-first", "question.cause-first", "question.bone-first", "question.answer-first"),
    *("one-side.right", "one-side.left", "one-side.free"),
    *("exercise.E09-no-arms", "exercise.E51-no-arms", "education.ED2-seated"),
)


@dataclass(frozen=True)
class PatientWords:
    """One row of patient_texts.toml. ``name`` is short, for a picture or a list; empty where the words need none."""

    id: str  # stop.emergency, exercise.E02
    en: str
    es: str
    origin: Origin
    name: str = ""
    name_es: str = ""

    def text(self, language: str) -> str:
        return self.es if language == SPANISH else self.en

    def title(self, language: str) -> str:
        return self.name_es if language == SPANISH else self.name


@dataclass(frozen=True)
class PatientText:
    """One text for this patient, its places filled in."""

    id: str  # stop.emergency, R1.strict-seated, WP1, exercise.E02, education.ED1
    text: str
    group: str  # stop, phase, limit, ramp, visits, restriction, pain, exercise, education, nutrition ...
    name: str = ""  # short, of an exercise


@dataclass(frozen=True)
class PatientTexts:
    """All texts for this patient, in the order they are told."""

    language: str  # en or es
    interpreter: bool  # the chart names another language than English
    items: tuple[PatientText, ...]

    def of(self, *groups: str) -> tuple[PatientText, ...]:
        return tuple(item for item in self.items if item.group in groups)

    def starting(self, beginning: str) -> str:
        """The texts whose id begins with this, as one paragraph; empty where there is none."""
        return " ".join(item.text for item in self.items if item.id.startswith(beginning))
