ValueSet: PhysicalTherapyRequestCodes
Id: physical-therapy-request-codes
Title: "Codes of a referral for physical therapy"
Description: "183561008 is often seen here but means referral to a general practitioner, and is not in this set."
* insert Ours
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* $sct#91251008 "Physical therapy procedure (regime/therapy)"
* $sct#444831000124102 "Referral for physical therapy"
* $sct#308447003 "Referral to physiotherapist"

ValueSet: TaskIntents
Id: task-intents
Title: "Intent of a referral's task"
Description: "The task follows its order: a plan while that is a draft, an order once it is signed."
* insert Ours
* $request-intent#plan
* $request-intent#order

ValueSet: LineReasons
Id: line-reasons
Title: "Why a line of a plan is there"
Description: "The restrictions, movements and limits a line tells, and the alerts that brought a line of advice."
* insert Ours
* include codes from system MovementRestriction
* include codes from system Limit
* include codes from system Alert

ValueSet: SessionMeasures
Id: session-measures
Title: "What is measured of a session"
Description: "Pain 0-10 and effort 0-10."
* insert Ours
* ^copyright = "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc."
* $loinc#72514-3 "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
* $loinc#82289-0
