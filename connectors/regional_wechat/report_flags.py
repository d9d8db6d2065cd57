"""What reports of the regional HIS say in the same way: whether they are sensitive and audited."""

from connectors.core import convert
from connectors.records.reports import ReportStatus

# The examples print the key with a space behind it: a sensitive report must not slip through by that.
SENSITIVE = ("isPositive", "isPositive ")
STATUSES = {"1": ReportStatus.SUBMITTED, "2": ReportStatus.FINAL}


def audited(code: object) -> bool:
    """Read reportStatus: none means audited; of the others only 2 does."""
    return convert.text(code) in {None, "2"}
