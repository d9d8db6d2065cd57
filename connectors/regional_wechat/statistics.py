"""Figures of hospitals' business (document chapter 30)."""

from collections.abc import Sequence

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.concurrency import together
from connectors.core.readers import listing_each, single
from connectors.core.shape import GIVEN, Many, One, Shape
from connectors.records.base import Period
from connectors.records.statistics import HospitalStatistics
from connectors.regional_wechat.base import Regional

_SECONDS = 60

OF_HOSPITAL = Shape(
    HospitalStatistics,
    hospital_id=GIVEN,
    outpatient_amount="outpatientTotalAmount",
    outpatient_transactions="outpatientTotalTrans",
    inpatient_amount="inpatientTotalAmount",
    inpatient_transactions="inpatientTotalTrans",
    # Called amounts, these two are counts.
    health_card_visits="regCardAmount",
    visits="totalCardAmount",
)
OF_EACH = Shape(
    HospitalStatistics,
    hospital_id=GIVEN,
    outpatient_amount="outpatientTotalAmount",
    outpatient_transactions="outpatientTotalTrans",
    inpatient_amount="inpatientTotalAmount",
    inpatient_transactions="inpatientTotalTrans",
    health_card_visits="regCardTrans",
    appointments="appointmentNumber",
)


class Statistics:
    """Implements `connectors.ports.Statistics`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("30.1.1")
    async def of_hospital(self, hospital_id: str, period: Period) -> HospitalStatistics | None:
        """Figures of a hospital (30.1.1): they stand beside the code, not in a data node."""
        return await self.call(
            "hospital.interface.dataStatistics",
            hospital_id,
            {
                "hospitalId": self._regional.upstream_id(hospital_id),
                "startTime": convert.in_shanghai(period.since),
                "endTime": convert.in_shanghai(period.until),
            },
            single(One(OF_HOSPITAL), hospital_id=hospital_id),
            self._regional.read(f"statistics {hospital_id}", _SECONDS),
        )

    async def of_hospitals(self, hospital_ids: Sequence[str], period: Period) -> list[HospitalStatistics]:
        """Figures of several hospitals: one call for those behind one address."""
        by_address: dict[str, list[str]] = {}
        for hospital_id in hospital_ids:
            by_address.setdefault(self._regional.hospital(hospital_id).base_url, []).append(hospital_id)
        answers = await together(*(self.of_each(tuple(same), period) for same in by_address.values()))
        return [figures for answer in answers for figures in answer]

    @endpoint("30.1.2")
    async def of_each(self, hospital_ids: tuple[str, ...], period: Period) -> list[HospitalStatistics]:
        """Figures of each hospital behind an address (30.1.2); those that were not asked for are left out."""
        ours = {self._regional.upstream_id(hospital_id): hospital_id for hospital_id in hospital_ids}

        return await self.call(
            "hospital.interface.hospitalStatistics",
            hospital_ids[0],
            {"startTime": convert.in_shanghai(period.since), "endTime": convert.in_shanghai(period.until)},
            listing_each(
                Many(OF_EACH, "data"),
                lambda row: (
                    {"hospital_id": ours[named]} if (named := convert.text(row.get("hospitalId"))) in ours else None
                ),
                hospital_ids,
            ),
            self._regional.read("statistics", _SECONDS),
        )
