"""Every kind of node, and every root field with an operation that asks for it, with what each asker gets."""

from collections.abc import Mapping

from tests.end_to_end.askers import (
    AT_RECEPTION,
    BY_STAFF_THERE,
    DENIED,
    MEDICAL,
    NOBODY_YET,
    PUBLIC,
    SOMEBODY,
    STAFF_ONLY,
    WORKING,
    WRITTEN,
)

CAREGIVER = """{name: "x", identityNumber: "x", phone: "x", gender: MALE, relationship: "x",
        validUntil: "2020-01-01T00:00:00+08:00"}"""
# What has an id that no list of the graph gives: mutations do, or the hospital's other end.
UNLISTED = (
    "AdmissionBooking",
    "AdmissionRegistration",
    "CaregiverPass",
    "CaseCopy",
    "ConsultingRoom",
    "ExaminationSlot",
    "NucleicAcidTestAppointment",
    "SelfPayOrder",
    "SelfServiceOrder",
    "SelfServicePackage",
)

NODES: Mapping[str, Mapping[str, str]] = {
    "AdmissionApplication": MEDICAL,
    "Appointment": AT_RECEPTION,
    "Bill": MEDICAL,
    "Card": AT_RECEPTION,
    "Charge": MEDICAL,
    "CheckupReport": MEDICAL,
    "Department": PUBLIC,
    "EcgReport": MEDICAL,
    "Discharge": MEDICAL,
    "ElectronicInvoice": MEDICAL,
    "ExaminationOrder": MEDICAL,
    "Hospital": PUBLIC,
    "ImagingReport": MEDICAL,
    "InsuranceOrder": MEDICAL,
    "LabReport": MEDICAL,
    "PathologyReport": MEDICAL,
    "Patient": AT_RECEPTION,
    "PatientEducation": MEDICAL,
    "Prescription": MEDICAL,
    "Visit": MEDICAL,
}
# A patient's global id names the person in the account that it was made for: it means nothing to those who work there.
OF_ACCOUNT = AT_RECEPTION | {"staff": DENIED, "staff at the reception": DENIED, "system": DENIED}
ROOTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Query.viewer": ("{ viewer { role } }", PUBLIC),
    "Query.hospitals": ("{ hospitals { code } }", PUBLIC),
    "Query.hospital": ('{ hospital(id: "253") { code } }', PUBLIC),
    "Query.node": ("query ($visit: ID!) { node(id: $visit) { id } }", MEDICAL),
    "Query.patient": (
        'query ($n: String!) { patient(by: {card: {hospitalId: "253", number: $n}}) { gender } }',
        AT_RECEPTION,
    ),
    "Mutation.bookAppointment": (
        """mutation ($card: ID!) { bookAppointment(input: {businessKey: "k", cardId: $card, slotId: "none"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAppointment": (
        """mutation ($appointment: ID!) { cancelAppointment(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookCheckup": (
        """mutation ($card: ID!) { bookCheckup(input: {businessKey: "k", cardId: $card, packageIds: [],
        startsAt: "2020-01-01T08:00:00+08:00", amount: "0"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelCheckup": (
        """mutation ($appointment: ID!) { cancelCheckup(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.registerSameDay": (
        """mutation ($card: ID!) { registerSameDay(input: {businessKey: "k", cardId: $card, slotId: "none", fee: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.reserveRegistration": (
        """mutation ($card: ID!) { reserveRegistration(input: {businessKey: "k", cardId: $card, sessionId: "none",
        fee: "0"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payAppointment": (
        """mutation ($appointment: ID!) { payAppointment(input: {businessKey: "k", appointmentId: $appointment,
        fee: "0", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.triage": (
        """mutation ($room: ID!) { triage(input: {businessKey: "k", roomId: $room}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.collectNumber": (
        """mutation ($appointment: ID!) { collectNumber(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkIn": (
        """mutation ($appointment: ID!) { checkIn(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payCharges": (
        """mutation ($charge: ID!) { payCharges(input: {businessKey: "k", chargeIds: [$charge], amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payDeposit": (
        """mutation ($card: ID!) { payDeposit(input: {businessKey: "k", cardId: $card, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.orderCaseCopy": (
        """mutation ($card: ID!) { orderCaseCopy(input: {businessKey: "k", cardId: $card, admissionNumber: "x",
        applicationId: "x", pageCount: 1, printFee: "1", amount: "1", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.createInsuranceOrder": (
        """mutation ($charge: ID!) { createInsuranceOrder(input: {businessKey: "k", chargeIds: [$charge]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.settleInsuranceOrder": (
        """mutation ($insurance: ID!) { settleInsuranceOrder(input: {businessKey: "k", orderId: $insurance})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelInsuranceOrders": (
        """mutation ($insurance: ID!) { cancelInsuranceOrders(input: {businessKey: "k", orderIds: [$insurance]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payInsuranceOrder": (
        """mutation ($insurance: ID!) { payInsuranceOrder(input: {businessKey: "k", orderId: $insurance, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.paySelfPayOrder": (
        """mutation ($rest: ID!) { paySelfPayOrder(input: {businessKey: "k", orderId: $rest, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.recordConsultation": (
        """mutation ($card: ID!) { recordConsultation(input: {businessKey: "k", cardId: $card, consultationNumber: "1",
        consultedAt: "2020-01-01T08:00:00+08:00", doctorNumber: "1", doctorName: "样例", departmentNumber: "1",
        departmentName: "样例", fee: "0", paid: false}) { userErrors { code } } }""",
        BY_STAFF_THERE,
    ),
    "Mutation.recordOnlineOrder": (
        """mutation ($card: ID!) { recordOnlineOrder(input: {businessKey: "k", cardId: $card, total: "0", items: [],
        paidAt: "2020-01-01T08:00:00+08:00", diagnosisCode: "1", diagnosis: "样例", doctorHospital: "样例",
        doctorNumber: "1", doctorName: "样例"}) { userErrors { code } } }""",
        BY_STAFF_THERE,
    ),
    "Mutation.createCard": (
        """mutation ($patient: ID!) { createCard(input: {businessKey: "k", patientId: $patient, hospitalId: "253",
        name: "样例", gender: MALE, birthDate: "1990-01-01", phone: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Query.hospitalStatistics": (
        """{ hospitalStatistics(since: "2020-01-01T00:00:00+08:00", until: "2020-01-02T00:00:00+08:00")
        { nodes { visits } } }""",
        WORKING,
    ),
    "Mutation.confirmAdmission": (
        """mutation ($application: ID!) { confirmAdmission(input: {businessKey: "k", applicationId: $application,
        amount: "0", method: ALIPAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAdmission": (
        """mutation ($registration: ID!) { cancelAdmission(input: {businessKey: "k", registrationId: $registration})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookAdmission": (
        """mutation ($card: ID!) { bookAdmission(input: {businessKey: "k", cardId: $card, departmentId: "none",
        bedCategory: "x", address: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelAdmissionBooking": (
        """mutation ($booking: ID!) { cancelAdmissionBooking(input: {businessKey: "k", bookingId: $booking,
        reason: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkInAdmission": (
        """mutation ($card: ID!) { checkInAdmission(input: {businessKey: "k", cardId: $card, applicationNumber: "x"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelCaseCopy": (
        """mutation ($caseCopy: ID!) { cancelCaseCopy(input: {businessKey: "k", caseCopyId: $caseCopy})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.addCaregiverPass": (
        f"""mutation ($card: ID!) {{ addCaregiverPass(input: {{businessKey: "k", cardId: $card, admissionNumber: "1",
        caregiver: {CAREGIVER}}}) {{ userErrors {{ code }} }} }}""",
        WRITTEN,
    ),
    "Mutation.updateCaregiverPass": (
        f"""mutation ($pass: ID!) {{ updateCaregiverPass(input: {{businessKey: "k", passId: $pass,
        caregiver: {CAREGIVER}}}) {{ userErrors {{ code }} }} }}""",
        WRITTEN,
    ),
    "Mutation.removeCaregiverPass": (
        """mutation ($pass: ID!) { removeCaregiverPass(input: {businessKey: "k", passId: $pass})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.signPatientEducation": (
        """mutation ($education: ID!) { signPatientEducation(input: {businessKey: "k", educationId: $education,
        signer: PATIENT, mastery: AWARE, image: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.createNewbornCard": (
        """mutation ($patient: ID!) { createNewbornCard(input: {businessKey: "k", patientId: $patient,
        hospitalId: "253", name: "样例", gender: MALE, birthDate: "1990-01-01", phone: "x", birthOrder: 1,
        motherIdentityNumber: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.changeHolder": (
        'mutation ($card: ID!) { changeHolder(input: {businessKey: "k", cardId: $card}) { userErrors { code } } }',
        WRITTEN,
    ),
    "Mutation.addContact": (
        """mutation ($card: ID!) { addContact(input: {businessKey: "k", cardId: $card, name: "x", gender: MALE,
        birthDate: "1990-01-01", identityNumber: "x", phone: "x", address: "x", ethnicity: HAN, kinship: OTHER})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.linkCard": (
        """mutation ($patient: ID!) { linkCard(input: {businessKey: "k", patientId: $patient, hospitalId: "253",
        linkedNumber: "x", name: "x", identityNumber: "x"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.unlinkCard": (
        """mutation ($card: ID!) { unlinkCard(input: {businessKey: "k", cardId: $card, linkedNumber: " "})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.rechargeCard": (
        """mutation ($card: ID!) { rechargeCard(input: {businessKey: "k", cardId: $card, amount: "0",
        method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.refundRecharge": (
        """mutation ($card: ID!) { refundRecharge(input: {businessKey: "k", cardId: $card, rechargeNumber: "x",
        amount: "0"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookExamination": (
        """mutation ($examinationSlot: ID!) { bookExamination(input: {businessKey: "k", slotId: $examinationSlot})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.changeExamination": (
        """mutation ($appointment: ID!) { changeExamination(input: {businessKey: "k", appointmentId: $appointment,
        slotId: "none"}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelExamination": (
        """mutation ($appointment: ID!) { cancelExamination(input: {businessKey: "k", appointmentId: $appointment,
        reason: ""}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.checkInExaminations": (
        """mutation ($appointment: ID!) { checkInExaminations(input: {businessKey: "k", appointmentIds: [$appointment]})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.reserveLabTest": (
        """mutation ($card: ID!) { reserveLabTest(input: {businessKey: "k", cardId: $card})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payLabTest": (
        """mutation ($card: ID!) { payLabTest(input: {businessKey: "k", cardId: $card, amount: "0"})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelLabTest": (
        """mutation ($appointment: ID!) { cancelLabTest(input: {businessKey: "k", appointmentId: $appointment})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookNucleicAcidTest": (
        """mutation ($card: ID!) { bookNucleicAcidTest(input: {businessKey: "k", cardId: $card, slotId: "none",
        method: ALIPAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.payNucleicAcidTest": (
        """mutation ($test: ID!) { payNucleicAcidTest(input: {businessKey: "k", appointmentId: $test, amount: "0",
        method: ALIPAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelNucleicAcidTest": (
        """mutation ($test: ID!) { cancelNucleicAcidTest(input: {businessKey: "k", appointmentId: $test})
        { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.bookSelfServicePackages": (
        """mutation ($package: ID!) { bookSelfServicePackages(input: {businessKey: "k", packageIds: [$package],
        day: "2020-01-01", amount: "0", method: WECHAT_PAY}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.cancelSelfServiceOrder": (
        """mutation ($selfServiceOrder: ID!) { cancelSelfServiceOrder(input: {businessKey: "k",
        orderId: $selfServiceOrder}) { userErrors { code } } }""",
        WRITTEN,
    ),
    "Mutation.breakGlass": (
        'mutation ($card: ID!) { breakGlass(input: {cardId: $card, reason: "x"}) { userErrors { code } } }',
        STAFF_ONLY,
    ),
    "Mutation.wechatLogin": ('mutation { wechatLogin(input: {code: "none"}) { userErrors { code } } }', NOBODY_YET),
    "Mutation.refreshLogin": (
        'mutation { refreshLogin(input: {refreshToken: "none"}) { userErrors { code } } }',
        PUBLIC,
    ),
    "Mutation.logout": ('mutation { logout(input: {refreshToken: "none"}) { userErrors { code } } }', SOMEBODY),
}
