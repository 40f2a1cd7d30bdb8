//! The pages say what there is, without script, and hostile text is inert.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tests::{World, feed, page};

const PAGES: [&str; 12] = [
    "/",
    "/search",
    "/jurisdictions",
    "/jurisdictions/CN",
    "/topics",
    "/topics/data-localization",
    "/laws",
    "/sources",
    "/about",
    "/subscribe",
    "/saved",
    "/api",
];

#[tokio::test]
async fn every_page_answers_full_and_empty() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    for filled in [false, true] {
        if filled {
            lexwatch.ingest().await?;
        }
        for path in PAGES {
            let answer = lexwatch.get(path).await?;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let html = Html::parse_document(&answer.body);
            let one = |css: &str| html.select(&Selector::parse(css).unwrap()).count();
            assert_eq!(one("h1"), 1, "{path}");
            assert_eq!(one("script:not([type='application/ld+json'])"), 1, "{path}");
            assert_eq!(one("head > script[src^='/static/'][defer]:empty"), 1, "{path}");
            assert_eq!(one("dialog:not([open])"), 1, "{path}");
            assert!(answer.body.len() < 100 << 10, "{path}: {} bytes", answer.body.len());
            assert_eq!(one("head > title"), 1, "{path}");
        }
    }
    assert!(lexwatch.get("/").await?.body.contains("China adopts law on data localization"));
    assert_eq!(lexwatch.get("/nowhere").await?.status, StatusCode::NOT_FOUND);
    assert_eq!(lexwatch.get("/items/zzzzzzzz").await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn links_on_the_pages_lead_somewhere() -> anyhow::Result<()> {
    let world =
        World::with_press(&[("China", "data localization"), ("India", "VPN services")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let mut seen = std::collections::BTreeSet::new();
    let mut open: Vec<String> = vec!["/".to_owned()];
    let links = Selector::parse("a[href^='/'], link[href^='/']").unwrap();
    while let Some(path) = open.pop() {
        if seen.len() > 150 || !seen.insert(path.clone()) {
            continue;
        }
        let answer = lexwatch.get(&path).await?;
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        let html = Html::parse_document(&answer.body);
        open.extend(html.select(&links).filter_map(|link| link.attr("href")).map(str::to_owned));
    }
    Ok(())
}

#[tokio::test]
async fn hostile_titles_are_text() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let base = world.web.url("");
    let title = "&lt;script&gt;alert(1)&lt;/script&gt; China adopts law \u{202e}on encryption";
    world.web.html(
        "/x",
        page(title, "2026-11-23", &[
            "China's parliament adopted a law on &lt;img src=x onerror=alert(1)&gt; encryption on Monday.",
            "The regulator said the law on encryption obliges companies to hand keys to the government.",
            "Fines for a breach of the regulation are high, the Cyberspace Administration of China said.",
        ]),
    );
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    world.web.rss("/feed.xml", feed(&base, &[("/x", "&amp;lt;script&amp;gt;", date)]));
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let found = lexwatch.json("/api/v1/items?q=encryption&policy=any").await?;
    let id = found["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let item = format!("/items/{id}");
    for path in ["/", "/search?q=encryption&policy=any", &item, "/feed.atom?policy=any"] {
        let body = lexwatch.get(path).await?.body;
        assert!(!body.contains("<script>alert"), "{path}");
        assert!(!body.contains("<img src=x"), "{path}");
    }
    assert!(!lexwatch.get(&item).await?.body.contains('\u{202e}'), "no override turns the line");
    Ok(())
}

#[tokio::test]
async fn pages_allow_nothing_from_elsewhere() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let answer = lexwatch.get("/").await?;
    let policy = answer.headers["content-security-policy"].to_str()?;
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    Ok(())
}

#[tokio::test]
async fn the_style_sheet_and_the_script_may_be_kept_for_ever() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let html = Html::parse_document(&lexwatch.get("/").await?.body);
    for (css, attribute, media_type, most) in [
        ("link[rel=stylesheet]", "href", "text/css; charset=utf-8", 40 << 10),
        ("script", "src", "text/javascript; charset=utf-8", 6 << 10),
    ] {
        let element = html.select(&Selector::parse(css).unwrap()).next();
        let path = element.and_then(|element| element.attr(attribute)).unwrap_or_default();
        let answer = lexwatch.get(path).await?;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.headers["content-type"], media_type);
        assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
        assert!(!answer.body.is_empty() && answer.body.len() < most, "{path}");
        // Other content has another address: the name is not made up of anything that stays.
        let (name, ending) = path.rsplit_once('-').unwrap_or_default();
        let (hash, ending) = ending.split_once('.').unwrap_or_default();
        assert!(hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
        let old = format!("{name}-000000000000.{ending}");
        assert_eq!(lexwatch.get(&old).await?.status, StatusCode::NOT_FOUND);
    }
    Ok(())
}

#[tokio::test]
async fn what_a_reader_has_already_is_not_sent_again() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    let paths =
        ["/", "/search?q=data", "/jurisdictions", "/feed.atom", "/feed.json", "/api/v1/items"];
    let mut empty = Vec::new();
    for path in paths {
        let first = lexwatch.get(path).await?;
        let tag = first.headers["etag"].to_str()?.to_owned();
        let again = lexwatch.get_unless(path, &format!("\"other\", {tag}")).await?;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!(again.headers["etag"], tag, "{path}");
        empty.push(tag);
    }
    lexwatch.ingest().await?;
    for (path, tag) in paths.into_iter().zip(empty) {
        let status = lexwatch.get_unless(path, &tag).await?.status;
        assert_eq!(status, StatusCode::OK, "{path} has changed");
    }
    let download = lexwatch.get("/api/v1/export.csv").await?;
    assert!(!download.headers.contains_key("etag"), "what is streamed is not held");
    assert_eq!(lexwatch.get_unless("/nowhere", "*").await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn the_register_is_folded_and_found_by_any_name() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let count = async |path: &str, css: &str| -> anyhow::Result<usize> {
        let html = Html::parse_document(&lexwatch.get(path).await?.body);
        Ok(html.select(&Selector::parse(css).unwrap()).count())
    };
    let all = count("/laws", ".groups a").await?;
    assert!(all > 300, "{all}");
    assert_eq!(count("/laws", "details[open]").await?, 0);
    assert_eq!(count("/laws?unfold=all", "details:not([open])").await?, 0);
    assert_eq!(count("/laws?q=", ".groups a").await?, all);
    // By an alias, in another script, and with the state's name.
    for words in [
        "datenschutz-grundverordnung",
        "\u{7f51}\u{7edc}\u{5b89}\u{5168}\u{6cd5}",
        "CHINA cybersecurity",
    ] {
        let query = url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        let found = count(&format!("/laws?q={query}"), ".groups details[open] a").await?;
        assert!((1..10).contains(&found), "{words}: {found}");
    }
    let none = lexwatch.get("/laws?q=%3Cb%3Enothing").await?.body;
    assert!(none.contains("No law is called so") && !none.contains("<b>"), "{none}");
    Ok(())
}

#[tokio::test]
async fn each_tag_of_an_item_says_why_and_where() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let items = lexwatch.json("/api/v1/items").await?;
    let id = items["items"][0]["id"].as_str().unwrap_or_default();
    let page = lexwatch.get(&format!("/items/{id}")).await?.body;
    let html = Html::parse_document(&page);
    let all = |css: &str| html.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
    let tags = all(".glance a");
    assert!(tags.len() > 2, "{page}");
    for tag in tags {
        let section = tag.attr("href").and_then(|href| href.strip_prefix('#')).unwrap_or_default();
        assert_eq!(
            all(&format!("[id='{section}']")).len(),
            1,
            "it leads to its evidence: {section}"
        );
        let why = all(&format!("[id='{}']", tag.attr("aria-describedby").unwrap_or_default()));
        let why: String = why.iter().flat_map(|why| why.text()).collect();
        assert!(why.contains("headline") || why.contains("paragraph "), "{section}: {why}");
    }
    let described = all("script[type='application/ld+json']")[0].text().collect::<String>();
    let described: serde_json::Value = serde_json::from_str(&described)?;
    assert_eq!(described["mainEntity"]["datePublished"], "2026-11-23");
    assert!(!described.to_string().contains("null"), "nothing unknown is told: {described}");
    Ok(())
}

