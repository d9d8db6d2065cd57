import pytest
from starlette.types import Message, Receive, Scope, Send

from bench.in_process import ask, started
from bench.processes import ServerError


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})
        return
    body = (await receive())["body"]
    await send({"type": "http.response.start", "status": 201, "headers": []})
    for part in (body, dict(scope["headers"])[b"authorization"]):
        await send({"type": "http.response.body", "body": part, "more_body": True})


async def refusing(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no hospital"})


async def silent(_scope: Scope, _receive: Receive, _send: Send) -> None:
    return None


async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ValueError("broken")


async def test_a_request_has_its_body_and_its_token_and_the_answer_is_put_together() -> None:
    async with started(echo):
        answered = await ask(echo, b"asked;", "t")
    assert (answered.status, answered.body) == (201, b"asked;Bearer t")


async def test_the_application_is_stopped_even_after_an_error() -> None:
    heard: list[str] = []

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        async def hear() -> Message:
            message = await receive()
            heard.append(message["type"])
            return message

        await echo(scope, hear, send)

    with pytest.raises(ValueError, match="within"):
        async with started(listening):
            raise ValueError("within")
    assert heard == ["lifespan.startup", "lifespan.shutdown"]


@pytest.mark.parametrize(("app", "told"), [(refusing, "no hospital"), (silent, "no startup"), (failing, "no startup")])
async def test_an_application_that_does_not_start_is_an_error(app: object, told: str) -> None:
    with pytest.raises(ServerError, match=told):
        async with started(app):  # type: ignore[arg-type] # one of those above
            pass


async def test_an_application_without_an_answer_is_an_error() -> None:
    with pytest.raises(ServerError, match="no answer"):
        await ask(silent, b"", "t")
