//! What people call the stages of a measure, in many languages: what is at them fits better, and need not be.

use std::collections::HashMap;
use std::sync::LazyLock;

use classifier::Stage;

#[rustfmt::skip]
const STAGES: [(Stage, &[&str]); 7] = [
    (Stage::Proposed, &[
        "bill", "bills", "draft", "draft law", "proposal", "proposals", "proposed", "consultation", "Gesetzentwurf", "Entwurf",
        "projet de loi", "proposition de loi", "proyecto de ley", "projeto de lei", "disegno di legge", "законопроект",
        "проект закона", "projekt ustawy", "yasa tasarısı", "kanun teklifi", "草案", "征求意见稿", "徵求意見", "法案", "法律案", "법안",
        "개정안", "مشروع قانون", "dự thảo", "rancangan", "wetsvoorstel",
    ]),
    (Stage::Adopted, &[
        "adopted", "adopts", "passed", "passes", "signed into law", "final rule", "verabschiedet", "beschlossen", "adopté",
        "adoptée", "promulguée", "aprobada", "aprobado", "aprovada", "aprovado", "sancionada", "approvata", "принят", "подписал",
        "uchwalona", "kabul edildi", "通过", "通過", "成立", "可決", "통과", "제정", "إقرار", "thông qua", "disahkan", "aangenomen",
    ]),
    (Stage::InForce, &[
        "in force", "into force", "enters into force", "takes effect", "take effect", "effective date", "deadline", "compliance",
        "in Kraft", "Inkrafttreten", "Frist", "entrée en vigueur", "en vigueur", "entra en vigor", "entrada en vigor",
        "entra em vigor", "in vigore", "вступает в силу", "вступил в силу", "wchodzi w życie", "yürürlüğe", "施行", "生效", "实施",
        "시행", "دخول حيز التنفيذ", "có hiệu lực", "berlaku", "inwerkingtreding",
    ]),
    (Stage::Guidance, &[
        "guidance", "guidelines", "guideline", "code of practice", "FAQ", "Leitlinien", "Leitfaden", "Handreichung",
        "lignes directrices", "recommandations", "directrices", "guía", "diretrizes", "orientações", "linee guida", "рекомендации",
        "разъяснения", "wytyczne", "kılavuz", "rehber", "指南", "指引", "ガイドライン", "가이드라인", "إرشادات", "hướng dẫn", "pedoman",
        "richtsnoeren",
    ]),
    (Stage::Enforcement, &[
        "fine", "fines", "fined", "penalty", "penalties", "probe", "investigation", "crackdown", "arrested", "arrest", "charged",
        "indicted", "sentenced", "Bußgeld", "Geldbuße", "Strafe", "amende", "amendes", "sanction", "mise en demeure", "multa",
        "multas", "detenido", "sanzione", "sanzioni", "штраф", "штрафы", "оштрафован", "арест", "kara", "ceza", "para cezası", "罚款",
        "处罚", "罰款", "處罰", "行政処分", "課徴金", "逮捕", "과징금", "과태료", "처벌", "غرامة", "xử phạt", "phạt", "denda", "boete",
    ]),
    (Stage::Litigation, &[
        "court", "courts", "lawsuit", "lawsuits", "ruling", "rulings", "judgment", "appeal", "appeals", "sues", "sued", "struck down",
        "Gericht", "Urteil", "Klage", "tribunal", "recours", "arrêt", "sentencia", "demanda", "tribunales", "processo", "julgamento",
        "decisão judicial", "sentenza", "ricorso", "суд", "суда", "иск", "wyrok", "sąd", "mahkeme", "dava", "法院", "判决", "诉讼",
        "判決", "訴訟", "裁判", "소송", "판결", "헌재", "محكمة", "حكم", "tòa án", "gugatan", "rechter", "vonnis",
    ]),
    (Stage::Agreement, &[
        "treaty", "treaties", "accord", "pact", "memorandum", "bilateral", "Abkommen", "Vertrag", "traité", "tratado", "acuerdo",
        "acordo", "trattato", "accordo", "договор", "соглашение", "umowa", "antlaşma", "anlaşma", "协定", "条约", "協定", "条約", "조약",
        "협정", "معاهدة", "اتفاقية", "hiệp định", "perjanjian", "verdrag",
    ]),
];

/// Of how many words a name of a stage is at most.
pub(super) const MAX_WORDS: usize = 3;

/// The slug of the stage that some words are a name of.
pub(super) fn stage_called(words: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let names = STAGES.iter().flat_map(|(stage, names)| {
            names.iter().map(|name| (name.to_lowercase(), stage.slug()))
        });
        names.collect()
    });
    NAMES.get(&words.to_lowercase()).copied()
}
