"""Which interface of the palm-hospital document uses which envelope and which content type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from connectors.core.envelope import Envelope
from connectors.palm_hospital.envelopes import ENVELOPES


@dataclass(frozen=True, slots=True)
class ContentType:
    """How a request is written."""

    name: str
    write: Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Interface:
    """What the outside of a call looks like. An interface is named by its path."""

    envelope: Envelope
    content_type: ContentType


JSON = ContentType("application/json;charset=UTF-8", orjson.dumps)
FORM = ContentType("application/x-www-form-urlencoded", lambda fields: urlencode(fields).encode())

_FORMS = frozenset({"/getAllDoctorList", "/getHospitalList"})

UNDOCUMENTED = frozenset({"/getInHospitalApply", "/inHospitalReg"})
"""The document does not show their answers: their envelope is configured."""

_BY_ENVELOPE = {
    "head-sign": (
        "/ipAppointmentCancel",
        "/ipAppointmentQuery",
        "/ipAppointmentConfirm",
        "/recharge",
        "/createCard",
        "/recipeCharge",
        "/cpayCheck",
        "/getPatientList",
        "/register",
        "/paymentNew",
        "/paymentUpdateStatus",
        "/offerNumber",
        "/getRegisterList",
        "/getDeptsByHospitalId",
        "/getEmrPageCount",
        "/getDepartment",
        "/getHospital",
        "/getDepts",
        "/getPatient",
        "/getPeis",
        "/getBedNo",
        "/getInHospitalList",
        "/getElectronicPrescriptionBasicInfo",
        "/getVisitInfoNew",
        "/getVisitInfo",
        "/getRecharge",
        "/getPacsReport",
        "/getLisReport",
        "/getLisPacsList",
        "/getVisitInfoDetail",
        "/getDailyCharge",
        "/getReceipt",
        "/getChargeSummary",
        "/getElectronicPrescriptionDetail",
        "/getChargeDetail",
        "/getVisitInfoNewDetail",
        "/getAllDoctorList",
        "/getPeisReport-general",
        "/getPeisReport",
        "/getPeisReport-pacs",
        "/getPeisReport-lis",
        "/lis/bacteria/detail",
        "/getSchedules",
        "/getElectronicPrescriptionDetail_1609234017475",
        "/getRecipe",
        "/registerPre",
        "/appointmentNAT/getNATResultList",
        "/getOperatRoomByHospitalId",
        "/getOperatRoomPatient",
        "/fulltime/getDeptList",
        "/fulltime/getDeptDoctorList",
        "/fulltime/getApptTimeRangeList",
        "/specialType/newBill",
        "/case/cancel",
    ),
    "head-one": (
        "/template/hisSendMessage",
        "/requestSucess",
    ),
    "flat-one": ("/card/update",),
    "head-zero": ("/getDoctorAndNurse",),
    "head-one-string": ("/registerGetPrice",),
    "head-sign-string": ("/getHospitalList",),
    "result-code": (
        "/cancel",
        "/cpay_update_payment_status",
        "/get_time",
        "/get_doctor",
        "/cpay_new_payment",
        "/get_patient",
        "/get_dt",
        "/get_schedule",
        "/get_dept",
        "/prepay",
        "/new",
        "/query",
    ),
    "flat-zero": (
        "/cpay/newPayment",
        "/refund/callback",
        "/payment/get",
        "/type/list",
        "/date/list",
        "/appointment/info/get",
        "/hospital/area/list",
        "/appointment/pre",
        "/appointment/confirm",
    ),
    "flat-zero-string": (
        "/appointment/language/get",
        "/appointment/info/get2",
    ),
    "flat-zero-string-fail-one": (
        "/appointment/result/get",
        "/appointment/cancel",
    ),
}

INTERFACES: Mapping[str, Interface] = {
    path: Interface(ENVELOPES[name], FORM if path in _FORMS else JSON)
    for name, paths in _BY_ENVELOPE.items()
    for path in paths
}
