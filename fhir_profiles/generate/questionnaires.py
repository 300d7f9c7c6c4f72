"""Attestations, the form a plan is sent in, the log of a session and a therapist's report -> R4 Questionnaires."""

from collections.abc import Iterator

from fhir_profiles.generate.fsh import instance
from fhir_profiles.generate.metadata import Element, canonical, definition
from smartapp.core.kinds import AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.therapist import FALL, LOGGED, RECOMMENDS, SYMPTOMS
from smartapp.fhir.build.fallback_document import PLAN_ITEM
from smartapp.fhir.build.therapist_report import WORDS as REPORT_WORDS
from smartapp.fhir.referral_question import WORDS as QUESTION_WORDS
from smartapp.web.words import ATTESTATIONS

ATTESTATION = canonical("CodeSystem", "attestation")


def questionnaires(knowledge: Knowledge) -> Iterator[str]:
    for made in (attestation_form(), plan_form(), session_form(), question_form(), progress_form(knowledge)):
        yield instance(made, made["title"])


def attestation_form() -> Element:
    """One item per attestation, asked as the page asks; the day is asked where it is stated."""
    about = (
        "What a clinician states from own knowledge where the chart leaves it open. Each statement needs the day on "
        "which it became true; nothing is assumed where an item is left out."
    )
    form = definition("Questionnaire", "attestations", "Attestations about a lumbar fracture", about, False)
    return form | {"subjectType": ["Patient"], "item": [_statement(name) for name in AttestationName]}


def _statement(name: AttestationName) -> Element:
    said = ATTESTATIONS[name]
    return {
        "linkId": name.value,
        "code": [{"system": ATTESTATION, "code": name.value, "display": said.said}],
        "text": said.button,
        "type": "boolean",
        "required": False,
        "item": [
            {
                "linkId": f"{name.value}.on",
                "text": f"{said.question}:",
                "type": "date",
                "enableWhen": [{"question": name.value, "operator": "=", "answerBoolean": True}],
                "required": True,
            }
        ],
    }


def plan_form() -> Element:
    """The form a site may offer where its EHR takes neither plan nor note: one answer holds the whole plan as text."""
    about = "The signed rehabilitation plan as text, for EHRs that take answers to a form and nothing else."
    form = definition("Questionnaire", "rehabilitation-plan", "Rehabilitation plan as text", about, False)
    item = {"linkId": PLAN_ITEM, "text": "Rehabilitation plan, movement restrictions and referral", "type": "text"}
    return form | {"subjectType": ["Patient"], "item": [item | {"required": True}]}


def question_form() -> Element:
    """What a coordinator asks the clinician about a referral: both the question and its answer are in words."""
    about = "A care coordinator's question about a referral, and the answer of the clinician who signed it."
    form = definition("Questionnaire", "referral-question", "Question about a referral", about, False)
    items = [
        {"linkId": name, "text": words, "type": "text", "required": True} for name, words in QUESTION_WORDS.items()
    ]
    return form | {"subjectType": ["Patient"], "item": items}


# What a therapist or patient writes down of each session (rule book 2b, PG7): linkId -> words, type.
_SESSION = (
    ("date", "Day of the session", "date"),
    ("minutes", "Minutes", "integer"),
    ("setting", "Supervised, or at home", "choice"),
    ("pain-before", "Pain before, 0-10", "integer"),
    ("pain-worst", "Worst pain during the session, 0-10", "integer"),
    ("pain-24h", "Pain 24 hours later, 0-10", "integer"),
    ("rpe-max", "Highest effort, 0-10", "integer"),
    ("cues", "Cues needed for one set, at most", "integer"),
    ("items", "One exercise", "group"),
    ("symptoms", "New symptoms, in words", "string"),
    ("fall", "A fall since the last session", "boolean"),
    ("missed-reason", "Why a session was missed", "string"),
)
_ITEM = (
    ("id", "Which exercise", "string"),
    ("sets", "Sets", "integer"),
    ("reps", "Repetitions of a set", "integer"),
    ("hold-s", "Seconds held", "integer"),
    ("load-kg", "Weight in kilograms", "decimal"),
    ("band", "Band", "string"),
    ("rpe", "Effort, 0-10", "integer"),
)


def session_form() -> Element:
    """Only the day is required: what nobody wrote down is left out."""
    about = "The log of one session of the program: what was done, how hard it was, and what happened."
    form = definition("Questionnaire", "session-log", "Log of one session", about, False)
    return form | {"subjectType": ["Patient"], "item": [_logged(*each) for each in _SESSION]}


def _logged(link: str, words: str, kind: str) -> Element:
    item: Element = {"linkId": link, "text": words, "type": kind, "required": link == "date"}
    if kind == "choice":
        item["answerOption"] = [{"valueString": "supervised"}, {"valueString": "home"}]
    if kind == "group":
        item |= {"repeats": True, "item": [_logged(*each) for each in _ITEM]}
    return item


def progress_form(knowledge: Knowledge) -> Element:
    """What a therapist without an EHR reports by link: numbers of the log, and the tests that have a scale."""
    about = "How the therapy goes, as a therapist reports it by a link: what of the session's log, and which tests."
    form = definition("Questionnaire", "progress-report", "Progress of physical therapy", about, False)
    tests = ((test.id, test.title, test.whole) for test in knowledge.library.tests.values() if test.between)
    numbers = [*((each.id, each.title, each.whole) for each in LOGGED), *tests]
    items = [
        _logged("date", "Day of the session", "date"),
        *(_logged(link, title, "integer" if whole else "decimal") for link, title, whole in numbers),
        _logged(FALL, "A fall since the last session", "boolean"),
        _logged(SYMPTOMS, "New symptoms", "string"),
        _logged(RECOMMENDS, "Recommends this phase", "string"),
        _logged(REPORT_WORDS, "Anything else", "string"),
    ]
    return form | {"subjectType": ["Patient"], "item": items}
