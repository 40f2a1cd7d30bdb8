//! Topics and stages whose words the data files do not know in a text's language: what the learnt words say of them.

use classifier::{Classifier, Stage, Tag, Text, Topic};

#[expect(clippy::unwrap_used, reason = "without its data there is nothing to test")]
fn topics(title: &str, body: &str) -> Vec<Tag<Topic>> {
    let classifier = Classifier::load().unwrap();
    classifier.classify(&Text { title, body, ..Text::default() }).topics
}

#[test]
fn a_topic_of_which_no_term_is_known_rests_on_the_words_that_were_learnt() {
    let (title, body) = (
        "Il garante multa un ospedale: cartelle cliniche visibili a tutti",
        "Il Garante ha inflitto una sanzione di 80.000 euro a un ospedale di Bari: le cartelle dei pazienti erano \
         leggibili da tutto il personale, senza alcun motivo di cura.",
    );
    let heard = topics(title, body);
    assert_eq!(heard.iter().map(|tag| tag.value).collect::<Vec<_>>(), [Topic::DataProtection]);
    let quotes: Vec<_> = heard[0].evidence.iter().map(|one| one.quote.to_lowercase()).collect();
    assert_eq!(quotes[0], "garante");
    let is_there_once = |quote| quotes.iter().filter(|other| *other == quote).count() == 1;
    assert!(quotes.iter().all(is_there_once), "{quotes:?}");
    let (title, body) = (
        "Ketua Komdigi: aplikasi harus buka kunci pesan untuk polisi",
        "Pemerintah mengajukan rancangan undang-undang yang mewajibkan aplikasi pesan membuka isi percakapan bila \
         polisi meminta. Perusahaan menolak pintu belakang.",
    );
    let heard = topics(title, body);
    assert_eq!(heard.iter().map(|tag| tag.value).collect::<Vec<_>>(), [Topic::Surveillance]);
    // Little words that stand in whatever is written in a language say nothing of a topic.
    let quotes: Vec<_> = heard[0].evidence.iter().map(|one| one.quote.as_str()).collect();
    assert!(["untuk", "yang", "bila"].iter().all(|little| !quotes.contains(little)), "{quotes:?}");
}

#[test]
fn a_stage_for_which_no_word_is_known_rests_on_the_words_that_were_learnt() {
    let tags = Classifier::load().unwrap().classify(&Text {
        title: "Datatilsynet pålegger kommunen å slette opplysninger",
        body: "Datatilsynet pålegger kommunen å slette opplysninger om elever.",
        language: Some("no"),
        ..Text::default()
    });
    let stage = tags.stage.unwrap();
    assert_eq!(stage.value, Stage::Enforcement);
    assert!(stage.evidence.iter().any(|one| one.quote == "pålegger"), "{:?}", stage.evidence);
}
