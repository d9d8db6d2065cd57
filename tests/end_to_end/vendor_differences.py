"""What the documents of the two vendors do not both have: each entry is a fact about one of them.

The tests fail for a difference that is not here, and for an entry that is no difference any more. Places are those of
`whole_file.Told`: the fields from the operation's own on, without the `nodes` of lists.
"""

from collections.abc import Mapping

ONE_SIDED: Mapping[str, str] = {
    "Appointment.queuePosition": "TRIAGE",
    "Admission.casePageCount": "CASE_PAGES",
    "Card.admissionCertificate": "ADMISSION_CERTIFICATES",
    "Card.checkupEmployers": "CHECKUPS",
    "Card.checkupNotice": "CHECKUPS",
    "Card.checkupPackages": "CHECKUPS",
    "Card.consultingRooms": "TRIAGE",
    "Card.funds": "CARD_FUNDS",
    "Card.messages": "MESSAGES",
    "Card.recharges": "RECHARGE_HISTORY",
    "Card.refundableBalance": "REFUNDS",
    "Card.registrations": "REGISTRATIONS",
    "Card.selfServicePackages": "SELF_SERVICE_PACKAGES",
    "Card.unfinishedInsuranceOrders": "INSURANCE_ORDERS",
    "Card.visitGuide": "VISIT_GUIDES",
    "Card.visitedDoctors": "ONLINE_CONSULTATIONS",
    "Department.bookableDays": "BOOKABLE_DAYS",
    "Department.staff": "DIRECTORY",
    "Hospital.allHoursTimes": "ALL_HOURS_CLINIC",
    "Hospital.branches": "DIRECTORY",
    "Hospital.campuses": "CAMPUSES",
    "Hospital.checkupItems": "CHECKUPS",
    "Hospital.doctors": "DIRECTORY",
    "Hospital.feverClinics": "FEVER_CLINICS",
    "Hospital.labTests": "LAB_TESTS",
    "Hospital.nucleicAcidReportLanguages": "NUCLEIC_ACID_TEST_BOOKING",
    "Hospital.nucleicAcidTestSites": "NUCLEIC_ACID_TEST_BOOKING",
    "Hospital.servicePrices": "PRICE_LIST",
    "ImagingReport.images": "REPORT_IMAGES",
    "Patient.admissionApplications": "ADMISSION_APPLICATIONS",
    "Patient.checkupReports": "CHECKUP_REPORTS",
    "Patient.discharges": "DISCHARGES",
    "Patient.ecgReports": "ECG_REPORTS",
    "Patient.educations": "PATIENT_EDUCATION",
    "Patient.examinationOrders": "EXAMINATIONS",
    "Patient.examinationQueues": "EXAMINATION_QUEUES",
    "Patient.nucleicAcidTestAppointments": "NUCLEIC_ACID_TEST_BOOKING",
    "Patient.nucleicAcidTests": "NUCLEIC_ACID_TEST_HISTORY",
    "Patient.pathologyReports": "PATHOLOGY_REPORTS",
    "PrescribedDrug.leaflet": "DRUG_LEAFLETS",
}
"""Fields that need a capability which only one of the two has; front ends hide them by it."""

FOR_STAFF = frozenset({"Hospital.depositArrears", "Hospital.drift", "Hospital.inpatients"})
"""Fields that are no part of a person's file."""

LISTED_BY_ONE: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "appointments": (
        ("kind", "EXAMINATION", "the palm hospital books no examinations"),
        ("status", "FULFILLED", "the regional HIS lists what is still to come"),
    ),
}
"""Rows of a list that only one of the two has: a field, its value there, and why."""

IN_ANY_ORDER: Mapping[str, str] = {
    "admission.costSummary.byItem": "neither document says an order",
    "visits.costSummary.byItem": "neither document says an order",
    **dict.fromkeys(
        (
            "departments.schedules",
            "departments.doctors.schedules",
            "departments.sameDaySessions",
        ),
        "a session of the regional HIS is a doctor's day, one of the palm hospital half of it",
    ),
}
"""Places below which the same comes in another order, or bundled otherwise."""

Facts = Mapping[str, tuple[str, ...]]

