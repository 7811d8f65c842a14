//! The firm, its phases, seats and playbook, and how its site is made.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::check::Check;
use super::host::Host;
use super::playbook::Playbook;
use super::privacy::{self, Sealing};
use crate::diagnostic::{Diagnostic, Report, Span, Spanned, listed, meant};
use crate::source::Document;
use crate::source::document::{
    BoardSettingsFile, EngagementFile, LayerName, PhasesFile, PrivacyFile, SeatFile, SettingsFile,
};
use crate::source::field::{Date, Entries, Field, Id, List};
use crate::source::files::nameless;

/// The client firm.
#[derive(Clone, Debug, PartialEq)]
pub struct Firm {
    /// Its name.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// When each phase began.
    pub phases: Phases,
    /// The seats by id; none if `engagement.yaml` names none that can be read.
    pub seats: BTreeMap<String, Seat>,
    /// The firm's own names of the layers.
    pub layer_names: BTreeMap<LayerName, String>,
    /// The thresholds in force.
    pub playbook: Playbook,
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// Three capital letters.
    pub code: String,
}

/// A stage of an engagement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The Fit Check.
    FitCheck,
    /// The programme.
    Blueprint,
    /// The install.
    Build,
    /// The monthly sessions.
    Run,
    /// The quarterly reviews.
    Graduated,
}

/// When each phase began, in order; phases still to come are not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phases {
    /// Each phase's first day.
    pub begun: BTreeMap<Phase, Spanned<NaiveDate>>,
}

/// A seat at the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seat {
    /// The title of who fills it.
    pub title: Option<String>,
}

/// How the site is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What stands beside the firm's name.
    pub title: String,
    /// The folder that a build writes, from the site's root.
    pub output: String,
    /// Where the site will be served, ending in a slash.
    pub base_url: Option<String>,
    /// Where the board reads its memos.
    pub board: BoardSettings,
    /// The hosts that serve the site behind access control.
    pub hosts: Vec<Host>,
    /// Who can open the site, if it is to be sealed.
    pub sealing: Option<Sealing>,
}

/// Where the board reads its memos.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardSettings {
    /// Where the board's tree will be served, ending in a slash: the site's
    /// own address if it has none.
    pub base_url: Option<String>,
    /// The folder that a build for the board writes, from the site's root.
    pub output: String,
}

impl Currency {
    /// The sign that stands before an amount: `$`, or the code and a no-break
    /// space where there is no sign of its own.
    pub fn sign(&self) -> String {
        match &*self.code {
            "USD" => "$".to_owned(),
            "GBP" => "£".to_owned(),
            "EUR" => "€".to_owned(),
            "JPY" => "¥".to_owned(),
            "INR" => "₹".to_owned(),
            "CAD" => "CA$".to_owned(),
            "AUD" => "A$".to_owned(),
            "NZD" => "NZ$".to_owned(),
            code => format!("{code}\u{a0}"),
        }
    }
}

impl Phase {
    /// All in order.
    pub const ALL: [Phase; 5] = [
        Phase::FitCheck,
        Phase::Blueprint,
        Phase::Build,
        Phase::Run,
        Phase::Graduated,
    ];

    /// Its name for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Phase::FitCheck => "Fit Check",
            Phase::Blueprint => "Blueprint",
            Phase::Build => "Build",
            Phase::Run => "Run",
            Phase::Graduated => "Graduated",
        }
    }
}

impl Phases {
    /// When a phase began.
    pub fn start(&self, phase: Phase) -> Option<NaiveDate> {
        self.begun.get(&phase).map(|start| start.value)
    }

    /// The phase that a day falls in.
    pub fn on(&self, day: NaiveDate) -> Option<Phase> {
        let begun = self.begun.iter().filter(|(_, start)| start.value <= day);
        begun.map(|(phase, _)| *phase).max()
    }
}

