//! Words that are written together: where a compound in katakana or hangul has its parts.
//!
//! No blank and no change of script shows them, and no dictionary at hand knows them, so they are found by the words of
//! the field of which most are made. What is not known stays as it is. Documents and queries are cut alike.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::stems::PARTICLES;

/// How many letters an unknown part has at least.
const SHORTEST: usize = 2;
/// How many letters a known word has at least that stands behind an unknown part: shorter ones are in other words by
/// chance.
const SURE_KATAKANA: usize = 4;
const SURE_HANGUL: usize = 3;
/// The one noun of a single syllable that is a part: *law*.
pub(super) const LAW: &str = "법";

/// Words of which compounds in katakana are made, and longer ones that begin or end like these and are none.
const KATAKANA: &str = "アカウント アクセス アクター アドレス アプリ アプリケーション アプローチ アルゴリズム アンケート インシデント インターネット \
    インテリジェンス インフラ インフラストラクチャ ウイルス ウェブ ウォレット エネルギー エンジン オンライン オープン カメラ カード \
    ガイドライン ガバナンス キャリア クッキー クラウド クレジット グループ グローバル ケーブル コミュニケーション コミュニティ \
    コンテンツ コンピュータ コンピューター コンピューティング コンプライアンス コード サイト サイバー サプライチェーン サプライヤー \
    サーバ サーバー サービス システム シティ ショッピング シールド スキャンダル スクリーニング スタートアップ ステーション ストア \
    ストレージ スパイ スパイウェア スマホ スマート スマートフォン セキュア セキュリティ セキュリティー セクター セミナー センサー \
    センター ソフト ソフトウェア ソフトウエア ソフトバンク ソリューション ソーシャル ソース ターゲット ダウンロード チェック チェーン \
    チップ ツール テクノロジー テスト テレコム テロリスト デジタル デバイス データ ドメイン ドローン ニュース ネット \
    ネットフリックス ネットワーク ハッカー ハッキング ハードウェア バックドア バンキング パスワード パーソナル パートナー ビジネス \
    ビッグ ビデオ ファイアウォール ファイル フィッシング フィルタリング フィルター フレームワーク ブラウザ ブラウザー ブロック \
    ブロックチェーン ブロードバンド プライバシー プラットフォーマー プラットフォーム プログラム プロジェクト プロトコル プロバイダ \
    プロバイダー ベース ホスティング ポリシー マイナンバー マネジメント マルウェア マルウエア メカニズム メッセンジャー メッセージ \
    メディア メール モデル モバイル ライセンス ライフサイクル ランサムウェア ランサムウエア リサーチ リスク リテラシー リーク \
    ルーター ルール レジリエンス レベル レポート ローカライゼーション ワーキング";

/// The same in hangul.
const HANGUL: &str = "가상 가상자산 가이드라인 감독 감독원 감시 강화 개발 개인 개인정보 개정 거래 검열 경제 계약 고시 공격 공공 공급망 공유 \
    공정 과징금 과학기술 관리 광고 교육 국가 국경 국내 국외 국제 권리 규정 규제 금융 금지 기관 기반 기본 기술 기업 네트워크 \
    단말기 대응 데이터 데이터베이스 동의 디지털 랜섬웨어 로컬라이제이션 메신저 모바일 반도체 방송 방지 법률 보고 보관 보안 보호 \
    본인 분쟁 블록체인 사고 사물인터넷 사업 사업자 사이버 산업 상거래 생체 서버 서비스 센터 소비자 소스코드 소프트웨어 수사 \
    수집 수출 스마트폰 시설 시스템 시장 시행 신고 신용 심의 안보 안전 알고리즘 암호 암호화 애플리케이션 앱마켓 업무 연구 \
    온라인 운영 원칙 위반 위원회 위치 위협 유출 의료 의무 이용 이용자 이전 인공지능 인증 인터넷 인프라 자동화 저작권 저장 \
    전기통신 전략 전송 전자 접근 정보 정책 제공 제도 제재 제한 조사 조정 조치 주요 주체 지침 진흥 진흥원 차단 책임 처리 \
    청소년 체계 촉진 침해 컴퓨터 컴퓨팅 콘텐츠 클라우드 통과 통신 통신망 통제 통지 투자 평가 프라이버시 프로그램 플랫폼 피싱 \
    해킹 허위 현지화 협력 협약 활용 회의";

struct Known {
    katakana: HashSet<&'static str>,
    hangul: HashSet<&'static str>,
    /// How many bytes the longest has.
    longest: usize,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let words = |text: &'static str| text.split_whitespace().collect::<HashSet<_>>();
    let (katakana, hangul) = (words(KATAKANA), words(HANGUL));
    let longest = katakana.iter().chain(&hangul).map(|word| word.len()).max().unwrap_or_default();
    Known { katakana, hangul, longest }
});

/// Whether a letter is one of katakana.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// Whether a letter is a syllable of hangul.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// How many bytes the first part of a word in katakana has; all of them where it has but one.
pub(super) fn first_of_katakana(word: &str) -> usize {
    let known = &KNOWN.katakana;
    first_part(word, known, SURE_KATAKANA, |rest| {
        known.contains(rest) || has_letters(rest, SHORTEST)
    })
}

/// The same in hangul; a particle is no part.
pub(super) fn first_of_hangul(word: &str) -> usize {
    let known = &KNOWN.hangul;
    first_part(word, known, SURE_HANGUL, |rest| {
        let noun = PARTICLES.iter().find_map(|particle| rest.strip_suffix(particle));
        let noun = noun.unwrap_or(rest);
        noun == LAW || known.contains(rest) || has_letters(noun, SHORTEST)
    })
}

/// The parts of what a compound begins with, the last of which may be the beginning of one; `None` if it is no more
/// than one.
pub(super) fn begun(start: &str) -> Option<(Vec<&str>, &str)> {
    let known = match start.chars().next() {
        Some(c) if is_katakana(c) && start.chars().all(is_katakana) => &KNOWN.katakana,
        Some(c) if is_hangul(c) && start.chars().all(is_hangul) => &KNOWN.hangul,
        _ => return None,
    };
    let (mut whole, mut rest) = (Vec::new(), start);
    while let Some(length) = longest_known(rest, known).filter(|length| *length < rest.len()) {
        whole.push(&rest[..length]);
        rest = &rest[length..];
    }
    (!whole.is_empty()).then_some((whole, rest))
}

fn first_part(
    word: &str,
    known: &HashSet<&str>,
    sure: usize,
    is_part: impl Fn(&str) -> bool,
) -> usize {
    if let Some(length) = longest_known(word, known) {
        return if is_part(&word[length..]) { length } else { word.len() };
    }
    let later = word.char_indices().skip(SHORTEST).find(|(at, _)| {
        longest_known(&word[*at..], known)
            .is_some_and(|length| has_letters(&word[*at..at + length], sure))
    });
    later.map_or(word.len(), |(at, _)| at)
}

/// How many bytes the longest known word has with which a text begins.
fn longest_known(text: &str, known: &HashSet<&str>) -> Option<usize> {
    let most = text.floor_char_boundary(KNOWN.longest);
    let ends = text[..most].char_indices().rev().map(|(at, _)| at);
    let mut ends = std::iter::once(most).chain(ends);
    ends.find(|end| known.contains(&text[..*end]))
}

fn has_letters(text: &str, least: usize) -> bool {
    text.chars().nth(least - 1).is_some()
}
