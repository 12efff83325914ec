//! Days as people type them on a call: `2018-09-20`, `+7`, `today`, `tomorrow`, `friday`.

use super::text::visible;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The farthest day ahead that `+N` may name.
const FARTHEST: u64 = 3_660;

/// Reads a day that is written out. A year of two digits would be one of the first century, and one of five is none that can be kept.
pub fn written(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>()
        .ok()
        .filter(|day| (1000..=9999).contains(&day.year()))
}

/// Reads a day. A weekday is the next one of that name, never today.
///
/// # Errors
/// What is no day, with what would be one.
pub fn parse(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let word = typed.trim().to_lowercase();
    let bad = || {
        format!(
            "“{}” is no day; expected one such as 2018-09-20, +7, tomorrow or friday",
            visible(typed.trim())
        )
    };
    if let Some(day) = written(&word) {
        return Ok(day);
    }
    let ahead = match (word.as_str(), word.strip_prefix('+')) {
        ("today", _) => 0,
        ("tomorrow", _) => 1,
        (_, Some(days)) => days.trim().parse().map_err(|_| bad())?,
        (weekday, None) => {
            let weekday: Weekday = weekday.parse().map_err(|_| bad())?;
            match weekday.days_since(today.weekday()) {
                0 => 7,
                days => days.into(),
            }
        }
    };
    let day = today.checked_add_days(Days::new(ahead));
    day.filter(|_| ahead <= FARTHEST).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_as_people_type_them() {
        let thursday: NaiveDate = "2018-09-13".parse().unwrap();
        let read = |typed: &str| parse(typed, thursday).map(|day| day.to_string());
        assert_eq!(read("2018-09-20").unwrap(), "2018-09-20");
        assert_eq!(read("+7").unwrap(), "2018-09-20");
        assert_eq!(read("Friday").unwrap(), "2018-09-14");
        assert_eq!(read("thu").unwrap(), "2018-09-20", "never today");
        assert_eq!(read("tomorrow").unwrap(), "2018-09-14");
        for wrong in [
            "",
            "soon",
            "+",
            "+99999999",
            "2018-02-30",
            "13/9",
            "18-09-20",
            "+12018-09-20",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