/// What could be read of the firm.
pub(super) struct FirmRead {
    /// The firm, with blanks for what couldn't be read.
    pub(super) firm: Firm,
    /// Whether nothing was blank.
    pub(super) sound: bool,
    /// Whether its seats are all that there are.
    pub(super) seats_sure: bool,
}

/// Reads the firm as far as it goes, so that a fault in it doesn't hide those
/// of the months. `faulty` says whether the document has faults already.
pub(super) fn firm(
    document: Option<Document<EngagementFile>>,
    faulty: bool,
    report: &mut Report,
) -> FirmRead {
    let there = document.is_some();
    let blank = || Document {
        file: nameless(String::new()),
        span: Span::start_of(&nameless(String::new())),
        value: EngagementFile::default(),
    };
    let Document { file, span, value } = document.unwrap_or_else(blank);
    let mut unseen = Report::default();
    let report = if there { report } else { &mut unseen };
    let EngagementFile {
        firm,
        currency,
        phases,
        seats,
        layers,
        playbook,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let name = check.required_text(firm, "firm", &span);
    let currency = check
        .required_text(currency, "currency", &span)
        .and_then(|code| currency_of(&mut check, code));
    let phases = check
        .required(phases, "phases", &span)
        .map(|phases| phases_of(&mut check, phases));
    let seats_sure = there && !(faulty && seats.is_absent()) && all_read(&seats);
    let seats = seats_of(&mut check, seats);
    let layer_names = layer_names_of(&mut check, layers);
    let playbook = playbook_of(&mut check, playbook);
    let sound = name.is_some() && currency.is_some() && phases.is_some();
    let firm = Firm {
        name: name.map_or_else(String::new, |name| name.value),
        currency: currency.unwrap_or_else(|| Currency {
            code: String::new(),
        }),
        phases: phases.unwrap_or_default(),
        seats,
        layer_names,
        playbook,
    };
    FirmRead {
        firm,
        sound,
        seats_sure,
    }
}

fn all_read(seats: &Field<Entries<SeatFile>>) -> bool {
    match seats {
        Field::Absent => true,
        Field::Invalid => false,
        Field::Given(entries, _) => entries
            .0
            .iter()
            .all(|(id, seat)| id.value().is_some() && seat.value().is_some()),
    }
}

fn currency_of(check: &mut Check<'_>, code: Spanned<String>) -> Option<Currency> {
    if code.value.len() == 3 && code.value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(Currency { code: code.value });
    }
    check.report.push(
        Diagnostic::error(
            "not-a-currency",
            format!("`currency` should be an ISO code, but is `{}`", code.value),
        )
        .at(&code.span, "")
        .help("write its three capital letters: USD, EUR, GBP"),
    );
    None
}

fn phases_of(check: &mut Check<'_>, phases: Spanned<PhasesFile>) -> Phases {
    let PhasesFile {
        fit_check,
        blueprint,
        build,
        run,
        graduated,
    } = phases.value;
    let mut begun: BTreeMap<Phase, Spanned<NaiveDate>> = BTreeMap::new();
    for (phase, field) in Phase::ALL
        .into_iter()
        .zip([fit_check, blueprint, build, run, graduated])
    {
        let Some(start) = check.optional(field) else {
            continue;
        };
        let start = start.map(|Date(date)| date);
        if let Some((earlier, before)) = begun
            .iter()
            .next_back()
            .filter(|(_, before)| before.value > start.value)
        {
            check.report.push(
                Diagnostic::error(
                    "phases-out-of-order",
                    format!("{} can't begin before {}", phase.name(), earlier.name()),
                )
                .at(&start.span, "")
                .see(&before.span, format!("{} begins here", earlier.name()))
                .help("phases follow one another: fit-check, blueprint, build, run, graduated"),
            );
        }
        begun.insert(phase, start);
    }
    Phases { begun }
}

