//! Any bytes are a page: it has an article or an error that says why not, in bounded time and memory.

#![no_main]

use crawler::{ArticleSelectors, Page, extract};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|body: &[u8]| {
    let url = Url::parse("https://courier.example/2019/03/18/a-page.html").ok();
    let page = Page { url, content_type: Some("text/html".to_owned()), body: body.to_vec() };
    let _ = extract::article(&page, &ArticleSelectors::default());
    let _ = extract::facts(&page);
});
