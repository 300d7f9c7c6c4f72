ValueSet: PhysicalTherapyRequestCodes
Id: physical-therapy-request-codes
Title: "Codes of a referral for physical therapy"
Description: "183561008 is often seen here but means referral to a general practitioner, and is not in this set."
* ^experimental = false
* $sct#91251008 "Physical therapy procedure (regime/therapy)"
* $sct#444831000124102 "Referral for physical therapy"
* $sct#308447003 "Referral to physiotherapist"