fn seats_of(check: &mut Check<'_>, field: Field<Entries<SeatFile>>) -> BTreeMap<String, Seat> {
    let Some(entries) = check.optional(field) else {
        // The session's own seats, where the file names none.
        return ["ceo", "coo", "cfo", "consultant"]
            .map(|id| (id.to_owned(), Seat::default()))
            .into();
    };
    let mut seats = BTreeMap::new();
    for (id, seat) in entries.value.0 {
        let (Some(id), Some(seat)) = (check.optional(id), check.optional(seat)) else {
            continue;
        };
        let SeatFile { title } = seat.value;
        let title = check.text(title, "title").map(|title| title.value);
        seats.insert(id.value.0, Seat { title });
    }
    seats
}

fn layer_names_of(
    check: &mut Check<'_>,
    field: Field<Entries<String>>,
) -> BTreeMap<LayerName, String> {
    let known = [
        ("capture", LayerName::Capture),
        ("data", LayerName::Data),
        ("briefing", LayerName::Briefing),
        ("approval", LayerName::Approval),
        ("build", LayerName::Build),
    ];
    let mut names = BTreeMap::new();
    for (id, name) in check
        .optional(field)
        .map(|entries| entries.value.0)
        .unwrap_or_default()
    {
        let (
            Some(Spanned {
                value: Id(id),
                span,
            }),
            Some(name),
        ) = (check.optional(id), check.text(name, "layers"))
        else {
            continue;
        };
        match known.iter().find(|(known, _)| *known == id) {
            Some((_, layer)) => {
                names.insert(*layer, name.value);
            }
            None => check.report.push(unknown_name(
                "unknown-layer",
                "a layer",
                &id,
                &span,
                &known.map(|(name, _)| name),
            )),
        }
    }
    names
}

fn playbook_of(check: &mut Check<'_>, field: Field<Entries<String>>) -> Playbook {
    let mut playbook = Playbook::default();
    for (id, value) in check
        .optional(field)
        .map(|entries| entries.value.0)
        .unwrap_or_default()
    {
        let (
            Some(Spanned {
                value: Id(id),
                span,
            }),
            Some(value),
        ) = (check.optional(id), check.text(value, "playbook"))
        else {
            continue;
        };
        if id == "skipped" {
            match &*value.value {
                "pause" => playbook.skipped_pauses = true,
                "reset" => playbook.skipped_pauses = false,
                _ => check.report.push(unknown_name(
                    "unknown-word",
                    "what a skipped session does to the streak",
                    &value.value,
                    &value.span,
                    &["reset", "pause"],
                )),
            }
            continue;
        }
        let Some(entry) = Playbook::ENTRIES.iter().find(|entry| entry.name == id) else {
            let names: Vec<&str> = Playbook::ENTRIES
                .iter()
                .map(|entry| entry.name)
                .chain(["skipped"])
                .collect();
            check.report.push(unknown_name(
                "unknown-threshold",
                "a threshold of the playbook",
                &id,
                &span,
                &names,
            ));
            continue;
        };
        match value.value.parse::<f64>() {
            Ok(number) if number >= entry.range.0 && number <= entry.range.1 => {
                playbook.set(entry.name, number);
            }
            _ => check.report.push(
                Diagnostic::error("out-of-range", format!("`{id}` can't be `{}`", value.value))
                    .at(
                        &value.span,
                        format!("{} to {}", entry.range.0, entry.range.1),
                    )
                    .help(format!("its default is {} {}", entry.default, entry.unit)),
            ),
        }
    }
    playbook
}

pub(super) fn unknown_name(
    code: &'static str,
    what: &str,
    given: &str,
    span: &Span,
    known: &[&str],
) -> Diagnostic {
    let near = meant(given, known.iter().copied());
    Diagnostic::error(code, format!("`{given}` is not {what}"))
        .at(span, "")
        .help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", listed(known.iter().copied())),
        })
        .replace_with(near.map(ToOwned::to_owned))
}

