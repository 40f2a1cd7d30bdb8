//! Dates as they are met, and what only looks like one.

use super::{Order, fills, find, parse};

fn read(text: &str) -> String {
    parse(text).map_or_else(|| "-".to_owned(), |moment| moment.to_string())
}

fn seen(text: &str) -> String {
    find(text, Order::DayFirst).map_or_else(|| "-".to_owned(), |moment| moment.to_string())
}

#[test]
fn machines_write_them_in_many_ways() {
    for (text, expected) in [
        ("Wed, 12 Jul 2017 09:30:00 +0200", "2017-07-12T09:30:00+02:00"),
        ("12 Jul 17 09:30 EST", "2017-07-12T09:30:00-05:00"),
        ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"),
        ("2017-07-12T09:30:00Z", "2017-07-12T09:30:00Z"),
        ("2017-07-12T09:30:00.123456+08:00", "2017-07-12T09:30:00+08:00"),
        ("2017-07-12 09:30:00", "2017-07-12T09:30:00Z"),
        ("20170712T093000Z", "2017-07-12T09:30:00Z"),
        ("2017/07/12", "2017-07-12"),
        ("2017-07", "2017-07-01"),
        ("2017", "2017-01-01"),
        ("Thu, 31 Dec 1999 23:59:60 GMT", "1999-12-31T23:59:59Z"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn people_write_them_in_their_languages() {
    for text in [
        "Published on July 12, 2017 by the ministry",
        "12. Juli 2017",
        "mercredi 12 juillet 2017 à 18h30",
        "12 de julio de 2017",
        "12 luglio 2017",
        "quarta-feira, 12 de julho de 2017",
        "12 июля 2017 г., 14:05",
        "12 липня 2017",
        "2017年7月12日 14:05",
        "2017年07月12日",
        "平成29年7月12日",
        "民國106年7月12日",
        "2017년 7월 12일",
        "12 يوليو 2017",
        "١٢ يوليو ٢٠١٧",
        "12 กรกฎาคม 2560",
        "2017. július 12.",
        "12. 7. 2017",
        "12.07.17",
        "12/07/2017",
        "07/13/2017, 5 days after 12/7/2017".split_once("after ").unwrap().1,
        "12 lipca 2017",
        "Jul. 12th, 2017, 5:30 p.m.",
        "the 12th of July, 2017",
        "12-Jul-2017",
    ] {
        assert_eq!(seen(text), "2017-07-12", "{text}");
    }
    assert_eq!(seen("July 12, 2017 at 5:30 p.m. EDT"), "2017-07-12T17:30:00-04:00");
    assert_eq!(seen("12.07.2017, 12:15 am GMT+2"), "2017-07-12T00:15:00+02:00");
    assert_eq!(seen("2017-07-12 09:30:00"), "2017-07-12", "an unknown clock is no instant");
    assert_eq!(find("7/12/2017", Order::MonthFirst).unwrap().to_string(), "2017-07-12");
}

#[test]
fn months_have_names_and_numbers_in_many_scripts_and_calendars() {
    for text in [
        "12 korrik 2017, 09:08",
        "12 জুলাই ২০১৭",
        "12 जुलै 2017",
        "ஜூலை 12, 2017",
        "12 ივლისი, 2017",
        "12 հուլիսի 2017",
        "12 iyul 2017",
        "12 jula 2017",
        "12 TEMMUZ 2017",
        "2017ko uztailak 12",
        "2017. gada 12. jūlijs",
        "2017 m. liepos 12 d.",
        "Thứ tư, ngày 12 tháng 7 năm 2017",
        "12 ก.ค. 2560",
        "12 تموز/يوليو 2017",
        "12 جويلية 2017",
        "چهارشنبه ۲۱ تیر ۱۳۹۶",
        "۱۳۹۶/۰۴/۲۱",
        "12 جولائی 2017",
        "二〇一七年七月十二日",
        "12° luglio 2017",
        "12 juliol de 2017",
    ] {
        assert_eq!(seen(text), "2017-07-12", "{text}");
    }
    for (text, expected) in [
        ("06. Mär. 2023", "2023-03-06"),
        ("3 augusti 2017", "2017-08-03"),
        ("5 تشرين الثاني 2017", "2017-11-05"),
        ("5 كانون الثاني/يناير 2017", "2017-01-05"),
        ("5 كانون الأول 2017", "2017-12-05"),
        ("30 اسفند 1399", "2021-03-20"),
        ("1 فروردین 1400", "2021-03-21"),
        ("令和元年十二月二十一日", "2019-12-21"),
        ("১৬:২০, ১৬ ফেব্রুয়ারি ২০২০", "2020-02-16"),
    ] {
        assert_eq!(seen(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        " ",
        "0001-01-01",
        "99999-01-01",
        "2017-02-30",
        "0000-00-00T00:00:00Z",
        "version 1.2.2017.4",
        "call 555 1234",
        "between 10 and 12",
        "June 2017",
        "Directive 2016/1148",
        "99999999",
        "999999999999999999999",
        "2017-13-45",
        "32 December 2017",
        "tomorrow",
        "٩٩٩٩-٩٩-٩٩",
        "9999-12-31T23:59:59-23:59",
        "年月日",
        "民國年",
        "June",
        "5 June 14:30",
    ] {
        assert_eq!(seen(text), "-", "{text}");
    }
    assert_eq!(read("2017-07-12T25:61:00Z"), "2017-07-12", "an absurd time leaves the day");
    assert_eq!(read("2017-07-12T10:00:00+99:99"), "2017-07-12T10:00:00Z", "an absurd zone is none");
    assert_eq!(read(&"١".repeat(100_000)), "-");
}

#[test]
fn a_line_that_is_only_a_date_is_known() {
    assert!(fills("Published: 12 July 2017, 14:05 CET", 12));
    assert!(!fills("On 12 July 2017 the ministry published a draft of the law", 12));
    assert!(!fills("No date", 12));
}
