"""Operations about stays in hospital, as front ends send them."""

from typing import Any

from tests.end_to_end.world import World

# Who is in hospital in the town, and who was: account, hospital.
ADMITTED, DISCHARGED = ("account-2", "254"), ("account-1", "253")

CARDS = """{ viewer { patients { cards { id hospital { code } } } } }"""
ADMISSION = """query($day: Date!) { viewer { patients { cards { id hospital { code }
  admission { stayId number status name gender identityNumber phone departmentName bedNumber admittedAt
    hospital { code } account { totalCost depositTotal depositBalance advancedAmount depositPayable minimumDeposit
      maximumDeposit }
    dailyBill(day: $day) { day total } }
  admissions { number status wardName admittedAt dischargedAt }
  dailyBill(day: $day) { day name gender doctorName admissionNumber diagnosis total
    items { name category unitPrice quantity amount chargedAt } } } } } }"""
COSTS = """query($day: Date!) { viewer { patients { visits(first: 100) { nodes { id visitClass cost hospital { code }
  stayBill { name doctorName admissionNumber diagnosis total items { name amount } hospital { code } }
  whole: costSummary { total admissionNumber byDay { day total } byItem { name unitPrice quantity total }
    byCategory { name total } }
  oneDay: costSummary(day: $day) { total byDay { day total } }
  dailyBill(day: $day) { day total items { itemId name category amount chargedAt } } } failures { code } } } } }"""
DEPOSITS = """query($hospitals: [ID!]) { viewer { patients { deposits(first: 50, hospitals: $hospitals) {
  nodes { number amount methodName paidAt receiptNumber admissionNumber hospital { code } } failures { code } } } } }"""
DISCHARGES = """{ viewer { patients { discharges { nodes { id admissionNumber admittedAt dischargedAt departmentName
  diagnosis age prescriptionCategory hospital { code }
  medicines { doctorName prescribedAt drugs { name quantity route dose frequencyCode frequency } } }
  failures { code hospital { code } } } } } }"""
INPATIENTS = """query($below: Decimal) { hospitals { code
  inpatients { name identityNumber admissionNumber departmentName bedNumber
    patient { gender } }
  depositArrears(below: $below) { name admissionNumber admittedAt depositBalance } } }"""
PAY_DEPOSIT = """mutation($input: PayDepositInput!) { payDeposit(input: $input) {
  payment { number status amount hospitalReference depositBalance hospital { code } }
  userErrors { code field message } } }"""
ORDER_COPY = """mutation($input: OrderCaseCopyInput!) { orderCaseCopy(input: $input) {
  caseCopy { number status amount admissionNumber hospital { code } } userErrors { code field message } } }"""


def card_of(town: World, whose: tuple[str, str], query: str = CARDS, **variables: Any) -> Any:
    """What the query tells of the account's own card at the hospital."""
    account, hospital = whose
    cards = town.ask(query, variables, town.token(account)).body["data"]["viewer"]["patients"][0]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)


def deposit(card_id: str, **changes: Any) -> dict[str, Any]:
    """A good deposit."""
    return {
        "businessKey": "deposit-0001",
        "cardId": card_id,
        "amount": "500.00",
        "method": "WECHAT_PAY",
        "paidAt": "2024-05-01T10:00:00+08:00",
        **changes,
    }


def copies(card_id: str, admission_number: str, **changes: Any) -> dict[str, Any]:
    """A good order of copies, to be mailed."""
    return {
        "businessKey": "copies-0001",
        "cardId": card_id,
        "admissionNumber": admission_number,
        "applicationId": "application-1",
        "pageCount": 25,
        "printFee": "12.50",
        "mailingFee": "20.00",
        "amount": "32.50",
        "method": "ALIPAY",
        **changes,
    }


def use_stays(town: World) -> None:
    """Ask for all there is about stays, and pay for them."""
    day = town.sandbox.town.today.isoformat()
    stay = card_of(town, DISCHARGED, ADMISSION, day=day)
    town.ask(COSTS, {"day": day})
    assert town.ask(DEPOSITS).data["viewer"]["patients"][0]["deposits"]["nodes"]
    assert town.ask(DISCHARGES).body["data"]["viewer"]["patients"][0]["discharges"]["nodes"][0]["medicines"]["drugs"]
    assert town.ask(INPATIENTS, {"below": "0"}, town.staff(["253", "254"])).body["data"]["hospitals"][0]["inpatients"]
    ordered = copies(stay["id"], stay["admissions"][0]["number"])
    assert town.ask(ORDER_COPY, {"input": ordered}).data["orderCaseCopy"]["caseCopy"]["status"] == "CONFIRMED"
    paid = deposit(card_of(town, ADMITTED)["id"])
    answer = town.ask(PAY_DEPOSIT, {"input": paid}, town.token(ADMITTED[0])).data["payDeposit"]
    assert answer["payment"]["status"] == "CONFIRMED"
