//! What people call topics and offices, in many languages, besides the names that the vocabulary gives them.

use classifier::Topic;

/// Names of topics.
#[rustfmt::skip]
pub(super) const TOPICS: [(Topic, &[&str]); 22] = [
    (Topic::DataLocalization, &[
        "localization", "localisation", "data localisation", "data residency", "Datenlokalisierung",
        "localisation des données", "localización de datos", "localização de dados", "localizzazione dei dati",
        "локализация данных", "veri yerelleştirme", "数据本地化", "資料在地化", "データローカライゼーション", "데이터 현지화",
        "توطين البيانات",
    ]),
    (Topic::CrossBorderData, &[
        "data transfers", "cross-border data", "international data transfers", "Datentransfer",
        "transferts de données", "transferencias internacionales de datos", "трансграничная передача данных",
        "数据出境", "数据跨境", "越境移転", "국외 이전",
    ]),
    (Topic::SourceCodeReview, &[
        "source code", "Quellcode", "code source", "código fuente", "código-fonte", "codice sorgente",
        "исходный код", "исходные коды", "kaynak kod", "源代码", "源代碼", "ソースコード", "소스코드", "소스 코드",
    ]),
    (Topic::Censorship, &[
        "website blocking", "Zensur", "Netzsperren", "censure", "censura", "цензура", "блокировка сайтов",
        "sansür", "cenzura", "审查制度", "网络封锁", "検閲", "검열", "رقابة", "حجب",
    ]),
    (Topic::VpnRestrictions, &[
        "VPN", "VPNs", "virtual private networks", "circumvention tools", "обход блокировок", "средства обхода", "анонимайзеры", "翻墙", "翻牆", "VPN規制",
        "가상사설망",
    ]),
    (Topic::Encryption, &[
        "encryption", "backdoors", "Verschlüsselung", "chiffrement", "cifrado", "criptografia", "crittografia",
        "versleuteling", "шифрование", "шифрування", "şifreleme", "szyfrowanie", "šifrování", "加密", "暗号化",
        "암호화", "التشفير", "mã hóa",
    ]),
    (Topic::Surveillance, &[
        "surveillance", "Überwachung", "Vorratsdatenspeicherung", "vigilancia", "vigilância", "sorveglianza",
        "слежка", "inwigilacja", "监控", "監視", "감시", "المراقبة",
    ]),
    (Topic::DataProtection, &[
        "privacy", "personal data", "Datenschutz", "protection des données", "données personnelles",
        "protección de datos", "protección de datos personales", "datos personales", "proteção de dados",
        "dados pessoais", "protezione dei dati", "dati personali", "gegevensbescherming",
        "ochrona danych osobowych", "персональные данные", "защита персональных данных",
        "захист персональних даних", "kişisel veriler", "tietosuoja", "dataskydd", "个人信息", "个人信息保护", "個人資料",
        "個人情報", "개인정보", "البيانات الشخصية", "حماية البيانات", "dữ liệu cá nhân",
    ]),
    (Topic::IncidentReporting, &[
        "incident reporting", "breach notification", "breach reporting", "Meldepflicht",
        "notification des incidents", "notificación de incidentes", "notifica degli incidenti",
        "уведомление об инцидентах", "事件报告", "インシデント報告", "침해사고 신고",
    ]),
    (Topic::CriticalInfrastructure, &[
        "kritische Infrastruktur", "kritische Infrastrukturen", "infrastructures critiques",
        "infraestructura crítica", "infraestruturas críticas", "infrastrutture critiche",
        "критическая инфраструктура", "критична інфраструктура", "infrastruktura krytyczna", "kritik altyapı",
        "关键信息基础设施", "重要インフラ", "基幹インフラ", "주요정보통신기반시설", "البنية التحتية الحيوية",
    ]),
    (Topic::CloudServices, &[
        "sovereign cloud", "cloud souverain", "nube soberana", "cloud sovrano", "облачные сервисы", "云服务",
        "クラウドサービス", "클라우드",
    ]),
    (Topic::SupplyChain, &[
        "supply chain", "vendor ban", "vendor bans", "Lieferkette", "chaîne d'approvisionnement",
        "cadena de suministro", "供应链安全", "サプライチェーン", "공급망",
    ]),
    (Topic::ProductSecurity, &[
        "product security", "Produktsicherheit", "sécurité des produits", "certification de cybersécurité",
        "cybersecurity certification", "产品安全", "製品セキュリティ",
    ]),
    (Topic::VulnerabilityDisclosure, &[
        "coordinated disclosure", "divulgation de vulnérabilités", "divulgación de vulnerabilidades",
        "Offenlegung von Schwachstellen", "漏洞披露", "脆弱性開示", "취약점 공개",
    ]),
    (Topic::Cybercrime, &[
        "computer crime", "Cyberkriminalität", "cybercriminalité", "ciberdelincuencia", "cibercrime",
        "criminalità informatica", "киберпреступность", "кіберзлочинність", "cyberprzestępczość", "网络犯罪",
        "サイバー犯罪", "사이버범죄", "الجرائم الإلكترونية",
    ]),
    (Topic::CyberDiplomacy, &[
        "cyber diplomacy", "cyberdiplomatie", "ciberdiplomacia", "网络外交", "サイバー外交",
    ]),
    (Topic::ExportControls, &[
        "export controls", "cyber sanctions", "Exportkontrolle", "contrôle des exportations",
        "control de exportaciones", "экспортный контроль", "出口管制", "輸出管理", "輸出規制", "수출 통제",
    ]),
    (Topic::NationalStrategy, &[
        "cybersecurity strategy", "national cybersecurity strategy", "cyber strategy",
        "Cybersicherheitsstrategie", "stratégie nationale de cybersécurité",
        "estrategia nacional de ciberseguridad", "стратегия кибербезопасности", "サイバーセキュリティ戦略", "사이버안보전략",
    ]),
    (Topic::DigitalIdentity, &[
        "digital identity", "digitale Identität", "identité numérique", "identidad digital",
        "identidade digital", "цифровая идентификация", "デジタルID", "본인확인",
    ]),
    (Topic::PlatformRegulation, &[
        "platform regulation", "platform liability", "Plattformregulierung", "régulation des plateformes",
        "regulación de plataformas", "regulação de plataformas", "平台监管", "プラットフォーム規制", "플랫폼 규제",
    ]),
    (Topic::ArtificialIntelligence, &[
        "AI", "artificial intelligence", "generative AI", "künstliche Intelligenz",
        "intelligence artificielle", "inteligencia artificial", "inteligência artificial",
        "intelligenza artificiale", "искусственный интеллект", "sztuczna inteligencja", "人工智能", "生成式人工智能",
        "人工知能", "生成AI", "인공지능", "الذكاء الاصطناعي",
    ]),
    (Topic::SectorRules, &[
        "sector rules", "HIPAA rules",
    ]),
];

