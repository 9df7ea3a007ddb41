//! The caller's address. A forwarded address counts only behind our own proxy: taken from anyone, it would
//! let every caller pretend to be another and evade the rate limits.

use super::options::Options;
use rocket::request::Request;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether the request came through the trusted proxy, that is, from this machine: casero listens on loopback
/// behind it.
pub(super) fn is_from_proxy(request: &Request<'_>, options: &Options) -> bool {
    options.trusted_proxy && request.remote().is_some_and(|peer| peer.ip().is_loopback())
}

/// The address for rate limits: the caller's, an IPv6 one cut to its /64, since one subscriber has all
/// addresses of it.
pub(super) fn address(request: &Request<'_>, options: &Options) -> IpAddr {
    let peer = request.remote().map(|peer| peer.ip());
    let forwarded = is_from_proxy(request, options).then(|| forwarded(request)).flatten();
    cut(forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

/// The last address of the list was added by our proxy; those before it are unverified.
fn forwarded(request: &Request<'_>) -> Option<IpAddr> {
    let list = request.headers().get("X-Forwarded-For").last();
    let last = list.and_then(|list| list.rsplit(',').next());
    last.or_else(|| request.headers().get_one("X-Real-IP"))?.trim().parse().ok()
}

fn cut(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => IpAddr::V4(mapped),
            None => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_caller_counts_by_network() {
        let cut_text = |text: &str| cut(text.parse().unwrap()).to_string();
        assert_eq!(cut_text("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(cut_text("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
