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