#[tokio::test]
async fn where_nothing_is_found_no_filters_are_promised() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    assert!(lexwatch.get("/search?q=law").await?.body.contains("Filters"));
    let nothing = lexwatch.get("/search?q=zzqqxx").await?.body;
    assert!(nothing.contains("Nothing found") && !nothing.contains("Filters"), "{nothing}");
    let beyond = "href=\"/search?q=zzqqxx&#38;policy=any\">what is not about policy</a>";
    assert!(nothing.contains(beyond), "{nothing}");
    Ok(())
}

/// A source's name in Arabic or Hebrew must not take the date beside it into its own direction.
#[tokio::test]
async fn names_of_sources_keep_their_direction_to_themselves() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let items = lexwatch.json("/api/v1/items").await?;
    let item = format!("/items/{}", items["items"][0]["id"].as_str().unwrap_or_default());
    for path in ["/", "/search", "/jurisdictions/CN", "/sources", &item] {
        let body = lexwatch.get(path).await?.body;
        assert!(body.contains("<bdi>The press</bdi>"), "{path}: {body}");
    }
    Ok(())
}

#[tokio::test]
async fn many_sources_take_several_pages() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    for number in 0..130 {
        world.source(&format!("source-{number:03}"), "feed", "/nothing.xml", "");
    }
    let lexwatch = world.start().await?;
    let mut seen = 0;
    for (path, others) in [("/sources", "/sources?page=2"), ("/sources?page=2", "/sources?page=1")]
    {
        let body = lexwatch.get(path).await?.body;
        let html = Html::parse_document(&body);
        seen += html.select(&Selector::parse("table.sources tbody tr").unwrap()).count();
        assert!(body.contains(&format!("href=\"{others}\"")), "{path}");
        assert!(body.len() < 100 << 10, "{path}: {} bytes", body.len());
    }
    assert_eq!(seen, 130);
    for odd in ["0", "9999999999999999999999", "-1", "x", ""] {
        assert_eq!(lexwatch.get(&format!("/sources?page={odd}")).await?.status, StatusCode::OK);
    }
    Ok(())
}

