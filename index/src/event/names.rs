//! Names, so that they meet across scripts: `Телеграм`, `テレグラム` and `텔레그램` are Telegram.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// How many consonants make a name: fewer are shared by chance.
const LEAST: usize = 4;
/// What is kept of the longest.
const MOST: usize = 10;

/// What Chinese and Japanese call companies whose names do not tell it, and a few names that each language writes in
/// its own way.
const KNOWN: [(&str, &str); 64] = [
    ("苹果", "apple"),
    ("蘋果", "apple"),
    ("微软", "microsoft"),
    ("微軟", "microsoft"),
    ("谷歌", "google"),
    ("亚马逊", "amazon"),
    ("亞馬遜", "amazon"),
    ("脸书", "facebook"),
    ("臉書", "facebook"),
    ("推特", "twitter"),
    ("特斯拉", "tesla"),
    ("华为", "huawei"),
    ("華為", "huawei"),
    ("中兴", "zte"),
    ("滴滴", "didi"),
    ("腾讯", "tencent"),
    ("騰訊", "tencent"),
    ("微信", "wechat"),
    ("微博", "weibo"),
    ("阿里巴巴", "alibaba"),
    ("阿里云", "alibaba"),
    ("字节跳动", "bytedance"),
    ("抖音", "tiktok"),
    ("百度", "baidu"),
    ("小米", "xiaomi"),
    ("联想", "lenovo"),
    ("英特尔", "intel"),
    ("英伟达", "nvidia"),
    ("輝達", "nvidia"),
    ("高通", "qualcomm"),
    ("美光", "micron"),
    ("三星", "samsung"),
    ("台积电", "tsmc"),
    ("台積電", "tsmc"),
    ("思科", "cisco"),
    ("甲骨文", "oracle"),
    ("卡巴斯基", "kaspersky"),
    ("领英", "linkedin"),
    ("優步", "uber"),
    ("优步", "uber"),
    ("海康威视", "hikvision"),
    ("大华", "dahua"),
    ("大疆", "dji"),
    ("知网", "cnki"),
    ("电报", "telegram"),
    ("云上贵州", "gcbd"),
    ("贵州", "guizhou"),
    ("拜登", "biden"),
    ("特朗普", "trump"),
    ("川普", "trump"),
    ("奥巴马", "obama"),
    ("普京", "putin"),
    ("习近平", "jinping"),
    ("欧盟", "eu"),
    ("ファーウェイ", "huawei"),
    ("アップル", "apple"),
    ("グーグル", "google"),
    ("メタ", "meta"),
    ("アマゾン", "amazon"),
    ("ライン", "line"),
    ("애플", "apple"),
    ("구글", "google"),
    ("메타", "meta"),
    ("네이버", "naver"),
];

/// The same by their first two characters.
static BY_START: LazyLock<FxHashMap<&str, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut by_start: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
    for (name, latin) in KNOWN {
        let start = name.char_indices().nth(2).map_or(name, |(at, _)| &name[..at]);
        by_start.entry(start).or_default().push((name, latin));
    }
    by_start
});

/// Gives the Latin names behind the characters of a run.
pub(super) fn known(run: &str, mut found: impl FnMut(&'static str)) {
    let starts = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let ends = starts.clone().skip(2);
    for (start, end) in starts.zip(ends) {
        let names = BY_START.get(&run[start..end]).into_iter().flatten();
        names
            .filter(|(name, _)| run[start..].starts_with(name))
            .for_each(|(_, latin)| found(latin));
    }
}

/// The consonants of a name, those that scripts confuse made one; `None` if there are too few, or the script is not
/// one of those that spell sounds.
pub(super) fn consonants(name: &str) -> Option<String> {
    let mut found = Sounds::default();
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            '\u{ac00}'..='\u{d7a3}' => hangul(letter, &mut found),
            'ー' => found.vowel(),
            '\u{30a1}'..='\u{30fa}' => katakana(letter, &mut found),
            _ => found.letter(letter, next),
        }
    }
    found.close()
}

/// Consonants as they are gathered.
#[derive(Default)]
struct Sounds {
    text: String,
    last: Option<char>,
    is_unknown: bool,
}

impl Sounds {
    fn push(&mut self, sound: char) {
        // Scripts differ in what they double.
        if self.last != Some(sound) && self.text.len() < MOST {
            self.text.push(sound);
        }
        self.last = Some(sound);
    }

    fn vowel(&mut self) {
        self.last = None;
    }

    fn close(self) -> Option<String> {
        (!self.is_unknown && self.text.len() >= LEAST).then_some(self.text)
    }

