//! Which addresses may be read: none that lead into a private network, unless the operator allows them.
//!
//! A host that is written as a number is checked here, port and all, at every redirect. A host that is a name is
//! checked by the resolver below, which hands out public addresses only, so that what was checked is what is
//! connected to: a name that changes its mind in between (DNS rebinding) gains nothing.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::Error;

/// All addresses of a name, on their way.
type Found = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// What the operator allows.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    /// Private addresses that may be read all the same, when they are written as numbers.
    allowed: Vec<SocketAddr>,
    /// All of them may be read.
    open: bool,
    /// What knows the addresses of names.
    lookup: fn(String) -> Found,
}

/// Asks the machine's own resolver.
fn system(name: String) -> Found {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

impl Gate {
    pub(crate) fn new(allowed: Vec<SocketAddr>, open: bool) -> Self {
        Self { allowed, open, lookup: system }
    }

    /// Refuses an address that must not be read.
    ///
    /// # Errors
    /// [`Error::AddressRefused`] says which and why.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Error> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused(format!("{url} is neither http nor https")));
        }
        let ip = match url.host() {
            None => return Err(refused(format!("{url} has no host"))),
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        };
        let port = url.port_or_known_default().unwrap_or(0);
        if self.open || is_public(ip) || self.allowed.contains(&SocketAddr::new(ip, port)) {
            Ok(())
        } else {
            Err(refused(format!("{ip}:{port} is not a public address")))
        }
    }
}

fn refused(what: String) -> Error {
    Error::AddressRefused(what)
}

/// A name that leads to no public address.
#[derive(Debug, thiserror::Error)]
#[error("{0} leads to {1}, which is not a public address")]
pub(crate) struct PrivateName(String, IpAddr);

impl Resolve for Gate {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { open, lookup, .. } = *self;
        Box::pin(async move {
            let found = lookup(name.as_str().to_owned()).await?;
            let (good, bad): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|address| open || is_public(address.ip()));
            match bad.first() {
                // One private address among public ones is reason enough: nobody publishes that by accident.
                Some(bad) => Err(PrivateName(name.as_str().to_owned(), bad.ip()).into()),
                None => Ok(Box::new(good.into_iter()) as Addrs),
            }
        })
    }
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries, RFC 6890 and later).
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    if let Some(inner) = embedded(ip) {
        return is_public_v4(inner);
    }
    // Only 2000::/3 is given out; documentation and benchmarking lie inside it.
    let global = parts[0] & 0xe000 == 0x2000;
    let special = (parts[0] == 0x2001 && (parts[1] < 0x0200 || parts[1] == 0x0db8))
        || (parts[0] == 0x3fff && parts[1] < 0x1000);
    global && !special
}

/// The IPv4 address inside a mapped, compatible, 6to4 or NAT64 address.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = ip.segments();
    let from = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(from(high, low))
        }
        [0x2002, high, low, ..] => Some(from(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
