//! Calendar days and review intervals. The door to jiff.

use jiff::ToSpan;

/// A day without a time zone, ISO 8601 in text.
pub type Date = jiff::civil::Date;

/// How long a review stays good: a count of calendar units, as in "6 months".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    count: i32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// The longest interval that can be written, in any unit.
const MAX_COUNT: i32 = 1000;

impl Interval {
    /// Reads "6 months", "1 year", "90 days", "2 weeks".
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count = count.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
        let unit = match unit.trim() {
            "day" | "days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "month" | "months" => Unit::Months,
            "year" | "years" => Unit::Years,
            _ => return None,
        };
        Some(Self { count, unit })
    }

    /// The interval that a text in another form means: `6months`, `6 Months`.
    pub fn meant(text: &str) -> Option<String> {
        let lower = text.trim().to_lowercase();
        let unit = lower.trim_start_matches(|c: char| c.is_ascii_digit());
        let meant = format!("{} {}", &lower[..lower.len() - unit.len()], unit.trim());
        Self::parse(&meant).map(|_| meant)
    }

    /// The day that lies this interval after `start`; the last day there is when it would lie beyond.
    pub fn after(self, start: Date) -> Date {
        let span = match self.unit {
            Unit::Days => self.count.days(),
            Unit::Weeks => self.count.weeks(),
            Unit::Months => self.count.months(),
            Unit::Years => self.count.years(),
        };
        start.saturating_add(span)
    }
}

/// What helps where a text is no duration.
pub const DURATION_HINT: &str = "write a count of minutes, hours or days, as in 15m or 10 minutes";

/// Whether a text is a length of time as people write it: `15m`, `10 minutes`, `1h 30m`.
pub fn is_duration(text: &str) -> bool {
    const UNITS: [&str; 15] =
        ["s", "sec", "second", "seconds", "m", "min", "minute", "minutes", "h", "hr", "hour", "hours", "d", "day", "days"];
    let mut rest = text.trim();
    loop {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = unit.trim_start().trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = &unit.trim_start()[..unit.trim_start().len() - after.len()];
        let count = &rest[..rest.len() - unit.len()];
        if count.trim_start_matches('0').is_empty() || !UNITS.contains(&word) {
            return false;
        }
        rest = after.trim_start();
        if rest.is_empty() {
            return true;
        }
    }
}

/// Reads a day written as `2026-04-09`, nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

/// The day that a text in another form of year, month and day names beyond doubt: `2026/4/9`, `2026.04.09`.
pub fn date_meant(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [year, month, day] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 2);
    parse_date(&format!("{year}-{:02}-{:02}", number(month)?, number(day)?))
}

/// How many days lie between two days; negative where the second comes first.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or_default()
}

/// A day for readers: "9 April 2026".
pub fn written_out(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{} {month} {}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_due(start: &str, interval: &str, expected: &str) {
        let start = parse_date(start).expect("a date");
        let interval = Interval::parse(interval).expect("an interval");
        assert_eq!(interval.after(start).to_string(), expected);
    }

    #[test]
    fn a_month_ends_where_the_calendar_says() {
        check_due("2026-01-31", "1 month", "2026-02-28");
        check_due("2026-04-09", "6 months", "2026-10-09");
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let days = |from, to| days_between(parse_date(from).expect("a date"), parse_date(to).expect("a date"));
        assert_eq!(days("2024-02-28", "2025-03-01"), 367);
        assert_eq!(days("2026-11-24", "2026-10-09"), -46);
    }

    #[test]
    fn impossible_days_and_other_forms_are_no_dates() {
        for text in ["2026-02-30", "2026-2-3", "09.04.2026", "2026-04-09T00:00", ""] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn other_forms_are_understood_where_there_is_no_doubt() {
        for (text, expected) in
            [("2026/4/9", Some("2026-04-09")), ("2026.12.24", Some("2026-12-24")), ("09.04.2026", None), ("2026-13-01", None)]
        {
            assert_eq!(date_meant(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
        for (text, expected) in [("6months", Some("6 months")), ("6  Months", Some("6 months")), ("half a year", None)] {
            assert_eq!(Interval::meant(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn durations_are_counts_of_units() {
        for (text, expected) in [
            ("15m", true),
            ("10 minutes", true),
            ("1h 30m", true),
            ("1h30m", true),
            ("soon", false),
            ("10", false),
            ("0m", false),
            ("10 min utes", false),
            ("", false),
        ] {
            assert_eq!(is_duration(text), expected, "{text}");
        }
    }

    #[test]
    fn intervals_need_a_count_and_a_unit() {
        for text in ["months", "0 months", "-1 day", "6 moons", "6months", "99999999999 days"] {
            assert_eq!(Interval::parse(text), None, "{text}");
        }
    }
}
