"""The latest nucleic-acid test (34.1.1)."""

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import NOTHING_FOUND, Answer, Refused, success
from sandbox.regional.wording import SEX, age, second


def latest(call: Call) -> Answer:
    """By the identity number alone."""
    identity = call.text("idCard")
    tests = [test for test in call.hospital.special_reports.nucleic_acid if test.identity_number == identity]
    if not tests:
        raise Refused(NOTHING_FOUND)
    test = max(tests, key=lambda each: each.reported_at)
    person = next(person for person in call.town.people.values() if person.identity_number == identity)
    return success(
        {
            "patientName": person.name,
            "sex": SEX[person.gender],
            "age": age(person, test.reported_at.date()),
            "specimenNumber": test.specimen_number,
            "specimenCategory": test.specimen,
            "time": second(test.reported_at),
            "executor": test.examiner,
            "auditor": test.auditor,
            "regTime": second(test.collected_at),
            "details": [
                {
                    "itemId": finding.id,
                    "item": finding.name,
                    "result": finding.value,
                    "unit": finding.unit,
                    "mark": "0",
                    "range": finding.reference,
                }
                for finding in test.findings
            ],
        }
    )


INTERFACES = (Interface("hospital.interface.getRecentNucleicAcidTestResult", latest),)