SILENT_AT_REGIONAL: Facts = {
    "charges come without categories and groups": (
        "charges.category",
        "charges.group",
        "charges.groupTitle",
        "chargeSheet.charges.category",
        "chargeSheet.charges.group",
        "chargeSheet.charges.groupTitle",
    ),
    "lines of bills have no key, no unit and no time": (
        "bills.items.chargedAt",
        "bills.items.itemId",
        "bills.items.unit",
        "admission.dailyBill.items.itemId",
        "admission.dailyBill.items.unit",
        "admissions.dailyBill.items.itemId",
        "admissions.dailyBill.items.unit",
        "dailyBill.items.itemId",
        "dailyBill.items.unit",
    ),
    "invoices have one amount": (
        "electronicInvoices.accountAmount",
        "electronicInvoices.cashAmount",
        "electronicInvoices.discount",
        "electronicInvoices.insuranceAmount",
        "electronicInvoices.paidAmount",
    ),
    "a day of a visit's stay is lines and nothing around them, without units": (
        "visits.dailyBill.admissionNumber",
        "visits.dailyBill.items.unit",
        "visits.dailyBill.total",
    ),
    "visits are the medical records, without numbers; what is measured is not told in one text": (
        "visits.number",
        "visits.medicalRecord.total",
        "visits.medicalRecord.physicalExamination.description",
    ),
    "the list of reports says who audited them, when, and no more": (
        "reports.ImagingReport.departmentName",
        "reports.ImagingReport.number",
        "reports.ImagingReport.requestedBy",
        "reports.LabReport.departmentName",
        "reports.LabReport.number",
        "reports.LabReport.requestedBy",
        "reports.LabReport.specimen",
    ),
    "contents of reports do not say how and when it was examined or requested": (
        "reports.ImagingReport.detail.examinedAt",
        "reports.ImagingReport.detail.method",
        "reports.ImagingReport.detail.requestedBy",
        "reports.LabReport.detail.observations.shortName",
        "reports.LabReport.detail.requestedAt",
    ),
    "prescriptions have no prices": (
        "prescriptions.departmentName",
        "prescriptions.total",
        "prescriptions.detail.chargedAt",
        "prescriptions.detail.drugs.category",
        "prescriptions.detail.drugs.total",
        "prescriptions.detail.drugs.unitPrice",
    ),
    "what is booked is listed with its beginning, department and doctor": (
        "appointments.address",
        "appointments.code",
        "appointments.endsAt",
        "appointments.fee",
        "appointments.payBefore",
        "appointments.queueNumber",
    ),
    "the stay that lasts has no end; why nothing can be paid in is not said": (
        "admission.account.depositRefusal",
        "admission.days",
        "admission.dischargedAt",
    ),
    "the list of stays has their numbers, wards and times": (
        "admissions.account",
        "admissions.bedNumber",
        "admissions.costSummary",
        "admissions.days",
        "admissions.departmentName",
        "admissions.identityNumber",
        "admissions.name",
        "admissions.phone",
        "admissions.stayId",
    ),
    "the latest nucleic-acid test has one time, that of its report": (
        "latestNucleicAcidTest.collectedBy",
        "latestNucleicAcidTest.examinedAt",
        "latestNucleicAcidTest.identityNumber",
        "latestNucleicAcidTest.laboratory",
        "latestNucleicAcidTest.observations.shortName",
        "latestNucleicAcidTest.phone",
    ),
    "examinations of a check-up are findings and a conclusion, whatever kind they are": (
        "checkupReport.detail.examinations.auditedBy",
        "checkupReport.detail.examinations.auditedOn",
        "checkupReport.detail.examinations.film",
        "checkupReport.detail.examinations.image",
        "checkupReport.detail.examinations.imaging",
        "checkupReport.detail.examinations.number",
        "checkupReport.detail.examinations.observations.shortName",
        "checkupReport.detail.examinations.requestedBy",
        "checkupReport.detail.examinations.requestedOn",
        "checkupReport.detail.examinations.specimen",
        "checkupReport.detail.examinations.statusName",
    ),
    "departments have no campus, no phone and no description": (
        "departments.campusId",
        "departments.description",
        "departments.phone",
    ),
    "numbers are counted by slot, not by session": (
        "departments.doctors.schedules.capacity",
        "departments.doctors.schedules.remaining",
        "departments.sameDaySessions.capacity",
        "departments.schedules.capacity",
        "departments.schedules.remaining",
    ),
    "no session is marked as added": ("departments.sameDaySessions.added",),
}
"""Where only the palm hospital tells something."""

