"""Online consultations (document chapter 25, whose names spell "inerface")."""

from decimal import Decimal
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import DONE, listing, listing_by_hospital, value
from connectors.core.shape import GIVEN, Many, Shape
from connectors.records.base import SHANGHAI, CardRef, Period
from connectors.records.consultations import (
    OnlineConsultation,
    OnlineItem,
    OnlineItemKind,
    OnlineOrder,
    OnlineOrderItem,
    VisitedDoctor,
)
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_GENDER

_NAMES = "hospital.inerface.internetHospital."
# Numbers here and in 25.1.6; texts where the platform is asked (25.2.x).
_KINDS = {OnlineItemKind.EXAMINATION: 1, OnlineItemKind.LABORATORY_TEST: 2, OnlineItemKind.DRUG: 3}
# Catalogues change seldom; what is paid is asked for anew (25.1.6).
_CATALOGUE_SECONDS = 600.0

DOCTOR = Shape(
    VisitedDoctor,
    card=GIVEN,
    doctor_number="doctorCode",
    doctor_name="doctorName",
    department_name="dept",
    title="post",
    last_visited_at="lastClinicTime",
)
SERVICE = Shape(
    OnlineItem,
    hospital_id=GIVEN,
    kind=GIVEN,
    id="chargeId",
    name="chargeName",
    unit_price=("price", convert.decimal),
)
DRUG = Shape(
    OnlineItem,
    hospital_id=GIVEN,
    kind=GIVEN,
    id="chargeId",
    name="chargeName",
    unit_price=("price", convert.decimal),
    approval_number="gyzz",
    specification="ggmc",
    package_unit="bzdw",
    dose_unit="jldw",
    units_per_package=("zhxs", convert.decimal),
    manufacturer="changshang",
)


class Consultations:
    """Implements `connectors.ports.Consultations`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("25.1.1")
    async def record_order(self, holder: CardHolder, order: OnlineOrder) -> None:
        """What was ordered online and paid (25.1.1), by its payment's number."""
        await self.call(
            _NAMES + "save",
            holder.card.hospital_id,
            {
                **self._person(holder),
                "diagnoseCode": order.diagnosis_code,
                "diagnoseName": order.diagnosis,
                "description": order.description,
                "tradeNo": order.number,
                "tradeTime": convert.in_shanghai(order.paid_at),
                "billDocHospital": order.doctor_hospital,
                "billDocName": order.doctor_name,
                "billDocCode": order.doctor_id,
                "total": convert.in_yuan(order.total),
                "code": order.barcode,
                "consultCode": order.consultation_number,
                "charges": [_charge(item) for item in order.items],
            },
            DONE,
            self._regional.idempotent(order.number, holder.card),
        )

    @endpoint("25.1.2")
    async def visited_doctors(self, card: CardRef, period: Period) -> list[VisitedDoctor]:
        """Doctors whom the person has seen (25.1.2). The request names no hospital; rows of others are left out."""
        return await self.call(
            _NAMES + "queryVisitedDoctorData",
            card.hospital_id,
            {
                "medicalCardNumber": card.number,
                "beginTime": period.since.astimezone(SHANGHAI).date().isoformat(),
                "endTime": period.until.astimezone(SHANGHAI).date().isoformat(),
            },
            listing_by_hospital(
                Many(DOCTOR, "data"), {self._regional.upstream_id(card.hospital_id): card}, "hospitalId"
            ),
            self._regional.read(card),
        )

    async def online_items(self, hospital_id: str, kind: OnlineItemKind) -> list[OnlineItem]:
        """What can be ordered of one kind."""
        if kind is OnlineItemKind.DRUG:
            return await self.drugs(hospital_id)
        if kind is OnlineItemKind.LABORATORY_TEST:
            return await self.laboratory_tests(hospital_id)
        return await self.examinations(hospital_id)

    @endpoint("25.1.3")
    async def drugs(self, hospital_id: str) -> list[OnlineItem]:
        """Medicines sold online (25.1.3)."""
        return await self._catalogue("queryHospitalDrugCharge", hospital_id, DRUG, OnlineItemKind.DRUG)

    @endpoint("25.1.4")
    async def laboratory_tests(self, hospital_id: str) -> list[OnlineItem]:
        """Laboratory tests sold online (25.1.4)."""
        return await self._catalogue("queryHospitalLisCharge", hospital_id, SERVICE, OnlineItemKind.LABORATORY_TEST)

    @endpoint("25.1.5")
    async def examinations(self, hospital_id: str) -> list[OnlineItem]:
        """Examinations sold online (25.1.5)."""
        return await self._catalogue("queryHospitalPacsCharge", hospital_id, SERVICE, OnlineItemKind.EXAMINATION)

    @endpoint("25.1.6")
    async def current_price(self, hospital_id: str, kind: OnlineItemKind, item_id: str) -> Decimal | None:
        """Price of one thing now (25.1.6); a refusal: it is not sold any more, or is out of stock."""
        return await self.call(
            _NAMES + "queryHospitalSingleCharge",
            hospital_id,
            {
                "hospitalId": self._regional.upstream_id(hospital_id),
                "chargeId": item_id,
                "chargeType": _KINDS[kind],
            },
            value(Decimal, convert.decimal, "data"),
            self._regional.read(f"online {hospital_id}", 0),
        )

    @endpoint("25.1.7")
    async def record_consultation(self, holder: CardHolder, consultation: OnlineConsultation) -> None:
        """A consultation that a doctor took on (25.1.7), by its payment's number."""
        await self.call(
            _NAMES + "saveConsultInfo",
            holder.card.hospital_id,
            {
                **self._person(holder),
                "consultCode": consultation.consultation_number,
                "description": consultation.description,
                "payFlag": int(consultation.paid),
                "tradeNo": consultation.number,
                "consultTime": convert.in_shanghai(consultation.consulted_at),
                "doctorName": consultation.doctor_name,
                "doctorCode": consultation.doctor_id,
                "consultFee": convert.in_yuan(consultation.fee),
                "consultFlag": "INTERNET_HOSPITAL",
                "consultName": "互联网医院复诊",
                "deptCode": consultation.department_id,
                "deptName": consultation.department_name,
            },
            DONE,
            self._regional.idempotent(consultation.number, holder.card),
        )

    async def _catalogue(
        self, name: str, hospital_id: str, shape: Shape[OnlineItem], kind: OnlineItemKind
    ) -> list[OnlineItem]:
        return await self.call(
            _NAMES + name,
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id)},
            listing(Many(shape, "data"), hospital_id=hospital_id, kind=kind),
            self._regional.read(f"online {hospital_id}", _CATALOGUE_SECONDS),
        )

    def _person(self, holder: CardHolder) -> dict[str, Any]:
        """Write the person as this chapter does: the gender is called general."""
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "medicalCardNumber": holder.card.number,
            "patName": holder.name,
            "general": WORDS_OF_GENDER[holder.gender],
            "phone": holder.phone,
            "idCard": holder.identity_number,
            "birthday": holder.birth_date.isoformat() if holder.birth_date else None,
        }


def _charge(item: OnlineOrderItem) -> dict[str, Any]:
    return {
        "chargeId": item.item_id,
        "quantity": str(item.quantity),
        "price": str(item.unit_price),
        "chargeName": item.name,
        "frequencyName": item.frequency or "",
        "usageName": item.route or "",
        "dose": item.dose or "",
        "groupId": item.group,
        "chargeType": _KINDS[item.kind],
        "memo": item.note or "",
    }
