"""Certificates, read whether they are trusted or not."""

from __future__ import annotations

import hashlib
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.certificate import certificate_facts
from bbsterm.limits import MAX_CERTIFICATE


@pytest.fixture(scope="module")
def der():
    made = trustme.CA(organization_name="The Attic").issue_cert(
        "bbs.example.org",
        "*.example.net",
        "192.0.2.7",
        "2001:db8::1",
        not_after=datetime(2030, 5, 6, 7, 8, 9),
    )
    return ssl.PEM_cert_to_DER_cert(made.cert_chain_pems[0].bytes().decode())


def test_names_issuer_and_dates(der):
    facts = certificate_facts(der)

    assert facts["sha256"] == hashlib.sha256(der).hexdigest()
    assert facts["names"] == ["bbs.example.org", "*.example.net", "192.0.2.7", "2001:db8::1"]
    assert "The Attic" in facts["issuer"]
    assert facts["expires"] == "2030-05-06T07:08:09Z"


def test_python_reads_the_same_dates(der, tmp_path):
    facts = certificate_facts(der)

    begins = datetime.strptime(facts["begins"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert begins < datetime.now(UTC) + timedelta(days=1)


def test_one_that_is_cut_off_keeps_its_hash(der):
    facts = certificate_facts(der[:-1])

    assert facts == {
        "sha256": hashlib.sha256(der[:-1]).hexdigest(),
        "problem": "the certificate cannot be read",
    }


def test_one_that_is_far_too_long_is_not_read():
    assert list(certificate_facts(b"\x30" * (MAX_CERTIFICATE + 1))) == ["sha256"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    assert "sha256" in certificate_facts(data)


@given(st.data())
def test_a_certificate_with_a_flipped_byte_is_read_or_refused(der, data):
    at = data.draw(st.integers(0, len(der) - 1))
    flipped = bytearray(der)
    flipped[at] ^= data.draw(st.integers(1, 255))

    assert "sha256" in certificate_facts(bytes(flipped))
