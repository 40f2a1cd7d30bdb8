//! Words with which pages speak to their readers instead of telling them something, in the languages of the
//! catalogue. A bar parts two phrases; all are in lower case.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

/// Beginnings of a heading over comments.
const COMMENTS: &str = "comments|comment|leave a comment|leave a reply|you must be logged in|please log in to comment|du musst angemeldet sein|debe iniciar sesión|você precisa estar logado|post a comment|add a comment|join the discussion|\
    kommentare|kommentar|schreibe einen kommentar|schreiben sie einen kommentar|leserkommentare|\
    leserbriefe|commentaires|commentaire|laisser un commentaire|vos commentaires|comentarios|comentario|\
    deja un comentario|deja una respuesta|comentários|deixe um comentário|deixe uma resposta|commenti|\
    lascia un commento|reacties|geef een reactie|komentarze|dodaj komentarz|комментарии|добавить комментарий|\
    оставить комментарий|коментарі|yorumlar|yorum|komentáře|komentari|hozzászólások|kommentarer|comentarii|kommentit|σχόλια|टिप्पणियां|评论|网友评论|コメント|댓글|التعليقات";

/// Beginnings of a heading over links to other articles.
const RELATED: &str = "related stories|related articles|related information|related coverage|more coverage|related posts|related news|related content|related topics|\
    related links|related:|read more|read also|read next|more from|more on|more news|more stories|see also|\
    you may also|you might also|you may like|also read|recommended for|recommended stories|recommended articles|\
    latest news|latest stories|popular posts|popular articles|popular stories|most read|most popular|trending now|\
    share this|share on|share via|tags:|filed under|about the author|mehr zum thema|mehr zu|mehr von|weitere artikel|\
    weitere beiträge|weitere aktuelle|weitere themen|weitere informationen:|weiterführende links|lesen sie auch|\
    lesen sie mehr|das könnte|auch interessant|ähnliche artikel|ähnliche beiträge|verwandte|weiterlesen|\
    artikel teilen|beitrag teilen|schlagwörter|über den autor|über die autorin|sur le même|à lire aussi|lire aussi|\
    articles similaires|articles liés|partager|plus d'articles|noticias relacionadas|te puede interesar|\
    también te puede|más noticias|artículos relacionados|lea también|puedes ver|compartir|leia também|leia mais|\
    veja também|notícias relacionadas|compartilhe|leggi anche|articoli correlati|potrebbe interessarti|condividi|\
    lees ook|gerelateerd|czytaj także|czytaj też|zobacz także|zobacz też|powiązane|читайте также|по теме|похожие|\
    другие новости|поделиться|читайте також|ilgili haberler|přečtěte si|相关|相關|相关阅读|延伸阅读|推荐阅读|関連|\
    あわせて読みたい|관련기사|اقرأ أيضا|مواضيع ذات صلة";
/// The same, where nothing else stands beside them.
const RELATED_ALONE: &str = "related|recommended|popular|trending|latest|tags|topics|themen|temas|teilen|share|\
    markiert mit|stichworte|mots-clés|etiquetas|tagi|теги|标签|タグ|weiterlesen|mehr|more|autor|author";

/// Lines that lead to something that is no text, and say nothing themselves.
const LABELS: &str = "related|related article|related articles|related story|related stories|related coverage|\
    related content|read more|read also|also read|see also|recommended|recommended stories|play video|\
    video loading|video unavailable|share this|view this post on instagram|\
    sieh dir diesen beitrag auf instagram an|ver esta publicación en instagram|推薦|推荐|相关阅读|延伸閱讀|\
    te recomendamos|te puede interesar|lee también|lea también|lee además|mira también|leia também|leia mais|\
    veja também|veja mais|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|leggi anche|lees ook|czytaj też|\
    czytaj także|zobacz też|zobacz także|читайте также|читайте також|关联阅读|関連記事|관련기사|baca juga|les også|\
    läs också|læs også|lue myös|διαβάστε επίσης|यह भी पढ़ें";

