"""Whom a proxy says it has signed in. Its header is believed from the addresses that an operator listed, no others."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from liaison.config import Settings


def signed_in_as(settings: Settings, peer: str | None, values: Sequence[str]) -> str | None:
    """The e-mail address, as the proxy wrote it; None where nobody is named, or by somebody who is not believed.

    `peer`: the address that the connection itself comes from, not what a header says of it; `values`: every value
    of the header. Two of them are nobody: one may be the caller's own, which the proxy did not take away.
    """
    if not settings.user_header or peer is None or not _trusted(settings.trusted_proxies, peer):
        return None
    return values[0].strip() or None if len(values) == 1 else None


def _trusted(listed: str, peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ip_network(each.strip()) for each in listed.split(",") if each.strip())
