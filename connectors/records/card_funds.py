"""What can be spent of a card (卡可用余额)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc


@dataclass(kw_only=True, slots=True)
class CardFunds:
    """The money of a card, overdraft included (卡可用余额)."""

    card: Annotated[CardRef, INTERNAL]
    balance: Annotated[Decimal, Doc("Balance in yuan (余额).")]
    lowest_balance: Annotated[Decimal, Doc("How low the balance may fall, in yuan (透支下限).")]
    available: Annotated[Decimal, Doc("What can be spent: the balance less the lowest (可用余额).")]
    patient_category: Annotated[str | None, Doc("Kind of patient, in the hospital's words (病人类型).")] = None
