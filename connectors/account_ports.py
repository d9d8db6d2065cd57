"""What logging in asks of others: whose login code it is, and who is bound to that account."""

from typing import Protocol

from connectors.records.accounts import Account


class LoginCodes(Protocol):
    """Where a client's one-time login code comes from."""

    async def owner(self, code: str) -> str:
        """Use the code up and return its owner's lasting id there; raises ConnectorError."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class Bindings(Protocol):
    """Who is bound to whose account."""

    async def account_of(self, owner: str) -> Account | None:
        """Look up the account of an owner of login codes; None where there is none. Raises ConnectorError."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
