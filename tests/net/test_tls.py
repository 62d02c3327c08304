from __future__ import annotations

import ssl

import pytest

from bbsterm.errors import UsageError
from bbsterm.net.tls import TlsSettings, client_context, is_tls_alert


def test_by_default_the_certificate_and_the_name_are_checked():
    context = client_context(TlsSettings())

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_without_verification_encryption_stays():
    context = client_context(TlsSettings(verify=False))

    assert context.verify_mode is ssl.CERT_NONE
    assert not context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_ca_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"missing\.pem is no usable CA file: no such file or directory"):
        client_context(TlsSettings(ca=tmp_path / "missing.pem"))


def test_a_ca_file_without_a_certificate_is_named(tmp_path):
    (tmp_path / "empty.pem").write_text("nothing here\n")

    with pytest.raises(UsageError, match=r"empty\.pem is no usable CA file: it holds no certificate"):
        client_context(TlsSettings(ca=tmp_path / "empty.pem"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x15\x03\x03\x00\x02\x02\x46", True),  # fatal, protocol_version
        (b"\x15\x03\x01\x00\x02\x01\x0a", True),  # warning, unexpected_message
        (b"\x15\x03\x03\x00\x02\x02\x46!", False),
        (b"\x15\x03\x03\x00\x02\x02", False),
        (b"\x16\x03\x03\x00\x02\x02\x46", False),
        (b"Welcome", False),
        (b"", False),
    ],
)
def test_an_alert_is_seven_bytes(data, expected):
    assert is_tls_alert(data) is expected
