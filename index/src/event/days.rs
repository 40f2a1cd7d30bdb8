//! Days that a text names: `1 June`, `le 1er juin`, `6月1日`.

use super::pieces::{Kind, Piece, digit};

/// The months by the beginnings of their names, in the languages that sources write. Where one month's beginning is
/// another's too, the longer stands first.
const MONTHS: [(u32, &[&str]); 12] = [
    (
        1,
        &[
            "janua",
            "janvi",
            "janei",
            "jänner",
            "enero",
            "январ",
            "січн",
            "styczn",
            "ocak",
            "ledn",
            "ιανου",
            "genna",
            "มกราคม",
            "يناير",
            "जनवरी",
        ],
    ),
    (
        2,
        &[
            "februa",
            "févri",
            "fevri",
            "fevere",
            "febre",
            "febbr",
            "феврал",
            "лют",
            "luteg",
            "şubat",
            "února",
            "φεβρ",
            "กุมภาพันธ์",
            "فبراير",
            "फरवरी",
        ],
    ),
    (
        3,
        &[
            "march",
            "mars",
            "marzo",
            "março",
            "märz",
            "март",
            "берез",
            "marca",
            "března",
            "μαρτ",
            "มีนาคม",
            "مارس",
            "मार्च",
            "maart",
            "maret",
            "mart",
            "marzec",
            "márci",
        ],
    ),
    (
        4,
        &[
            "april",
            "avril",
            "abril",
            "aprile",
            "апрел",
            "квіт",
            "kwiet",
            "nisan",
            "dubna",
            "απρι",
            "เมษายน",
            "أبريل",
            "अप्रैल",
            "ápril",
        ],
    ),
    (
        5,
        &[
            "mayo",
            "maggio",
            "maja",
            "мая",
            "май",
            "травн",
            "mayıs",
            "května",
            "μαΐ",
            "พฤษภาคม",
            "مايو",
            "maio",
            "május",
        ],
    ),
    (
        6,
        &[
            "june",
            "juni",
            "juin",
            "junio",
            "junho",
            "giugno",
            "июн",
            "червн",
            "czerwc",
            "haziran",
            "června",
            "ιουν",
            "มิถุนายน",
            "يونيو",
            "जून",
            "júni",
        ],
    ),
    (
        7,
        &[
            "july",
            "juli",
            "juillet",
            "julio",
            "julho",
            "luglio",
            "июл",
            "липн",
            "lipca",
            "temmuz",
            "červen",
            "ιουλ",
            "กรกฎาคม",
            "يوليو",
            "जुलाई",
            "júli",
        ],
    ),
    (
        8,
        &[
            "august",
            "août",
            "agosto",
            "август",
            "серпн",
            "sierpn",
            "ağustos",
            "srpna",
            "αυγ",
            "สิงหาคม",
            "أغسطس",
            "अगस्त",
            "augustus",
            "agustus",
        ],
    ),
    (
        9,
        &[
            "septem",
            "septie",
            "setiem",
            "setem",
            "settem",
            "сентябр",
            "верес",
            "wrześ",
            "eylül",
            "září",
            "σεπτ",
            "กันยายน",
            "سبتمبر",
            "सितंबर",
            "szept",
        ],
    ),
    (
        10,
        &[
            "octob",
            "octub",
            "oktob",
            "outub",
            "ottob",
            "октябр",
            "жовт",
            "paździer",
            "ekim",
            "října",
            "οκτ",
            "ตุลาคม",
            "أكتوبر",
            "अक्टूबर",
        ],
    ),
    (
        11,
        &[
            "novem",
            "noviem",
            "ноябр",
            "листопад",
            "listopad",
            "kasım",
            "νοεμ",
            "พฤศจิกายน",
            "نوفمبر",
            "नवंबर",
        ],
    ),
    (
        12,
        &[
            "decem",
            "décem",
            "dezem",
            "diciem",
            "dicem",
            "декабр",
            "грудн",
            "grudn",
            "aralık",
            "prosin",
            "δεκεμ",
            "ธันวาคม",
            "ديسمبر",
            "दिसंबर",
            "desem",
        ],
    ),
];

