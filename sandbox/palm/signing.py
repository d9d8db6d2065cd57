"""The payment signature."""

import hashlib
from decimal import Decimal

SIGN_KEY = "sandbox-sign-key"
"""The key that the sandbox and its callers share."""


def payment_sign(*, patient_id: str, his_order_no: str, business_no: str, total: Decimal, key: str = SIGN_KEY) -> str:
    """Upper-case hexadecimal MD5 of patient, order, business number, total with two decimals and key, joined by `|`.

    The document only says that a payment signature is made with MD5; what is signed, in which order and with which key
    is this sandbox's own choice.
    """
    text = "|".join((patient_id, his_order_no, business_no, f"{total:.2f}", key))
    # MD5 is the documented algorithm.
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()
