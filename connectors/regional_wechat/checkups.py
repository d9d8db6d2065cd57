"""Booking check-ups (document chapter 28)."""

import datetime as dt
from typing import Any

from connectors.core import convert
from connectors.core.claims import endpoint
from connectors.core.readers import DONE, listing, single, value
from connectors.core.shape import Many, One
from connectors.errors import Malformed, Refused
from connectors.ports.checkups import CheckupBooking
from connectors.records.base import SHANGHAI
from connectors.records.checkups import (
    CheckupDay,
    CheckupEmployer,
    CheckupGroup,
    CheckupItem,
    CheckupItemPage,
    CheckupPackage,
)
from connectors.records.people import CardHolder
from connectors.records.problems import ProblemCode
from connectors.records.scheduling import Appointment, AppointmentKind, AppointmentStatus, Cancellation
from connectors.regional_wechat import checkup_shapes as shapes
from connectors.regional_wechat.base import Regional
from connectors.regional_wechat.words import WORDS_OF_GENDER, WORDS_OF_PAYMENT_METHOD

_CATALOGUE_SECONDS = 600.0
_DAYS_SECONDS = 10.0


class Checkups:
    """Implements `connectors.ports.Checkups`."""

    def __init__(self, regional: Regional) -> None:
        """Take the system."""
        self._regional = regional
        self.call = regional.call

    @endpoint("28.1.1")
    async def packages(self, holder: CardHolder, occupation_code: str | None) -> list[CheckupPackage]:
        """Packages that are offered to a person (28.1.1)."""
        return await self.call(
            "hospital.interface.physical.getPackageList",
            holder.card.hospital_id,
            {**self._person("getPackageList", holder), "professionCode": occupation_code},
            listing(Many(shapes.PACKAGE, "data"), holder.card),
            self._regional.read(holder.card, _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.2")
    async def package_items(self, hospital_id: str, package_id: str) -> list[CheckupItem]:
        """What a package holds (28.1.2)."""
        return await self.call(
            "hospital.interface.physical.getPackageDetailList",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "packageId": package_id},
            listing(Many(shapes.ITEM, "data"), hospital_id=hospital_id),
            self._regional.read(f"checkups {hospital_id}", _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.3")
    async def days(self, hospital_id: str, first: dt.date, last: dt.date, package_id: str | None) -> list[CheckupDay]:
        """Days that have room (28.1.3)."""
        return await self.call(
            "hospital.interface.physical.getTjBookingTime",
            hospital_id,
            {
                "startDate": first.isoformat(),
                "endDate": last.isoformat(),
                "hospitalId": self._regional.upstream_id(hospital_id),
                "packageId": package_id,
            },
            listing(Many(shapes.DAY, "data")),
            self._regional.read(_days_of(hospital_id), _DAYS_SECONDS),
        )

    @endpoint("28.1.4")
    async def times(self, holder: CardHolder, day: dt.date, package_id: str | None) -> list[dt.datetime]:
        """Times of a day that can be booked (28.1.4)."""
        found = await self.call(
            "hospital.interface.physical.getPhysicalRemain",
            holder.card.hospital_id,
            {**self._person("getPhysicalRemain", holder), "date": day.isoformat(), "packageId": package_id},
            value(list[dt.datetime], shapes.times_on(day), "data"),
            self._regional.read(_days_of(holder.card.hospital_id), 0),
        )
        return found or []

    @endpoint("28.1.5")
    async def is_booked(self, holder: CardHolder, day: dt.date) -> bool | None:
        """Whether the person has booked for the day (28.1.5)."""
        return await self.call(
            "hospital.interface.physical.hasAppointByDate",
            holder.card.hospital_id,
            {**self._person("hasAppointByDate", holder), "date": day.isoformat()},
            value(bool, shapes.answered, "data"),
            self._regional.read(holder.card, _DAYS_SECONDS),
        )

    @endpoint("28.1.6")
    async def book(self, holder: CardHolder, booking: CheckupBooking) -> Appointment:
        """Booking of a check-up, paid or to be paid at the hospital (28.1.6). `tradeNo` is the booking's key."""
        card = holder.card
        booked = await self.call(
            "hospital.interface.physical.createTjPersonInfo",
            card.hospital_id,
            {
                **self._person("createTjPersonInfo", holder),
                "tradeNo": booking.key,
                "name": holder.name,
                "sex": WORDS_OF_GENDER[holder.gender],
                "telNo": holder.phone,
                "packageIds": shapes.ids(booking.package_ids),
                "itemIds": shapes.ids(booking.item_ids),
                "date": shapes.minute(booking.starts_at),
                "cflag": shapes.PAID if booking.method else shapes.UNPAID,
                "payType": WORDS_OF_PAYMENT_METHOD[booking.method] if booking.method else shapes.PAID_AT_THE_HOSPITAL,
                "acPrice": convert.in_yuan(booking.amount),
                "external": booking.platform_info,
                "orgId": booking.employer_id,
                "groupId": booking.group_id,
                "professionCode": booking.occupation_code,
            },
            single(
                One(shapes.BOOKED, "data"),
                card,
                kind=AppointmentKind.CHECKUP,
                status=AppointmentStatus.BOOKED,
                starts_at=booking.starts_at.astimezone(SHANGHAI),
                fee=booking.amount,
                cancellable=True,
            ),
            self._regional.idempotent(booking.key, card, _days_of(card.hospital_id)),
        )
        if booked is None:
            # Without its id it could never be cancelled: whether it is booked is as good as unknown.
            raise Malformed(system=self._regional.config.name, interface="28.1.6", detail="data: missing")
        return booked

    @endpoint("28.1.7")
    async def cancel(self, holder: CardHolder, appointment_id: str) -> Cancellation:
        """Cancellation of a check-up (28.1.7); the platform pays back what was paid online."""
        try:
            booking_id = shapes.booking_of(appointment_id)
        except ValueError:
            raise Refused(
                system=self._regional.config.name, interface="28.1.7", code=ProblemCode.NOT_CANCELLABLE
            ) from None
        card = holder.card
        await self.call(
            "hospital.interface.physical.cancelTjPersonInfo",
            card.hospital_id,
            {**self._person("cancelTjPersonInfo", holder), "id": booking_id},
            DONE,
            self._regional.idempotent(booking_id, card, _days_of(card.hospital_id)),
        )
        return Cancellation()

    @endpoint("28.1.8")
    async def is_registered(self, holder: CardHolder, day: dt.date) -> bool | None:
        """Whether the person has registered at the check-up centre (28.1.8)."""
        return await self.call(
            "hospital.interface.physical.getTjRegisterFlag",
            holder.card.hospital_id,
            {**self._person("getTjRegisterFlag", holder), "date": day.isoformat()},
            value(bool, shapes.answered, "data"),
            self._regional.read(holder.card, _DAYS_SECONDS),
        )

    @endpoint("28.1.9")
    async def notice(self, holder: CardHolder) -> str | None:
        """What to know before a check-up, as HTML (28.1.9)."""
        return await self.call(
            "hospital.interface.physical.getNotice",
            holder.card.hospital_id,
            self._person("getNotice", holder),
            value(str, convert.text, "data"),
            self._regional.read(holder.card, _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.10")
    async def employers(self, holder: CardHolder) -> list[CheckupEmployer]:
        """Employers who have check-ups arranged for a person (28.1.10)."""
        person = self._person("getOrgReg", holder)
        return await self.call(
            "hospital.interface.physical.getOrgReg",
            holder.card.hospital_id,
            {"hospitalId": person["hospitalId"], "idCard": person["idCard"]},
            listing(Many(shapes.EMPLOYER, "data"), holder.card),
            self._regional.read(holder.card, _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.11")
    async def groups(self, holder: CardHolder, employer_id: str) -> list[CheckupGroup]:
        """Groups of an employer (28.1.11); what they get is in the document's example, but not in its table."""
        hospital_id = holder.card.hospital_id
        return await self.call(
            "hospital.interface.physical.getOrgGroup",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "orgId": employer_id},
            listing(Many(shapes.GROUP, "data"), holder.card, employer_id=employer_id, hospital_id=hospital_id),
            self._regional.read(holder.card, _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.12")
    async def group_items(self, hospital_id: str, group_id: str) -> list[CheckupItem]:
        """What the people of a group get (28.1.12)."""
        return await self.call(
            "hospital.interface.physical.getOrgGroupComb",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "groupId": group_id},
            listing(Many(shapes.ITEM, "data"), hospital_id=hospital_id),
            self._regional.read(f"checkups {hospital_id}", _CATALOGUE_SECONDS),
        )

    @endpoint("28.1.13")
    async def items(self, hospital_id: str, page: int, size: int) -> CheckupItemPage:
        """A page of all that can be examined (28.1.13)."""
        found = await self.call(
            "hospital.interface.physical.getItemList",
            hospital_id,
            {"hospitalId": self._regional.upstream_id(hospital_id), "currentPage": str(page), "pageSize": str(size)},
            single(One(shapes.ITEM_PAGE, "data"), hospital_id=hospital_id),
            self._regional.read(f"checkups {hospital_id}", _CATALOGUE_SECONDS),
        )
        return found or CheckupItemPage(hospital_id=hospital_id)

    def _person(self, name: str, holder: CardHolder) -> dict[str, Any]:
        """The person as all of the chapter names them: never without the identity number."""
        return {
            "hospitalId": self._regional.upstream_id(holder.card.hospital_id),
            "idCard": self._regional.identity_number(f"hospital.interface.physical.{name}", holder),
            "medicalCardNumber": holder.card.number,
        }


def _days_of(hospital_id: str) -> str:
    return f"checkup days {hospital_id}"
