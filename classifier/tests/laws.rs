//! Laws that no word of a text names.

#![expect(clippy::unwrap_used, reason = "tests")]

use chrono::NaiveDate;
use classifier::{Classifier, Text};

fn laws(title: &str, body: &str, (language, year): (&str, i32)) -> Vec<String> {
    let classifier = Classifier::load().unwrap();
    let tags = classifier.classify(&Text {
        title,
        body,
        language: Some(language),
        published: NaiveDate::from_ymd_opt(year, 5, 12),
        ..Text::default()
    });
    tags.instruments.iter().map(|tag| tag.value.name().to_owned()).collect()
}

#[test]
fn an_office_speaks_for_the_law_that_it_carries_out() {
    let fine = "The Greek data protection authority has fined a chain of gyms 40,000 euros because it let members in by \
        their faces. The firm kept scans of some 9,000 people without asking them, the authority found, and could not \
        say when they would be deleted. It has a month to erase the data.";
    assert_eq!(laws("Gyms in Athens fined over face scans", fine, ("en", 2023)), ["GDPR"]);
    assert!(laws("Gyms in Athens fined over face scans", fine, ("en", 2011)).is_empty());
    let france = "La CNIL a prononcé une amende de deux millions d'euros contre un vendeur de fichiers qui cédait les coordonnées de \
        millions de personnes sans leur consentement. L'entreprise ne pouvait dire d'où venaient les données et n'a pas \
        répondu à ceux qui demandaient leur effacement.";
    assert_eq!(laws("La CNIL sanctionne un courtier en données", france, ("fr", 2024)), ["GDPR"]);
    let elsewhere = "Kenya's data protection commissioner has fined a lender 5 million shillings because it called the friends of \
        its debtors, whose numbers it had taken from their phones without asking them.";
    let found = laws("Lender fined over debtors' contacts", elsewhere, ("en", 2023));
    assert!(!found.contains(&"GDPR".to_owned()), "{found:?}");
}
