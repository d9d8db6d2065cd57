"""Writes about cards: newborns, contacts, corrections, links, money."""

import strawberry

from connectors.records import card_changes as records
from connectors.records.demographics import Address
from resolvers.access_control.scopes import Resource
from resolvers.context import GraphInfo
from resolvers.patients import card_links, cards, holder_changes, newborns, recharges
from resolvers.patients.people import CardAtHospital
from schema.access_control.guards import owned
from schema.base import graph_input, graph_type, relation
from schema.cost import Cost
from schema.finance.money import Payment
from schema.patients.patient import Card
from schema.patients.recharge import Refund
from schema.payloads import mutation, payload, result

_WRITE = Cost(calls=1, holder=True)
# Whose the physical card is, then the write.
_LINK = Cost(calls=2, holder=True)
# Up to six steps of a payment.
_RECHARGE = Cost(calls=6, holder=True)
# What became of it, then the refund.
_REFUND = Cost(calls=2, holder=True)


def _electronic_card(root: records.CardLink, info: GraphInfo) -> CardAtHospital:  # noqa: ARG001 # strawberry's form
    return cards.of_ref(root.card)


@graph_type(records.CardLink, owned(Resource.PATIENT))
class CardLink(records.CardLink):
    """An electronic card that stands for a physical one (实体卡关联结果)."""

    electronic_card = relation(_electronic_card, Card, "The electronic card (电子就诊卡).")


@graph_input(Address)
class AddressInput(Address):
    """An address in its parts (联系地址)."""


@graph_input(newborns.CreateNewbornCardInput)
class CreateNewbornCardInput(newborns.CreateNewbornCardInput):
    """What createNewbornCard takes (新生儿办卡信息)."""


@graph_input(holder_changes.ChangeHolderInput)
class ChangeHolderInput(holder_changes.ChangeHolderInput):
    """What changeHolder takes; what is left out stays as it is (就诊人信息)."""

    address: AddressInput | None = strawberry.field(default=None, description="Address (联系地址).")


@graph_input(holder_changes.AddContactInput)
class AddContactInput(holder_changes.AddContactInput):
    """What addContact takes: somebody to be reached for a patient (联系人信息)."""


@graph_input(card_links.LinkCardInput)
class LinkCardInput(card_links.LinkCardInput):
    """What linkCard takes: a physical card and whose it is (绑定实体卡信息)."""


@graph_input(card_links.UnlinkCardInput)
class UnlinkCardInput(card_links.UnlinkCardInput):
    """What unlinkCard takes (解绑实体卡信息)."""


@graph_input(recharges.RechargeCardInput)
class RechargeCardInput(recharges.RechargeCardInput):
    """What rechargeCard takes: money that was paid in to a card (充值信息)."""


@graph_input(recharges.RefundRechargeInput)
class RefundRechargeInput(recharges.RefundRechargeInput):
    """What refundRecharge takes (退款信息)."""


_CREATE_NEWBORN_CARD = payload(
    "CreateNewbornCardPayload",
    "What createNewbornCard came to (新生儿办卡结果).",
    card=result(Card, "The newborn's card (就诊卡)."),
)
_CHANGE_HOLDER = payload(
    "ChangeHolderPayload",
    "What changeHolder came to (修改就诊人信息结果).",
    card=result(Card, "The card, as it is now (就诊卡)."),
)
_ADD_CONTACT = payload(
    "AddContactPayload", "What addContact came to (添加联系人结果).", card=result(Card, "The patient's card (就诊卡).")
)
_LINK_CARD = payload(
    "LinkCardPayload", "What linkCard came to (绑定实体卡结果).", link=result(CardLink, "The link (实体卡关联).")
)
_UNLINK_CARD = payload(
    "UnlinkCardPayload",
    "What unlinkCard came to (解绑实体卡结果).",
    card=result(Card, "The electronic card, by itself again (就诊卡)."),
)
_RECHARGE_CARD = payload(
    "RechargeCardPayload",
    "What rechargeCard came to (充值结果).",
    payment=result(Payment, "The payment; look at its status (支付)."),
)
_REFUND_RECHARGE = payload(
    "RefundRechargePayload",
    "What refundRecharge came to (退款结果).",
    refund=result(Refund, "The refund; look at its status (退款)."),
)


@strawberry.type
class CardMutations:
    """Writes about cards."""

    create_newborn_card = mutation(
        newborns.create_newborn_card,
        CreateNewbornCardInput,
        _CREATE_NEWBORN_CARD,
        "Create a card for a newborn at a hospital (新生儿办卡).",
        cost=_WRITE,
    )
    change_holder = mutation(
        holder_changes.change_holder,
        ChangeHolderInput,
        _CHANGE_HOLDER,
        "Correct or complete what a hospital has of a person (修改就诊人信息).",
        cost=_WRITE,
    )
    add_contact = mutation(
        holder_changes.add_contact,
        AddContactInput,
        _ADD_CONTACT,
        "Register somebody to be reached for a patient (添加联系人).",
        cost=_WRITE,
    )
    link_card = mutation(
        card_links.link_card,
        LinkCardInput,
        _LINK_CARD,
        "Make an electronic card for a person who has a physical one (绑定实体就诊卡).",
        cost=_LINK,
    )
    unlink_card = mutation(
        card_links.unlink_card,
        UnlinkCardInput,
        _UNLINK_CARD,
        "Part a physical card from an electronic one (解绑实体就诊卡).",
        cost=_WRITE,
    )
    recharge_card = mutation(
        recharges.recharge_card,
        RechargeCardInput,
        _RECHARGE_CARD,
        "Tell the hospital that money was paid in to a card (就诊卡充值).",
        cost=_RECHARGE,
    )
    refund_recharge = mutation(
        recharges.refund_recharge,
        RefundRechargeInput,
        _REFUND_RECHARGE,
        "Give back a part of a recharge (退卡余额).",
        cost=_REFUND,
    )
