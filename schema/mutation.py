"""The root of all writes."""

from typing import Annotated, Any

import strawberry

from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.problems import ProblemCode
from resolvers import booking, card_creation, mutations, payment
from resolvers.context import GraphInfo
from schema.appointment import Appointment, Cancellation
from schema.base import graph_enum, graph_input, graph_type, relation
from schema.money import Payment
from schema.patient import Card

for enum in (Gender, PaymentMethod, ProblemCode):
    graph_enum(enum)


@graph_type(mutations.UserError)
class UserError(mutations.UserError):
    """Why a mutation was not done, for the user to mend or to know (用户错误)."""


@graph_input(card_creation.CreateCardInput)
class CreateCardInput(card_creation.CreateCardInput):
    """What createCard takes (办卡信息)."""


@graph_input(booking.BookAppointmentInput)
class BookAppointmentInput(booking.BookAppointmentInput):
    """What bookAppointment takes (预约信息)."""


@graph_input(booking.CancelAppointmentInput)
class CancelAppointmentInput(booking.CancelAppointmentInput):
    """What cancelAppointment takes (取消信息)."""


@graph_input(payment.PayChargesInput)
class PayChargesInput(payment.PayChargesInput):
    """What payCharges takes: a payment that was made, and what for (缴费信息)."""


def _result(kind: Any, description: str) -> Any:
    def resolve(root: mutations.Outcome[Any]) -> Any:
        return root.result

    return strawberry.field(resolver=resolve, graphql_type=kind | None, description=description)


_ERRORS = "Why it was not done; empty when it was (用户错误)."


@strawberry.type(description="What createCard came to (办卡结果).")
class CreateCardPayload:
    """The card, or what the user is told."""

    card = _result(Card, "The card (就诊卡).")
    user_errors: list[UserError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What bookAppointment came to (预约结果).")
class BookAppointmentPayload:
    """The appointment, or what the user is told."""

    appointment = _result(Appointment, "The appointment (预约).")
    user_errors: list[UserError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What cancelAppointment came to (取消结果).")
class CancelAppointmentPayload:
    """The cancellation, or what the user is told."""

    cancellation = _result(Cancellation, "What the hospital says (取消结果).")
    user_errors: list[UserError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What payCharges came to (缴费结果).")
class PayChargesPayload:
    """The payment, or what the user is told."""

    payment = _result(Payment, "The payment; look at its status (支付).")
    user_errors: list[UserError] = strawberry.field(description=_ERRORS)


_INPUT = strawberry.argument(description="What it takes (输入).")


async def _create_card(info: GraphInfo, input: Annotated[CreateCardInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await card_creation.create_card(info, input)


async def _book(info: GraphInfo, input: Annotated[BookAppointmentInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await booking.book_appointment(info, input)


async def _cancel(info: GraphInfo, input: Annotated[CancelAppointmentInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await booking.cancel_appointment(info, input)


async def _pay(info: GraphInfo, input: Annotated[PayChargesInput, _INPUT]) -> Any:  # noqa: A002 # the argument's name in the graph
    return await payment.pay_charges(info, input)


@strawberry.type(description="All writes; each carries its business key and is done once (变更).")
class Mutation:
    """The root of all writes."""

    create_card = relation(_create_card, CreateCardPayload, "Create a card for a person at a hospital (办卡).")
    book_appointment = relation(_book, BookAppointmentPayload, "Book a slot (预约挂号).")
    cancel_appointment = relation(_cancel, CancelAppointmentPayload, "Cancel an appointment (取消预约).")
    pay_charges = relation(_pay, PayChargesPayload, "Tell the hospital that charges were paid (缴费).")
