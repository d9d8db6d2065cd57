"""Who is in hospital, and was (document chapters 10, 11, 12 and 27)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import Reader, listing, listing_each, single
from connectors.core.shape import GIVEN, Many, One, Row, Shape, ShapeError, Whole
from connectors.errors import ConnectorError
from connectors.records.base import CardRef
from connectors.records.inpatient import Admission, AdmissionAccount, AdmissionStatus, Inpatient
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import gender

# 10.1.1 writes words, 27.1.1 numbers.
_STATUS = convert.one_of(
    {
        "in": AdmissionStatus.ADMITTED,
        "out": AdmissionStatus.DISCHARGED,
        "1": AdmissionStatus.ADMITTED,
        "2": AdmissionStatus.DISCHARGED,
        "3": AdmissionStatus.CANCELLED,
    },
    AdmissionStatus.UNKNOWN,
)


def _payable(row: Row) -> bool:
    """A least amount of 0 means that nothing may be paid."""
    return bool(convert.money(row.get("minimumPayment")))


ACCOUNT = Shape(
    AdmissionAccount,
    total_cost="totalCost",
    deposit_total="totalPrepay",
    deposit_balance="prepayLeft",
    advanced_amount="medicalInsurance",
    deposit_payable=Whole(_payable),
    minimum_deposit="minimumPayment",
    maximum_deposit="maximumPayment",
)
ADMISSION = Shape(
    Admission,
    card=GIVEN,
    stay_id="inpatientRecordId",
    number="admissionNumber",
    status=("status", _STATUS),
    patient_name="inPatName",
    gender=("sex", gender),
    identity_number="idCard",
    phone="phone",
    department_name="deptName",
    bed_number="bedNumber",
    admitted_at="patInTime",
    account=One(ACCOUNT),
)
LISTED_ADMISSION = Shape(
    Admission,
    card=GIVEN,
    number="patInHosCode",
    status=("patInStatus", _STATUS),
    ward_name="wardName",
    admitted_at="patInTime",
    discharged_at="patOutTime",
)
INPATIENT = Shape(
    Inpatient,
    card=GIVEN,
    name="userName",
    identity_number="idCard",
    admission_number="admissionNumber",
    department_name="deptName",
    bed_number="bedNumber",
    admitted_at="patInTime",
    deposit_balance="balance",
)


class Admissions:
    """Implements `connectors.ports.Admissions` and `Inpatients`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("10.1.1")
    async def admission(self, holder: CardHolder) -> Admission | None:
        """The stay that lasts, or the last one, with its money (10.1.1). No admission number is sent: some change."""
        card = holder.card
        return await self.call(
            "hospital.interface.queryInpatientInfo",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "patientName": holder.name,
            },
            single(One(ADMISSION, "data"), card),
            self._regional.read(card),
        )

    @endpoint("27.1.1")
    async def admissions(self, holder: CardHolder) -> list[Admission]:
        """All stays of a person (27.1.1); raises Refused for one without identity number, whom it cannot find."""
        card = holder.card
        return await self.call(
            "hospital.interface.inpatientRecord",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "patientName": holder.name,
                "idCard": self._regional.identity_number("hospital.interface.inpatientRecord", holder),
            },
            listing(Many(LISTED_ADMISSION, "data"), card),
            self._regional.read(card),
        )

    async def inpatients(self, hospital_ids: Sequence[str]) -> list[list[Inpatient] | ConnectorError]:
        """Everybody who is in hospital, one call for all hospitals of an address."""

        async def ask(_: CardHolder, places: Mapping[str, CardRef]) -> list[Inpatient]:
            return await self.everybody(places)

        return await self._regional.joined(
            "hospital.interface.inpatientList", _places(hospital_ids), ask, lambda row: row.card
        )

    async def in_arrears(
        self, hospital_ids: Sequence[str], below: Decimal | None
    ) -> list[list[Inpatient] | ConnectorError]:
        """Those whose deposit is used up, one call for all hospitals of an address."""

        async def ask(_: CardHolder, places: Mapping[str, CardRef]) -> list[Inpatient]:
            return await self.with_little_deposit(places, below)

        return await self._regional.joined(
            "hospital.interface.hospitalizationDepositIsLowerThan",
            _places(hospital_ids),
            ask,
            lambda row: row.card,
        )

    @endpoint("12.1.1")
    async def everybody(self, hospitals: Mapping[str, CardRef]) -> list[Inpatient]:
        """Everybody who is in one of the hospitals (12.1.1). Never kept: it is of many people, and no write ends it."""
        return await self.call(
            "hospital.interface.inpatientList",
            next(iter(hospitals.values())).hospital_id,
            {"hospitalId": ",".join(hospitals)},
            _people(hospitals),
            self._regional.read("inpatients", 0),
        )

    @endpoint("11.1.1")
    async def with_little_deposit(
        self, hospitals: Mapping[str, CardRef], below: Decimal | None = None
    ) -> list[Inpatient]:
        """Those who have less deposit left than an amount (11.1.1). Never kept, as 12.1.1."""
        return await self.call(
            "hospital.interface.hospitalizationDepositIsLowerThan",
            next(iter(hospitals.values())).hospital_id,
            {
                "prePay": None if below is None else convert.in_yuan(below),
                "hospitalId": ",".join(hospitals),
            },
            _people(hospitals),
            self._regional.read("inpatients", 0),
        )


def _places(hospital_ids: Sequence[str]) -> list[CardHolder]:
    """Stand for hospitals that are asked about everybody: a holder of no card in each."""
    return [CardHolder(card=CardRef(hospital_id, ""), name="") for hospital_id in hospital_ids]


def _people(hospitals: Mapping[str, CardRef]) -> Reader[list[Inpatient]]:
    """Read rows that each name their hospital, and the card where the person has one."""

    def given(row: Row) -> Mapping[str, object] | None:
        named = convert.text(row.get("hospitalId"))
        if named is None and len(hospitals) > 1:
            raise ShapeError("hospitalId: missing in an answer for several hospitals")
        place = hospitals.get(named) if named else next(iter(hospitals.values()))
        number = convert.text(row.get("medicalCardNumber")) or ""
        return None if place is None else {"card": CardRef(place.hospital_id, number)}

    return listing_each(Many(INPATIENT, "data"), given, tuple(hospitals))
