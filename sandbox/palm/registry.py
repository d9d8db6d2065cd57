"""Which handler answers which path."""

from collections.abc import Callable, Mapping

from sandbox.palm import appointments, fees, payments, people, prescriptions, reports, schedules, visits
from sandbox.palm.call import Call, Payload

HANDLERS: Mapping[str, Callable[[Call], Payload]] = {
    "/getHospitalList": people.hospital_list,
    "/getPatient": people.patient,
    "/getPatientList": people.patient_list,
    "/createCard": people.new_card,
    "/getVisitInfoNew": visits.visits,
    "/getVisitInfoNewDetail": visits.visit_detail,
    "/getRegisterList": fees.register_list,
    "/getRecipe": fees.recipe,
    "/getChargeDetail": fees.charge_detail,
    "/cpayCheck": payments.check,
    "/paymentNew": payments.new_order,
    "/recipeCharge": payments.settle,
    "/getLisPacsList": reports.report_list,
    "/getLisReport": reports.lab_report,
    "/getPacsReport": reports.imaging_report,
    "/getElectronicPrescriptionBasicInfo": prescriptions.prescriptions,
    "/getElectronicPrescriptionDetail": prescriptions.prescription_detail,
    "/get_dept": schedules.departments,
    "/get_doctor": schedules.doctors,
    "/get_schedule": schedules.schedules,
    "/get_time": schedules.times,
    "/new": appointments.new,
    "/query": appointments.query,
    "/cancel": appointments.withdraw,
}
