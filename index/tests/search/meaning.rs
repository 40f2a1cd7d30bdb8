//! What means the same is found beside what has the words, and takes nothing away from it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use classifier::{DIMENSIONS, Embedding};
use index::{Embed, Error};

use super::*;

/// A model that knows a few words and what means the same: each row is a direction.
#[derive(Debug, Default)]
struct Thesaurus {
    fails: AtomicBool,
    embedded: AtomicUsize,
}

const ROWS: [&[&str]; 4] = [
    &["encryption", "scrambled", "ciphers"],
    &["backdoor", "skeleton", "key"],
    &["fine", "penalty", "sanction"],
    &["hospital", "clinic"],
];

impl Embed for Thesaurus {
    fn model(&self) -> &str {
        "thesaurus"
    }

    fn knows(&self, language: Option<&str>) -> bool {
        language.is_none_or(|language| language == "en")
    }

    fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error> {
        if self.fails.load(Ordering::Relaxed) || texts.iter().any(|text| text.contains("poison")) {
            return Err(Error::Meaning("it cannot be read".to_owned()));
        }
        self.embedded.fetch_add(texts.len(), Ordering::Relaxed);
        let embedding = |text: &String| {
            let text = text.to_lowercase();
            let mut numbers = [0.0_f32; DIMENSIONS];
            // What it knows nothing of has a direction too, and hardly any other text has the same.
            numbers[100 + text.len() % 200] = 0.2;
            for (number, words) in numbers.iter_mut().zip(ROWS) {
                *number = f32::from(u8::from(words.iter().any(|word| text.contains(word))));
            }
            Embedding::of(&numbers).unwrap()
        };
        Ok(texts.iter().map(embedding).collect())
    }

    fn embed_first(&self, text: String) -> Result<Embedding, Error> {
        Ok(self.embed(vec![text])?.remove(0))
    }
}

/// A model that gives a crawl nothing until it is let go.
#[derive(Debug)]
struct Busy(Thesaurus, Mutex<Receiver<()>>);

impl Embed for Busy {
    fn model(&self) -> &str {
        self.0.model()
    }

    fn knows(&self, language: Option<&str>) -> bool {
        self.0.knows(language)
    }

    fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error> {
        self.1.lock().unwrap().recv().unwrap();
        self.0.embed(texts)
    }

    fn embed_first(&self, text: String) -> Result<Embedding, Error> {
        self.0.embed_first(text)
    }
}

const STORIES: [Draft<'static>; 6] = [
    Draft {
        title: "Ministry wants a skeleton for scrambled messages",
        text: "Providers shall open chats.",
        jurisdictions: &["GB"],
        ..DRAFT
    },
    Draft {
        title: "Encryption backdoor bill",
        text: "A backdoor in encryption.",
        jurisdictions: &["US"],
        ..DRAFT
    },
    Draft {
        title: "A clinic pays a penalty",
        text: "The regulator has decided.",
        jurisdictions: &["FR"],
        ..DRAFT
    },
    Draft { title: "Weather", text: "It rains.", ..DRAFT },
    Draft {
        title: "Encryption backdoor, seen from Berlin",
        text: "Encryption backdoor.",
        language: Some("de"),
        jurisdictions: &["DE"],
        ..DRAFT
    },
    Draft { title: "Ciphers with a key for sale", text: "A product.", policy: false, ..DRAFT },
];

/// What somebody who looks at it gets.
async fn answer(index: &Index, text: &str) -> Page<(Arc<Item>, String)> {
    answer_to(index, &query(text), first(100)).await
}

async fn answer_to(index: &Index, query: &Query, paging: Paging) -> Page<(Arc<Item>, String)> {
    index.answer(query, &paging, &Facet::ALL).await.unwrap().page
}

async fn titles_of(index: &Index, text: &str) -> Vec<String> {
    let page = answer(index, text).await;
    assert_eq!(page.total, page.rows.len() as u64, "{text}");
    page.rows.into_iter().map(|(item, _)| item.title.clone()).collect()
}

