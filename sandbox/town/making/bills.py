"""Writes what a visit costs: paid bills for the past, pending charges for the latest."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from sandbox.town.billing import Bill, BillItem, ChargeItem
from sandbox.town.clinic import Prescription, Visit
from sandbox.town.lore.tests import PANELS, Panel
from sandbox.town.making.numbering import Numbering
from sandbox.town.money import money
from sandbox.town.reports import LabReport
from sandbox.town.town import Town, owned

_ONE = Decimal(1)
_FUND_SHARE, _ACCOUNT_SHARE = Decimal("0.4"), Decimal("0.1")
_DISCOUNTED_HOSPITAL = "254"


def ask_to_pay(
    town: Town, numbering: Numbering, visit: Visit, recipes: list[Prescription], panel: Panel
) -> list[ChargeItem]:
    """Pending charges of a visit: each prescription is one order group, the laboratory another."""
    charges = [charge for recipe in recipes for charge in _drug_charges(numbering, visit, recipe)]
    order = numbering.next(visit.hospital, "O")
    charges.append(
        ChargeItem(
            id=f"{order}-01",
            hospital=visit.hospital,
            person=visit.person,
            card=visit.card,
            visit=visit.id,
            order=order,
            order_title="检验",
            prescription=None,
            tcm=False,
            category="检验费",
            item_code=f"J{numbering.next(visit.hospital, 'J')[-3:]}",
            name=panel.name,
            price=money(panel.price),
            quantity=_ONE,
            unit="次",
            doctor=visit.doctor,
            ordered_at=visit.at + timedelta(minutes=10),
            discount=money(2) if visit.hospital == _DISCOUNTED_HOSPITAL else money(0),
        )
    )
    town.charges.update((charge.id, charge) for charge in charges)
    return charges


def _drug_charges(numbering: Numbering, visit: Visit, recipe: Prescription) -> list[ChargeItem]:
    order = numbering.next(visit.hospital, "O")
    return [
        ChargeItem(
            id=f"{recipe.id}-{number:02d}",
            hospital=visit.hospital,
            person=visit.person,
            card=visit.card,
            visit=visit.id,
            order=order,
            order_title=recipe.kind,
            prescription=recipe.id,
            tcm=recipe.tcm,
            category="中草药费" if recipe.tcm else "西药费",
            item_code=line.drug,
            name=line.name,
            price=line.price,
            quantity=line.quantity,
            unit=line.unit,
            doctor=visit.doctor,
            ordered_at=recipe.created_at,
        )
        for number, line in enumerate(recipe.drugs, start=1)
    ]


def bill_visit(
    town: Town,
    draw: Random,
    numbering: Numbering,
    visit: Visit,
    recipes: list[Prescription],
    reports: list[LabReport],
) -> Bill:
    """A paid bill of a visit: registration, laboratory, drugs."""
    doctor = town.doctors[visit.doctor]
    items = [_item(numbering, visit, "挂号费", "GH01", doctor.register_class, doctor.fee, _ONE, "次")]
    for report in reports:
        price = money(PANELS[report.name].price)
        items.append(_item(numbering, visit, "检验费", "JY01", report.name, price, _ONE, "次"))
    for recipe in recipes:
        category = "中草药费" if recipe.tcm else "西药费"
        for line in recipe.drugs:
            item = _item(numbering, visit, category, line.drug, line.name, line.price, line.quantity, line.unit)
            items.append(item)
    bill = Bill(
        id=numbering.next(visit.hospital, "F"),
        hospital=visit.hospital,
        person=visit.person,
        card=visit.card,
        visit=visit.id,
        paid_at=visit.at + timedelta(minutes=25),
        trade_number=f"seed-{visit.id}",
        flow_number=numbering.next(visit.hospital, "LS"),
        pay_type=draw.choice(("WeChatPay", "AliPay")),
        from_balance=money(0),
        discount=money(0),
        insurance_fund=money(0),
        insurance_balance=money(0),
        items=items,
    )
    if town.people[visit.person].insured and len(owned(town.bills.values(), visit.person, visit.hospital)) % 2:
        bill.insurance_fund = money(bill.total * _FUND_SHARE)
        bill.insurance_balance = money(bill.total * _ACCOUNT_SHARE)
    town.bills[bill.id] = bill
    return bill


def _item(
    numbering: Numbering, visit: Visit, category: str, code: str, name: str, price: Decimal, quantity: Decimal, unit: str
) -> BillItem:
    return BillItem(
        id=numbering.next(visit.hospital, "FI"),
        category=category,
        item_code=code,
        name=name,
        price=price,
        quantity=quantity,
        unit=unit,
        amount=money(price * quantity),
        doctor=visit.doctor,
        ordered_at=visit.at + timedelta(minutes=10),
        order=f"{visit.id}-1",
        prescription=None,
    )
