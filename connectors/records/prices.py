"""What a hospital charges for its services."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, Doc


@dataclass(kw_only=True, slots=True)
class ServicePrice:
    """A service and its price (诊疗服务价格, FHIR ChargeItemDefinition)."""

    id: Annotated[str, Doc("Global id (收费项目标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (项目名称).")]
    price: Annotated[Decimal | None, Doc("Price in yuan (项目价格).")] = None
