//! Words that only hold others together: a reader who types a question does not ask for them.

/// Of the languages in which most queries are typed.
const WORDS: [&str; 7] = [
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
];

/// Whether a word, written in whatever way, is one of them. In capitals it may be a name (`US`, `WHO`, `IT`).
pub(super) fn is_function_word(word: &str) -> bool {
    let is_name = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let lower = word.to_lowercase();
    !is_name && WORDS.iter().any(|words| words.split(' ').any(|known| known == lower))
}
