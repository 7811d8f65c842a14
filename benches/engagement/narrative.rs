//! A session's narrative of some 600 words, put together from what people say
//! in such a session: paragraphs, a list, a table and a quotation under the
//! six headings.

use super::chance::Chance;

const HEADINGS: [&str; 6] = [
    "State of the system",
    "Away-from-desk review",
    "Task automation trend",
    "Headroom",
    "Cross-layer upgrades",
    "Closing question",
];

const SUBJECTS: [&str; 16] = [
    "The night desk",
    "The quote drafter",
    "Billing",
    "The refund gate",
    "The morning brief",
    "The credit-limit gate",
    "The small-shipper desk",
    "The tender matcher",
    "The COO",
    "The day shift",
    "The rate confirmation",
    "The consultant",
    "The proof-of-delivery chaser",
    "The tracking feed",
    "The finance director",
    "The yard at the north site",
];

const VERBS: [&str; 14] = [
    "took over",
    "cleared",
    "sent back",
    "caught",
    "no longer waits for",
    "asked about",
    "priced",
    "answered for",
    "still retypes",
    "lost sight of",
    "matched",
    "handed on",
    "held up",
    "wrote off",
];

const OBJECTS: [&str; 16] = [
    "**{n} loads** that nobody had matched by hand before",
    "the detention claims of two large shippers",
    "{n} rate sheets, most of them from carriers that still send pictures",
    "the exceptions of the last weekend",
    "{n} of the tenders that came in after six",
    "the references of new shippers",
    "a backlog of {n} open invoices",
    "the lanes for which there is *no agreed rate at all*",
    "{n} calls that used to go to the chief executive",
    "the two spot boards it cannot read",
    "the dock slots of the smaller yards",
    "{n} proofs of delivery within a day",
    "the split loads that were entered twice",
    "a list of {n} carriers whose insurance had run out",
    "the `hold` status that three desks read in three ways",
    "what was left of the paper log",
];

const TAILS: [&str; 12] = [
    "which is {n} more than a month ago",
    "and nobody had to be called in for it",
    "because the acceptance bar was raised in the last session",
    "although the second person for the job is still being trained",
    "so the hours went to customers instead",
    "and the reviewer found nothing to correct",
    "which came up twice before and was put off both times",
    "while the old way of doing it stays open until the month's end",
    "and the margin of those loads is {n} cents a mile better",
    "so the next step is a rule and not another reminder",
    "which the floor noticed before we did",
    "and that holds only as long as the carriers keep their format",
];

const COMPONENTS: [&str; 8] = [
    "Shared inbox",
    "Rate store",
    "Shipper master",
    "Brief queue",
    "Approval queue",
    "Night exceptions",
    "Claims folder",
    "Tracking feed",
];

/// The narrative as markdown.
pub fn narrative(chance: &mut Chance) -> String {
    let mut text = String::new();
    for (number, heading) in HEADINGS.iter().enumerate() {
        let body = match number {
            0 => [paragraph(chance, 3), table(chance), paragraph(chance, 1)].join("\n\n"),
            1 => [paragraph(chance, 2), list(chance, "- ", 3)].join("\n\n"),
            2 => [paragraph(chance, 2), paragraph(chance, 2)].join("\n\n"),
            3 => [paragraph(chance, 3), paragraph(chance, 2)].join("\n\n"),
            4 => [paragraph(chance, 1), list(chance, "1. ", 2)].join("\n\n"),
            _ => [format!("> {}", sentence(chance)), paragraph(chance, 1)].join("\n\n"),
        };
        text.push_str("## ");
        text.push_str(heading);
        text.push_str("\n\n");
        text.push_str(&body);
        text.push_str(if number + 1 < HEADINGS.len() {
            "\n\n"
        } else {
            "\n"
        });
    }
    text
}

fn sentence(chance: &mut Chance) -> String {
    let object = counted(chance, &OBJECTS);
    let tail = counted(chance, &TAILS);
    format!(
        "{} {} {object}, {tail}.",
        chance.pick(&SUBJECTS),
        chance.pick(&VERBS)
    )
}

fn counted(chance: &mut Chance, from: &[&str]) -> String {
    let number = chance.between(3, 180).to_string();
    chance.pick(from).replace("{n}", &number)
}

fn paragraph(chance: &mut Chance, sentences: usize) -> String {
    let sentences: Vec<String> = (0..sentences).map(|_| sentence(chance)).collect();
    sentences.join(" ")
}

fn list(chance: &mut Chance, mark: &str, items: usize) -> String {
    let items: Vec<String> = (0..items)
        .map(|_| format!("{mark}{}", sentence(chance)))
        .collect();
    items.join("\n")
}

fn table(chance: &mut Chance) -> String {
    let mut rows = vec![
        "| Where | Last month | Now |".to_owned(),
        "|---|--:|--:|".to_owned(),
    ];
    for _ in 0..4 {
        let (before, now) = (chance.between(5, 400), chance.between(5, 400));
        rows.push(format!(
            "| {} | {before} | {now} |",
            chance.pick(&COMPONENTS)
        ));
    }
    rows.join("\n")
}