#[tokio::test]
async fn who_wants_something_taken_down_learns_whom_to_write_to() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let shown = async |world: &World| anyhow::Ok(world.start().await?.get("/about").await?.body);
    // The contact that sites are shown, unless somebody is named for readers.
    assert!(shown(&world).await?.contains("href=\"mailto:test@example.org\""));
    world.operator("Ops <ops@example.org>");
    let page = shown(&world).await?;
    assert!(page.contains("href=\"mailto:ops@example.org\"") && !page.contains("test@"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_form_with_faults_has_the_focus_on_their_summary() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let items = lexwatch.json("/api/v1/items").await?;
    let item = format!("/items/{}/report", items["items"][0]["id"].as_str().unwrap_or_default());
    for (path, field) in [("/subscribe", "email"), (&item, "words")] {
        let html = Html::parse_document(&lexwatch.post(path, &[(field, "x")]).await?.body);
        let all = |css: &str| html.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
        assert_eq!(all(".faults[tabindex='-1'][autofocus]").len(), 1, "{path}");
        assert_eq!(all("[autofocus]").len(), 1, "{path}");
        let title = all("title")[0].text().collect::<String>();
        assert!(title.starts_with("Error: "), "{path}: {title}");
        // A fragment in the address would take the focus elsewhere.
        let forms = all("form[method=post]");
        assert!(forms.iter().all(|form| !form.attr("action").unwrap_or_default().contains('#')));
    }
    Ok(())
}

#[tokio::test]
async fn a_law_of_several_states_counts_for_each_of_them_everywhere() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let of = |page: &str, entry: &str, name: &str, size: &str| {
        let html = Html::parse_document(page);
        let text = |of: scraper::ElementRef<'_>, css: &str| {
            let found = of.select(&Selector::parse(css).unwrap()).next();
            found.map(|one| one.text().collect::<String>()).unwrap_or_default()
        };
        let entry = Selector::parse(entry).unwrap();
        let pairs = html.select(&entry).map(|one| (text(one, name), text(one, size)));
        pairs
            .filter(|(_, size)| size.contains(" law"))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let laws = of(&lexwatch.get("/laws").await?.body, "details", "h2", ".noted");
    let states = of(&lexwatch.get("/jurisdictions").await?.body, ".list li", "a", ".noted");
    assert!(laws.len() > 50, "{laws:?}");
    assert_eq!(laws, states);
    Ok(())
}

