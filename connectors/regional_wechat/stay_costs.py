"""What stays cost (document chapters 12 and 18)."""

import datetime as dt

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import listing, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import CardRef
from connectors.records.billing import BillItem
from connectors.records.inpatient import CategoryCost, DailyBill, DayCost, ItemCost, StayBill, StayCostSummary
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.visits import stay_of
from connectors.regional_wechat.words import gender

STAY_ITEM = Shape(
    BillItem,
    category="type",
    name="item",
    unit_price=("price", convert.decimal),
    quantity=("quantity", convert.decimal),
    amount="amount",
    charged_at="time",
)
ITEM_OF_DAY = Shape(
    BillItem,
    item_id="itemId",
    category="itemTypeName",
    name="itemName",
    unit_price=("price", convert.decimal),
    quantity=("quantity", convert.decimal),
    amount="amount",
    charged_at="date",
)
STAY_BILL = Shape(
    StayBill,
    card=GIVEN,
    patient_name="name",
    gender=("sex", gender),
    doctor_name="doctor",
    admission_number="admissionNumber",
    diagnosis="diagnosis",
    total="total",
    items=Many(STAY_ITEM, "details"),
)
DAILY_BILL = Shape(
    DailyBill,
    card=GIVEN,
    day=GIVEN,
    patient_name="name",
    gender=("sex", gender),
    doctor_name="doctor",
    admission_number="admissionNumber",
    diagnosis="diagnosis",
    total="total",
    items=Many(STAY_ITEM, "details"),
)
SUMMARY = Shape(
    StayCostSummary,
    card=GIVEN,
    patient_name="patientName",
    gender=("sex", gender),
    doctor_name="doctor",
    admission_number="inpatientNo",
    diagnosis="diagnosis",
    total="totalAmount",
    by_day=Many(Shape(DayCost, day="date", total="total"), "groupByDate"),
    by_item=Many(
        Shape(
            ItemCost,
            name="name",
            unit_price=("price", convert.decimal),
            quantity=("quantity", convert.decimal),
            total="total",
        ),
        "groupByCharge",
    ),
    by_category=Many(Shape(CategoryCost, name="name", total="total"), "groupByChargeClass"),
)


class StayCosts:
    """Implements `connectors.ports.StayCosts` and `VisitCosts`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("12.1.2")
    async def daily_bill(
        self, holder: CardHolder, day: dt.date, admission_number: str | None = None
    ) -> DailyBill | None:
        """Costs of a day of the person's stay (12.1.2); raises Refused for one without identity number."""
        card = holder.card
        return await self.call(
            "hospital.interface.dailycost",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": self._regional.identity_number("hospital.interface.dailycost", holder),
                "admissionNumber": admission_number,
                "date": day.isoformat(),
            },
            single(One(DAILY_BILL, "data"), card, day=day),
            self._regional.read(card),
        )

    async def stay_bill(self, card: CardRef, visit_id: str) -> StayBill | None:
        """All that was charged for a stay; None for a visit that is none."""
        stay = stay_of(visit_id)
        return None if stay is None else await self.cost_detail(card, stay)

    async def day_of_stay(self, card: CardRef, visit_id: str, day: dt.date) -> DailyBill | None:
        """What was charged on a day of a stay; None for a visit that is none, and a day without costs."""
        stay = stay_of(visit_id)
        items = [] if stay is None else await self.items_of_day(card, stay, day)
        return DailyBill(card=card, day=day, items=items) if items else None

    async def summary_of_stay(self, holder: CardHolder, stay_id: str) -> StayCostSummary | None:
        """What the stay with this key came to."""
        return await self.summed_up(holder, stay_id)

    async def cost_summary(self, holder: CardHolder, visit_id: str, day: dt.date | None) -> StayCostSummary | None:
        """What a stay came to; None for a visit that is none."""
        stay = stay_of(visit_id)
        return None if stay is None else await self.summed_up(holder, stay, day)

    @endpoint("18.1.3")
    async def cost_detail(self, card: CardRef, stay_id: str) -> StayBill | None:
        """All lines of a stay (18.1.3), which busy hospitals leave out."""
        return await self.call(
            "hospital.interface.queryHospitalizationDetail",
            card.hospital_id,
            {"hospitalId": self._regional.upstream_id(card.hospital_id), "id": stay_id},
            single(One(STAY_BILL, "data"), card),
            self._regional.read(card),
        )

    @endpoint("18.1.4")
    async def summed_up(self, holder: CardHolder, stay_id: str, day: dt.date | None = None) -> StayCostSummary | None:
        """Costs of a stay, or of a day of it, by day, item and category (18.1.4)."""
        card = holder.card
        return await self.call(
            "hospital.interface.queryHospitalizationDetailMain",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "id": stay_id,
                "idCardNumber": holder.identity_number,
                "date": "" if day is None else day.isoformat(),
            },
            single(One(SUMMARY, "data"), card),
            self._regional.read(card),
        )

    @endpoint("18.1.5")
    async def items_of_day(self, card: CardRef, stay_id: str, day: dt.date) -> list[BillItem]:
        """Lines of a day of a stay (18.1.5)."""
        return await self.call(
            "hospital.interface.queryHospitalizationDetailOneDay",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "id": stay_id,
                "time": day.isoformat(),
            },
            listing(Many(ITEM_OF_DAY, "data")),
            self._regional.read(card),
        )
