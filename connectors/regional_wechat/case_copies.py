"""Copies of case files (document chapter 27)."""

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.payments import settled
from connectors.core.readers import DONE
from connectors.records.billing import PaymentStatus
from connectors.records.deposits import CaseCopy, CaseCopyOrder
from connectors.records.people import CardHolder
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_PAYMENT_METHOD


class CaseCopies:
    """Implements `connectors.ports.CaseCopies`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    async def order_case_copy(self, holder: CardHolder, order: CaseCopyOrder) -> CaseCopy:
        """Tell the hospital of copies that were paid for; no answer, or "still in work", is not a failure."""

        def came_to(status: PaymentStatus) -> CaseCopy:
            return CaseCopy(
                id=order.number,
                card=holder.card,
                number=order.number,
                status=status,
                amount=order.amount,
                admission_number=order.admission_number,
            )

        async def tell() -> CaseCopy:
            await self.insert_order(holder, order)
            return came_to(PaymentStatus.CONFIRMED)

        return await settled(tell(), came_to)

    @endpoint("27.1.2")
    async def insert_order(self, holder: CardHolder, order: CaseCopyOrder) -> None:
        """Notice of paid copies (27.1.2); the fee for mailing is empty when the person collects them."""
        card = holder.card
        await self.call(
            "hospital.interface.medicalRecordInsertOrder",
            card.hospital_id,
            {
                "hospitalId": self._regional.upstream_id(card.hospital_id),
                "medicalCardNumber": card.number,
                "idCard": holder.identity_number,
                "admissionNumber": order.admission_number,
                "tradeNo": order.number,
                "patientName": holder.name,
                "totalAmount": convert.in_yuan(order.amount),
                "payTime": convert.in_shanghai(order.paid_at),
                "payType": WORDS_OF_PAYMENT_METHOD[order.method],
                "mailingFee": "" if order.mailing_fee is None else convert.in_yuan(order.mailing_fee),
                "printFee": convert.in_yuan(order.print_fee),
                "printNumber": str(order.page_count),
                # Spelt as documented.
                "mediaclRecordApplyId": order.application_id,
            },
            DONE,
            self._regional.idempotent(order.number, card),
        )
