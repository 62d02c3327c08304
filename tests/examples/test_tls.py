from __future__ import annotations

import ssl

import pytest
import trustme

import bbsterm


@pytest.fixture
def certificate(tmp_path):
    """Files: the CA, a certificate for localhost, its key."""
    ca = trustme.CA()
    cert = ca.issue_cert("localhost", "127.0.0.1")
    paths = tmp_path / "ca.pem", tmp_path / "cert.pem", tmp_path / "key.pem"
    ca.cert_pem.write_to_path(paths[0])
    cert.private_key_pem.write_to_path(paths[2])
    for part in cert.cert_chain_pems:
        part.write_to_path(paths[1], append=True)
    return paths


async def test_server_and_client(serve, start, certificate):
    ca, cert, key = certificate
    server = await serve("server_tls.py", "--cert", cert, "--key", key)

    client = await start("client_tls.py", *server.address, "Can anybody read this?", "--ca", ca)

    text, code = await client.output()
    connected, ready, answer = text.splitlines()
    assert connected.startswith("connected by TLSv1.")
    assert ready.startswith("Ready (secure: TLSv1.")
    assert answer == "Can anybody read this?"
    assert code == 0


async def test_a_stranger_is_not_trusted(serve, start, certificate):
    _, cert, key = certificate
    server = await serve("server_tls.py", "--cert", cert, "--key", key)

    client = await start("client_tls.py", *server.address)

    text, code = await client.output()
    assert (text, code) == ("", 1)


@pytest.mark.parametrize("encrypted", [False, True])
async def test_with_auto_both_are_let_in(serve, certificate, encrypted):
    ca, cert, key = certificate
    server = await serve("server_tls.py", "--cert", cert, "--key", key, "--auto")
    context = ssl.create_default_context(cafile=ca) if encrypted else None

    reader, writer = await bbsterm.open_connection(*server.address, ssl=context)

    assert (await reader.readline()).startswith("Ready (secure: " if encrypted else "Ready (not secure)")
    writer.close()
    await writer.wait_closed()
