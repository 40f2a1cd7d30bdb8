//! One mail address, as people type it.

use lettre::Address;
use lettre::message::Mailbox;
use url::Host;

/// The longest address (RFC 5321, section 4.5.3.1.3: a path of 256 with its angle brackets).
const MAX: usize = 254;

/// Reads one address: spaces around it, a name before it and `mailto:` are passed over, a domain in another script
/// becomes what mail servers understand.
///
/// # Errors
/// With what is wrong, for the reader.
pub(crate) fn read(text: &str) -> Result<String, &'static str> {
    const NONE: &str = "this is no mail address; one looks like name@example.org";
    let text = text.trim();
    if text.is_empty() {
        return Err("a mail address is needed");
    }
    if text.len() > 4 * MAX || text.contains(char::is_control) {
        return Err(NONE);
    }
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let address: Address = match text.parse() {
        Ok(address) => address,
        Err(_) => text.parse::<Mailbox>().map_err(|_| NONE)?.email,
    };
    if !address.user().is_ascii() {
        return Err("letters outside ASCII before the @ are not supported");
    }
    // Quoted local parts are allowed by RFC 5321, and no mailbox has one; mail servers and lettre stumble over them.
    if !address
        .user()
        .bytes()
        .all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&c))
    {
        return Err(NONE);
    }
    let domain = match Host::parse(address.domain()) {
        Ok(Host::Domain(domain)) => domain,
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => address.domain().to_ascii_lowercase(),
    };
    let address = Address::new(address.user(), domain).map_err(|_| NONE)?.to_string();
    if address.len() > MAX { Err("this address is too long") } else { Ok(address) }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        let good = [
            (" Ada.Lovelace+law@Example.ORG ", "Ada.Lovelace+law@example.org"),
            ("Ada Lovelace <ada@example.org>", "ada@example.org"),
            ("mailto:ada@example.org", "ada@example.org"),
            ("ada@müller.example", "ada@xn--mller-kva.example"),
            ("root@localhost", "root@localhost"),
        ];
        for (typed, address) in good {
            assert_eq!(read(typed).as_deref(), Ok(address), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(300));
        let bad = [
            "",
            "ada",
            "ada@",
            "@example.org",
            "a b@example.org",
            "ada@example.org, bob@example.org",
            "ada@example.org\r\nBcc: all@example.org",
            "<ada@example.org>\nX: y",
            "ada@exa mple.org",
            "адa@example.org",
            "ada@example..org",
            "\"<script>\"@example.org",
            "\"a b\"@example.org",
            long.as_str(),
        ];
        for typed in bad {
            assert!(read(typed).is_err(), "{typed:?}");
        }
    }
}
