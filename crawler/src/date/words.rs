//! The words of dates in many languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::scan::Token;

/// Names, genitives and abbreviations of each month, in the languages of the catalogue's sources and some more. Where
/// two languages disagree (`listopad` is October in Zagreb, November in Prague and Warsaw), the larger one wins.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro januari január januára января \
     январь янв січня січень студзеня stycznia styczeń sty stycz leden ledna led tammikuu tammikuuta ocak oca \
     ianuarie ian ιανουαρίου ιανουάριος ιαν يناير ینایر ژانویه ינואר בינואר जनवरी มกราคม มค siječnja siječanj \
     януари януар јануар sausio sausis janvāris janvārī jaanuar gener januarie januara janúar ianuari јануари \
     januarja janeiru janar janari yanvar জানুয়ারি জানুয়ারী জানু जानेवारी जन જાન્યુઆરી ஜனவரி జనవరి ಜನವರಿ ജനുവരി \
     جنوری جانفي հունվարի հունվար იანვარი იანვარს қаңтар urtarrila urtarrilaren urtarrilak xaneiro eanáir ionawr \
     ιανουαριου ιανουαριος січ студзень tammi មករា ජනවාරි ਜਨਵਰੀ",
    "february feb februar februaar feber février fevrier févr fevr fév fev febrero febbraio febbr fevereiro \
     februari febr február februára февраля февраль фев февр лютого лютий лютага lutego luty lut únor února \
     helmikuu helmikuuta şubat şub februarie φεβρουαρίου φεβρουάριος φεβ فبراير شباط فوریه פברואר בפברואר फ़रवरी \
     फरवरी กุมภาพันธ์ กพ veljače veljača февруари фебруар vasario februāris februārī veebruar febrer februara \
     фебруари februarja febrúar shkurt shkurti fevral ফেব্রুয়ারি ফেব্রুয়ারী ফেব फेब्रुवारी फर ફેબ્રુઆરી \
     பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി فروری فيفري فبرایر փետրվարի փետրվար თებერვალი თებერვალს ақпан otsaila \
     otsailaren otsailak febreiro feabhra chwefror φεβρουαριου φεβρουαριος лют pebruari peb pebrero helmi ਫ਼ਰਵਰੀ \
     ਫਰਵਰੀ",
    "march mar mars märz maerz mrz marzo março marco maart maaliskuu maaliskuuta marca marec március márc марта \
     март мар березня березень сакавіка marzec mrt březen března mart martie μαρτίου μάρτιος μαρ مارس آذار מרץ \
     במרץ मार्च มีนาคม มีค ožujka ožujak kovo marts martā märts març maret marta marti mär মার্চ மார்ச் మార్చి \
     ಮಾರ್ಚ್ മാർച്ച് માર્ચ مارچ մարտի մարտ მარტი მარტს наурыз martxoa martxoaren martxoak márta mawrth μαρτιου \
     μαρτιος бер maalis mac machi marso მარ ਮਾਰਚ",
    "april apr avril avr abril abr aprile aprilie апреля апрель апр квітня квітень красавіка kwietnia kwiecień \
     kwi duben dubna apríl apríla huhtikuu huhtikuuta nisan nis április ápr απριλίου απρίλιος απρ أبريل ابريل \
     نيسان آوریل אפריל באפריל अप्रैल เมษายน เมย travnja travanj април balandžio aprīlis aprīlī aprill aprila \
     априла prill prilli aprel এপ্রিল एप्रिल એપ્રિલ ஏப்ரல் ఏప్రిల్ ಏಪ್ರಿಲ್ ഏപ്രിൽ اپریل أفريل افريل ապրիլի ապրիլ \
     აპრილი აპრილს сәуір apirila apirilaren apirilak aibreán ebrill απριλιου απριλιος кві huhti aprili ਅਪ੍ਰੈਲ",
    "may mai mayo maggio mag maio mei maj maja máj mája мая май травня травень траўня květen května toukokuu \
     toukokuuta mayıs május μαΐου μαίου μάιος مايو أيار مه מאי במאי मई พฤษภาคม พค svibnja svibanj мај gegužės \
     maijs maijā maig маја majit maí মে મે மே మే ಮೇ മേയ് മെയ് مئی ماي мамыр մայիսի մայիս მაისი მაისს maiatza \
     maiatzaren maiatzak bealtaine μαιου μαιος μαϊου μάη тра touko ਮਈ",
    "june jun juni juin junio giugno giu junho июня июнь июн червня червень чэрвеня czerwca czerwiec cze červen \
     června jún júna kesäkuu kesäkuuta haziran haz június iunie iun ιουνίου ιούνιος ιουν يونيو حزيران ژوئن יוני \
     ביוני जून มิถุนายน มิย lipnja lipanj юни јун birželio jūnijs jūnijā juuni juny juna јуни јуна junija qershor \
     qershori iyun জুন જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ جون جوان júní հունիսի հունիս ივნისი ივნისს маусым ekaina ekainaren \
     ekainak xuño meitheamh mehefin ιουνιου ιουνιος чер kesä hunyo iyn ਜੂਨ",
    "july jul juli juillet juil julio luglio lug julho июля июль июл липня липень ліпеня lipca lipiec lip \
     červenec července júl júla heinäkuu heinäkuuta temmuz tem július iulie iul ιουλίου ιούλιος ιουλ يوليو تموز \
     ژوئیه ژوئيه יולי ביולי जुलाई กรกฎาคม กค srpnja srpanj юли јул liepos jūlijs jūlijā juuli juliol jula јули \
     јула julija korrik korriku iyul জুলাই जुलै જુલાઈ ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ جولائی جويلية جولية يوليوز júlí \
     հուլիսի հուլիս ივლისი ივლისს шілде uztaila uztailaren uztailak xullo iúil gorffennaf ιουλιου ιουλιος лип \
     heinä julai hulyo iyl ਜੁਲਾਈ",
    "august aug août aout agosto ago augustus августа август авг серпня серпень жніўня sierpnia sierpień sie \
     srpen srpna augusta elokuu elokuuta ağustos ağu augusztus αυγούστου αύγουστος αυγ أغسطس آب اوت אוגוסט \
     באוגוסט अगस्त สิงหาคม สค kolovoza kolovoz rugpjūčio augusts augustā agost agustus avgust avgusta augusti \
     gusht gushti avqust আগস্ট অগস্ট ऑगस्ट ઑગસ્ટ ઓગસ્ટ ஆகஸ்ட் ఆగస్టు ఆగస్ట్ ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ആഗസ്റ്റ് اگست أوت غشت \
     ágúst օգոստոսի օգոստոս აგვისტო აგვისტოს тамыз abuztua abuztuaren abuztuak lúnasa awst αυγουστου αυγουστος \
     elo agt ags agst ogos agosti avg ਅਗਸਤ",
    "september sep sept septembre septiembre setiembre settembre setembro set сентября сентябрь сен сент вересня \
     вересень верасня września wrzesień wrz září zari septembra syyskuu syyskuuta eylül eyl szeptember szept \
     septembrie σεπτεμβρίου σεπτέμβριος σεπ σεπτ سبتمبر أيلول سپتامبر ספטמבר בספטמבר सितंबर सितम्बर กันยายน กย \
     rujna rujan септември септембар rugsėjo septembris septembrī setembre septembar септембра shtator shtatori \
     sentyabr sentabr সেপ্টেম্বর सप्टेंबर સપ્ટેમ્બર செப்டம்பர் సెప్టెంబర్ సెప్టెంబరు ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ ستمبر \
     شتنبر սեպտեմբերի սեպտեմբեր სექტემბერი სექტემბერს қыркүйек iraila irailaren irailak medi σεπτεμβριου \
     σεπτεμβριος вер syys septemba setyembre ਸਤੰਬਰ",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь окт жовтня жовтень \
     кастрычніка października październik paź pazdz říjen října októbra lokakuu lokakuuta ekim eki október \
     octombrie οκτωβρίου οκτώβριος οκτ أكتوبر اکتبر אוקטובר באוקטובר अक्टूबर अक्तूबर ตุลาคม ตค октомври октобар \
     spalio oktobris oktobrī oktoober oktobar oktobra октобра tetor tetori oktyabr oktabr অক্টোবর ऑक्टोबर ઑક્ટોબર \
     ઓક્ટોબર அக்டோபர் అక్టోబర్ అక్టోబరు ಅಕ್ಟೋಬರ್ ഒക്ടോബർ اکتوبر հոկտեմբերի հոկտեմբեր ოქტომბერი ოქტომბერს қазан \
     urria urriaren urriak hydref οκτωβριου οκτωβριος жов loka oktoba oktubre ਅਕਤੂਬਰ",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб листопада листопад лістапада listopada \
     listopad lis novembra marraskuu marraskuuta kasım kas noiembrie νοεμβρίου νοέμβριος νοε نوفمبر نوامبر נובמבר \
     בנובמבר नवंबर नवम्बर พฤศจิกายน พย studenoga studenog studeni ноември новембар lapkričio novembris novembrī \
     novembar ноембра nëntor nëntori nentor noyabr নভেম্বর नोव्हेंबर નવેમ્બર நவம்பர் నవంబర్ నవంబరు ನವೆಂಬರ್ നവംബർ \
     نومبر نونبر nóvember նոյեմբերի նոյեմբեր ნოემბერი ნოემბერს қараша azaroa azaroaren azaroak samhain tachwedd \
     νοεμβριου νοεμβριος лис marras nop nopember novemba nobyembre ਨਵੰਬਰ",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro декабря декабрь дек грудня \
     грудень снежня grudnia grudzień gru prosinec prosince decembra joulukuu joulukuuta aralık ara decembrie \
     δεκεμβρίου δεκέμβριος δεκ ديسمبر دسامبر דצמבר בדצמבר दिसंबर दिसम्बर ธันวาคม ธค prosinca prosinac декември \
     децембар gruodžio decembris decembrī desember detsember desembre des decembar децембра dhjetor dhjetori \
     dekabr ডিসেম্বর डिसेंबर ડિસેમ્બર டிசம்பர் డిసెంబర్ డిసెంబరు ಡಿಸೆಂಬರ್ ഡിസംബർ دسمبر دجنبر դեկտեմբերի դեկտեմբեր \
     დეკემბერი დეკემბერს желтоқсан abendua abenduaren abenduak nollaig rhagfyr δεκεμβριου δεκεμβριος гру joulu \
     disember desemba disyembre ਦਸੰਬਰ",
];

