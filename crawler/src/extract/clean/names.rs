//! Words by which sites name what is no part of an article, as they stand in class names and ids.
//!
//! `_` is where a word begins or ends: at the edge of a class name or at a hyphen, an underscore or a change of case
//! in it. A space is the edge of a class name only.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// No part of an article is called so.
const SURE: &[&str] = &[
    "_sidebar",
    "_side_bar",
    "_footer_",
    "_breadcrumb",
    "_bread_crumb",
    "_crumbs_",
    "_comment_",
    "_comments",
    "_commentlist",
    "_comment_list",
    "_disqus",
    "_respond_",
    "_replies_",
    "_trackback",
    "_pingback",
    "_nav_",
    "_navi_",
    "_navbar",
    "_navigation",
    "_menu_",
    "_topmenu",
    "_mainmenu",
    "_submenu",
    "_dropdown",
    "_share_",
    "_sharing",
    "_shares_",
    "_sharedaddy",
    "_sharebar",
    "_sharethis",
    "_addthis",
    "_addtoany",
    "_a2a_",
    "_social_",
    "_socials_",
    "_socialmedia",
    "_jp_post_flair",
    "_related_",
    "_relatedposts",
    "_relatedarticles",
    "_similar_",
    "_recommend",
    "_recirc",
    "_outbrain",
    "_taboola",
    "_ob_widget",
    "_newsletter",
    "_signup",
    "_sign_up",
    "_mailchimp",
    "_mc_embed",
    "_optin",
    "_cookie",
    "_consent",
    "_gdpr",
    "_ccpa",
    "_onetrust",
    "_didomi",
    "_cmp_",
    "_popup",
    "_modal",
    "_overlay",
    "_lightbox",
    "_tooltip",
    "_ad_",
    "_ads_",
    "_adv_",
    "_advert",
    "_adsense",
    "_adsbygoogle",
    "_adslot",
    "_adbox",
    "_dfp_",
    "_gpt_",
    "_sponsor",
    "_promo_",
    "_promotion",
    "_banner",
    "_skyscraper",
    "_pagination",
    "_pager_",
    "_paginator",
    "_pagenav",
    "_most_read",
    "_mostread",
    "_popular_",
    "_trending",
    "_print_only",
    "_screen_reader",
    "_sr_only",
    "_visually_hidden",
    "_visuallyhidden",
    "_skip_link",
    "_editsection",
];

/// Parts of an article are seldom called so.
const LIKELY: &[&str] = &[
    " widget ",
    "_subscribe_",
    "_subscription_",
    "_widget_area",
    "_widgets_",
    "_textwidget",
    "_author_bio",
    "_authorbio",
    "_about_author",
    "_aboutauthor",
    "_author_box",
    "_authorbox",
    "_author_info",
    "_author_card",
    "_author_profile",
    "_author_description",
    "_bio_",
    "_biography",
    "_byline",
    "_by_line",
    "_entry_meta",
    "_post_meta",
    "_postmeta",
    "_article_meta",
    "_meta_",
    "_metadata",
    "_posted_on",
    "_post_date",
    "_entry_date",
    "_pubdate",
    "_published_",
    "_timestamp",
    "_dateline",
    "_date_",
    "_datetime_",
    "_tags_",
    "_tag_list",
    "_taglist",
    "_tag_links",
    "_post_tags",
    "_category_",
    "_categories",
    "_cat_links",
    "_caption",
    "_wp_caption",
    "_credit",
    "_credits",
    "_copyright",
    "_copy_right",
    "_gallery",
    "_slideshow",
    "_carousel",
    "_slider",
    "_rating",
    "_ratings_",
    "_stars_",
    "_likes_",
    "_vote",
    "_login",
    "_register",
    "_logged",
    "_toolbar",
    "_tools_",
    "_utility",
    "_print_",
    "_read_more",
    "_readmore",
    "_more_link",
    "_see_also",
    "_also_read",
    "_read_also",
    "_next_post",
    "_prev_post",
    "_post_nav",
    "_more_articles",
    "_more_stories",
    "_toc_",
    "_table_of_contents",
    " hidden ",
    " hide ",
    "_donate",
    "_donation",
    "_contact_",
    "_contacts_",
    "_kontakt_",
    "_contacto_",
    "_press_contact",
    "_infobox",
    "_call_to_action",
    "_cta_",
];

/// Words over advertisements.
const ADVERTISEMENT: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "sponsored",
    "promoted",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "advertentie",
    "reklama",
    "реклама",
    "広告",
    "广告",
    "廣告",
    "광고",
    "reklam",
    "annonse",
    "annons",
    "annonce",
    "إعلان",
    "quảng cáo",
    "โฆษณา",
    "विज्ञापन",
    "hirdetés",
    "διαφήμιση",
    "iklan",
    "mainos",
    "inzerce",
    "oglas",
    "reclame",
    "continua depois da publicidade",
    "continúa después de la publicidad",
    "la suite après la publicité",
    "article continues below advertisement",
    "story continues below advertisement",
];

/// What leads to other articles may be called so, if there is a heading that is a link in it.
const TEASERS: &[&str] = &["_teaser", "_card_", "_promoted", "_storylink"];

static SURE_MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(SURE));
static LIKELY_MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(LIKELY));
static TEASER_MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| matcher(TEASERS));

/// Whether an element's names are those of furniture.
pub(super) fn are_sure(mark: &str) -> bool {
    is_in(&SURE_MATCHER, mark)
}

/// Whether an element's names are probably those of furniture.
pub(super) fn are_likely(mark: &str) -> bool {
    is_in(&LIKELY_MATCHER, mark)
}

/// Whether an element's names are those of teasers.
pub(super) fn are_teasers(mark: &str) -> bool {
    is_in(&TEASER_MATCHER, mark)
}

/// Whether a text is a label over an advertisement.
pub(in crate::extract) fn is_advertisement(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    ADVERTISEMENT.contains(&word.to_lowercase().as_str())
}

fn is_in(matcher: &Option<AhoCorasick>, mark: &str) -> bool {
    matcher.as_ref().is_some_and(|matcher| matcher.is_match(mark))
}

fn matcher(names: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::new(names.iter().flat_map(|name| edges(name))).ok()
}

/// A pattern with every kind of edge.
fn edges(name: &str) -> Vec<String> {
    let inner = name.trim_matches('_').replace('_', "-");
    let starts: &[&str] = if name.starts_with('_') { &[" ", "-"] } else { &[""] };
    let ends: &[&str] = if name.ends_with('_') { &[" ", "-"] } else { &[""] };
    starts
        .iter()
        .flat_map(|start| ends.iter().map(move |end| (start, end)))
        .map(|(start, end)| format!("{start}{inner}{end}"))
        .collect()
}
