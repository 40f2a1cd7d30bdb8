//! What readers call languages.

use crate::plain::clean;

/// Codes and names.
pub(crate) const LANGUAGES: [(&str, &str); 39] = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("kk", "Kazakh"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("ms", "Malay"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

/// The primary subtag of a language's tag (BCP 47), in lower case: `en` of `en-GB`.
///
/// # Errors
/// With what is wrong with it.
pub(crate) fn primary(tag: &str) -> Result<String, String> {
    let mut subtags = tag.trim().split(['-', '_']);
    let primary = subtags.next().unwrap_or_default();
    let is_code =
        matches!(primary.len(), 2..=3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let fits = |subtag: &str| {
        matches!(subtag.len(), 1..=8) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if is_code && subtags.all(fits) {
        return Ok(primary.to_ascii_lowercase());
    }
    Err(format!("`{}` is no language: use a tag such as `en` or `pt-BR`", clean(tag, 60)))
}

/// The name of a language, or its code if nobody knows it.
pub(crate) fn language_name(code: &str) -> &str {
    LANGUAGES.into_iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}
