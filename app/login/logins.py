"""The login itself: a code for a session, a session for the next, and its end."""

import datetime as dt
import secrets
from collections.abc import Callable

import structlog
from pydantic import ValidationError

from app.claims import principal_of
from app.login.access_tokens import AccessTokens
from app.login.families import Families, Standing
from app.login.refresh_tokens import Login, NotARefreshToken, RefreshTokens
from app.revocation.revocations import Revocations, RevocationsUnavailable
from connectors.account_ports import Bindings, LoginCodes
from connectors.core.kinds import KeyedHash
from connectors.errors import Malformed
from connectors.records.accounts import Account
from connectors.records.base import SHANGHAI
from connectors.records.problems import ProblemCode
from resolvers.access_control.principal import Principal, Role
from resolvers.access_control.sessions import LoginSession, refresh_refused
from resolvers.problems import Problem

_log = structlog.get_logger(__name__)


class PlatformLogins:
    """Implements `resolvers.access_control.sessions.Logins`.

    Whose code it is says WeChat, who is bound to them the platform.

    A refresh token works once. One that has been replaced is in two hands: the whole login ends, and with it the
    access tokens that it gave out.
    """

    def __init__(
        self,
        *,
        codes: LoginCodes,
        bindings: Bindings,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        families: Families,
        revocations: Revocations,
        digest: Callable[[str], KeyedHash],
        login_seconds: float,
        token_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        """Take whom to ask, what makes and ends tokens, and the clock: seconds since 1970.

        A login lasts `login_seconds`; an access token is accepted for `token_seconds`, with all leeway.
        """
        self._codes = codes
        self._bindings = bindings
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._families = families
        self._revocations = revocations
        self._digest = digest
        self._login_seconds = login_seconds
        self._token_seconds = token_seconds
        self._clock = clock

    async def begin(self, code: str) -> LoginSession:
        """Log in the owner of a login code."""
        owner = await self._codes.owner(code)
        account = await self._account(owner)
        now = self._clock()
        login = Login(secrets.token_urlsafe(16), owner, account.id, now, now + self._login_seconds)
        token = self._refresh_tokens.write(login)
        session = self._session(account, login, token)
        await self._families.begin(self._digest(login.id), self._digest(token), self._login_seconds)
        return session

    async def renew(self, refresh_token: str, asker: Principal) -> LoginSession:
        """Give new tokens, as the account is bound now."""
        login = self._read(refresh_token)
        if asker.role is not Role.ANONYMOUS and asker.session_id != login.id:
            raise refresh_refused()
        await self._accept(login, refresh_token)
        # Before the token is used up: while the platform is down, it can be tried again.
        account = await self._account(login.owner)
        if account.id != login.subject:
            await self._end(login)
            raise refresh_refused()
        token = self._refresh_tokens.write(login)
        session = self._session(account, login, token)
        if not await self._families.turn(self._digest(login.id), self._digest(refresh_token), self._digest(token)):
            await self._end(login)
            raise refresh_refused()
        return session

    async def end(self, refresh_token: str, asker: Principal) -> None:
        """End the login; one that is over already is success."""
        login = self._read(refresh_token)
        if asker.session_id != login.id:
            raise refresh_refused()
        await self._end(login)

    async def close(self) -> None:
        """Close the connections."""
        await self._codes.close()
        await self._bindings.close()

    def _read(self, refresh_token: str) -> Login:
        try:
            login = self._refresh_tokens.read(refresh_token)
        except NotARefreshToken:
            raise refresh_refused() from None
        if login.ends_at <= self._clock() or self._revocations.revoked_since(login.subject, login.started_at):
            raise refresh_refused()
        return login

    async def _accept(self, login: Login, refresh_token: str) -> None:
        standing = await self._families.standing(self._digest(login.id), self._digest(refresh_token))
        if standing is Standing.REPLACED:
            _log.warning("refresh_token_reused")
            await self._end(login)
        if standing is not Standing.CURRENT:
            raise refresh_refused()

    async def _end(self, login: Login) -> None:
        await self._families.end(self._digest(login.id))
        try:
            await self._revocations.revoke_session(login.id, self._token_seconds)
        except RevocationsUnavailable:
            # Here it is over; elsewhere the access tokens last for their few minutes.
            raise Problem(ProblemCode.INTERNAL_ERROR, "系统繁忙，请稍后重试", retryable=True) from None

    async def _account(self, owner: str) -> Account:
        account = await self._bindings.account_of(owner)
        if account is None:
            raise Problem(ProblemCode.ACCOUNT_UNKNOWN, "尚未绑定就诊人，请先在公众号中绑定")
        return account

    def _session(self, account: Account, login: Login, refresh_token: str) -> LoginSession:
        access = self._access_tokens.issue(account, login.id)
        today = dt.datetime.fromtimestamp(self._clock(), SHANGHAI).date()
        try:
            principal = principal_of(access.claims, today)
        except ValidationError:
            # Its text would hold the values.
            raise Malformed(system="platform", interface="bindings", detail="no account that can log in") from None
        return LoginSession(
            access_token=access.token,
            expires_at=_moment(principal.expires_at),
            refresh_token=refresh_token,
            refresh_expires_at=_moment(login.ends_at),
            principal=principal,
        )


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(seconds), SHANGHAI)
