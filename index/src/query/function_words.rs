//! Words that say little of what a reader asks for: those that only hold others together, and those that everything
//! here is about.

/// Of the languages in which most queries are typed.
const WORDS: [&str; 9] = [
    "a an the of in on at by to for from with and or as is are was were be been being has have had do does did it its \
     this that these those which who whom whose what when where why how about into onto over under against between \
     than then there their they must should can could may will would not no any all",
    "der die das den dem des ein eine einer eines einem einen und oder in im am an auf aus bei mit nach von vom zu zum \
     zur für gegen über unter ist sind war wird werden nicht",
    "le la les l un une des du de d et ou à au aux en dans par pour sur avec sans sous entre est sont qui que contre",
    "el la los las un una unos unas del de y o a al en por para con sin sobre entre es son que contra",
    "o os a as um uma do da dos das de e ou ao à em no na nos nas por para com sem sobre entre é são que contra",
    "il lo la i gli le un uno una di del della dei delle e o a al alla in nel nella da dal per con su sul tra fra è che",
    "и или в во на по о об от для из за с со к у не что как это при",
    "的 了 在 和 与 與 及 或 对 對 向 将 將 被 等 是 为 為 之 于 把 由 从 從 必须 应当",
    "の を に は が と で へ や も から まで する した され される について における による への との での など",
];

/// Whether a word, written in whatever way, is one of them. In capitals it may be a name (`US`, `WHO`, `IT`).
pub(super) fn is_function_word(word: &str) -> bool {
    let is_name = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let lower = word.to_lowercase();
    !is_name && WORDS.iter().any(|words| words.split(' ').any(|known| known == lower))
}

/// Words for law and what it does, which an item that fits may well do without: it calls them otherwise, or not at all.
const LAW: [&str; 8] = [
    "law laws act acts bill bills rule rules regulation regulations legislation legal ban bans banned banning prohibition \
     policy policies requirement requirements measure measures obligation obligations use used using news latest new \
     update updates plan plans case cases",
    "gesetz gesetze gesetzes recht verbot verbote regeln regelung regelungen vorschrift vorschriften verordnung pflicht",
    "loi lois règlement règlements règle règles réglementation interdiction interdictions obligation obligations",
    "ley leyes reglamento norma normas regulación prohibición requisitos obligaciones",
    "lei leis regulamento regulação proibição proibições regras exigências",
    "legge leggi regolamento regole divieto divieti norme obblighi",
    "закон закона законы законов запрет запреты запрета правила правил требования регулирование",
    "法 法律 法规 法規 规定 規定 禁令 禁止 规则 規則 要求 規制 법 법률 규제 규정 금지",
];

/// Whether a word only says that it is about law, which all items are.
pub(super) fn is_word_of_law(word: &str) -> bool {
    let is_name = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let lower = word.to_lowercase();
    !is_name && LAW.iter().any(|words| words.split(' ').any(|known| known == lower))
}
