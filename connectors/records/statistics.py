"""Figures of a hospital's business in a time."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, Doc


@dataclass(kw_only=True, slots=True)
class HospitalStatistics:
    """What a hospital took in and how many came, in a time (运营数据统计, FHIR MeasureReport)."""

    hospital_id: Annotated[str, INTERNAL]
    outpatient_amount: Annotated[
        Decimal | None, Doc("Outpatient payments in yuan; for all hospitals with money put on cards (门诊交易金额).")
    ] = None
    outpatient_transactions: Annotated[int | None, Doc("How many outpatient payments (门诊交易笔数).")] = None
    inpatient_amount: Annotated[Decimal | None, Doc("Inpatient payments in yuan (住院交易金额).")] = None
    inpatient_transactions: Annotated[int | None, Doc("How many inpatient payments (住院交易笔数).")] = None
    health_card_visits: Annotated[
        int | None, Doc("How many visits were with an electronic health card (电子健康卡就诊人次).")
    ] = None
    visits: Annotated[
        int | None, Doc("How many visits in all, a card counting once; for one hospital only (总就诊人次).")
    ] = None
    appointments: Annotated[
        int | None, Doc("How many appointments were booked; for all hospitals only (预约挂号数量).")
    ] = None
