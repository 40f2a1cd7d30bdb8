//! One address per page: without fragments and without what only follows readers around.

use url::Url;

/// Parameters that say where a reader came from, never which page it is.
const TRACKING: [&str; 18] = [
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "ref_src",
    "cmpid",
    "at_medium",
];

/// No address of a page is longer.
const MAX_LENGTH: usize = 2000;

/// The canonical form; `None` for what is no address of a web page.
pub(crate) fn canonical(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") || url.as_str().len() > MAX_LENGTH {
        return None;
    }
    url.set_fragment(None);
    // It fails only for addresses without a host, which http has always.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|part| !follows_readers(part)).collect();
        let kept = kept.join("&");
        url.set_query(if kept.is_empty() { None } else { Some(&kept) });
    }
    Some(url)
}

fn follows_readers(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use url::Url;

    #[test]
    fn only_what_follows_readers_goes() {
        let of = |text: &str| canonical(Url::parse(text).unwrap()).map(String::from);
        let same = Some("https://example.org/a?id=1&b=%20x".to_owned());
        assert_eq!(of("https://example.org:443/a?utm_source=rss&id=1&fbclid=x&b=%20x#top"), same);
        assert_eq!(
            of("https://user:secret@example.org/?UTM_campaign=1"),
            Some("https://example.org/".to_owned())
        );
        for odd in [
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@example.org",
            "file:///etc/passwd",
        ] {
            assert_eq!(of(odd), None, "{odd}");
        }
        assert_eq!(of(&format!("https://example.org/{}", "a".repeat(3000))), None);
    }
}
