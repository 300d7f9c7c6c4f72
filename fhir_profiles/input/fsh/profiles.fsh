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

Invariant: loadpath-dose
Description: "Two or three sessions a week of at least 60 minutes (statements S15 and S16), or a reason in the notes."
Severity: #warning
Expression: "frequency >= 2 and duration >= 60"

Invariant: loadpath-has-avoid
Description: "Every plan names at least one movement to avoid."
Severity: #error
Expression: "activity.detail.where(doNotPerform = true).exists()"

Invariant: loadpath-task-authority
Description: "A task that is more than a draft belongs to an order somebody signed."
Severity: #error
Expression: "status = 'draft' or intent = 'order'"

Profile: RehabilitationCarePlan
Parent: $us-core-careplan
Id: rehabilitation-careplan
Title: "Rehabilitation plan"
Description: "The plan a clinician signed: exercises, movements to avoid, nutrition, education, and the referral for physical therapy."
* insert Ours
* obeys loadpath-has-avoid
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
* activity 1..* MS
* activity.detail MS
* activity.detail obeys loadpath-avoid
* activity.detail.kind MS
* activity.detail.code MS
* activity.detail.code ^short = "What it is; of a line that forbids or changes a movement, the movement (movement-restriction)"
* activity.detail.reasonCode MS
* activity.detail.reasonCode from $all-alert (example)
* activity.detail.reasonCode ^short = "The alert that brought a line of advice"
* activity.detail.status MS
* activity.detail.statusReason MS
* activity.detail.doNotPerform 1..1 MS
* activity.detail.scheduled[x] MS
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

Profile: ProgrammeTiming
Parent: Timing
Id: programme-timing
Title: "How often, how long, until when"
Description: "The dose of supervised physical therapy: sessions a week, minutes of each, and a period of at least seven months, or a reason why less."
* insert Ours
* repeat 1..1
* repeat obeys loadpath-dose
* repeat.bounds[x] 1..1
* repeat.bounds[x] only Period
* repeat.bounds[x] obeys loadpath-seven-months

Profile: PhysicalTherapyRequest
Parent: $us-core-servicerequest
Id: physical-therapy-request
Title: "Referral for physical therapy"
Description: "The order for supervised physical therapy: diagnoses, precautions, type, amount, frequency and duration."
* insert Ours
* identifier 1..* MS
* basedOn 1..* MS
* status MS
* intent MS
* category 1..* MS
* code MS
* code from PhysicalTherapyRequestCodes (extensible)
* occurrence[x] 1..1 MS
* occurrence[x] only ProgrammeTiming
* authoredOn 1..1 MS
* requester MS
* performerType 1..1 MS
* reasonReference 1..* MS
* supportingInfo 1..* MS
* note 1..* MS
* patientInstruction 1..1 MS

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