/// Offices that are called otherwise in other languages or in short. A name in capitals counts in capitals only.
#[rustfmt::skip]
pub(super) const OFFICES: [&[&str]; 40] = [
    &["Cyberspace Administration of China", "CAC", "国家互联网信息办公室", "国家网信办", "网信办", "國家網信辦"],
    &["Ministry of Industry and Information Technology", "MIIT", "工业和信息化部", "工信部"],
    &["Ministry of Public Security", "公安部"],
    &["Ministry of Commerce of China", "MOFCOM", "商务部"],
    &["National People's Congress", "全国人民代表大会", "全国人大"],
    &["Privacy Commissioner for Personal Data", "PCPD", "個人資料私隱專員公署", "私隱專員公署", "私隐专员公署"],
    &["Roskomnadzor", "Роскомнадзор", "РКН", "RKN"],
    &["Federal Security Service", "FSB", "ФСБ"],
    &["State Duma", "Госдума", "Государственная дума", "Duma"],
    &["Personal Information Protection Commission", "PIPC", "個人情報保護委員会", "개인정보보호위원회", "개인정보위"],
    &["Ministry of Economy, Trade and Industry", "METI", "経済産業省", "経産省"],
    &["Ministry of Internal Affairs and Communications", "総務省"],
    &["Korea Communications Commission", "방송통신위원회", "방통위"],
    &["Ministry of Science and ICT", "과학기술정보통신부", "과기정통부"],
    &["Federal Office for Information Security", "BSI", "Bundesamt für Sicherheit in der Informationstechnik"],
    &["Bundesnetzagentur", "BNetzA", "Federal Network Agency"],
    &["Bundesverfassungsgericht", "BVerfG", "Federal Constitutional Court of Germany"],
    &["CNIL", "Commission nationale de l'informatique et des libertés"],
    &["ANSSI", "Agence nationale de la sécurité des systèmes d'information"],
    &["Conseil d'État", "Council of State of France"],
    &["Garante", "Garante per la protezione dei dati personali", "Italian data protection authority"],
    &["Agencia Española de Protección de Datos", "AEPD"],
    &[
        "European Data Protection Board", "EDPB", "Europäischer Datenschutzausschuss",
        "Comité européen de la protection des données",
    ],
    &["Court of Justice of the European Union", "CJEU", "EuGH", "CJUE", "TJUE", "European Court of Justice"],
    &[
        "European Commission", "Europäische Kommission", "Commission européenne", "Comisión Europea",
        "Comissão Europeia", "Commissione europea", "Еврокомиссия",
    ],
    &[
        "European Parliament", "Europäisches Parlament", "Parlement européen", "Parlamento Europeo",
        "Parlament Europejski",
    ],
    &["Information Commissioner's Office", "ICO"],
    &["National Cyber Security Centre", "NCSC"],
    &["Bureau of Industry and Security", "BIS", "Industry and Security Bureau"],
    &["Department of Justice", "Justice Department", "DOJ"],
    &["Department of Commerce", "Commerce Department"],
    &["Federal Trade Commission", "FTC"],
    &["Federal Communications Commission", "FCC"],
    &["Securities and Exchange Commission", "SEC"],
    &["Cybersecurity and Infrastructure Security Agency", "CISA"],
    &["Pakistan Telecommunication Authority", "PTA"],
    &["Autoridade Nacional de Proteção de Dados", "ANPD"],
    &["Supremo Tribunal Federal", "STF"],
    &["Bilgi Teknolojileri ve İletişim Kurumu", "BTK", "Information and Communication Technologies Authority"],
    &["Computer Emergency Response Team of India", "CERT-In", "Indian Computer Emergency Response Team"],
];

/// Short names that are words elsewhere (German *bis* is *until*): they lead to the others, and are not searched.
pub(super) const AMBIGUOUS: [&str; 4] = ["BIS", "ICO", "SEC", "STF"];