SILENT_AT_PALM: Facts = {
    "charges and bills know no discount, no insurance and no prescription": (
        "charges.discount",
        "charges.prescriptionNumber",
        "chargeSheet.charges.discount",
        "chargeSheet.charges.prescriptionNumber",
        "chargeSheet.discount",
        "chargeSheet.insured",
        "bills.discount",
        "bills.insuranceAccountAmount",
        "bills.insuranceAmount",
        "bills.insuranceFundAmount",
        "bills.paidAmount",
    ),
    "what was deposited has a receipt and no number of the payment": ("deposits.number",),
    "invoices name nobody, and are files": ("electronicInvoices.document.pageUrl", "electronicInvoices.issuedTo"),
    "medical records hold no advice, and what was measured is one text": (
        "visits.complaint",
        "visits.medicalRecord.advice",
        "visits.medicalRecord.education",
        "visits.medicalRecord.examinations",
        "visits.medicalRecord.physicalExamination.bloodPressure",
        "visits.medicalRecord.physicalExamination.bodyTemperature",
        "visits.medicalRecord.physicalExamination.pulse",
        "visits.medicalRecord.physicalExamination.respiratoryRate",
        "visits.medicalRecord.signedAt",
    ),
    "contents of reports name no department, those of imaging no auditor": (
        "reports.ImagingReport.detail.auditedBy",
        "reports.ImagingReport.detail.departmentName",
        "reports.LabReport.detail.departmentName",
    ),
    "a prescription is what is paid, not how it is taken": (
        "prescriptions.category",
        "prescriptions.diagnosis",
        "prescriptions.detail.age",
        "prescriptions.detail.diagnosis",
        "prescriptions.detail.drugs.dose",
        "prescriptions.detail.drugs.drugId",
        "prescriptions.detail.drugs.frequency",
        "prescriptions.detail.drugs.frequencyCode",
        "prescriptions.detail.drugs.notice",
        "prescriptions.detail.drugs.route",
        "prescriptions.detail.drugs.specification",
        "prescriptions.detail.drugs.storage",
    ),
    "a stay has what is left of its deposits, and no limits of the next one": (
        "admission.account.advancedAmount",
        "admission.account.depositTotal",
        "admission.account.maximumDeposit",
        "admission.account.minimumDeposit",
    ),
    "stays have no diagnosis": ("visits.diagnosis",),
    "the lines of a stay are told by the day": ("visits.stayBill",),
    "costs of a stay are lines and nothing around them; the list by item has no prices": (
        "admission.costSummary.byCategory",
        "admission.costSummary.byDay",
        "admission.costSummary.byItem.quantity",
        "admission.costSummary.byItem.unitPrice",
        "admission.costSummary.diagnosis",
        "admission.costSummary.doctorName",
        "admission.costSummary.name",
        "admission.dailyBill.diagnosis",
        "admission.dailyBill.doctorName",
        "admission.dailyBill.name",
        "admissions.dailyBill.diagnosis",
        "admissions.dailyBill.doctorName",
        "admissions.dailyBill.name",
        "dailyBill.diagnosis",
        "dailyBill.doctorName",
        "dailyBill.name",
        "visits.costSummary.byCategory",
        "visits.costSummary.byDay",
        "visits.costSummary.byItem.quantity",
        "visits.costSummary.byItem.unitPrice",
        "visits.costSummary.diagnosis",
        "visits.costSummary.doctorName",
        "visits.costSummary.name",
    ),
    "stays have no wards": ("admissions.wardName",),
    "nucleic-acid tests are not audited, and their results have no codes": (
        "latestNucleicAcidTest.auditedBy",
        "latestNucleicAcidTest.observations.code",
        "latestNucleicAcidTest.reportedAt",
    ),
    "check-ups are their examinations: nobody sums them up": (
        "checkupReport.detail.advice",
        "checkupReport.detail.attributes",
        "checkupReport.detail.auditedBy",
        "checkupReport.detail.conclusion",
        "checkupReport.detail.departmentName",
        "checkupReport.detail.endedOn",
        "checkupReport.detail.examinations.conclusion",
        "checkupReport.detail.maritalStatus",
        "checkupReport.detail.reportedAt",
        "checkupReport.detail.startedOn",
        "checkupReport.doctorName",
        "checkupReport.endedOn",
        "checkupReport.qualified",
        "checkupReport.reportedAt",
        "checkupReport.startedOn",
    ),
    "slots have no numbers, and sessions of today no slots: one registers with the session": (
        "departments.doctors.schedules.slots.number",
        "departments.schedules.slots.number",
        "departments.sameDaySessions.slots",
    ),
    "sessions of today have neither the doctor's title nor an address": (
        "departments.sameDaySessions.departmentAddress",
        "departments.sameDaySessions.doctorTitle",
    ),
}
"""Where only the regional HIS tells something."""

