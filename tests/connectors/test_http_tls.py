"""LeanTransport over https: whom it trusts, and that it behaves as over http."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connectors.core.http import Counts, LeanTransport
from connectors.core.transport import Limits, TransportError
from tests.connectors.test_http_mock import Call, echo, hospital, silent, whole

QUICK = Limits(connect_seconds=1, read_seconds=0.5, connections=4)


@dataclass
class Certificate:
    server: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Certificate]:
    def make(address: str) -> Certificate:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "his")])
        now = dt.datetime.now(dt.UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        path: Path = tmp_path_factory.mktemp("tls") / "his.pem"
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(private + signed.public_bytes(pem))
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(path)
        return Certificate(server, ssl.create_default_context(cafile=path))

    return make


@pytest.fixture(scope="module")
def mine(certified: Callable[[str], Certificate]) -> Certificate:
    return certified("127.0.0.1")


async def several(mine: Certificate) -> None:
    async with hospital(echo, mine.server) as his, LeanTransport(QUICK, tls=mine.trusting) as transport:
        bodies = [b"%d" % number * 20_000 for number in range(20)]
        assert await asyncio.gather(*(transport.post(his.url, body, {}) for body in bodies)) == bodies
        assert his.most_open == his.connections == 4


async def test_a_trusted_hospital_is_called(mine: Certificate) -> None:
    await several(mine)


def test_a_trusted_hospital_is_called_on_uvloop(mine: Certificate) -> None:
    uvloop.run(several(mine))


async def test_a_hospital_nobody_vouches_for_is_not_called(mine: Certificate) -> None:
    async with hospital(echo, mine.server) as his, LeanTransport(QUICK) as transport:
        with pytest.raises(TransportError, match="no trusted TLS") as caught:
            await transport.post(his.url, b"x", {})
        assert (caught.value.sent, caught.value.timeout) == (False, False)
        assert transport.counts() == Counts()
    assert not his.calls


async def test_a_certificate_for_another_host_is_not_taken(certified: Callable[[str], Certificate]) -> None:
    other = certified("127.0.0.2")
    async with hospital(echo, other.server) as his, LeanTransport(QUICK, tls=other.trusting) as transport:
        with pytest.raises(TransportError, match="no trusted TLS") as caught:
            await transport.post(his.url, b"x", {})
        assert not caught.value.sent
    assert not his.calls


async def test_a_hospital_that_speaks_no_tls(mine: Certificate) -> None:
    async with hospital(echo) as his, LeanTransport(Limits(connect_seconds=0.1), tls=mine.trusting) as transport:
        with pytest.raises(TransportError) as caught:
            await transport.post(his.url.replace("http:", "https:"), b"x", {})
        assert not caught.value.sent


async def test_a_handshake_that_does_not_come_times_out(mine: Certificate) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    async with LeanTransport(Limits(connect_seconds=0.1), tls=mine.trusting) as transport:
        with pytest.raises(TransportError) as caught:
            await transport.post(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/", b"x", {})
    assert (caught.value.sent, caught.value.timeout) == (False, True)
    server.close()
    await asyncio.sleep(0.02)


async def test_a_closed_connection_is_not_used_again(mine: Certificate) -> None:
    async def once(call: Call) -> None:
        await echo(call)
        call.close()

    async with hospital(once, mine.server) as his, LeanTransport(QUICK, tls=mine.trusting) as transport:
        for _ in range(3):
            assert await transport.post(his.url, b"x", {}) == b"x"
            await asyncio.sleep(0.02)
    assert his.connections == 3


async def test_an_answer_without_a_length_ends_with_the_connection_even_without_a_farewell(mine: Certificate) -> None:
    async def ends(call: Call) -> None:
        await call.say(b"HTTP/1.1 200 OK\r\n\r\nabc")
        if call.body == b"cut":
            await asyncio.sleep(0.02)
            call.writer.transport.abort()
        else:
            call.close()

    async with hospital(ends, mine.server) as his, LeanTransport(QUICK, tls=mine.trusting) as transport:
        assert await transport.post(his.url, b"properly", {}) == b"abc"
        # Many servers leave out the farewell. Cut JSON is not JSON, so a body cut on the way is found one floor up.
        assert await transport.post(his.url, b"cut", {}) == b"abc"


async def test_a_caller_that_leaves_and_one_that_waits_too_long(mine: Certificate) -> None:
    async def slow(call: Call) -> None:
        await (silent(call) if call.body == b"slow" else call.say(whole(call.body)))

    async with hospital(slow, mine.server) as his, LeanTransport(QUICK, tls=mine.trusting) as transport:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await transport.post(his.url, b"slow", {})
        with pytest.raises(TransportError, match="timed out"):
            await transport.post(his.url, b"slow", {})
        assert await transport.post(his.url, b"x", {}) == b"x"
        await asyncio.sleep(0.02)
        assert his.open == 1
