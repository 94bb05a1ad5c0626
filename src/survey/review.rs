//! Which reviews are due: most overdue first, then those that will be due soon.

use serde::Serialize;

use super::{Column, Kind, Report, Table};
use crate::model::date::{Date, Interval, days_between};
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;
use crate::model::words::counted;

/// Guides whose review is due, or will be before a day.
#[derive(Debug, Serialize)]
pub struct Review {
    /// The day that counts as today.
    today: String,
    /// The last day that is looked at.
    until: String,
    /// How many guides have a review day at all.
    reviewed: usize,
    /// The guides, most overdue first.
    guides: Vec<Due>,
}

/// A guide whose review is due.
#[derive(Debug, Serialize)]
struct Due {
    id: String,
    title: String,
    path: String,
    owner: Option<String>,
    last_reviewed_on: String,
    due_on: String,
    /// Negative where the day is still to come.
    days_over: i32,
}

/// The guides whose review is due by the end of an interval from today.
pub fn review(site: &Site, sources: &Sources, within: Interval) -> Review {
    let until = within.after(sources.today);
    let reviews: Vec<(GuideId, Date)> =
        site.ids().filter_map(|id| Some((id, site.guide(id).common.last_reviewed_on.as_ref()?.value))).collect();
    let all = reviews.iter().map(|(id, reviewed)| (*id, *reviewed, site.review_interval(*id).after(*reviewed)));
    let mut found: Vec<(GuideId, Date, Date)> = all.filter(|(_, _, due)| *due <= until).collect();
    // Guides are in path order, and those of one day stay in it.
    found.sort_by_key(|(_, _, due)| *due);
    let guides = found.into_iter().map(|(id, reviewed, due)| of_guide(site, sources, id, reviewed, due)).collect();
    Review { today: sources.today.to_string(), until: until.to_string(), reviewed: reviews.len(), guides }
}

fn of_guide(site: &Site, sources: &Sources, id: GuideId, reviewed: Date, due: Date) -> Due {
    let guide = site.guide(id);
    Due {
        id: site.identities[id.index()].to_string(),
        title: site.title(id),
        path: sources.file(guide.file).path.clone(),
        owner: guide.common.owner.clone(),
        last_reviewed_on: reviewed.to_string(),
        due_on: due.to_string(),
        days_over: days_between(due, sources.today),
    }
}

const COLUMNS: &[Column] = &[
    Column { heading: "Days over", kind: Kind::Number },
    Column { heading: "Due", kind: Kind::Text },
    Column { heading: "Reviewed", kind: Kind::Text },
    Column { heading: "Owner", kind: Kind::Text },
    Column { heading: "File", kind: Kind::Path },
];

impl Report for Review {
    fn tables(&self) -> Vec<Table> {
        let rows = self.guides.iter().map(|due| {
            let owner = due.owner.clone().unwrap_or_else(|| "nobody".to_owned());
            vec![over(due.days_over), due.due_on.clone(), due.last_reviewed_on.clone(), owner, due.path.clone()]
        });
        let empty = format!("no review is due until {} ({} with a review day)", self.until, counted(self.reviewed, "guide"));
        vec![Table { title: "Reviews", columns: COLUMNS, rows: rows.collect(), empty }]
    }
}

fn over(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1.. => days.to_string(),
        _ => format!("in {}", -days),
    }
}