/// How a site is made; what isn't said, or can't be right, is as by default.
pub fn settings(document: Document<SettingsFile>, report: &mut Report) -> Settings {
    let Document { file, value, .. } = document;
    let SettingsFile {
        title,
        base_url,
        theme: _,
        output,
        privacy,
        board,
    } = value;
    let mut check = Check {
        file: &file,
        report,
    };
    let title = check.text(title, "title").map(|title| title.value);
    let base_url = address(&mut check, base_url);
    let output = check
        .text(output, "output")
        .filter(|output| output_is_below(&mut check, output));
    let output = output.map_or_else(|| "public".to_owned(), |output| output.value);
    let board = check
        .optional(board)
        .map(|board| board.value)
        .unwrap_or_default();
    let board = board_settings(&mut check, board, base_url.as_ref(), &output);
    let mut guarded = Vec::new();
    let mut sealing = None;
    if let Some(privacy) = check.optional(privacy) {
        let PrivacyFile {
            seal,
            recipients,
            board_recipients,
            hosts,
        } = privacy.value;
        guarded = hosts_of(&mut check, hosts);
        sealing = privacy::sealing(&mut check, seal, recipients, board_recipients);
    }
    Settings {
        title: title.unwrap_or_else(|| "Engagement report".to_owned()),
        output,
        base_url,
        board,
        hosts: guarded,
        sealing,
    }
}

fn hosts_of(check: &mut Check<'_>, hosts: List<String>) -> Vec<Host> {
    let mut known = Vec::new();
    for name in check.texts(hosts, "hosts") {
        if let Some(host) = Host::named(&name.value) {
            known.push(host);
            continue;
        }
        let unknown = unknown_name(
            "unknown-host",
            "a host whose access control is known",
            &name.value,
            &name.span,
            &Host::ALL.map(Host::name),
        );
        check.report.push(unknown);
    }
    known
}

fn board_settings(
    check: &mut Check<'_>,
    file: BoardSettingsFile,
    base_url: Option<&String>,
    site: &str,
) -> BoardSettings {
    let BoardSettingsFile {
        base_url: own,
        output,
    } = file;
    let own = address(check, own);
    let output = check
        .text(output, "output")
        .filter(|output| output_is_below(check, output));
    if let Some(output) = output.as_ref().filter(|output| {
        let (board, site) = (format!("{}/", output.value), format!("{site}/"));
        board.starts_with(&site) || site.starts_with(&board)
    }) {
        check.report.push(
            Diagnostic::error(
                "output-misplaced",
                "the board's tree can't be written into the leadership's site, nor around it",
            )
            .at(&output.span, "")
            .help("name a folder of its own, such as `public-board`"),
        );
    }
    BoardSettings {
        base_url: own.or_else(|| base_url.cloned()),
        output: output.map_or_else(|| format!("{site}-board"), |output| output.value),
    }
}

/// An address that ends in a slash.
fn address(check: &mut Check<'_>, field: Field<String>) -> Option<String> {
    let url = check.text(field, "base_url")?;
    if !url.value.starts_with("https://") && !url.value.starts_with("http://") {
        check.report.push(
            Diagnostic::error(
                "not-an-address",
                format!("`base_url` should be an address, but is `{}`", url.value),
            )
            .at(&url.span, "")
            .help("begin it with https://"),
        );
        return None;
    }
    Some(format!("{}/", url.value.trim_end_matches('/')))
}

/// The output is a folder below the site's root, and not one that holds what
/// an author writes.
fn output_is_below(check: &mut Check<'_>, output: &Spanned<String>) -> bool {
    let parts: Vec<&str> = output.value.split(['/', '\\']).collect();
    let below = parts.iter().all(|part| !matches!(*part, "" | "." | ".."));
    let own = ["content", "themes", "src", ".git"].contains(&parts[0]);
    if !below || own {
        check.report.push(
            Diagnostic::error("output-misplaced", format!("`output` can't be `{}`", output.value))
                .at(&output.span, "")
                .help("name a folder of its own below the site's root, such as `public`; `--output` on the command line may lead elsewhere"),
        );
    }
    below && !own
}