/// What asks for money, or to subscribe, after the article.
const PLEAS: &str = "support our|support us|support independent|become a member|become a subscriber|\
    make a donation|donate today|donate now|for as little as|subscribe to |subscribe for|subscribe at|sign up for|\
    sign up to|join our|join now|unterstütze uns|unterstützen sie uns|unterstütze unsere|unterstützen sie unsere|\
    kannst du unsere arbeit|deine spende|ihre spende|deiner spende|ihrer spende|jetzt spenden|abonnieren sie|\
    abonniere |hilf uns|helfen sie uns|gefällt ihnen unser|ihnen gefällt unser|faites un don|soutenez|\
    abonnez-vous|votre soutien|apóyanos|apoya el periodismo|hazte socio|suscríbete|apoie o|apoie a|contribua com|\
    assine o|assine a|sostienici|abbonati|dona ora|steun ons|word lid|wesprzyj|wspieraj nas|поддержите|\
    поддержать нас|подпишитесь";

/// Prompts that may stand anywhere in a short block. None of them is what news is about: states sign up to treaties,
/// people file an `Anzeige`, ministers sign (`подписал`).
const PROMPTS: &str = "subscribe to our|subscribe to the|subscribe now|please subscribe|sign up for our|sign up to our|\
    sign up for the|sign up now|our newsletter|newsletter sign|free newsletter|weekly newsletter|daily newsletter|\
    follow us|join our telegram|join our whatsapp|download our app|download the app|already a subscriber|\
    support our work|share this article|share this story|share this post|all rights reserved|like us on|\
    sponsored content|this post contains|a post shared by|affiliate link|to your inbox|in your inbox|do you want to be informed|\
    submit your letter|latest stories and|our full coverage|our standards:|back to top|breaking news updates|\
    comments are closed|your feedback is important|tell us what you think|.php on line |this entry was posted|dieser eintrag wurde|story continues below|article continues below|article continues after|continue reading below|\
    already registered?|sie sind bereits registriert|bereits abonnent|continua depois da publicidade|\
    continúa después de la publicidad|la suite après la publicité| min read|minutes read|file photo|photo by|photo credit|image credit|getty images|ap photo|\
    photo:|foto:|bild:|фото:|bildquelle|jetzt abonnieren|unseren newsletter|newsletter abonnieren|zum newsletter|\
    folgen sie uns|folge uns|alle rechte vorbehalten|unterstütze uns|unterstützen sie uns|enthält werbung|\
    affiliate-link|kommentare sind geschlossen|vorschau auf den|respektieren deine privatsphäre|\
    respektieren ihre privatsphäre|alle angaben ohne gewähr|mit anderen teilen|lesezeit:|abonnez-vous|suivez-nous|\
    inscrivez-vous|tous droits réservés|suscríbete|suscríbase|síguenos|síganos|siga-nos|únete|inscreva-se|\
    todos los derechos reservados|todos os direitos reservados|iscriviti alla|seguici|tutti i diritti riservati|\
    volg ons|abonneer je|schrijf je in|zapisz się|obserwuj nas|wszelkie prawa zastrzeżone|chroniony prawem autorskim|\
    подпишитесь|подписывайтесь|подпишись|все права защищены|扫码关注|关注我们|责任编辑|版权所有";

/// Beginnings of a block that says whose the text is.
const RIGHTS: &str = "©|ⓒ|(c) |copyright|riproduzione riservata|all rights reserved|todos los derechos reservados|\
    todos os direitos reservados|alle rechte vorbehalten|tous droits réservés|wszelkie prawa zastrzeżone";

/// What a page says of its own cookies, and no news of anybody's.
const CONSENT: &str = "we use cookies|this website uses cookies|this site uses cookies|our use of cookies|\
    wir verwenden cookies|wir nutzen cookies|diese website verwendet cookies|cookie-einstellungen auf dieser|\
    nous utilisons des cookies|ce site utilise des cookies|utilizamos cookies|este sitio utiliza cookies|\
    este site utiliza cookies|questo sito utilizza|utilizziamo i cookie|deze website gebruikt cookies|\
    wij gebruiken cookies|używamy plików cookie|ta strona używa|мы используем файлы cookie|мы используем cookie|\
    vi använder cookies|vi bruger cookies|store and read information on your device";

