//! `Allowance`: how often strangers may do what costs others something (a letter that goes out, a report that a person
//! reads). Counted in memory, for an hour, by the reader's address and in total; nothing of it is written anywhere.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::forwarded::Client;

/// How long a try counts.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// What is allowed within an hour. Its memory is bounded by its total.
#[derive(Debug)]
pub struct Allowance {
    per_client: usize,
    total: usize,
    tries: Mutex<VecDeque<(DateTime<Utc>, Option<IpAddr>)>>,
}

impl Allowance {
    /// So many tries of one client, and of all together.
    pub(crate) fn new(per_client: usize, total: usize) -> Self {
        Self { per_client, total, tries: Mutex::default() }
    }

    /// Counts a try. A client that is not known counts in total only: behind a proxy that does not tell who asks, all
    /// readers would be one.
    ///
    /// # Errors
    /// How long to wait, where it is one too many.
    pub(crate) fn take(&self, client: Client, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let client = client.0.map(network);
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        while tries.front().is_some_and(|(at, _)| *at + HOUR <= now) {
            tries.pop_front();
        }
        let own = || tries.iter().filter(|(_, other)| client.is_some() && *other == client);
        // Who waits is told of the moment at which there is room again, whichever bound was met.
        let of_all = (tries.len() >= self.total).then(|| tries.front()).flatten();
        let of_client = (own().count() >= self.per_client).then(|| own().next()).flatten();
        match [of_all, of_client].into_iter().flatten().map(|(at, _)| *at).max() {
            Some(at) => Err(at + HOUR - now),
            None => {
                tries.push_back((now, client));
                Ok(())
            }
        }
    }
}

/// The network of an address that one reader has: of IPv6 the first 64 bits, as they may choose the others freely.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Client, DateTime, TimeDelta, Utc};

    fn client(address: &str) -> Client {
        Client(address.parse().ok())
    }

    #[test]
    fn a_client_that_asked_too_often_waits_and_others_do_not() {
        let allowance = Allowance::new(2, 5);
        let start: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().unwrap();
        let at = |minutes| start + TimeDelta::minutes(minutes);
        for minutes in [0, 10] {
            assert_eq!(allowance.take(client("192.0.2.1"), at(minutes)), Ok(()));
        }
        let refused = allowance.take(client("::ffff:192.0.2.1"), at(20));
        assert_eq!(refused, Err(TimeDelta::minutes(40)), "the same address, written otherwise");
        assert_eq!(allowance.take(client("2001:db8::1"), at(20)), Ok(()));
        assert_eq!(allowance.take(client("2001:db8::ffff:1"), at(20)), Ok(()));
        let refused = allowance.take(client("2001:db8::2:3:4:5"), at(20));
        assert_eq!(refused, Err(TimeDelta::minutes(60)), "one network is one reader");
        assert_eq!(allowance.take(client("192.0.2.1"), at(60)), Ok(()), "an hour later");
    }

    #[test]
    fn all_together_are_bounded_whoever_they_are() {
        let allowance = Allowance::new(2, 3);
        let now: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().unwrap();
        for _ in 0..3 {
            assert_eq!(allowance.take(Client(None), now), Ok(()));
        }
        assert_eq!(allowance.take(client("192.0.2.7"), now), Err(TimeDelta::hours(1)));
    }
}
