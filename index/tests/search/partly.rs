//! What stands beside what has all the words: what has some of them, or is about their subject.

use super::*;

#[tokio::test]
async fn what_is_about_the_same_as_the_best_follows_them() {
    let about = |title, text, topics, jurisdictions, laws| Draft {
        title,
        text,
        topics,
        jurisdictions,
        laws,
        ..DRAFT
    };
    let (_folder, index) = filled(&[
        about("one", "Zebras guard the gates.", &["encryption"], &[], &[]),
        about("two", "Zebras guard the gates by night.", &["encryption"], &[], &[]),
        about("same", "Keys are kept in a safe.", &["encryption"], &[], &[]),
        about("else", "Cables are laid.", &["censorship"], &["FR"], &[]),
        about("law", "It applies from today.", &["data-protection"], &["EU"], &["GDPR"]),
        about("subject", "Files must be deleted.", &["data-protection"], &["EU"], &[]),
        about("elsewhere", "Files must be deleted.", &["data-protection"], &["BR"], &[]),
    ])
    .await;
    for (asked, found, partly) in [
        ("zebras gates", vec!["one", "two"], vec!["same"]),
        ("GDPR", vec!["law"], vec!["subject", "elsewhere"]),
        ("zebras-gates", vec!["one", "two"], vec!["same"]),
        ("zebras gates widen:false", vec!["one", "two"], vec![]),
        ("zebras gates topic:encryption", vec!["one", "two"], vec![]),
    ] {
        let answer = index.answer(&query(asked), &first(10), &[]).await.unwrap();
        let titles = |rows: &[(Arc<Item>, String)]| -> Vec<String> {
            rows.iter().map(|(item, _)| item.title.clone()).collect()
        };
        let mut all = titles(&answer.page.rows);
        all.sort();
        assert_eq!(all, found, "{asked}");
        assert_eq!(titles(&answer.partly), partly, "{asked}");
    }
}
