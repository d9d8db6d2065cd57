"""What goes through the till: each is done at once or refused, and once for its number."""

import datetime as dt
from decimal import Decimal

from sandbox.town.deeds import Refusal, now
from sandbox.town.model import Card, Hospital, Town
from sandbox.town.numbers import next_id
from sandbox.town.till import Recharge, Refund, Transaction

RECHARGING, PAYING = "就诊卡充值", "诊间支付"
_NONE = Decimal("0.00")


def recharge(hospital: Hospital, card: Card, *, number: str, amount: Decimal, way: str, when: dt.datetime) -> Recharge:
    """Put money on a card; the same number with the same content is the first recharge again."""
    till = hospital.till
    for known in till.recharges:
        if known.number == number:
            if (known.card_number, known.amount) != (card.number, amount):
                raise Refusal("key_conflict")
            return known
    made = Recharge(
        id=next_id(hospital.id, "R", till.recharges),
        number=number,
        card_number=card.number,
        amount=amount,
        left=amount,
        paid_at=when,
    )
    card.balance += amount
    till.recharges.append(made)
    book(hospital, card, number=number, amount=amount, way=way, when=when, subject=RECHARGING)
    return made


def book(
    hospital: Hospital, card: Card, *, number: str, amount: Decimal, way: str, when: dt.datetime, subject: str
) -> None:
    """Note an online payment, once for its number."""
    transactions = hospital.till.transactions
    if amount and all(known.number != number for known in transactions):
        transactions.append(
            Transaction(number=number, card_number=card.number, amount=amount, at=when, way=way, subject=subject)
        )


def refundable(hospital: Hospital, card: Card) -> list[tuple[Recharge, Decimal]]:
    """What of each recharge can be given back: not more in all than is on the card, the latest first."""
    rest, found = card.balance, []
    for made in sorted(_recharges(hospital, card), key=lambda made: made.paid_at, reverse=True):
        amount = min(made.left, rest)
        if amount > _NONE:
            found.append((made, amount))
            rest -= amount
    return found


def refund(town: Town, hospital: Hospital, card: Card, *, number: str, recharge_number: str, amount: Decimal) -> Refund:
    """Give back a part of a recharge; the same number with the same content is the first refund again."""
    till = hospital.till
    for known in till.refunds:
        if known.number == number:
            if (known.card_number, known.recharge_number, known.amount) != (card.number, recharge_number, amount):
                raise Refusal("key_conflict")
            return known
    made = next((one for one in _recharges(hospital, card) if one.number == recharge_number), None)
    if made is None:
        raise Refusal("recharge_unknown")
    if not _NONE < amount <= min(made.left, card.balance):
        raise Refusal("balance_short")
    given = Refund(
        id=next_id(hospital.id, "T", till.refunds),
        number=number,
        recharge_number=recharge_number,
        card_number=card.number,
        amount=amount,
    )
    made.left -= amount
    card.balance -= amount
    till.refunds.append(given)
    paid = next(one for one in till.transactions if one.number == recharge_number)
    till.transactions.append(
        Transaction(
            number=recharge_number,
            card_number=card.number,
            amount=amount,
            at=now(town),
            way=paid.way,
            subject=paid.subject,
            refund_number=number,
        )
    )
    return given


def first_recharges(hospital: Hospital, today: dt.date) -> None:
    """What the first person of the town has put on the card lately."""
    card = next((card for card in hospital.cards if card.person_id == "p01"), None)
    if card is None:
        return
    before = card.balance
    for place, (days_ago, yuan, way) in enumerate(((10, 100, "WeChatPay"), (3, 50, "AliPay")), start=1):
        when = dt.datetime.combine(today - dt.timedelta(days=days_ago), dt.time(9, 30))
        recharge(hospital, card, number=f"JZKCZ-{hospital.id}-{place:04}", amount=Decimal(yuan), way=way, when=when)
    # What is on the card already has them in it.
    card.balance = before


def _recharges(hospital: Hospital, card: Card) -> list[Recharge]:
    return [made for made in hospital.till.recharges if made.card_number == card.number]
