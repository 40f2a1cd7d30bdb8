//! No disguise of a private address passes, and what was checked is what is connected to.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::dns::{Name, Resolve as _};
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use url::Url;

use super::{Found, Gate, is_public};
use crate::fetch::{Answer, Fetcher, Limit};
use crate::{Error, Validators};

const PRIVATE: [&str; 44] = [
    "127.0.0.1",
    "127.255.255.254",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.0.8",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "::1",
    "::",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "5f00::1",
    "3fff::1",
    "2001:db8::1",
    // IPv4 inside: mapped, compatible, translated, 6to4, NAT64 by the known and by a local prefix, Teredo.
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::10.0.0.1",
    "64:ff9b:1:7f00:0:100::",
    "2001:0:7f00:1::",
    "2001::f5ff:fffe",
];

const PUBLIC: [&str; 10] = [
    "1.1.1.1",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2001:200::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
];

#[test]
fn private_addresses_are_known_in_every_disguise() {
    for ip in PRIVATE {
        assert!(!is_public(ip.parse().unwrap()), "{ip}");
    }
    for ip in PUBLIC {
        assert!(is_public(ip.parse().unwrap()), "{ip}");
    }
}

#[test]
fn hosts_written_as_numbers_are_checked_with_their_port() {
    let gate = Gate::new(vec!["127.0.0.1:8083".parse().unwrap()], false);
    let check = |url: &str| gate.check(&Url::parse(url).unwrap());
    assert!(check("http://127.0.0.1:8083/feed").is_ok());
    assert!(check("http://2130706433:8083/").is_ok(), "the same address in decimal");
    for url in [
        "http://127.0.0.1/",
        "http://127.0.0.1:8084/",
        "http://[::1]:8083/",
        "http://[::ffff:127.0.0.1]:8083/",
        "ftp://example.org/",
        "file:///etc/passwd",
    ] {
        assert!(check(url).is_err(), "{url}");
    }
}

static TURNED: AtomicUsize = AtomicUsize::new(0);

/// Public at the first question and this machine from then on.
fn turning(_: String) -> Found {
    let first = TURNED.fetch_add(1, Ordering::Relaxed) == 0;
    let address = if first { "1.1.1.1:0" } else { "127.0.0.1:0" };
    Box::pin(async move { Ok(vec![address.parse().unwrap()]) })
}

fn mixed(_: String) -> Found {
    Box::pin(async { Ok(vec!["1.1.1.1:0".parse().unwrap(), "[fe80::1]:0".parse().unwrap()]) })
}

async fn handed_out(gate: &Gate) -> Result<Vec<SocketAddr>, String> {
    let name: Name = "rebinding.example".parse().unwrap();
    gate.resolve(name).await.map(Iterator::collect).map_err(|error| error.to_string())
}

async fn get(fetcher: &Fetcher, port: u16) -> Result<Answer, Error> {
    let url = Url::parse(&format!("http://rebinding.example:{port}/")).unwrap();
    fetcher
        .get(&url, &Validators::default(), Limit::Settings, "2026-11-20T12:00:00Z".parse().unwrap())
        .await
}

fn through(gate: Gate) -> Fetcher {
    Fetcher::through(gate, HeaderMap::new(), Duration::from_secs(10), 1000).unwrap()
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_refused_from_then_on() {
    let gate = Gate { lookup: turning, ..Gate::new(Vec::new(), false) };
    assert_eq!(handed_out(&gate).await, Ok(vec!["1.1.1.1:0".parse().unwrap()]));
    let door = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    door.set_nonblocking(true).unwrap();
    let error = get(&through(gate), door.local_addr().unwrap().port()).await.unwrap_err();
    assert!(matches!(error, Error::AddressRefused(_)), "{error}");
    assert!(door.accept().is_err(), "nobody knocked");

    let gate = Gate { lookup: mixed, ..Gate::new(Vec::new(), false) };
    assert!(
        handed_out(&gate).await.unwrap_err().contains("fe80::1"),
        "one private address is enough"
    );
}

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// This machine at the first question; from then on another of its addresses, at which nobody listens.
fn moving(_: String) -> Found {
    let first = ASKED.fetch_add(1, Ordering::Relaxed) == 0;
    let address = if first { "127.0.0.1:0" } else { "127.0.0.2:0" };
    Box::pin(async move { Ok(vec![address.parse().unwrap()]) })
}

#[tokio::test]
async fn the_address_that_was_checked_is_the_one_connected_to() {
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = door.local_addr().unwrap().port();
    let answering = tokio::spawn(async move {
        let (mut stream, _) = door.accept().await.unwrap();
        let mut head = [0; 4096];
        let length = stream.read(&mut head).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await.unwrap();
        String::from_utf8_lossy(&head[..length]).into_owned()
    });
    let fetcher = through(Gate { lookup: moving, ..Gate::new(Vec::new(), true) });
    let Answer::Body(body) = get(&fetcher, port).await.unwrap() else { panic!("it has a body") };
    assert_eq!((body.bytes.as_slice(), ASKED.load(Ordering::Relaxed)), (b"ok".as_slice(), 1));
    let head = answering.await.unwrap().to_lowercase();
    assert!(head.contains(&format!("host: rebinding.example:{port}")), "{head}");
}