/// Beginnings of a block that asks to follow somebody, and where.
const FOLLOW: &str =
    "follow |join |folge |folgen sie |suivez |sigue a|siga a|segui |volg |obserwuj ";
const NETWORKS: &str = "twitter|facebook|instagram|telegram|whatsapp|youtube|tiktok|linkedin|google news|newsletter|inbox";

static COMMENT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(COMMENTS));
static RELATION: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(RELATED));
static LABEL: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(LABELS));
static RIGHT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(RIGHTS));
static PROMPT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(PROMPTS));
static CONSENTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(CONSENT));
static PLEA: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(PLEAS));
static NETWORK: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(NETWORKS));

fn matcher(phrases: &str) -> Option<AhoCorasick> {
    AhoCorasick::new(phrases.split('|')).ok()
}

/// A matcher for [`rest`].
pub(super) fn beginnings(phrases: &str) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .start_kind(StartKind::Anchored)
        .match_kind(MatchKind::LeftmostLongest)
        .build(phrases.split('|'))
        .ok()
}

/// What follows the longest phrase that a text begins with; `None` if it begins with none.
pub(super) fn rest<'a>(beginnings: &Option<AhoCorasick>, text: &'a str) -> Option<&'a str> {
    let input = Input::new(text).anchored(Anchored::Yes);
    let found = beginnings.as_ref()?.find(input)?;
    Some(&text[found.end()..])
}

fn has(matcher: &Option<AhoCorasick>, text: &str) -> bool {
    matcher.as_ref().is_some_and(|matcher| matcher.is_match(text))
}

/// A short line in lower case without what is no letter around it.
fn bare(text: &str) -> String {
    let edge = |c: char| !c.is_alphabetic();
    text.to_lowercase()
        .trim_start_matches(edge)
        .trim_end_matches(|c: char| edge(c) && c != ':')
        .to_owned()
}

/// Whether a short line begins the comments: the phrase, and at most a name or a number. What says until when comments
/// are taken is no such line, but the point of a consultation.
pub(super) fn begins_comments(text: &str) -> bool {
    rest(&COMMENT, &bare(text)).is_some_and(|rest| {
        let is_dated =
            rest.contains(char::is_alphabetic) && rest.contains(|c: char| c.is_ascii_digit());
        let goes_on = rest.starts_with(char::is_alphabetic);
        !goes_on && !is_dated && rest.chars().count() < 25
    })
}

/// Whether a short line begins links to other articles.
pub(super) fn begins_related(text: &str) -> bool {
    let bare = bare(text);
    rest(&RELATION, &bare).is_some()
        || RELATED_ALONE.split('|').any(|phrase| bare.trim_end_matches(':') == phrase)
}

/// Whether a line leads to something else, and is nothing itself.
pub(super) fn is_label(text: &str) -> bool {
    rest(&LABEL, &bare(text)).is_some_and(|rest| rest.trim_end_matches(':').is_empty())
}

/// Whether a block after the article asks for money, or to subscribe.
pub(super) fn pleads(text: &str) -> bool {
    has(&PLEA, &text.to_lowercase())
}

/// Whether a block speaks of the page's own cookies.
pub(super) fn asks_consent(text: &str) -> bool {
    has(&CONSENTS, &text.to_lowercase())
}

/// Whether a block says who owns the page.
pub(super) fn claims_rights(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(40).collect();
    rest(&RIGHT, &start.to_lowercase()).is_some()
}

/// Whether a block of so many characters, with this share of links, asks the reader to do something.
pub(super) fn prompts(text: &str, link_share: f64) -> bool {
    let short = text.chars().count() < 100;
    ((short || link_share > 0.1) && asks(text)) || (link_share > 0.4 && begins_related(text))
}

/// Whether a block asks the reader to do something.
pub(super) fn asks(text: &str) -> bool {
    let lower = text.to_lowercase();
    let follows = FOLLOW.split('|').any(|beginning| lower.starts_with(beginning));
    has(&PROMPT, &lower) || (follows && has(&NETWORK, &lower))
}
