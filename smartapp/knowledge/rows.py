"""The knowledge files -> every row of them, by file; mistakes and what is unknown because of them beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartapp.knowledge.constraint_schema import ConstraintRow, SetsRow, SwapsRow
from smartapp.knowledge.dose_schema import TemplateRow, TwinsRow
from smartapp.knowledge.drawings import DrawingRows, drawing_rows
from smartapp.knowledge.follow_up import FollowUpRows, follow_up_rows
from smartapp.knowledge.outcome_schema import GoalRow, MeasureRow, NeverTestRow, PainRow, ValueRow
from smartapp.knowledge.paper_schema import PaperRows, paper_rows
from smartapp.knowledge.plan_schema import (
    AdviceRow,
    AvoidRow,
    ContraindicationRow,
    ExerciseRow,
    HomeRow,
    NotPrescribing,
    PatientTextRow,
    ProgrammeRow,
    ProgrammeTexts,
    ReferralRow,
)
from smartapp.knowledge.program_schema import (
    BillingTable,
    ChairStandsRow,
    CourseTextsRow,
    HoldTable,
    LaterTable,
    LimitsRow,
    PresetTable,
    PriorityTable,
    RampTable,
    ReviewTable,
    VisitMinutesTable,
)
from smartapp.knowledge.reading import KnowledgeFile, KnowledgeReader, Placed
from smartapp.knowledge.schema import (
    AlertRow,
    CodeLine,
    EvidenceRow,
    PhraseRow,
    RestrictionTexts,
    Signable,
    SiteRow,
    SourceRow,
    StatementRow,
    SystemRow,
    ThresholdRow,
)
from smartapp.knowledge.thresholds import SITE_FILE

COLUMNS = (
    *("system", "code", "match", "kind", "concept", "display", "region", "levels", "encounter", "morphology"),
    *("site", "part", "use", "verified", "note"),
)


@dataclass(frozen=True)
class LimitRows:
    """Of constraints.toml."""

    exercise_sets: tuple[Placed[SetsRow], ...]
    swaps: tuple[Placed[SwapsRow], ...]
    constraints: tuple[Placed[ConstraintRow], ...]


@dataclass(frozen=True)
class WrittenRows:
    """Of written.toml."""

    avoid: tuple[Placed[AvoidRow], ...]
    home: tuple[Placed[HomeRow], ...]


@dataclass(frozen=True)
class CourseRows:
    """Of program.toml."""

    limits: tuple[Placed[LimitsRow], ...]  # of these three one each
    course_texts: tuple[Placed[CourseTextsRow], ...]
    chair_stands: tuple[Placed[ChairStandsRow], ...]
    ramps: tuple[Placed[RampTable], ...]
    holds: tuple[Placed[HoldTable], ...]
    presets: tuple[Placed[PresetTable], ...]
    later: tuple[Placed[LaterTable], ...]
    visit_minutes: tuple[Placed[VisitMinutesTable], ...]
    priorities: tuple[Placed[PriorityTable], ...]
    reviews: tuple[Placed[ReviewTable], ...]
    billing: tuple[Placed[BillingTable], ...]

    def of_course(self) -> Iterator[Placed[Signable]]:
        """Every row of the file a clinician can sign."""
        for single in (self.limits, self.course_texts, self.chair_stands):
            yield from single
        for listed in (self.ramps, self.holds, self.presets, self.later, self.visit_minutes, self.priorities):
            yield from listed
        yield from self.reviews
        yield from self.billing


@dataclass(frozen=True)
class Rows(CourseRows, LimitRows, WrittenRows):
    """A part that could not be read is None or not among the others; the reader knows its id."""

    reader: KnowledgeReader
    sources: Mapping[str, Placed[SourceRow]]
    statements: Mapping[str, Placed[StatementRow]]
    evidence: Placed[EvidenceRow] | None
    thresholds: Mapping[str, Placed[ThresholdRow]]
    site: Mapping[str, Placed[SiteRow]]
    restrictions: Mapping[str, Placed[RestrictionTexts]]
    alerts: Mapping[str, Placed[AlertRow]]
    exercises: tuple[Placed[ExerciseRow], ...]
    never: tuple[Placed[ContraindicationRow], ...]
    programme: Placed[ProgrammeRow] | None
    texts: Placed[ProgrammeTexts] | None
    templates: tuple[Placed[TemplateRow], ...]
    twins: tuple[Placed[TwinsRow], ...]
    goals: tuple[Placed[GoalRow], ...]
    measures: tuple[Placed[MeasureRow], ...]
    values: tuple[Placed[ValueRow], ...]
    never_tests: tuple[Placed[NeverTestRow], ...]
    nutrition: tuple[Placed[AdviceRow], ...]
    education: tuple[Placed[AdviceRow], ...]
    suggestions: tuple[Placed[AdviceRow], ...]
    patient_texts: Mapping[str, Placed[PatientTextRow]]
    pain: Mapping[str, Placed[PainRow]]
    referral: Placed[ReferralRow] | None
    not_prescribing: Placed[NotPrescribing] | None
    systems: Mapping[str, Placed[SystemRow]]
    codes: tuple[Placed[CodeLine], ...]
    phrases: Mapping[str, Placed[PhraseRow]]
    drawings: DrawingRows
    papers: PaperRows
    follow_up: FollowUpRows
    poses: str  # poses.csv, as it stands: only what draws reads it

    @property
    def advice(self) -> tuple[Placed[AdviceRow], ...]:
        return (*self.nutrition, *self.education, *self.suggestions)

    def signable(self) -> Iterator[Placed[Signable]]:
        """Every row a clinician can sign."""
        for one in (self.evidence, self.programme):
            if one:
                yield one
        for named in (self.statements, self.thresholds, self.restrictions, self.alerts, self.phrases, self.systems):
            yield from named.values()
        for listed in (self.exercises, self.never, self.templates, self.twins, self.goals, self.advice):
            yield from listed
        for told in (self.measures, self.values, self.never_tests, self.patient_texts.values(), self.pain.values()):
            yield from told
        for limits in (self.exercise_sets, self.swaps, self.constraints):
            yield from limits
        yield from (*self.avoid, *self.home)
        yield from self.drawings.signable()
        yield from self.papers.signable()
        yield from self.follow_up.signable()
        yield from self.of_course()


def read_rows(files: Mapping[str, KnowledgeFile], site: KnowledgeFile | None = None) -> Rows:
    """Files by name, and a site's own thresholds. Raises nothing: mistakes are in ``reader.mistakes``."""
    reader = KnowledgeReader({**files, SITE_FILE: site or ""})
    sessions = reader.parts("sessions.toml", "programme", "texts", "template", "twins")
    measures = reader.parts("measures.toml", "measure", "value", "never")
    referral = reader.parts("referral.toml", "referral", "not_prescribing", "suggestion")
    return Rows(
        reader=reader,
        sources=reader.named("sources.toml", SourceRow),
        statements=reader.named("statements.toml", StatementRow),
        evidence=reader.parts("evidence.toml", "out-of-evidence").one("out-of-evidence", EvidenceRow),
        thresholds=reader.named("phases.toml", ThresholdRow),
        site=reader.named(SITE_FILE, SiteRow),
        restrictions=reader.named("restrictions.toml", RestrictionTexts),
        alerts=reader.named("alerts.toml", AlertRow),
        exercises=reader.parts("exercises.toml", "exercise").listed("exercise", ExerciseRow),
        never=reader.parts("never.toml", "never").listed("never", ContraindicationRow),
        programme=sessions.one("programme", ProgrammeRow),
        texts=sessions.one("texts", ProgrammeTexts),
        templates=sessions.listed("template", TemplateRow),
        twins=sessions.listed("twins", TwinsRow),
        goals=reader.parts("goals.toml", "goal").listed("goal", GoalRow),
        measures=measures.listed("measure", MeasureRow),
        values=measures.listed("value", ValueRow),
        never_tests=measures.listed("never", NeverTestRow),
        nutrition=reader.parts("nutrition.toml", "nutrition").listed("nutrition", AdviceRow),
        education=reader.parts("education.toml", "education").listed("education", AdviceRow),
        suggestions=referral.listed("suggestion", AdviceRow),
        pain=reader.named("pain.toml", PainRow),
        patient_texts=reader.named("patient_texts.toml", PatientTextRow),
        referral=referral.one("referral", ReferralRow),
        not_prescribing=referral.one("not_prescribing", NotPrescribing),
        systems=reader.named("systems.toml", SystemRow),
        codes=reader.lines("codes.csv", COLUMNS, CodeLine),
        phrases=reader.named("phrases.toml", PhraseRow),
        drawings=drawing_rows(reader),
        papers=paper_rows(reader),
        follow_up=follow_up_rows(reader),
        poses=reader.text("poses.csv"),
        **(vars(_limit_rows(reader)) | vars(_written_rows(reader)) | vars(_course_rows(reader))),
    )


