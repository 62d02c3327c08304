"""Who may come in: how many connections at once, in all and from one address, and how fast new ones."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Admission", "Doorkeeper"]

_SWEEP_EVERY = 256
"""After so many arrivals, addresses that nobody has come from for a while are forgotten."""


@dataclass(frozen=True, slots=True)
class Admission:
    """How many may come. None is no bound.

    Attributes:
        total: Connections at once.
        per_address: Connections at once from one IPv4 address, or one /64 of IPv6.
        per_second: New connections a second from one such address, after a `burst`.
        burst: New connections that may come at once.
        busy: What a peer that is turned away is told; empty for nothing.
    """

    total: int | None = None
    per_address: int | None = None
    per_second: float | None = None
    burst: int = 50
    busy: bytes = b"All lines are busy. Please call again later.\r\n"


class Doorkeeper:
    """Counts who is in, and lets in who may. It is told the time."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.asks_names = admission.per_address is not None or admission.per_second is not None
        """Whether it matters where a connection comes from."""
        self._inside = 0
        self._by_address: dict[str, int] = {}
        self._buckets: dict[
            str, tuple[float, float]
        ] = {}  # address -> arrivals still allowed, and since when
        self._arrivals = 0

    def admit(self, host: str, *, now: float) -> str | None:
        """Let a connection from `host` in: None; or the reason why not, for the log.

        Every one that was let in must `leave`.
        """
        rules = self.admission
        if rules.total is not None and self._inside >= rules.total:
            return f"all {rules.total} lines are busy"
        if not self.asks_names:
            self._inside += 1
            return None
        address = _group(host)
        if rules.per_address is not None and self._by_address.get(address, 0) >= rules.per_address:
            return f"{rules.per_address} connections from {address} already"
        if rules.per_second is not None and not self._draw(address, rules.per_second, now):
            return f"{address} connects too fast"
        self._inside += 1
        self._by_address[address] = self._by_address.get(address, 0) + 1
        return None

    def leave(self, host: str) -> None:
        """A connection that was let in has ended."""
        self._inside -= 1
        if not self.asks_names:
            return
        address = _group(host)
        left = self._by_address.get(address, 0) - 1
        if left > 0:
            self._by_address[address] = left
        else:
            self._by_address.pop(address, None)

    def _draw(self, address: str, rate: float, now: float) -> bool:
        """Take one from the address's bucket, which fills with `rate` a second up to `burst`."""
        burst = self.admission.burst
        allowed, since = self._buckets.get(address, (float(burst), now))
        allowed = min(float(burst), allowed + (now - since) * rate)
        self._buckets[address] = (max(0.0, allowed - 1), now)
        self._arrivals += 1
        if self._arrivals % _SWEEP_EVERY == 0:
            full = burst / rate  # seconds after which a bucket is full again, and as good as forgotten
            self._buckets = {at: bucket for at, bucket in self._buckets.items() if now - bucket[1] < full}
        return allowed >= 1


def _group(host: str) -> str:
    """The address that bounds are counted by: a home has one IPv4 address, but a whole /64 of IPv6."""
    import ipaddress  # here, not above: most servers have no bounds, and it takes 4 ms to import

    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host  # a Unix socket, or something new
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{ipaddress.ip_network((address, 64), strict=False)}"
