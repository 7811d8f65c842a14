//! Generated engagements, as large as one asks for.
//!
//! In: a folder, a number of months and a seed. Out: a site's root with
//! `site.toml` and `content/`, which passes `quarterdeck check` without a
//! word: automations come and go without vanishing, gates add up, and each
//! session answers every decision that is still open.

mod chance;
mod month;
mod narrative;

use std::fs;
use std::path::Path;

use chance::Chance;
use month::Course;

/// The first Run month; earlier ones hold only the Fit Check.
const FIRST: (u32, u32) = (2006, 1);

const ENGAGEMENT: &str = "\
firm: Kestrel Lane Freight
currency: USD
phases: { fit-check: 2005-07-11, blueprint: 2005-08-01, build: 2005-10-03, run: 2006-01-02 }
seats: { ceo: { title: Chief executive }, coo: { title: Chief operating officer }, \
cfo: { title: Finance director }, consultant: { title: Consultant } }
";

const FIT_CHECK: &str = "\
version: 1
baseline: { revenue_per_employee: 184000, task_automation: 9, away_from_desk: 4 }
";

/// Writes the root of a site whose engagement has so many Run months, each
/// with its telemetry, its session and a narrative of some 600 words.
///
/// The same months and seed give the same bytes.
pub fn write(root: &Path, months: usize, seed: u64) {
    let put = |path: String, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("site.toml".to_owned(), "title = \"Engagement report\"\n");
    put("content/engagement.yaml".to_owned(), ENGAGEMENT);
    put("content/2005-07/fit-check.yaml".to_owned(), FIT_CHECK);
    let mut chance = Chance::new(seed);
    let mut course = Course::default();
    for number in 0..u32::try_from(months).unwrap() {
        let month = Calendar::after_first(number);
        let folder = format!("content/{month}");
        put(
            format!("{folder}/telemetry.yaml"),
            &course.telemetry(month, &mut chance),
        );
        put(
            format!("{folder}/leadership.yaml"),
            &course.leadership(month, &mut chance),
        );
        put(
            format!("{folder}/leadership.md"),
            &narrative::narrative(&mut chance),
        );
    }
}

/// A calendar month, shown as `2006-01`.
#[derive(Clone, Copy)]
pub struct Calendar {
    /// Run months before it.
    number: u32,
}

impl Calendar {
    fn after_first(number: u32) -> Self {
        Calendar { number }
    }

    fn next(self) -> Self {
        Calendar {
            number: self.number + 1,
        }
    }
}

impl std::fmt::Display for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month) = FIRST;
        let months = year * 12 + month - 1 + self.number;
        write!(f, "{:04}-{:02}", months / 12, months % 12 + 1)
    }
}
