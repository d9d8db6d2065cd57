"""What changes stays: deposits, and copies of case files that were paid for."""

import datetime as dt
from decimal import Decimal

from sandbox.town.deeds import Refusal
from sandbox.town.model import Admission, Hospital
from sandbox.town.stays import CaseCopy, Deposit, StayFile

LEAST_DEPOSIT = Decimal("100.00")
MOST_DEPOSIT = Decimal("10000.00")


def file_of(hospital: Hospital, admission: Admission) -> StayFile:
    """The file of an admission."""
    return next(file for file in hospital.stay_files if file.admission_id == admission.id)


def deposit(
    hospital: Hospital, admission: Admission, *, amount: Decimal, method: str, key: str, when: dt.datetime
) -> Deposit:
    """Take a deposit; the same key with the same content gives the first one again."""
    known = next((each for file in hospital.stay_files for each in file.deposits if each.number == key), None)
    if known is not None:
        if (known.amount, known.method) != (amount, method) or known not in file_of(hospital, admission).deposits:
            raise Refusal("key_conflict")
        return known
    if admission.discharged_at is not None:
        raise Refusal("already_discharged")
    if not LEAST_DEPOSIT <= amount <= MOST_DEPOSIT:
        raise Refusal("deposit_not_admitted")
    file = file_of(hospital, admission)
    made = Deposit(
        number=key, receipt=f"YJ{hospital.id}{len(file.deposits) + 1:06}", amount=amount, method=method, paid_at=when
    )
    file.deposits.append(made)
    return made


def order_copies(hospital: Hospital, admission: Admission, ordered: CaseCopy) -> None:
    """Take an order of copies; the same number with other content is a conflict."""
    file = file_of(hospital, admission)
    known = next((each for each in file.copies if each.number == ordered.number), None)
    if known is None:
        file.copies.append(ordered)
    elif known != ordered:
        raise Refusal("key_conflict")
