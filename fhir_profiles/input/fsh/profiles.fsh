RuleSet: Ours
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false

Invariant: loadpath-avoid
Description: "An activity that must not be performed says so in its own words, for readers that ignore the modifier."
Severity: #error
Expression: "(doNotPerform.exists() and doNotPerform = true) implies (description.exists() and description.startsWith('AVOID:'))"

Invariant: loadpath-seven-months
Description: "The programme lasts at least seven months (statement S17), or a reason in the notes."
Severity: #warning
Expression: "start.exists() and end.exists() and (start + 7 'months') <= end"

Invariant: loadpath-ninety-days
Description: "Visits are ordered for 90 days at most; what follows stands in the plan."
Severity: #error
Expression: "start.exists() and end.exists() and end <= (start + 90 days)"

Invariant: loadpath-visits
Description: "As many visits are ordered as the timing counts."
Severity: #error
Expression: "(quantity as Quantity).value = (occurrence as Timing).repeat.count"

Invariant: loadpath-has-avoid
Description: "Every plan names at least one movement to avoid, and in six lines at most."
Severity: #error
Expression: "activity.detail.where(doNotPerform = true).exists() and activity.detail.where(doNotPerform = true).count() <= 6"

Invariant: loadpath-avoid-last
Description: "What is to be avoided stands last."
Severity: #error
Expression: "activity.last().detail.doNotPerform = true"

Invariant: loadpath-task-authority
Description: "A task that is more than a draft belongs to an order somebody signed."
Severity: #error
Expression: "status = 'draft' or intent = 'order'"

Profile: RehabilitationCarePlan
Parent: $us-core-careplan
Id: rehabilitation-careplan
Title: "Rehabilitation plan"
Description: "The plan a clinician signed, in at most 25 lines: the referral for physical therapy, the program with its blocks and home sets, education, nutrition, reviews, and last what to avoid."
* insert Ours
* obeys loadpath-has-avoid
* obeys loadpath-avoid-last
* identifier 1..* MS
* instantiatesUri 1..* MS
* status MS
* intent MS
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category 2..* MS
* category contains phase 0..1 MS
* category[phase] from $all-phase (required)
* category[phase] ^short = "The phase the plan is for"
* title 1..1 MS
* description 1..1 MS
* period 1..1 MS
* period obeys loadpath-seven-months
* author MS
* addresses 1..* MS
* goal 1..* MS
* replaces MS
* activity 1..25 MS
* activity.detail MS
* activity.detail obeys loadpath-avoid
* activity.detail.kind MS
* activity.detail.code MS
* activity.detail.code ^short = "What the line is: words, and a code where all of it is one kind of exercise or advice"
* activity.detail.instantiatesUri MS
* activity.detail.instantiatesUri ^short = "The exercises of a block or home set, each by its id"
* activity.detail.reasonCode MS
* activity.detail.reasonCode from LineReasons (example)
* activity.detail.reasonCode ^short = "Each restriction, movement (movement-restriction) and limit (limit) a line tells; the alert that brought advice (alert)"
* activity.detail.status MS
* activity.detail.statusReason MS
* activity.detail.doNotPerform 1..1 MS
* activity.detail.scheduled[x] MS
* activity.detail.scheduled[x] ^short = "Timing of the program and the home sets; of build-up, reviews and what to avoid the window"
* activity.detail.performer MS
* activity.detail.performer ^short = "The patient, of the home sets"
* activity.detail.description 1..1 MS
* activity.reference MS
* note MS

Profile: RehabilitationGoal
Parent: $us-core-goal
Id: rehabilitation-goal
Title: "Rehabilitation goal"
Description: "A measurable goal of the rehabilitation plan."
* insert Ours
* identifier 1..* MS
* category 1..* MS
* category = $goal-category#physiotherapy
* start[x] 1..1 MS
* target MS
* addresses 1..* MS

