from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import ChangedCertificateError, InsecureError, UnknownCertificateError
from bbsterm.net.address import Address
from bbsterm.net.certificate import Certificate, fingerprint_shown, read_certificate, wanted_fingerprint
from bbsterm.net.dial import dial
from bbsterm.net.tls import TlsSettings

DER = ssl.PEM_cert_to_DER_cert(trustme.CA().issue_cert("bbs.example.org").cert_chain_pems[0].bytes().decode())


def issued(name="localhost"):
    """A certificate of nobody's, its DER, and a server's context with it."""
    made = trustme.CA(organization_name="Nobody").issue_cert(name, common_name=name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(context)
    pem = made.cert_chain_pems[0].bytes().decode()
    return ssl.PEM_cert_to_DER_cert(pem), context


def test_a_certificate_says_whom_it_is_for_and_how_long():
    der, _ = issued("bbs.example.org")

    found = read_certificate(der)

    assert (found.subject, found.issuer) == ("bbs.example.org", "Nobody")
    assert found.whole == hashlib.sha256(der).hexdigest()
    assert found.key != found.whole
    assert found.since < found.until
    assert found.matches(found.key)
    assert found.matches(found.whole)
    assert not found.matches("")
    assert any("bbs.example.org" in line for line in found.lines)


def test_the_key_is_what_openssl_says_it_is():
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import serialization as form

    der, _ = issued()
    key = x509.load_der_x509_certificate(der).public_key()
    spki = key.public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    assert read_certificate(der).key == hashlib.sha256(spki).hexdigest()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_somehow(data):
    assert isinstance(read_certificate(data), Certificate)


_DER, _ = issued()


@given(st.integers(0, len(_DER) - 1), st.integers(0, 255))
def test_a_broken_certificate_is_read_somehow(at, byte):
    broken = _DER[:at] + bytes([byte]) + _DER[at + 1 :]
    found = read_certificate(broken)
    assert found.subject.isprintable()
    assert len(found.key) == 64


def test_a_fingerprint_may_be_written_in_several_ways():
    digest = hashlib.sha256(b"x").hexdigest()
    for text in (digest, digest.upper(), fingerprint_shown(digest), f"SHA256:{fingerprint_shown(digest)}"):
        assert wanted_fingerprint(text) == digest
    for text in ("", digest[1:], digest + "0", "g" * 64):
        with pytest.raises(ValueError, match="no SHA-256 fingerprint"):
            wanted_fingerprint(text)


# --- on a line ----------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def listening(context):
    async def answer(reader, writer):
        with contextlib.suppress(OSError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1], "telnets")


async def test_a_certificate_that_nobody_vouches_for_is_shown():
    der, context = issued()
    async with listening(context) as address:
        with pytest.raises(UnknownCertificateError) as refused:
            await dial(address, asyncio.Protocol)
    assert refused.value.key == read_certificate(der).key
    assert f"--tls-trust {refused.value.key}" in refused.value.hint
    assert any("localhost" in line for line in refused.value.lines)


@pytest.mark.parametrize("what", ["key", "whole"])
async def test_a_pinned_certificate_is_taken_whoever_made_it(what):
    der, context = issued()
    async with listening(context) as address:
        transport = None

        class Line(asyncio.Protocol):
            def connection_made(self, made):
                nonlocal transport
                transport = made

        await dial(address, Line, tls=TlsSettings(pin=getattr(read_certificate(der), what)))
        transport.abort()


async def test_a_changed_certificate_is_refused_loudly_and_nothing_is_sent():
    old, _ = issued()
    new, context = issued()
    pin = read_certificate(old).key
    async with listening(context) as address:
        with pytest.raises(ChangedCertificateError, match="HAS CHANGED") as refused:
            await dial(address, asyncio.Protocol, tls=TlsSettings(pin=pin))
    assert (refused.value.pinned, refused.value.key) == (pin, read_certificate(new).key)
    assert pin in refused.value.hint
    assert isinstance(refused.value, InsecureError)


def test_hosts_and_addresses_that_it_is_for():
    names = "bbs.example.org", "*.example.net", "192.0.2.7", "2001:db8::1"
    made = trustme.CA().issue_cert(*names)
    der = ssl.PEM_cert_to_DER_cert(made.cert_chain_pems[0].bytes().decode())

    assert read_certificate(der).names == names
    assert read_certificate(der[:-1]).names == ()


@given(st.data())
def test_a_certificate_with_a_few_other_bytes_is_read_or_not(data):
    changed = bytearray(DER)
    for at in data.draw(st.lists(st.integers(0, len(DER) - 1), max_size=4)):
        changed[at] = data.draw(st.integers(0, 255))

    assert read_certificate(bytes(changed)).whole == hashlib.sha256(bytes(changed)).hexdigest()


def test_extensions_that_are_empty_are_no_error():
    at = DER.index(b"\x55\x1d\x11")
    empty = DER[: at + 5] + b"\x00" + DER[at + 6 :]

    assert read_certificate(empty).whole
