//! Parts of the world: who names one asks for its states.

use classifier::Jurisdiction;

/// A part of the world.
#[derive(Debug)]
pub(super) struct Region {
    /// What readers see first, and what else it is called.
    pub(super) names: &'static [&'static str],
    /// The codes of its jurisdictions; one that ends in a hyphen stands for all that begin so.
    states: &'static str,
}

impl Region {
    /// Its jurisdictions.
    pub(super) fn states(&self) -> Vec<Jurisdiction> {
        let states = self.states.split(' ').flat_map(|code| {
            let parts = Jurisdiction::all().filter(move |state| state.code().starts_with(code));
            let parts = code.ends_with('-').then_some(parts);
            Jurisdiction::parse(code).into_iter().chain(parts.into_iter().flatten())
        });
        states.collect()
    }
}

/// By the United Nations' M49, where people mean no other states; Europe with the Union.
#[rustfmt::skip]
pub(super) const REGIONS: [Region; 28] = [
    Region { names: &["Africa", "African", "Afrika", "afrikanisch", "afrikanische", "afrikanischen", "Afrique", "africain",
        "africaine", "africains", "africaines", "África", "africano", "africana", "africanos", "africanas", "Африка", "Африке",
        "Африки", "африканские", "африканских", "Afryka", "Afryce", "Afrika'da", "非洲", "アフリカ", "아프리카", "أفريقيا", "إفريقيا",
        "châu Phi"],
        states: "DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML \
            MR MU MA MZ NA NE NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW" },
    Region { names: &["North Africa", "Maghreb", "Nordafrika", "Afrique du Nord", "Norte de África", "Nord Africa",
        "Северная Африка", "北非", "北アフリカ", "북아프리카", "شمال أفريقيا", "شمال إفريقيا"],
        states: "DZ EG LY MA SD TN EH MR" },
    Region { names: &["sub-Saharan Africa", "sub saharan Africa", "Subsahara-Afrika", "Afrique subsaharienne",
        "África subsahariana", "撒哈拉以南非洲"],
        states: "AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ GQ ER SZ ET GA GM GH GN GW KE LS LR MG MW ML MR MU MZ \
            NA NE NG RW ST SN SC SL SO ZA SS TZ TG UG ZM ZW" },
    Region { names: &["East Africa", "Eastern Africa", "Ostafrika", "Afrique de l'Est", "África Oriental", "东非", "東アフリカ"],
        states: "BI KM DJ ER ET KE MG MW MU MZ RW SC SO SS TZ UG ZM ZW" },
    Region { names: &["West Africa", "Western Africa", "Westafrika", "Afrique de l'Ouest", "África Occidental", "ECOWAS", "西非",
        "西アフリカ"],
        states: "BJ BF CV CI GM GH GN GW LR ML MR NE NG SN SL TG" },
    Region { names: &["Southern Africa", "SADC", "südliches Afrika", "Afrique australe", "África Austral", "南部非洲"],
        states: "AO BW SZ LS MW MZ NA ZA ZM ZW" },
    Region { names: &["Asia", "Asian", "Asien", "asiatisch", "asiatische", "asiatischen", "Asie", "asiatique", "asiatiques",
        "Ásia", "asiático", "asiática", "asiáticos", "asiáticas", "asiatico", "asiatici", "Азия", "Азии", "азиатские",
        "азиатских", "Asya", "Azja", "Azji", "亚洲", "亞洲", "アジア", "아시아", "آسيا", "châu Á"],
        states: "AF AM AZ BH BD BT BN KH CN GE HK IN ID IR IQ IL JP JO KZ KW KG LA LB MO MY MV MN MM NP KP OM PK \
            PS PH QA SA SG KR LK SY TW TJ TH TL TR TM AE UZ VN YE" },
    Region { names: &["Southeast Asia", "South-East Asia", "South East Asia", "Southeast Asian", "ASEAN countries",
        "ASEAN states", "Südostasien", "Asie du Sud-Est", "Sudeste Asiático", "Sud-est asiatico", "Юго-Восточная Азия",
        "Юго-Восточной Азии", "Güneydoğu Asya", "东南亚", "東南亞", "東南アジア", "동남아", "동남아시아", "جنوب شرق آسيا",
        "Đông Nam Á", "Asia Tenggara"],
        states: "BN KH ID LA MY MM PH SG TH TL VN" },
    Region { names: &["South Asia", "South Asian", "Südasien", "Asie du Sud", "Asia del Sur", "Sul da Ásia", "Южная Азия",
        "Южной Азии", "南亚", "南アジア", "남아시아", "جنوب آسيا"],
        states: "AF BD BT IN MV NP PK LK" },
    Region { names: &["East Asia", "East Asian", "Ostasien", "Asie de l'Est", "Asia Oriental", "Восточная Азия",
        "Восточной Азии", "东亚", "東アジア", "동아시아"],
        states: "CN HK MO TW JP KP KR MN" },
    Region { names: &["Central Asia", "Central Asian", "Zentralasien", "Asie centrale", "Asia Central", "Ásia Central",
        "Центральная Азия", "Центральной Азии", "Средняя Азия", "Orta Asya", "中亚", "中央アジア", "중앙아시아", "آسيا الوسطى"],
        states: "KZ KG TJ TM UZ" },
    Region { names: &["Asia-Pacific", "Asia Pacific", "APAC", "Asien-Pazifik", "Asie-Pacifique", "Asia-Pacífico",
        "Ásia-Pacífico", "亚太", "亚太地区", "アジア太平洋", "아시아태평양", "아태"],
        states: "AU BD BN KH CN FJ HK IN ID JP LA MO MY MV MN MM NP NZ PK PG PH SG KR LK TW TH TL VN" },
    Region { names: &["Middle East", "Middle Eastern", "Naher Osten", "Nahen Osten", "Nahost", "Moyen-Orient", "Proche-Orient",
        "Oriente Medio", "Oriente Próximo", "Oriente Médio", "Medio Oriente", "Ближний Восток", "Ближнем Востоке",
        "Ближнего Востока", "Orta Doğu", "Ortadoğu", "Bliski Wschód", "中东", "中東", "중동", "الشرق الأوسط", "Trung Đông"],
        states: "BH EG IR IQ IL JO KW LB OM PS QA SA SY TR AE YE" },
    Region { names: &["Gulf states", "Gulf countries", "Gulf Cooperation Council", "GCC", "Golfstaaten", "pays du Golfe",
        "países del Golfo", "страны Залива", "海湾国家", "湾岸諸国", "دول الخليج", "مجلس التعاون الخليجي"],
        states: "BH KW OM QA SA AE" },
    Region { names: &["Europe", "European", "Europa", "europäisch", "europäische", "europäischen", "européen", "européenne",
        "européens", "européennes", "europeo", "europea", "europeos", "europeas", "europei", "europee", "europeu", "europeia",
        "europeus", "europeias", "Europees", "Europese", "Европа", "Европе", "Европы", "европейские", "европейских", "Європа",
        "Європі", "Європи", "Europie", "Europy", "Avrupa", "Avrupa'da", "欧洲", "歐洲", "欧州", "ヨーロッパ", "유럽", "أوروبا",
        "châu Âu", "Eropa"],
        states: "EU AL AD AT BY BE BA BG HR CY CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE XK LV LI LT LU MT MD \
            MC ME NL MK NO PL PT RO RU SM RS SK SI ES SE CH UA GB VA" },
    Region { names: &["Eastern Europe", "East European", "Eastern European", "Osteuropa", "Europe de l'Est",
        "Europa del Este", "Europa Oriental", "Leste Europeu", "Восточная Европа", "Восточной Европе", "Doğu Avrupa", "东欧",
        "東欧", "동유럽"],
        states: "BY BG CZ HU MD PL RO RU SK UA" },
    Region { names: &["Nordic countries", "Nordic states", "Nordics", "Nordic", "Scandinavia", "Scandinavian",
        "Skandinavien", "nordische Länder", "Scandinavie", "pays nordiques", "Escandinavia", "países nórdicos",
        "Скандинавия", "северные страны", "北欧", "北歐", "북유럽"],
        states: "DK FI IS NO SE FO GL AX" },
    Region { names: &["Baltic states", "Baltic countries", "Baltics", "Baltikum", "baltische Staaten", "pays baltes",
        "países bálticos", "страны Балтии", "Прибалтика", "波罗的海国家", "バルト三国", "발트"],
        states: "EE LV LT" },
    Region { names: &["Balkans", "Western Balkans", "Balkan", "Westbalkan", "Balkans occidentaux", "Balcanes", "Balcãs",
        "Balcani", "Балканы", "Балканах", "Balkanlar", "巴尔干", "バルカン", "발칸"],
        states: "AL BA BG HR GR XK ME MK RO RS SI" },
    Region { names: &["Latin America", "Latin American", "Lateinamerika", "lateinamerikanisch", "lateinamerikanische",
        "Amérique latine", "América Latina", "Latinoamérica", "latinoamericano", "latinoamericana", "latinoamericanos",
        "latino-americano", "America Latina", "Латинская Америка", "Латинской Америке", "Latin Amerika", "拉丁美洲", "拉美",
        "ラテンアメリカ", "中南米", "중남미", "라틴아메리카", "أمريكا اللاتينية"],
        states: "AR BO BR CL CO CR CU DO EC SV GT HN HT MX NI PA PY PE PR UY VE" },
    Region { names: &["South America", "South American", "Südamerika", "Amérique du Sud", "América del Sur", "Sudamérica",
        "América do Sul", "Sud America", "Южная Америка", "Южной Америке", "南美", "南米", "남미"],
        states: "AR BO BR CL CO EC GY PY PE SR UY VE" },
    Region { names: &["Central America", "Central American", "Mittelamerika", "Zentralamerika", "Amérique centrale",
        "Centroamérica", "América Central", "Центральная Америка", "中美洲", "中米", "중미"],
        states: "BZ CR SV GT HN NI PA" },
    Region { names: &["Caribbean", "Karibik", "Caraïbes", "Caribe", "CARICOM", "Карибы", "加勒比", "カリブ", "카리브"],
        states: "AG AI AW BB BS BM CU CW DM DO GD GP HT JM KN KY LC MQ PR SX TC TT VC VG VI" },
    Region { names: &["North America", "North American", "Nordamerika", "Amérique du Nord", "América del Norte",
        "Norteamérica", "América do Norte", "Nord America", "Северная Америка", "北美", "北米", "북미"],
        states: "US CA MX" },
    Region { names: &["Oceania", "Pacific islands", "Pacific Islands", "Ozeanien", "Océanie", "Oceanía", "Океания", "大洋洲",
        "オセアニア", "오세아니아"],
        states: "AU NZ FJ PG SB VU WS TO KI TV NR PW MH FM NC PF CK NU" },
    Region { names: &["US states", "US state", "American states", "US-Bundesstaaten", "États américains",
        "estados de EE.UU.", "штаты США", "美国各州", "米国の州", "アメリカの州", "미국 주"],
        states: "US-" },
    Region { names: &["German states", "German Länder", "Bundesländer", "deutsche Länder"], states: "DE-" },
    Region { names: &["Canadian provinces", "provinces canadiennes"], states: "CA-" },
];

#[cfg(test)]
mod tests {
    use super::REGIONS;

    #[test]
    fn all_codes_are_of_jurisdictions() {
        for region in &REGIONS {
            let (states, name) = (region.states(), region.names[0]);
            let codes = region.states.split(' ');
            let (parts, whole): (Vec<_>, Vec<_>) = codes.partition(|code| code.ends_with('-'));
            let is_whole = |code: &&str| states.iter().any(|state| state.code() == *code);
            assert!(whole.iter().all(is_whole), "{name}");
            assert!(parts.is_empty() || states.len() > parts.len(), "{name}");
        }
    }
}