Profile: VisitTiming
Parent: Timing
Id: visit-timing
Title: "How many visits, how often, until when"
Description: "The visits of supervised physical therapy that are ordered: their number, how often, minutes of each, and a period of 90 days at most. The program of the year stands in the plan."
* insert Ours
* repeat 1..1
* repeat.count 1..1
* repeat.bounds[x] 1..1
* repeat.bounds[x] only Period
* repeat.bounds[x] obeys loadpath-ninety-days

Profile: PhysicalTherapyRequest
Parent: $us-core-servicerequest
Id: physical-therapy-request
Title: "Referral for physical therapy"
Description: "The order for supervised physical therapy: diagnoses, precautions, type, amount, frequency and duration."
* insert Ours
* obeys loadpath-visits
* identifier 1..* MS
* basedOn 1..* MS
* status MS
* intent MS
* priority 1..1 MS
* category 1..* MS
* code MS
* code from PhysicalTherapyRequestCodes (extensible)
* occurrence[x] 1..1 MS
* occurrence[x] only VisitTiming
* quantity[x] 1..1 MS
* quantity[x] only Quantity
* quantity[x] ^short = "The evaluation and the visits, in {visits}"
* authoredOn 1..1 MS
* requester MS
* performerType 1..1 MS
* reasonReference 1..* MS
* supportingInfo 1..* MS
* note 2..* MS
* note ^short = "First page one in words, then facts, dates and whom to ask"
* patientInstruction 1..1 MS
* patientInstruction ^maxLength = 2000

Profile: TestResult
Parent: Observation
Id: test-result
Title: "Result of a test, entered at the review"
Description: "What a clinician entered on the review page and signed with the plan: test, value, day, the walking aid of a test of walking, who entered it. Height keeps to US Core's body height, what the patient answers to its screening assessment, any other test to its clinical result."
* insert Ours
* identifier 1..* MS
* basedOn 0..0
* basedOn ^short = "Nobody said under which order the test was done"
* status MS
* category 1..* MS
* code 1..1 MS
* code.text 1..1 MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime
* issued 1..1 MS
* performer MS
* performer ^short = "The signer, who answers for it"
* value[x] 1..1 MS
* value[x] only Quantity
* valueQuantity.code 1..1 MS
* method MS
* method ^short = "What was walked with, in words, where it was said"
* note 1..* MS
* note ^short = "Who entered it, and when"

Profile: RehabilitationProvenance
Parent: $us-core-provenance
Id: rehabilitation-provenance
Title: "Who signed the plan"
Description: "The signer as author, Loadpath as assembler, and the chart facts the plan rests on."
* insert Ours
* activity 1..1 MS
* activity = $data-operation#CREATE
* policy 1..* MS
* agent 2..* MS
* entity 1..* MS

Profile: RetractionProvenance
Parent: $us-core-provenance
Id: retraction-provenance
Title: "Who took the plan back"
Description: "What a plan wrote is marked as entered in error and never deleted; this says by whom, when and why."
* insert Ours
* activity 1..1 MS
* activity = $data-operation#NULLIFY
* reason 1..* MS
* reason.text 1..1 MS

Profile: RehabilitationNote
Parent: $us-core-documentreference
Id: rehabilitation-note
Title: "Rehabilitation plan as a note"
Description: "Plan, restrictions and referral as text and PDF, for servers that take no CarePlan."
* insert Ours
* identifier 1..* MS
* relatesTo MS
* description 1..1 MS
* content.attachment.contentType 1..1
* content.attachment.data MS

Profile: ReferralTask
Parent: Task
Id: referral-task
Title: "Follow-up of the referral"
Description: "The fulfilment of the physical therapy referral, as coordinators work it: the Task channel of the SDOH Clinical Care guide (Gravity) and of BSeR, whose business status tells how far it has come."
* insert Ours
* obeys loadpath-task-authority
* identifier 1..* MS
* status MS
* statusReason MS
* businessStatus MS
* intent MS
* intent from TaskIntents (required)
* priority MS
* code 1..1 MS
* code = $task-code#fulfill
* description MS
* focus 1..1 MS
* focus only Reference(PhysicalTherapyRequest)
* for 1..1 MS
* for only Reference(Patient)
* encounter MS
* authoredOn 1..1 MS
* requester MS
* owner MS
* reasonReference MS
* input MS
* output MS