const WEEKDAYS: &str = "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun \
    montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so \
    lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim \
    lunes martes miércoles miercoles mié jueves jue viernes vie sábado sabado sáb domingo dom \
    lunedì martedì mercoledì giovedì venerdì sabato gio \
    segunda terça quarta quinta sexta feira \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
    poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle \
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag \
    pazartesi salı çarşamba perşembe cuma cumartesi pazar \
    senin selasa rabu kamis jumat sabtu minggu понеделник вторник сряда четвъртък петък събота неделя \
    понеділок вівторок середа п'ятниця субота неділя ponedjeljak utorak srijeda četvrtak petak subota nedjelja \
    hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică \
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai \
    الأحد الاحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه \
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार dilluns dimarts dimecres dijous divendres dissabte diumenge";

/// The months of the solar calendar of Iran and Afghanistan, spring's first: they count on after the twelve others.
const SOLAR: [&str; 12] = [
    "فروردین فروردين حمل",
    "اردیبهشت ارديبهشت ثور",
    "خرداد جوزا",
    "تیر تير سرطان",
    "مرداد امرداد اسد",
    "شهریور شهريور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی دي جدی",
    "بهمن دلو",
    "اسفند حوت",
];

/// `o` and `г` have one letter and stand in dates of Polish and Russian; ordinals stand after digits.
const FILLERS: &str = "of the at on in de del den der la le el al do da di du il um am à às as alle ore a las los y \
    st nd rd th er ème eme e º ª ο г года год р року в о od klo kl um uhr godz m d rok roku \
    ngày năm พศ ที่ วันที่ στις de l published posted updated ko eko gada gads metų mes нче нчы";

