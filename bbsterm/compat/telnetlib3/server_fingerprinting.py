"""Fingerprints of servers, under the name of their old module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bbsterm.compat.telnetlib3.fingerprinting import ProbeResult, probe_client_capabilities
from bbsterm.fingerprint.boards import look
from bbsterm.fingerprint.names import Names, Suggestion
from bbsterm.fingerprint.questions import SCANS, Scan
from bbsterm.fingerprint.server_probe import ProbeSettings
from bbsterm.fingerprint.store import write_json
from bbsterm.net.address import Address
from bbsterm.net.tls import TlsSettings
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["fingerprinting_client_shell", "probe_server_capabilities"]


async def probe_server_capabilities(
    writer: Any,
    options: list[tuple[bytes, str, str]] | None = None,
    timeout: float = 0.5,  # noqa: ASYNC109  # its own
    scan_type: Scan = "quick",
) -> dict[str, ProbeResult]:
    """Ask a server for options with DO; return what became of each, by name.

    Args:
        writer: The shell's.
        options: Options as (byte, name, description); those of `scan_type` if None.
        timeout: Seconds to wait for answers.
        scan_type: "quick" or "full".
    """
    if options is None:
        asked = [code for code, side in SCANS[scan_type] if side is Side.REMOTE]
        options = [(bytes((code,)), OptionCode(code).name, "") for code in asked]
    return await probe_client_capabilities(writer, options, timeout)


async def fingerprinting_client_shell(
    reader: Any,
    writer: Any,
    *,
    host: str,
    port: int,
    save_path: str | None = None,
    silent: bool = False,
    set_name: str | None = None,
    environ_encoding: str = "ascii",
    scan_type: Scan = "quick",
    mssp_wait: float = 5.0,
    banner_quiet_time: float = 2.0,
    banner_max_wait: float = 8.0,
    banner_max_bytes: int = 65536,
) -> None:
    """Hang up, call the same server again to look at it from its first byte on, and print what is found.

    Args:
        reader: The shell's.
        writer: The shell's; whether it is encrypted decides whether the second call is.
        host: The server's.
        port: The server's.
        save_path: A file for the JSON.
        silent: Print nothing.
        set_name: A name for the fingerprint, kept beside `save_path`.
        environ_encoding: Not used: variables travel in UTF-8.
        scan_type: "quick" or "full".
        mssp_wait: Seconds for MSSP.
        banner_quiet_time: Seconds of silence after which the banner is complete.
        banner_max_wait: Seconds for it in all.
        banner_max_bytes: Bytes of it that are kept.

    Raises:
        DialError: The server cannot be reached a second time.
        StorageError: The file cannot be written.
    """
    tls = writer.get_extra_info("ssl_object")
    writer.close()
    settings = ProbeSettings(
        scan=scan_type,
        mssp_wait=mssp_wait,
        banner_quiet=banner_quiet_time,
        banner_wait=banner_max_wait,
        banner_bytes=banner_max_bytes,
    )
    address = Address(host, port, "telnets" if tls is not None else "telnet")
    trust = TlsSettings(verify=tls is not None and tls.context.check_hostname)
    found = await look(address, settings, tls=trust)
    if save_path:
        write_json(Path(save_path), found.document)
        if set_name:
            Names(Path(save_path).parent).accept(Suggestion("", found.protocol, "server", set_name))
    if not silent:
        print(json.dumps(found.document, indent=2, sort_keys=True))