/// Names and abbreviations that count only as a whole, since other words begin so.
const WHOLE: [(u32, &[&str]); 12] = [
    (1, &["jan"]),
    (2, &["feb", "fev", "févr"]),
    (3, &["mar", "mär"]),
    (4, &["apr", "avr", "abr"]),
    (5, &["May", "Mai", "mai", "maj", "mei", "मई"]),
    (6, &["jun"]),
    (7, &["jul", "juil", "lip"]),
    (8, &["aug", "ago", "août"]),
    (9, &["sep", "sept"]),
    (10, &["oct", "okt"]),
    (11, &["nov"]),
    (12, &["dec", "dez", "déc", "dic"]),
];

/// Words that may stand between a day and its month.
const BETWEEN: [&str; 6] = ["de", "of", "st", "nd", "rd", "th"];

/// The day of a year that begins at a piece, as month and day, and how many pieces it takes.
pub(super) fn day(pieces: &[Piece<'_>]) -> Option<((u32, u32), usize)> {
    let first = pieces.first()?;
    match first.kind {
        Kind::Number => {
            let number = small(first.text)?;
            let next = pieces.get(1)?;
            if next.kind == Kind::Han || is_korean_month(next.text) {
                return month_first(number, next, pieces);
            }
            let ordinal =
                ["er", "º", "ª", "o"].contains(&next.text) || BETWEEN.contains(&next.text);
            let at = if ordinal { 2 } else { 1 };
            let month = month(pieces.get(at)?.text)?;
            valid(month, number).map(|day| (day, at + 1))
        }
        // `June 1`, but not `June 2017`.
        Kind::Word => {
            let number = pieces.get(1).filter(|piece| piece.kind == Kind::Number)?;
            let number = small(number.text)?;
            valid(month(first.text)?, number).map(|day| (day, 2))
        }
        Kind::Han | Kind::Katakana | Kind::Unparted => None,
    }
}

/// `6月1日`, `6월 1일`.
fn month_first(month: u32, mark: &Piece<'_>, pieces: &[Piece<'_>]) -> Option<((u32, u32), usize)> {
    if mark.text != "月" && !is_korean_month(mark.text) {
        return None;
    }
    let number = pieces.get(2).filter(|piece| piece.kind == Kind::Number)?;
    valid(month, small(number.text)?).map(|day| (day, 3))
}

fn is_korean_month(text: &str) -> bool {
    text == "월"
}

/// A number of at most two digits.
fn small(text: &str) -> Option<u32> {
    if text.chars().count() > 2 {
        return None;
    }
    text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?))
}

/// The month of a name, whole or shortened.
pub(super) fn month(text: &str) -> Option<u32> {
    let long = text.chars().count();
    if !(3..=12).contains(&long) {
        return None;
    }
    let lower = text.to_lowercase();
    let is_whole = |name: &&str| *name == text || *name == lower && *name != "may";
    let whole = WHOLE.iter().find(|(_, names)| names.iter().any(&is_whole));
    if let Some((month, _)) = whole {
        return Some(*month);
    }
    let found = MONTHS.iter().filter_map(|(month, names)| {
        let starts = names.iter().filter(|name| lower.starts_with(**name));
        starts.map(|name| name.len()).max().map(|length| (length, *month))
    });
    found.max().map(|(_, month)| month)
}

fn valid(month: u32, day: u32) -> Option<(u32, u32)> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::day;

    #[test]
    fn one_day_in_many_languages() {
        for text in [
            "1 June 2017",
            "June 1, 2017",
            "1. Juni",
            "1er juin",
            "1 de junio",
            "1 июня",
            "6月1日起",
            "6월 1일",
            "1 giugno",
            "1 de junho",
            "1 czerwca",
            "1 червня",
            "1 Haziran",
            "1 มิถุนายน",
            "1 يونيو",
            "1st June",
        ] {
            assert_eq!(day(&pieces(text)).map(|(day, _)| day), Some((6, 1)), "{text}");
        }
        assert_eq!(day(&pieces("June 2017")), None);
        assert_eq!(day(&pieces("40 June")), None);
        assert_eq!(day(&pieces("7 červenec")).map(|(day, _)| day), Some((7, 7)));
    }
}