async fn knowing(drafts: &[Draft<'_>]) -> (TempDir, Index, Arc<Thesaurus>) {
    let (folder, index) = filled(drafts).await;
    let thesaurus = Arc::new(Thesaurus::default());
    let index = index.with_meaning(Arc::clone(&thesaurus) as Arc<dyn Embed>);
    while index.embed_some().await.unwrap().is_some() {}
    (folder, index, thesaurus)
}

#[tokio::test]
async fn a_paraphrase_finds_the_story() {
    let (_folder, index, _) = knowing(&STORIES).await;
    assert_eq!(titles_of(&index, "hospital sanction").await, ["A clinic pays a penalty"]);
    assert_eq!(answer(&index, "hospital sanction").await.by_meaning, 1);
    assert!(titles_of(&index, "hospital sanction meaning:false").await.is_empty());
    assert!(titles_of(&index, "\"hospital sanction\"").await.is_empty(), "a phrase is a phrase");
    assert!(titles_of(&index, "hospital sanction sort:newest").await.is_empty());
    assert!(titles_of(&index, "tomatoes").await.is_empty(), "nothing is near what nobody knows");
}

#[tokio::test]
async fn what_has_the_words_comes_first_and_is_counted() {
    let (_folder, index, _) = knowing(&STORIES).await;
    let page = answer(&index, "encryption backdoor").await;
    assert_eq!((page.total, page.by_meaning), (3, 1));
    let titles: Vec<_> = page.rows.iter().map(|(item, _)| item.title.as_str()).collect();
    assert_eq!(titles[2], "Ministry wants a skeleton for scrambled messages");
    let (_, codes) = &page.facets[0];
    assert_eq!(codes.iter().map(|code| code.count).sum::<u64>(), 3);
    let none = answer_to(&index, &query("encryption backdoor"), first(0)).await;
    assert_eq!((none.total, none.by_meaning), (3, 1), "whatever is shown of it");
}

#[tokio::test]
async fn words_of_a_language_that_the_model_does_not_know_are_words() {
    let german =
        Draft { title: "Klinik", text: "Die clinic heißt Klinik.", language: Some("de"), ..DRAFT };
    let (_folder, index, _) =
        knowing(&[STORIES[2], STORIES[3], STORIES[1], STORIES[0], german]).await;
    assert_eq!(titles_of(&index, "heißt clinic").await, ["Klinik"]);
    assert_eq!(titles_of(&index, "clinic").await.len(), 2);
}

#[tokio::test]
async fn so_are_they_where_most_texts_are_in_that_language() {
    let german =
        Draft { title: "Klinik", text: "Die clinic heißt Klinik.", language: Some("de"), ..DRAFT };
    let (_folder, index, _) = knowing(&[STORIES[2], german, german, german]).await;
    let titles = titles_of(&index, "heißt clinic fold:false").await;
    assert_eq!(titles, ["Klinik", "Klinik", "Klinik"]);
}

#[tokio::test]
async fn filters_and_words_to_leave_out_hold() {
    let (_folder, index, _) = knowing(&STORIES).await;
    let ministry = "Ministry wants a skeleton for scrambled messages";
    assert_eq!(titles_of(&index, "encryption backdoor country:GB").await, [ministry]);
    assert!(titles_of(&index, "encryption backdoor country:FR").await.is_empty());
    assert_eq!(titles_of(&index, "encryption backdoor -messages").await.len(), 2);
    assert_eq!(titles_of(&index, "encryption backdoor -country:GB").await.len(), 2);
    assert_eq!(titles_of(&index, "encryption backdoor policy:any").await.len(), 4);
    assert_eq!(titles_of(&index, "encryption backdoor after:2026-12").await.len(), 0);
}

#[tokio::test]
async fn what_means_the_same_is_not_of_another_state_than_the_one_named() {
    let title = "France debates an encryption backdoor";
    let french = Draft { title, jurisdictions: &["FR"], ..DRAFT };
    let (_folder, index, _) = knowing(&[STORIES[0], french]).await;
    assert_eq!(titles_of(&index, "encryption backdoor").await, [title, STORIES[0].title]);
    assert_eq!(titles_of(&index, "encryption backdoor France").await, [title]);
    assert_eq!(titles_of(&index, "encryption backdoor British").await, [STORIES[0].title]);
}

#[tokio::test]
async fn page_by_page_everything_comes_once() {
    let mut drafts = vec![STORIES[1]; 130];
    drafts.extend([STORIES[0]; 30]);
    let (_folder, index, _) = knowing(&drafts).await;
    let query = query("encryption backdoor fold:false");
    let whole = answer_to(&index, &query, first(1_000)).await;
    assert_eq!((whole.total, whole.by_meaning), (160, 30));
    let whole: Vec<_> = whole.rows.iter().map(|(item, _)| item.id).collect();
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = answer_to(&index, &query, Paging { limit: 7, cursor }).await;
        ids.extend(page.rows.iter().map(|(item, _)| item.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids, whole);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 160);
}

#[tokio::test]
async fn each_text_is_embedded_once() {
    let (folder, index, thesaurus) = knowing(&[STORIES[0]; 20]).await;
    assert_eq!(thesaurus.embedded.load(Ordering::Relaxed), 20);
    let id = answer(&index, "ministry").await.rows[0].0.id;
    index
        .store()
        .retag(id, &Draft { stage: Some("adopted"), ..DRAFT }.tags(), now())
        .await
        .unwrap();
    assert_eq!(index.embed_some().await.unwrap(), None, "other tags are no other text");
    drop(index);
    let again = Arc::new(Thesaurus::default());
    let index = open(folder.path()).await.with_meaning(Arc::clone(&again) as Arc<dyn Embed>);
    assert_eq!(index.embed_some().await.unwrap(), None);
    assert_eq!(again.embedded.load(Ordering::Relaxed), 0, "they are kept");
    assert_eq!(answer(&index, "encryption backdoor").await.by_meaning, 20);
}

#[tokio::test]
async fn a_model_that_fails_takes_nothing_away() {
    let (_folder, index, thesaurus) = knowing(&STORIES).await;
    thesaurus.fails.store(true, Ordering::Relaxed);
    assert_eq!(titles_of(&index, "encryption backdoor").await.len(), 2);
    keep(&index, 100, &[STORIES[2]]).await;
    assert!(index.embed_some().await.is_err());
    thesaurus.fails.store(false, Ordering::Relaxed);
    keep(&index, 200, &[Draft { title: "A poison", ..DRAFT }]).await;
    let embedded = index.embed_some().await.unwrap().unwrap();
    assert_eq!(embedded.len(), 1, "the one before it, and not what the model stumbles over");
    assert_eq!(index.embed_some().await.unwrap(), None);
    keep(&index, 300, &[Draft { title: "Another poison", ..DRAFT }; 20]).await;
    keep(&index, 400, &[STORIES[0]]).await;
    let embedded = index.embed_some().await.unwrap().unwrap();
    assert_eq!(embedded[0].0.title, STORIES[0].title, "however many there are before it");
    assert_eq!(index.embed_some().await.unwrap(), None);
}

#[tokio::test]
async fn a_search_does_not_wait_for_the_crawl() {
    let (_folder, index) = filled(&STORIES).await;
    let (go, gone) = channel();
    let busy = Arc::new(Busy(Thesaurus::default(), Mutex::new(gone)));
    let index = Arc::new(index.with_meaning(busy));
    let crawl = tokio::spawn({
        let index = Arc::clone(&index);
        async move { index.embed_some().await.unwrap().unwrap().len() }
    });
    let found = titles_of(&index, "encryption backdoor");
    let found = tokio::time::timeout(Duration::from_secs(20), found).await.unwrap();
    assert_eq!(found.len(), 2);
    go.send(()).unwrap();
    assert_eq!(crawl.await.unwrap(), 5, "those that it knows the language of");
    assert_eq!(titles_of(&index, "encryption backdoor").await.len(), 3);
}

#[tokio::test]
async fn what_means_the_same_is_related() {
    let (_folder, index, _) = knowing(&STORIES).await;
    let bill = answer(&index, "bill").await.rows[0].0.id;
    let related = index.related(bill, 3).await.unwrap();
    let titles: Vec<_> = related.iter().map(|item| item.title.as_str()).collect();
    assert!(titles.contains(&"Ministry wants a skeleton for scrambled messages"), "{titles:?}");
    assert!(!titles.contains(&"Ciphers with a key for sale"), "policy only");
}