def _limit_rows(reader: KnowledgeReader) -> LimitRows:
    parts = reader.parts("constraints.toml", "sets", "swaps", "constraint")
    return LimitRows(
        parts.listed("sets", SetsRow),
        parts.listed("swaps", SwapsRow),
        parts.listed("constraint", ConstraintRow),
    )


def _written_rows(reader: KnowledgeReader) -> WrittenRows:
    parts = reader.parts("written.toml", "avoid", "home")
    return WrittenRows(parts.listed("avoid", AvoidRow), parts.listed("home", HomeRow))


def _course_rows(reader: KnowledgeReader) -> CourseRows:
    lists = ("ramp", "hold", "preset", "later", "visit_minutes", "priority", "review", "billing")
    parts = reader.parts("program.toml", "limits", "texts", "chair_stands", *lists)
    return CourseRows(
        parts.listed("limits", LimitsRow),
        parts.listed("texts", CourseTextsRow),
        parts.listed("chair_stands", ChairStandsRow),
        parts.listed("ramp", RampTable),
        parts.listed("hold", HoldTable),
        parts.listed("preset", PresetTable),
        parts.listed("later", LaterTable),
        parts.listed("visit_minutes", VisitMinutesTable),
        parts.listed("priority", PriorityTable),
        parts.listed("review", ReviewTable),
        parts.listed("billing", BillingTable),
    )
