//! Generated engagements, as large as one asks for.
//!
//! In: a number of months and a seed. Out: the months, or a site's root with
//! `site.toml` and `content/` that passes `quarterdeck check` without a word:
//! automations come and go without vanishing, gates add up, and each session
//! answers every decision that is still open.
//!
//! `benches/build/hugo.rs` writes the same months for another generator.

mod chance;
mod month;
mod narrative;
mod report;
mod session;

use std::fs;
use std::path::Path;

use chance::Chance;
use month::{Course, Kpis};
use session::Agreed;

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

/// A month of an engagement, as a system and a session would tell it. Its
/// lists are lines of YAML, so that whoever renders them reads the same ones.
pub struct Month {
    /// When it was.
    pub when: Calendar,
    /// The figures.
    pub kpis: Kpis,
    /// What the system reported beside them: some 20 KB.
    pub reported: String,
    /// What the session decided.
    pub session: String,
    /// What was said in it: markdown of some 600 words.
    pub narrative: String,
}

/// The months of an engagement. The same seed gives the same months, and more
/// of them begin with the same.
pub fn months(months: usize, seed: u64) -> Vec<Month> {
    let mut chance = Chance::new(seed);
    let (mut course, mut agreed) = (Course::default(), Agreed::default());
    (0..u32::try_from(months).unwrap())
        .map(|number| {
            let month = Calendar::after_first(number);
            Month {
                when: month,
                reported: course.reported(month, &mut chance),
                kpis: course.kpis(&mut chance),
                session: agreed.session(month, &mut chance),
                narrative: narrative::narrative(&mut chance),
            }
        })
        .collect()
}

/// Writes the root of a site whose engagement has so many Run months, each
/// with its telemetry, its session and a narrative.
///
/// The same months and seed give the same bytes.
pub fn write(root: &Path, count: usize, seed: u64) {
    let put = |path: String, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("site.toml".to_owned(), "title = \"Engagement report\"\n");
    put("content/engagement.yaml".to_owned(), ENGAGEMENT);
    put("content/2005-07/fit-check.yaml".to_owned(), FIT_CHECK);
    for month in months(count, seed) {
        let folder = format!("content/{}", month.when);
        let telemetry = format!("{}kpis: {}\n", month.reported, flow(month.kpis));
        put(format!("{folder}/telemetry.yaml"), &telemetry);
        put(format!("{folder}/leadership.yaml"), &month.session);
        put(format!("{folder}/leadership.md"), &month.narrative);
    }
}

fn flow(kpis: Kpis) -> String {
    let reported: Vec<String> = [
        ("revenue_per_employee", kpis.revenue_per_employee),
        ("task_automation", kpis.task_automation),
        ("away_from_desk", kpis.away_from_desk),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(format!("{name}: {}", value?)))
    .collect();
    format!("{{ {} }}", reported.join(", "))
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
        self.after(1)
    }

    fn after(self, months: u32) -> Self {
        Calendar {
            number: self.number + months,
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