Profile: DatedTask
Parent: Task
Id: dated-task
Title: "Question with a date"
Description: "One day of the signed plan on which somebody decides or sends something: prone exercise, the next phase, bending, the brace, a report, the plan of care. It tells what is asked and when, never what is in the chart."
* insert Ours
* obeys loadpath-task-authority
* identifier 1..* MS
* instantiatesUri 1..1 MS
* status MS
* statusReason MS
* intent MS
* intent from TaskIntents (required)
* priority MS
* code 1..1 MS
* code.text 1..1 MS
* description 1..1 MS
* focus 1..1 MS
* focus only Reference(PhysicalTherapyRequest)
* for 1..1 MS
* for only Reference(Patient)
* encounter MS
* authoredOn 1..1 MS
* requester MS
* performerType MS
* owner MS
* restriction 1..1 MS
* restriction.period 1..1 MS
* restriction.period.end 1..1 MS

Invariant: loadpath-light
Description: "How a session went is green, yellow or red."
Severity: #error
Expression: "outcome.text in ('green' | 'yellow' | 'red')"

Profile: QuestionTask
Parent: Task
Id: question-task
Title: "Question about a referral"
Description: "What a care coordinator asks the clinician who signed, as a part of the referral's Task: the Questionnaire Task of Structured Data Capture. Its output is the answered form, or the answer as text where the EHR takes no form."
* insert Ours
* identifier 1..* MS
* partOf 1..1 MS
* status MS
* statusReason MS
* intent = #order
* priority MS
* code 1..1 MS
* code = $sdc-temp#complete-questionnaire
* description 1..1 MS
* focus 0..0
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* requester 1..1 MS
* owner MS
* input 1..* MS
* output MS

Profile: QuestionAnswer
Parent: QuestionnaireResponse
Id: question-answer
Title: "Answer to a question about a referral"
Description: "The question and the clinician's answer, both in words."
* insert Ours
* identifier 1..1 MS
* questionnaire 1..1 MS
* questionnaire = "https://loadpath.example/fhir/Questionnaire/referral-question"
* status = #completed
* subject 1..1 MS
* subject only Reference(Patient)
* authored 1..1 MS
* author 1..1 MS
* item 2..2 MS

Profile: SessionLog
Parent: QuestionnaireResponse
Id: session-log-answers
Title: "Log of one session, as a form"
Description: "What a therapist or the patient writes down of one session of the program."
* insert Ours
* basedOn 1..* MS
* questionnaire 1..1 MS
* questionnaire = "https://loadpath.example/fhir/Questionnaire/session-log"
* subject 1..1 MS
* subject only Reference(Patient)
* authored 1..1 MS
* author MS
* item 1..* MS

Profile: SessionProcedure
Parent: Procedure
Id: session-procedure
Title: "One session, as it was done"
Description: "A session under the order: the code as billed, from and to, and how it went."
* insert Ours
* obeys loadpath-light
* basedOn 1..* MS
* basedOn only Reference(PhysicalTherapyRequest)
* code 1..1 MS
* performed[x] 1..1 MS
* performed[x] only Period
* outcome 1..1 MS
* outcome.text 1..1 MS
* outcome ^short = "green, yellow or red (rule book 2b, PG1 to PG3)"

Profile: SessionObservation
Parent: Observation
Id: session-observation
Title: "Pain or effort of one session"
Description: "Pain before, at its worst and 24 hours later, told apart in the method; the highest effort."
* insert Ours
* basedOn 1..* MS
* basedOn only Reference(PhysicalTherapyRequest)
* partOf MS
* code from SessionMeasures (required)
* subject 1..1 MS
* effective[x] 1..1 MS
* value[x] 1..1 MS
* value[x] only integer or Quantity
* method MS
* method ^short = "Of pain in words: before, worst, 24 h"
