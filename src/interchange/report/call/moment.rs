//! Moments as a report tells them: local time, with UTC beside it.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// What turns a moment into local time; it comes from above, where the time zone is known.
pub type Local<'a> = &'a dyn Fn(DateTime<Utc>) -> DateTime<FixedOffset>;

/// `14:41 (12:41 UTC)`; `14:41 UTC` where that is local time.
pub(super) fn clock(local: Local<'_>, at: DateTime<Utc>) -> String {
    told(local(at), at, "%H:%M")
}

/// `2018-09-14 09:10 (07:10 UTC)`.
pub(super) fn moment(local: Local<'_>, at: DateTime<Utc>) -> String {
    told(local(at), at, "%Y-%m-%d %H:%M")
}

fn told(here: DateTime<FixedOffset>, at: DateTime<Utc>, shape: &str) -> String {
    if here.offset().local_minus_utc() == 0 {
        return format!("{} UTC", here.format(shape));
    }
    // A day of its own where it is another one.
    let utc = if here.date_naive() == at.date_naive() {
        "%H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    format!("{} ({} UTC)", here.format(shape), at.format(utc))
}

/// The day that it was where the program runs.
pub(super) fn day(local: Local<'_>, at: DateTime<Utc>) -> NaiveDate {
    local(at).date_naive()
}

/// `1 h 24 min`, of seconds.
pub(super) fn duration(seconds: i64) -> String {
    let minutes = (seconds.max(0) + 30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