#[tokio::test]
async fn words_of_the_trade_are_explained_where_they_stand() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let sources = lexwatch.get("/sources").await?.body;
    for term in ["stale", "Left alone", "Unread", "Lag"] {
        let told = format!("{term}</dt>");
        assert!(sources.contains(&told) || sources.contains(&format!("({term})</dt>")), "{term}");
    }
    let today = lexwatch.get("/").await?.body;
    assert!(today.contains("New is what Lexwatch read for the first time since then"), "{today}");
    Ok(())
}

#[tokio::test]
async fn a_tag_that_is_not_sure_looks_so_and_every_row_leads_to_the_reasons() -> anyhow::Result<()>
{
    let mut world = World::new().await?;
    let title = "Vendor ban widens";
    world.web.html(
        "/ban",
        page(title, "2026-11-23", &[
            "Denmark's government said that operators must remove equipment of some vendors from networks.",
            "The order names routers and cloud services, and firms must report incidents with such devices.",
            "The rule follows an EU toolbox.",
        ]),
    );
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    world.web.rss("/feed.xml", feed(&world.web.url(""), &[("/ban", title, date)]));
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let (mut weak, mut sure) = (0, 0);
    let search = lexwatch.get("/search").await?.body;
    for item in lexwatch.json("/api/v1/items").await?["items"].as_array().into_iter().flatten() {
        let id = item["id"].as_str().unwrap_or_default();
        assert!(search.contains(&format!("href=\"/items/{id}#tags\"")), "{search}");
        let detail = lexwatch.json(&format!("/api/v1/items/{id}")).await?;
        let page = lexwatch.get(&format!("/items/{id}")).await?.body;
        let html = Html::parse_document(&page);
        assert_eq!(html.select(&Selector::parse("#tags.glance").unwrap()).count(), 1);
        for kind in ["jurisdiction", "topic", "stage", "instrument"] {
            let plural = if kind == "stage" { kind.to_owned() } else { format!("{kind}s") };
            for tag in detail["evidence"][plural].as_array().into_iter().flatten() {
                let place = format!("#{kind}:{}", tag["value"].as_str().unwrap_or_default());
                let css = Selector::parse(&format!(".glance a[href='{place}']")).unwrap();
                let chip = html.select(&css).next().unwrap();
                let is_weak = tag["score"].as_f64().unwrap_or_default() < 0.6;
                let says_so = chip.text().collect::<String>().ends_with(", not sure");
                assert_eq!(says_so, is_weak, "{place} {tag}");
                *(if is_weak { &mut weak } else { &mut sure }) += 1;
            }
        }
    }
    assert!(weak > 0 && sure > 0, "{weak} {sure}");
    assert_eq!(search.matches(", not sure<").count(), weak, "lists show the same");
    Ok(())
}