DIFFERENT: Facts = {
    "who and where one is": ("capabilities", "code", "name", "number"),
    "amounts of the regional HIS are before the discount, which it names beside them; the palm hospital's after it": (
        "charges.amount",
        "chargeSheet.charges.amount",
        "bills.items.amount",
        "bills.total",
    ),
    "the palm hospital does not say which charges are for Chinese medicine": (
        "charges.kind",
        "chargeSheet.charges.kind",
    ),
    "the regional HIS makes invoices of what the person paid, the palm hospital of the total; the files are others": (
        "electronicInvoices.amount",
        "electronicInvoices.document.content",
    ),
    "the palm hospital says the day where the regional HIS says the time": (
        "admission.admittedAt",
        "electronicInvoices.issuedAt",
        "reports.ImagingReport.detail.reportedAt",
        "reports.ImagingReport.reportedAt",
        "reports.LabReport.detail.reportedAt",
        "reports.LabReport.reportedAt",
        "visits.endedAt",
    ),
    "the regional HIS says the day where the palm hospital says the time, and quantities with two places": (
        "visits.dailyBill.items.chargedAt",
        "visits.dailyBill.items.quantity",
    ),
    "of visits the regional HIS says what stays cost alone": ("visits.cost",),
    "ages in reports of the regional HIS are to be shown as they come, with a unit or without": (
        "reports.ImagingReport.detail.age",
        "reports.LabReport.detail.age",
    ),
    "the palm hospital's document shows one medicine of a prescription": (
        "prescriptions.detail.drugs",
        "prescriptions.detail.drugs.name",
        "prescriptions.detail.drugs.quantity",
    ),
    "the regional HIS has a surcharge, and lets cancel what was booked here": (
        "appointments.cancellable",
        "appointments.surcharge",
    ),
    "who a bill of a stay is about, only the regional HIS says; of its list of stays it does not": (
        "admission.costSummary.gender",
        "admission.dailyBill.gender",
        "admissions.dailyBill.gender",
        "admissions.gender",
        "dailyBill.gender",
        "visits.costSummary.gender",
    ),
    "a stay's key at the palm hospital is its number": ("admission.stayId",),
    "results of nucleic-acid tests at the palm hospital are not marked": (
        "latestNucleicAcidTest.observations.interpretation",
    ),
    "check-ups of the palm hospital have no purpose, their examinations a kind; those of images are no findings": (
        "checkupReport.purpose",
        "checkupReport.title",
        "checkupReport.detail.examinations.kind",
        "checkupReport.detail.examinations.observations",
        "checkupReport.detail.examinations.observations.interpretation",
        "checkupReport.detail.examinations.observations.name",
        "checkupReport.detail.examinations.observations.value",
    ),
    "the regional HIS does not say whether a card can be used": ("status",),
    "it does not say the gender of doctors": ("departments.doctors.gender",),
    "days and half days": (
        "departments.doctors.schedules",
        "departments.doctors.schedules.dayPart",
        "departments.doctors.schedules.slots",
        "departments.sameDaySessions",
        "departments.sameDaySessions.dayPart",
        "departments.sameDaySessions.remaining",
        "departments.schedules",
        "departments.schedules.dayPart",
        "departments.schedules.slots",
    ),
}
"""Where both tell something, and it cannot be the same."""


def places(facts: Facts, field: str) -> set[str]:
    """The places of an operation's field that the facts are about."""
    named = {path for paths in facts.values() for path in paths}
    return {path for path in named if path == field or path.startswith(f"{field}.")}
