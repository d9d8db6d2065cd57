"""The interfaces of the regional HIS document (version 1.6.68): name as documented, to number.

Names are kept as printed. Where an address is documented it is the last path segment; the rest is configured.
"""

NUMBERS = {
    "hospital.interface.createCard": "1.2.1",
    "hospital.interface.queryPatientInfo": "2.1.1",
    "hospital.interface.selHisCardListByNameAndIdCard": "2.1.3",
    "hospital.interface.queryWaitPay": "3.1.1",
    "hospital.interface.clinicPayment": "3.1.2",
    "hospital.interface.queryBalance": "7.1.1",
    "hospital.interface.laboratoryReport": "16.1.1",
    "hospital.interface.pacsReport": "16.1.1",
    "hospital.interface.laboratoryReportDetail": "16.1.2",
    "hospital.interface.pacsReportDetail": "16.1.2",
    "hospital.interface.queryOutpatientCostDetail": "18.1.1",
    "hospital.interface.queryHospitalizationRecord": "18.1.2",
    "hospital.interface.todayRegisterGetDepts": "20.1.1",
    "hospital.interface.todayRegisterGetDoctors": "20.1.2",
    "hospital.interface.remainApp": "21.2.1",
    "hospital.interface.appointmentInfo": "21.2.2",
    "hospital.interface.cancelAppointment": "21.2.3",
    "hospital.interface.appointment.getScheduleInfo": "24.1.5",
    "hospital.interface.electronicMedicalRecord": "32.1.1",
    "hospital.interface.electronicMedicalRecordDetail": "32.1.2",
    "hospital.interface.getPrescriptionRecord": "38.1.1",
    "hospital.interface.getPrescriptionDetail": "38.1.2",
    "hospital.interface.getAppointmentDoctors": "42.1.1",
}

DOCUMENTED_PATHS = {
    "hospital.interface.remainApp": "remainApp",
    "hospital.interface.appointmentInfo": "appointmentInfo",
    "hospital.interface.cancelAppointment": "cancelAppointment",
}