/// Minutes east of Greenwich. The American three-letter zones are those of RFC 5322; a name that several parts of the
/// world use (`IST`, `BST` is Britain's by far) is left out or given to the commonest.
const ZONES: [(&str, i32); 36] = [
    ("gmt", 0),
    ("utc", 0),
    ("ut", 0),
    ("wet", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("pkt", 300),
    ("wib", 420),
    ("ict", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
];

static WORDS: LazyLock<HashMap<&'static str, Token>> = LazyLock::new(|| {
    let mut words = HashMap::with_capacity(1200);
    words.extend(FILLERS.split_whitespace().map(|word| (word, Token::Filler)));
    words.extend(WEEKDAYS.split_whitespace().map(|word| (word, Token::Weekday)));
    words.extend(ZONES.map(|(word, minutes)| (word, Token::Zone(minutes))));
    for (month, names) in (1..).zip(MONTHS) {
        words.extend(names.split_whitespace().map(|name| (name, Token::Month(month))));
    }
    for (month, names) in (13..).zip(SOLAR) {
        words.extend(names.split_whitespace().map(|name| (name, Token::Month(month))));
    }
    words.extend(["tháng", "сарын"].map(|word| (word, Token::MonthSign)));
    // The Levant tells four months from each other by first and second: these are the first of each pair.
    words.extend([("تشرين", Token::Month(10)), ("كانون", Token::Month(12))]);
    words.extend(["الثاني", "الثانى", "ثاني"].map(|word| (word, Token::Second)));
    words.extend(["الأول", "الاول", "أول"].map(|word| (word, Token::Filler)));
    words.insert("pm", Token::Half(12));
    words
});

/// What a lower-case word is; `length` in characters. `am` is a German word too, so it is half of a day only where no
/// number follows.
pub(super) fn token(lower: &str, length: usize, before_number: bool) -> Token {
    if lower == "am" && !before_number {
        return Token::Half(0);
    }
    WORDS.get(lower).copied().unwrap_or(Token::Word { letters: length })
}
