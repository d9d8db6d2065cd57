"""The answers as documented: field names and JSON types, taken from the examples of the contract."""

from typing import Any

SHAPES: dict[str, Any] = {
    "hospital.interface.createCard": {"success": bool, "msg": str, "code": str},
    "hospital.interface.queryPatientInfo": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "name": str,
            "phone": str,
            "sex": str,
            "address": str,
            "birthdate": str,
            "idCardNo": str,
            "medicalCardNumber": str,
            "impoverished": str,
        },
    },
    "hospital.interface.selHisCardListByNameAndIdCard": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "name": str,
                "phone": str,
                "gender": str,
                "address": str,
                "birthdate": str,
                "idCardNo": str,
                "medicalCardNumber": str,
                "amount": str,
            }
        ],
    },
    "hospital.interface.queryWaitPay": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "hospitalId": str,
            "amount": str,
            "isMedicalPat": str,
            "discountAmount": str,
            "detail": [
                {
                    "id": str,
                    "item": str,
                    "itemAmount": str,
                    "price": str,
                    "quantity": str,
                    "unit": str,
                    "doctor": str,
                    "presCode": str,
                    "createTime": str,
                    "preferentialAmount": str,
                    "presType": str,
                }
            ],
        },
    },
    "hospital.interface.clinicPayment": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {"outPrepayId": str, "amount": str, "invoiceId": str},
    },
    "hospital.interface.queryBalance": {"success": bool, "msg": str, "code": str, "data": {"balance": str}},
    "hospital.interface.laboratoryReport": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "patientName": str,
            "report": [
                {
                    "hospitalId": str,
                    "id": str,
                    "type": str,
                    "time": str,
                    "doctor": str,
                    "item": str,
                    "specialTypes": str,
                    "status": str,
                    "isPositive": str,
                    "pdfUrl": str,
                }
            ],
        },
    },
    "hospital.interface.pacsReport": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "patientName": str,
            "report": [
                {
                    "hospitalId": str,
                    "id": str,
                    "type": str,
                    "time": str,
                    "doctor": str,
                    "item": str,
                    "specialTypes": str,
                    "status": str,
                    "isPositive": str,
                    "pdfUrl": str,
                }
            ],
        },
    },
    "hospital.interface.laboratoryReportDetail": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "reportStatus": str,
            "isPositive": str,
            "patientName": str,
            "sex": str,
            "age": str,
            "dept": str,
            "wardNumber": str,
            "bedNumber": str,
            "specimenCategory": str,
            "specimenNumber": str,
            "doctor": str,
            "time": str,
            "executor": str,
            "auditor": str,
            "pdfUrl": str,
            "details": [
                {
                    "item": str,
                    "result": str,
                    "referValueLower": str,
                    "referValueUpper": str,
                    "multiRowValue": str,
                    "unit": str,
                    "normal": int,
                }
            ],
        },
    },
    "hospital.interface.pacsReportDetail": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "patientName": str,
            "sex": str,
            "age": str,
            "dept": str,
            "parts": str,
            "result": str,
            "conclusion": str,
            "time": str,
            "executor": str,
            "auditor": str,
            "reportStatus": str,
            "isPositive": str,
            "pdfUrl": str,
        },
    },
    "hospital.interface.queryOutpatientCostDetail": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "hospitalId": str,
                "invoiceId": str,
                "time": str,
                "total": str,
                "preferentialAmount": str,
                "medInsuranceAmount": str,
                "insuranceFundAmount": str,
                "insuranceBalanceAmount": str,
                "getAmount": str,
                "patientName": str,
                "details": [{"type": str, "item": str, "price": str, "quantity": str, "amount": str}],
            }
        ],
    },
    "hospital.interface.queryHospitalizationRecord": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "hospitalId": str,
                "id": str,
                "dateOfAdmission": str,
                "dateOfDischarge": str,
                "dept": str,
                "diagnosis": str,
                "cost": str,
            }
        ],
    },
    "hospital.interface.todayRegisterGetDepts": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "deptTypeId": str,
                "deptTypeName": str,
                "deptAddr": str,
                "dept": [{"departmentName": str, "departmentId": str, "deptAddr": str}],
            }
        ],
    },
    "hospital.interface.todayRegisterGetDoctors": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "departmentId": str,
                "departmentName": str,
                "deptAddr": str,
                "doctorId": str,
                "doctorName": str,
                "registrationFee": str,
                "regClassId": str,
                "regClassName": str,
                "freePatCount": str,
                "professional": str,
                "introduce": str,
                "expertIn": str,
                "doctorPic": str,
                "scheduleType": str,
            }
        ],
    },
    "hospital.interface.remainApp": {
        "success": bool,
        "msg": str,
        "code": int,
        "data": [
            {"startTime": str, "endTime": str, "upLimit": str, "appNum": str, "serialNumber": int, "hisTimeId": str}
        ],
    },
    "hospital.interface.appointmentInfo": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {"appointmentCode": str, "sn": str},
    },
    "hospital.interface.cancelAppointment": {"success": bool, "msg": str, "code": str, "refundNo": str},
    "hospital.interface.appointment.getScheduleInfo": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "regId": str,
                "status": str,
                "statusDes": str,
                "orderId": str,
                "orderName": str,
                "roomId": str,
                "roomName": str,
                "selectedDate": str,
                "planTimeId": str,
                "planTimeName": str,
                "changeFlag": str,
                "attention": str,
                "onlineRegisterFlag": str,
                "applyMainId": str,
                "exeDeptId": str,
                "roomAddress": str,
                "extraParam": str,
            }
        ],
    },
    "hospital.interface.electronicMedicalRecord": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "hospitalId": str,
                "hospitalName": str,
                "id": str,
                "patType": str,
                "time": str,
                "doctor": str,
                "complaints": str,
                "department": str,
            }
        ],
    },
    "hospital.interface.electronicMedicalRecordDetail": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "hospitalName": str,
            "patientName": str,
            "sex": str,
            "age": str,
            "registrationId": str,
            "visitTime": str,
            "department": str,
            "complaints": str,
            "presentIllnessHistory": str,
            "anamnesis": str,
            "diagnosis": str,
            "advice": str,
            "doctorName": str,
            "signatureDate": str,
            "healthEducation": str,
            "physicalExamination": {
                "bodyTemperature": str,
                "bloodPressure": str,
                "pulse": str,
                "respiratoryRate": str,
                "otherDescription": str,
            },
            "exam": [
                {
                    "examId": str,
                    "examName": str,
                    "examDepartment": str,
                    "examSummary": str,
                    "examDoctor": str,
                    "examTime": str,
                }
            ],
        },
    },
    "hospital.interface.getPrescriptionRecord": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "hospitalId": str,
                "hospitalName": str,
                "prescriptionType": str,
                "createTime": str,
                "prescriptionId": str,
                "diagnose": str,
            }
        ],
    },
    "hospital.interface.getPrescriptionDetail": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": {
            "patientName": str,
            "sex": str,
            "createTime": str,
            "age": str,
            "birthday": str,
            "department": str,
            "diagnose": str,
            "doctorName": str,
            "limitingTime": str,
            "nextVisitTime": str,
            "drugList": [
                {
                    "drugName": str,
                    "spec": str,
                    "quantity": str,
                    "usage": str,
                    "useAmount": str,
                    "frequency": str,
                    "frequencyName": str,
                    "drugId": str,
                    "storage": str,
                    "notice": str,
                }
            ],
        },
    },
    "hospital.interface.getAppointmentDoctors": {
        "success": bool,
        "msg": str,
        "code": str,
        "data": [
            {
                "deptId": str,
                "deptName": str,
                "roomId": str,
                "roomName": str,
                "doctorId": str,
                "doctorName": str,
                "appointmentTime": str,
                "triageState": str,
                "triageTime": str,
            }
        ],
    },
}
