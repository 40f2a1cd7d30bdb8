//! Promise: behind a reverse proxy the site knows its address, and it believes nobody who is no proxy of its own.

use std::path::Path;

use tests::{Site, World};
use web::config::Config;

const TRUSTED: &str = "trusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\"]\n";

/// What a proxy of `site` adds to a request.
fn added(site: &str) -> String {
    // A client's own header stands before the proxy's.
    format!("X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example, {site}\r\n")
}

async fn world() -> anyhow::Result<World> {
    World::with_press(&[("China", "data localization")]).await
}

#[tokio::test]
async fn a_trusted_proxy_says_how_the_site_is_reached() -> anyhow::Result<()> {
    let mut world = world().await?;
    world.settings(TRUSTED);
    let site = Site::start(&world).await?;
    for name in ["one.example", "two.example:8443"] {
        let page = site.ask("GET /", &added(name)).await?;
        let canonical = format!("<link rel=\"canonical\" href=\"https://{name}/\">");
        assert!(page.contains(&canonical), "{page}");
        let feed = site.ask("GET /feed.atom?topic=data-localization", &added(name)).await?;
        assert!(feed.contains(&format!("https://{name}/items/")), "{feed}");
        assert!(!feed.contains("evil.example") && !feed.contains("inner"), "{feed}");
        let mark = site.ask("POST /mark", &added(name)).await?;
        assert!(mark.contains("; Secure"), "a cookie for HTTPS only: {mark}");
        let form = format!("{}Origin: https://{name}\r\n", added(name));
        assert!(site.ask("POST /mark", &form).await?.starts_with("HTTP/1.1 303"));
    }
    for odd in
        ["X-Forwarded-Host: a/b\r\n", "X-Forwarded-Proto: javascript\r\n", "X-Forwarded-Host: \r\n"]
    {
        let page = site.ask("GET /about", odd).await?;
        assert!(page.starts_with("HTTP/1.1 200") && !page.contains("javascript:"), "{odd}: {page}");
    }
    Ok(())
}

/// RFC 7239, as a proxy writes it that knows nothing of the older headers.
#[tokio::test]
async fn the_standard_header_is_read_as_well() -> anyhow::Result<()> {
    let mut world = world().await?;
    world.settings(TRUSTED);
    let site = Site::start(&world).await?;
    for good in [
        "Forwarded: for=192.0.2.1;proto=https;host=one.example\r\n",
        "forwarded: for=evil;host=evil.example, For=\"[2001:db8::1]:47\"; Proto=HTTPS; Host=\"one.example\" \r\n",
        "Forwarded: host=evil.example\r\nForwarded: ;proto=https;host=one.\r\n",
        "Forwarded: proto=https;host=one.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: one.example\r\n",
    ] {
        let good = good.replace("host=one.\r", "host=\"one\\.example\"\r");
        let page = site.ask("GET /", &good).await?;
        assert!(page.contains("rel=\"canonical\" href=\"https://one.example/\""), "{good}: {page}");
    }
    // What a client sent and a proxy let pass must not win, and a quote left open must not take in the proxy's words.
    for bad in [
        "Forwarded: host=evil.example\r\nX-Forwarded-Host: one.example\r\n",
        "Forwarded: proto=https;host=one.example\r\nX-Forwarded-Host: evil.example\r\n",
        "Forwarded: host=evil.example;for=\", for=192.0.2.1;host=one.example\r\n",
        "Forwarded: host=evil.example;for=\", for=\"[::1]\";host=one.example\r\n",
        "Forwarded: host=evil.example;for=\"\\, for=\"a\";host=one.example\r\n",
        "Forwarded: host=\"evil.example/path\"\r\n",
        "Forwarded: proto=javascript;host=evil.example\r\n",
    ] {
        let page = site.ask("GET /", bad).await?;
        assert!(page.starts_with("HTTP/1.1 200") && !page.contains("evil"), "{bad}: {page}");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_else_is_believed() -> anyhow::Result<()> {
    let mut world = world().await?;
    world.settings("trusted_proxies = [\"10.0.0.0/8\"]\n");
    let site = Site::start(&world).await?;
    for path in ["/", "/feed.atom", "/laws/gdpr"] {
        let page = site.ask(&format!("GET {path}"), &added("evil.example")).await?;
        assert!(page.starts_with("HTTP/1.1 200") && !page.contains("evil.example"), "{page}");
    }
    let standard = "Forwarded: proto=https;host=evil.example\r\n";
    for headers in [&added("evil.example"), standard] {
        assert!(!site.ask("POST /mark", headers).await?.contains("Secure"));
    }
    let form = format!("{}Origin: https://evil.example\r\n", added("evil.example"));
    assert!(site.ask("POST /mark", &form).await?.starts_with("HTTP/1.1 403"));
    Ok(())
}

#[tokio::test]
async fn the_address_of_the_settings_is_meant_for_all() -> anyhow::Result<()> {
    let mut world = world().await?;
    world.settings(&format!("base_url = \"https://lex.example/\"\n{TRUSTED}"));
    let site = Site::start(&world).await?;
    let feed = site.ask("GET /feed.atom", &added("other.example")).await?;
    assert!(
        feed.contains("https://lex.example/items/") && !feed.contains("other.example"),
        "{feed}"
    );
    Ok(())
}

#[test]
fn what_is_no_address_is_a_fault_of_the_settings() {
    let settings = "[server]\n\ntrusted_proxies = [\"127.0.0.1\", \"my proxy\"]\n";
    let fault = Config::parse("lexwatch.toml", settings, Path::new(".")).unwrap_err().to_string();
    assert!(fault.contains("lexwatch.toml:3:") && fault.contains("`my proxy`"), "{fault}");
}
