"""A revoked token ends in all servers within seconds, and nothing else does."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import main
from sandbox.tokens import AUDIENCE, ISSUER
from tests.app.redis_server import RedisServer, redis_server
from tests.end_to_end.world import HS256_SECRET, World, world

WHO = "{ viewer { role } }"
SECRET = "a-secret-of-the-test-suite-only-32-bytes"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


def configuration(folder: Path, **more: str) -> str:
    """The same configuration for the command line, as far as it matters."""
    file = folder / "hospitals.toml"
    identity = {"issuer": ISSUER, "audience": AUDIENCE, "hs256_secret": HS256_SECRET}
    if "revocation_file" in more:
        identity["revocation_file"] = more.pop("revocation_file")
    top = "\n".join(f'{name} = "{value}"' for name, value in {"secret": SECRET, **more}.items())
    inner = "\n".join(f'{name} = "{value}"' for name, value in identity.items())
    file.write_text(
        f"{top}\n[identity]\n{inner}\n"
        '[systems.county]\nvendor = "regional_wechat"\nbase_url = "http://127.0.0.1:9"\n'
        '[[hospitals]]\nid = "253"\nname = "县人民医院"\nsystem = "county"\n'
    )
    return str(file)


def revoke(config: str, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["revoke", "--config", config, *arguments])


def within_two_seconds(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 2
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_all_servers_of_one_redis_hear_of_it(redis: RedisServer, tmp_path: Path) -> None:
    config = configuration(tmp_path, redis_url=redis.url)
    with world(redis_url=redis.url) as one, world(redis_url=redis.url) as other:
        token, stranger = one.token(), one.token("account-2")
        for server in (one, other):
            assert server.ask(WHO, token=token).data
        answer = revoke(config, "--subject", "account-1")
        assert (answer.exit_code, answer.output) == (0, "Revoked\n")
        for server in (one, other):
            within_two_seconds(lambda asked=server: asked.ask(WHO, token=token).codes == ["TOKEN_REVOKED"])  # type: ignore[misc]  # bound at once
            assert server.ask(WHO, token=token).status == 401
            assert server.ask(WHO, token=stranger).data
        # The next login comes after it.
        time.sleep(1.1)
        assert one.ask(WHO, token=one.token()).data


def of_file(path: Path) -> dict[str, str]:
    return {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "hs256_secret": HS256_SECRET,
        "revocation_file": str(path),
    }


def test_one_server_without_redis_hears_of_it_through_a_file_and_remembers_it(tmp_path: Path) -> None:
    path = tmp_path / "revocations.sqlite3"
    config = configuration(tmp_path, revocation_file=str(path))
    with world(identity=of_file(path)) as server:
        token = server.staff()
        assert server.ask(WHO, token=token).data
        assert revoke(config, "--subject", "staff-1").exit_code == 0
        within_two_seconds(lambda: server.ask(WHO, token=token).codes == ["TOKEN_REVOKED"])
    with world(identity=of_file(path)) as again:
        assert again.ask(WHO, token=token).codes == ["TOKEN_REVOKED"]


def test_a_server_that_does_not_know_what_is_revoked_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "revocations.sqlite3"
    path.write_text("this is no database" * 100)
    with world(identity=of_file(path)) as server:
        answer = server.ask(WHO)
        assert (answer.status, answer.codes) == (503, ["UPSTREAM_UNAVAILABLE"])
        assert server.ask(WHO, token=None).data == {"viewer": {"role": "ANONYMOUS"}}
        ready = httpx.get(f"{server.url}/readyz", trust_env=False)
        assert (ready.status_code, ready.json()["status"]) == (503, "revocations are not known yet")

        path.unlink()
        within_two_seconds(lambda: server.ask(WHO).status == 200)
        assert httpx.get(f"{server.url}/readyz", trust_env=False).status_code == 200


def test_logging_out_ends_the_access_token_too(fresh: World) -> None:
    login = """mutation($code: String!) { wechatLogin(input: {code: $code}) {
        session { accessToken refreshToken } userErrors { code } } }"""
    session = fresh.ask(login, {"code": fresh.login_code()}, None).data["wechatLogin"]["session"]
    token = session["accessToken"]
    assert fresh.ask(WHO, token=token).data == {"viewer": {"role": "PATIENT"}}
    logout = "mutation($token: String!) { logout(input: {refreshToken: $token}) { userErrors { code } } }"
    fresh.ask(logout, {"token": session["refreshToken"]}, token)

    assert fresh.ask(WHO, token=token).codes == ["TOKEN_REVOKED"]


def test_a_command_that_would_reach_no_server_says_so(tmp_path: Path) -> None:
    answer = revoke(configuration(tmp_path), "--token-id", "t-1")

    assert answer.exit_code == 2
    assert "no server would hear of it" in answer.stderr


def test_a_command_that_names_nothing_or_cannot_write_fails(tmp_path: Path) -> None:
    broken = tmp_path / "revocations.sqlite3"
    broken.write_text("this is no database" * 100)

    assert revoke(configuration(tmp_path, revocation_file=str(broken)), "--token-id", "t-1").exit_code == 1
    assert revoke(configuration(tmp_path)).exit_code == 2
