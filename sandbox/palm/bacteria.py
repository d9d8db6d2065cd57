"""What grew in a culture, and what acts on it."""

from sandbox.palm.call import Call, Payload
from sandbox.palm.lookups import INPATIENT, OUTPATIENT


def susceptibilities(call: Call) -> Payload:
    """A culture of a laboratory report, by order_no (/lis/bacteria/detail)."""
    inpatient = call.choice("op_flag", OUTPATIENT, INPATIENT) == INPATIENT
    wanted = call.text("report_id")
    report = next((each for each in call.hospital.reports if (each.id, each.inpatient) == (wanted, inpatient)), None)
    if report is None or call.text("report_detail_id") != report.id:
        return {"records": []}
    return {
        "records": [
            {
                "id": f"{report.id}-{place}",
                "bacteria_name": tested.bacterium,
                "antibacterials_name": tested.antibiotic,
                "result_value": tested.concentration,
                "result_range_kb": tested.zone,
                "result_code": tested.code,
                "order_no": place,
            }
            for place, tested in enumerate(report.cultures, 1)
        ]
    }
