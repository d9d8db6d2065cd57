"""Booking check-ups (chapter 28)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sandbox.regional.call import Call, Interface
from sandbox.regional.envelope import INVALID_PARAMETER, Answer, Refused, success
from sandbox.regional.wording import SEX, money
from sandbox.town import checkup_deeds as deeds
from sandbox.town.checkup_deeds import centre_of
from sandbox.town.checkups import Centre, Group, Item, Package
from sandbox.town.model import Card

MINUTE = "%Y-%m-%d %H:%M"
SEX_CODES = {"": "0", "M": "1", "F": "2"}
PAY_TYPES = ("AliPay", "WeChatPay", "OfflinePay", "SelfBuiltPlatformPay")
OFFERED_DAYS = 180
# What a group holds is in the document's example alone: some hospitals leave it out.
WITHOUT_GROUP_ITEMS = frozenset({"254"})
NOTICE = "<p>1. 体检前三天，注意饮食，忌油腻。</p><p>2. 采血须<b>空腹</b>进行。</p>"


def _centre(call: Call) -> Centre:
    return centre_of(call.hospital)


def _number(amount: Decimal) -> int | float:
    """A price as a number, as the examples of lists have it."""
    return int(amount) if amount == int(amount) else float(amount)


def packages(call: Call) -> Answer:
    """Packages (28.1.1); an occupation brings its own beside those for all."""
    call.card()
    wanted = {"", call.text("professionCode")}
    return success([_package(call, each) for each in _centre(call).packages if each.occupation in wanted], message="")


def _package(call: Call, package: Package) -> dict[str, Any]:
    return {
        "startDate": call.town.today.isoformat(),
        "endDate": (call.town.today + dt.timedelta(days=OFFERED_DAYS)).isoformat(),
        "briefIntroduction": package.introduction,
        "professionCode": package.occupation,
        "packageName": package.name,
        "packageId": int(package.code),
        "acPrice": _number(package.price),
        "stPrice": _number(package.standard_price),
        "bnsTypeCode": package.kind,
    }


def package_items(call: Call) -> Answer:
    """What a package holds (28.1.2)."""
    found = [package for package in _centre(call).packages if package.code == call.text("packageId")]
    rows = [
        {
            "combCode": int(item.code),
            "acPrice": _number(item.price),
            "stPrice": _number(item.standard_price),
            "combName": item.name,
        }
        for package in found
        for item in package.items
    ]
    return success(rows, message="")


def days(call: Call) -> Answer:
    """How many times are free on each day (28.1.3); full days are left out."""
    day, end, rows = call.day("startDate"), call.day("endDate"), []
    while day <= end:
        free = len(_centre(call).free_times(call.town.today, day))
        if free:
            rows.append({"poolNumber": free, "date": day.isoformat()})
        day += dt.timedelta(days=1)
    return success(rows)


def times(call: Call) -> Answer:
    """Free times of a day (28.1.4)."""
    call.card()
    free = _centre(call).free_times(call.town.today, call.day("date"))
    return success([f"{time:%H:%M}" for time in free], message="")


def booked(call: Call) -> Answer:
    """Whether there is a booking on a day (28.1.5)."""
    return success("1" if _centre(call).of_day(call.card().number, call.day("date")) else "0", message="")


def book(call: Call) -> Answer:
    """Book a check-up (28.1.6)."""
    card = _named_card(call)
    call.choice("cflag", "0", "1", "2", "3")
    call.choice("payType", *PAY_TYPES)
    booking = deeds.book(
        call.town,
        call.hospital,
        card,
        key=call.text("tradeNo"),
        starts_at=call.moment("date", MINUTE),
        packages=_ids(call, "packageIds"),
        items=_ids(call, "itemIds"),
        amount=call.amount("acPrice"),
    )
    return success({"id": booking.id}, message="")


def _named_card(call: Call) -> Card:
    card = call.card()
    person = call.person(card)
    if (call.text("name"), call.text("sex")) != (person.name, SEX[person.gender]):
        raise Refused(INVALID_PARAMETER, "参数无效 name")
    return card


def _ids(call: Call, field: str) -> list[str]:
    return [str(one["id"]) for one in call.body.get(field) or []]


def cancel(call: Call) -> Answer:
    """Cancel a check-up (28.1.7); the data are a sentence."""
    deeds.cancel(call.hospital, call.card(), call.text("id"))
    return success("取消成功！", message="")


def registered(call: Call) -> Answer:
    """Whether the person has come to the check-up centre (28.1.8)."""
    found = _centre(call).of_day(call.card().number, call.day("date"))
    return success("1" if any(booking.state == "registered" for booking in found) else "0", message="")


def notice(call: Call) -> Answer:
    """What to know (28.1.9)."""
    call.card()
    return success(NOTICE, message="")


def employers(call: Call) -> Answer:
    """Employers of who has the identity number (28.1.10)."""
    mine = [id_ for id_, person in call.town.people.items() if person.identity_number == call.text("idCard")]
    found = [employer for employer in _centre(call).employers if set(mine) & set(employer.people)]
    return success([{"orgId": int(each.code), "orgName": each.name} for each in found], message="")


def groups(call: Call) -> Answer:
    """Groups of an employer (28.1.11)."""
    found = [employer for employer in _centre(call).employers if employer.code == call.text("orgId")]
    return success([_group(call, group) for employer in found for group in employer.groups], message="")


def _group(call: Call, group: Group) -> dict[str, Any]:
    told = {
        "groupId": int(group.code),
        "groupName": group.name,
        "sexCode": SEX_CODES[group.gender],
        "minAge": str(group.youngest or ""),
        "maxAge": str(group.oldest or ""),
    }
    return told if call.hospital.id in WITHOUT_GROUP_ITEMS else told | {"groupCombs": _group_items(group)}


def _group_items(group: Group) -> list[dict[str, str]]:
    """The first spells its code otherwise than the rest, as in the examples."""
    return [
        {
            "combCode" if place == 0 else "combCodes": item.code,
            "combName": item.name,
            "stPrice": money(item.standard_price),
            "acPrice": money(item.price),
        }
        for place, item in enumerate(group.items)
    ]


def group_items(call: Call) -> Answer:
    """What the people of a group get (28.1.12)."""
    every = [group for employer in _centre(call).employers for group in employer.groups]
    found = [group for group in every if group.code == call.text("groupId")]
    return success([row for group in found for row in _group_items(group)], message="")


def items(call: Call) -> Answer:
    """A page of all items (28.1.13)."""
    page, size = _count(call, "currentPage"), _count(call, "pageSize")
    every = _centre(call).items
    shown = every[(page - 1) * size : page * size]
    return success({"itemList": [_listed(item) for item in shown], "count": len(every)}, message="")


def _count(call: Call, field: str) -> int:
    written = call.text(field)
    if not written.isdecimal() or int(written) < 1:
        raise Refused(INVALID_PARAMETER, f"参数无效 {field}")
    return int(written)


def _listed(item: Item) -> dict[str, Any]:
    return {
        "sexCode": int(SEX_CODES[item.gender]),
        "deptName": item.department,
        "beforeMealFlag": int(item.before_meal),
        "name": item.name,
        "combCode": int(item.code),
        "acPrice": _number(item.price),
        "deptCode": 10468,
        "disc": int(item.price * 100 / item.standard_price),
        "stPrice": _number(item.standard_price),
    }


INTERFACES = (
    Interface("hospital.interface.physical.getPackageList", packages),
    Interface("hospital.interface.physical.getPackageDetailList", package_items),
    Interface("hospital.interface.physical.getTjBookingTime", days),
    Interface("hospital.interface.physical.getPhysicalRemain", times),
    Interface("hospital.interface.physical.hasAppointByDate", booked),
    Interface("hospital.interface.physical.createTjPersonInfo", book),
    Interface("hospital.interface.physical.cancelTjPersonInfo", cancel),
    Interface("hospital.interface.physical.getTjRegisterFlag", registered),
    Interface("hospital.interface.physical.getNotice", notice),
    Interface("hospital.interface.physical.getOrgReg", employers),
    Interface("hospital.interface.physical.getOrgGroup", groups),
    Interface("hospital.interface.physical.getOrgGroupComb", group_items),
    Interface("hospital.interface.physical.getItemList", items),
)