    /// A letter of an alphabet, in lower case.
    fn letter(&mut self, letter: char, next: Option<char>) {
        match letter {
            'b' | 'v' | 'p' | 'б' | 'в' | 'п' | 'β' | 'π' | 'ب' | 'پ' | 'ב' | 'פ' => {
                self.push('b')
            }
            'f' | 'ф' | 'φ' | 'ف' => self.push('b'),
            'c' if matches!(next, Some('e' | 'i' | 'y')) => self.push('s'),
            'c' if next == Some('h') => self.push('s'),
            'k' | 'c' | 'g' | 'q' | 'к' | 'г' | 'ґ' | 'х' | 'κ' | 'γ' | 'χ' | 'ك' | 'ق' | 'غ'
            | 'ג' | 'כ' | 'ק' | 'خ' => self.push('k'),
            't' | 'd' | 'т' | 'д' | 'τ' | 'δ' | 'θ' | 'ت' | 'د' | 'ط' | 'ض' | 'ث' | 'ד' | 'ט'
            | 'ת' => {
                self.push('t');
            }
            's' | 'z' | 'j' | 'с' | 'з' | 'ж' | 'ш' | 'щ' | 'ц' | 'ч' | 'σ' | 'ζ' | 'س' | 'ص'
            | 'ز' | 'ش' | 'ج' | 'ذ' | 'ظ' | 'ס' | 'ש' | 'ז' | 'צ' => self.push('s'),
            'x' | 'ξ' => {
                self.push('k');
                self.push('s');
            }
            'r' | 'l' | 'р' | 'л' | 'ρ' | 'λ' | 'ر' | 'ل' | 'ר' | 'ל' => self.push('r'),
            'm' | 'м' | 'μ' | 'م' | 'מ' | 'ם' => self.push('m'),
            'n' | 'н' | 'ν' | 'ن' | 'נ' | 'ן' => self.push('n'),
            // Vowels, what is as weak, and marks.
            'a'..='z' | 'а'..='я' | 'є' | 'і' | 'ї' | 'α'..='ω' | 'ا'..='ي' | 'א'..='ת' => {
                self.vowel()
            }
            _ => self.is_unknown = true,
        }
    }
}

/// A syllable by its place in Unicode's table (The Unicode Standard, section 3.12).
fn hangul(syllable: char, found: &mut Sounds) {
    const INITIALS: [char; 19] = [
        'k', 'k', 'n', 't', 't', 'r', 'm', 'b', 'b', 's', 's', ' ', 's', 's', 's', 'k', 't', 'b',
        ' ',
    ];
    const FINALS: [char; 28] = [
        ' ', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'r', 'r', 'r', 'r', 'r', 'r', 'r', 'r', 'm', 'b',
        'b', 's', 's', ' ', 's', 's', 'k', 't', 'b', ' ',
    ];
    let place = syllable as usize - 0xac00;
    for sound in [INITIALS[place / 588], FINALS[place % 28]] {
        match sound {
            ' ' => found.vowel(),
            sound => found.push(sound),
        }
        if place / 588 != 11 && sound == INITIALS[place / 588] {
            found.vowel();
        }
    }
}

fn katakana(letter: char, found: &mut Sounds) {
    match letter {
        'カ'..='ゴ' => found.push('k'),
        'サ'..='ゾ' | 'チ' | 'ヂ' | 'ツ' | 'ヅ' => found.push('s'),
        'タ' | 'ダ' | 'テ'..='ド' => found.push('t'),
        'ナ'..='ノ' | 'ン' => found.push('n'),
        'ハ' | 'ヒ' | 'ヘ' | 'ホ' => found.vowel(),
        'フ' | 'バ' | 'パ' | 'ビ' | 'ピ' | 'ブ' | 'プ' | 'ベ' | 'ペ' | 'ボ' | 'ポ' | 'ヴ' => {
            found.push('b')
        }
        'マ'..='モ' => found.push('m'),
        'ラ'..='ロ' => found.push('r'),
        _ => {}
    }
    found.vowel();
}

#[cfg(test)]
mod tests {
    use super::{consonants, known};

    #[test]
    fn a_name_meets_itself_in_other_scripts() {
        for (latin, others) in [
            ("telegram", ["телеграм", "テレグラム", "텔레그램"].as_slice()),
            ("microsoft", &["микрософт", "マイクロソフト", "마이크로소프트"]),
            ("kaspersky", &["касперский", "カスペルスキー"]),
            ("roskomnadzor", &["роскомнадзор"]),
            ("durov", &[]),
        ] {
            for other in others {
                assert_eq!(consonants(other), consonants(latin), "{other}");
            }
        }
        assert_eq!(consonants("meta"), None, "two consonants are no name");
        let mut names = Vec::new();
        known("和苹果公司", |name| names.push(name));
        assert_eq!(names, ["apple"]);
    }
}
