"""How this vendor says yes and no: ten envelopes, and no code that tells one reason from another.

A refusal carries free text alone; nothing says that it is meant for patients, so nobody is shown it.
"""

from connectors.core.envelope import Envelope, equals, positive

_HEAD = ("head", "code")
_HEAD_MESSAGE = ("head", "msg")

# Only the sign counts; zero is not defined, and is read as failure.
HEAD_SIGN = Envelope(status=_HEAD, succeeded=positive, message=_HEAD_MESSAGE)
HEAD_SIGN_STRING = Envelope(status=_HEAD, succeeded=positive, message=_HEAD_MESSAGE)
HEAD_ONE = Envelope(status=_HEAD, succeeded=equals("1"), message=_HEAD_MESSAGE)
HEAD_ONE_STRING = Envelope(status=_HEAD, succeeded=equals("1"), message=_HEAD_MESSAGE)
HEAD_ZERO = Envelope(status=_HEAD, succeeded=equals("0"), message=_HEAD_MESSAGE)
FLAT_ONE = Envelope(status=("code",), succeeded=equals("1"), message=("msg",))
FLAT_ZERO = Envelope(status=("code",), succeeded=equals("0"), message=("msg",))
FLAT_ZERO_STRING = Envelope(status=("code",), succeeded=equals("0"), message=("msg",))
FLAT_ZERO_STRING_FAIL_ONE = Envelope(status=("code",), succeeded=equals("0"), message=("msg",))
RESULT_CODE = Envelope(status=("ResultCode",), succeeded=equals("0"), message=("ResultMsg",))

ENVELOPES = {
    "head-sign": HEAD_SIGN,
    "head-sign-string": HEAD_SIGN_STRING,
    "head-one": HEAD_ONE,
    "head-one-string": HEAD_ONE_STRING,
    "head-zero": HEAD_ZERO,
    "flat-one": FLAT_ONE,
    "flat-zero": FLAT_ZERO,
    "flat-zero-string": FLAT_ZERO_STRING,
    "flat-zero-string-fail-one": FLAT_ZERO_STRING_FAIL_ONE,
    "result-code": RESULT_CODE,
}
"""By the name that the contract gives them."""
