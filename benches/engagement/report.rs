//! What a system says of its month in words: lists of sentences put together
//! from what stands in such reports, each with figures of its own.

use super::chance::Chance;

const SOURCES: [&str; 18] = [
    "Carrier availability e-mails",
    "Rate sheets of the regional carriers",
    "Proofs of delivery from the drivers' app",
    "Dock-slot confirmations",
    "Detention claims",
    "Tender invitations",
    "Credit references of new shippers",
    "Check-call notes",
    "Fuel surcharge notices",
    "Insurance certificates",
    "Lumper receipts",
    "Night exception logs",
    "Tracking messages",
    "Claims photographs",
    "Customs pre-advices",
    "Carrier invoices",
    "Spot board offers",
    "Yard check-in sheets",
];

const CAPTURED: [&str; 6] = [
    "{n} in the first month, read from the shared inbox every quarter of an hour",
    "{n} so far, where the desk used to retype them into the load sheet",
    "taken from the portal of {m} partners each night, {n} in the month",
    "{n} read from pictures, of which {m} were too blurred and went to a person",
    "now with the time they came in, so that {n} could be put in order for the first time",
    "{n} that used to stay in one planner's own folder, with {m} senders still to be asked",
];

const CLEANED: [&str; 10] = [
    "{n} duplicates merged, {m} left for the desk that owns them to decide",
    "{n} references brought into one form; {m} had none and were asked for",
    "{n} addresses checked against the partner's own list, {m} of them corrected",
    "weights and distances of {n} entries brought to pounds and miles, {m} rejected as impossible",
    "{n} entries without an owner given one, {m} closed because nobody had used them for a year",
    "{n} dates that had been read as month before day put right, and the rule that did it mended",
    "names of {n} yards spelt as the yard spells them, with {m} aliases kept for the search",
    "{n} amounts without a currency completed from the contract, {m} sent to billing",
    "{n} records linked to their load, up from half in the month before; {m} belong to no load",
    "free text of {n} entries sorted under eight codes, {m} of which a person looked at again",
];

const SURFACED: [&str; 10] = [
    "{n} of the month's loads had to wait for them, {m} of them for more than a day",
    "{n} arrive after six in the evening, when only the night desk is in, which has no rule for them",
    "{m} customers send {n} a month that nobody answers in writing, though the contract asks for it",
    "the same {m} partners cause {n} of all corrections, and always in the same two fields",
    "{n} carry a price that is not in the rate store, so that the margin is known {m} days late",
    "a share that grew by {m} percent in three months and that no report has shown until now",
    "{n} are entered twice because two desks each hold a list of their own, {m} with different figures",
    "{n} were approved without the second signature that the rule asks for above {m} thousand dollars",
    "their reasons differ between the day and the night shift in {m} of {n} cases looked at",
    "{m} lanes account for {n} of them, and for nearly all of the hours they cost",
];

const SLIPPING: [&str; 6] = [
    "the connection waits for a test account from a partner, {m} weeks now",
    "{n} sample cases are too few to set the bar; {m} more days of them are needed",
    "the reviewer was on leave, and {n} drafts are still to be read",
    "the fallback to the old way took {m} days longer than planned, for {n} open cases",
    "the rule is written, but {m} of the desks have not agreed to its wording",
    "works on {n} cases of the test set and fails on {m}, which are being looked at one by one",
];

const GAINS: [&str; 7] = [
    "{n} cases in a row were passed as drafted, and a second look at {m} of them found nothing to change",
    "the night desk used it for {n} loads without calling anyone, which it had not done before",
    "{m} weeks without a correction, and the two reviewers agreed on every one of {n} samples",
    "it caught {m} wrong rates before they went out; by hand they would have been found with the invoice",
    "finance took its figures for the month's end without a check of their own, {n} lines in all",
    "it said of {n} cases that it was not sure, and was right to in all but {m} of them",
    "{m} shippers were told of a delay before they asked, {n} loads in the month",
];

const LOSSES: [&str; 7] = [
    "it named a source for {m} figures that the source does not hold, found by the reader and not by the gate",
    "{m} drafts of {n} went out with last month's surcharge, because the notice came in as a picture",
    "a case above the limit was passed as below it, since the currency was missing from the request",
    "{n} exceptions came up under one code again, and the morning brief showed {m} of them as new",
    "it was silent for {m} days after a partner changed a column, and nobody noticed until a shipper rang",
    "the summary left out the one delivery of {n} that was refused, which the customer then told us about",
    "two runs on the same {n} entries gave different answers for {m} of them",
];

const LOOSEN: [&str; 5] = [
    "one case in ten is still looked at, the others pass on their own for the next {n} cases",
    "the limit below which it passes alone goes up by {n} dollars, for {m} weeks at first",
    "the second reader is taken out for known shippers and stays for new ones",
    "a sample of {m} a week is enough; the owner reads it on Friday",
    "nothing for another month, then the session decides with the figures of both",
];

const TIGHTEN: [&str; 5] = [
    "every case goes to a person until {n} in a row were right, then a third of them",
    "it drafts and does not send, until the rule has been mended and seen to hold for {m} weeks",
    "a figure without a line that can be opened is left out, and the brief says that it was",
    "an alert when fewer than {n} come in on a working day, to the owner and not to the shared inbox",
    "the field is required at the gate, and the {m} cases of this month are gone through by hand",
];

const WATCHED: [(&str, &str); 18] = [
    (
        "The largest carrier ends its old rate interface and has not named the day",
        "integration",
    ),
    (
        "The night desk has one person who knows how exceptions are coded",
        "people",
    ),
    (
        "Produce season doubles the refrigerated loads for six weeks",
        "seasonal",
    ),
    (
        "The tracking provider raises its price per message for small accounts",
        "vendor",
    ),
    (
        "The new rule on drivers' hours changes what a lane can promise",
        "regulatory",
    ),
    (
        "The approval queue is read by two people, of whom one goes on leave",
        "people",
    ),
    (
        "A shipper moves its tenders to a portal that sends no e-mail",
        "integration",
    ),
    (
        "The insurer asks for the log of every override in one file",
        "regulatory",
    ),
    (
        "Holiday peaks bring loads from shippers whom nobody has checked",
        "seasonal",
    ),
    (
        "The document reader's contract ends, and the successor costs more",
        "vendor",
    ),
    (
        "The yard's gate system is replaced over a weekend",
        "integration",
    ),
    (
        "Two planners retire within the year, with lanes only they know",
        "people",
    ),
    (
        "Fuel surcharges go weekly, so the table has to be read four times as often",
        "vendor",
    ),
    (
        "The auditor wants to see who approved what, and by which rule",
        "regulatory",
    ),
    (
        "The smaller spot board changes its layout without notice",
        "integration",
    ),
    (
        "Snow closes the northern pass on some days from November on",
        "seasonal",
    ),
    (
        "The shared inbox is near the size at which old mail is moved away",
        "other",
    ),
    (
        "The rate store has no owner once the project ends",
        "people",
    ),
];

const CONCERNS: [&str; 5] = [
    "{n} loads a month depend on it",
    "last time it took {m} days until all was as before",
    "so far {m} of the partners concerned have answered",
    "what it would cost is known for {m} of the cases only",
    "a way around it exists for {m} of the desks",
];

const PEOPLE: [&str; 10] = [
    "Night dispatch",
    "Billing",
    "The small-shipper desk",
    "Two of the account managers",
    "The yard at the north site",
    "The credit desk",
    "Claims",
    "The day shift's lead",
    "Carrier sales",
    "The weekend desk",
];

const PUSHBACK: [&str; 8] = [
    "keeps a list of its own beside the queue because the queue shows no reason, {n} entries so far",
    "sends cases back with the remark that they were faster by hand, {m} times in the month",
    "approves {n} drafts in one go on Friday afternoon instead of as they come in",
    "files every exception under other, so that the codes say nothing about {n} of them",
    "asks for the old printed sheet each morning and ticks off its {n} lines by hand",
    "does not trust a rate that came in by e-mail and rings the carrier for {n} of them",
    "has switched off the alerts after {m} false ones in a week",
    "says that the second signature has made nothing better and costs {m} hours a week",
];

const RESPONSES: [&str; 7] = [
    "the queue shows the reason from next week on; the list is looked at together in {m} weeks",
    "raise the bar at the gate, so that a quick approval isn't possible below {m} cases a day",
    "eight codes, agreed with the desk and not for it, with examples from {n} real cases",
    "the desk's lead sits with the builder for {m} mornings and says what is in the way",
    "they are right: the rule is taken out, and {n} cases of the last month are tried without it",
    "the printed sheet stays until {m} people have said that they no longer take it",
    "alerts are gathered into one a day, with {n} of the last as the test of whether that is enough",
];

const NOTES: [&str; 9] = [
    "Figures as the system wrote them on the evening before the session.",
    "Hours saved are the desks' own estimates; last looked over in spring.",
    "The surfaced list is in the order in which the system ranks it.",
    "Ask before the session whether the slipping ones have a new date.",
    "Trust: only what somebody could point at, no impressions.",
    "Gates count cases, not loads; a load can come to a gate twice.",
    "Pushback stays within leadership, and nobody is quoted by name.",
    "What was watched for three months without change is to be dropped.",
    "Runs include repeats after a partner's system was away.",
];

/// What the first layer took in for the first time.
pub fn captured(chance: &mut Chance) -> Vec<String> {
    about_sources(chance, 9, &CAPTURED)
}

/// What the second layer cleaned up.
pub fn cleaned(chance: &mut Chance) -> Vec<String> {
    about_sources(chance, 28, &CLEANED)
}

/// What the second layer brought to light.
pub fn surfaced(chance: &mut Chance) -> Vec<String> {
    about_sources(chance, 27, &SURFACED)
}

/// Work of the fifth layer that is late.
pub fn slipping(chance: &mut Chance) -> Vec<String> {
    about_sources(chance, 5, &SLIPPING)
}

/// What made somebody trust a part of the system more, and what follows.
pub fn gain(chance: &mut Chance) -> (String, String) {
    (counted(chance, &GAINS), counted(chance, &LOOSEN))
}

/// What made somebody trust a part of the system less, and what follows.
pub fn loss(chance: &mut Chance) -> (String, String) {
    (counted(chance, &LOSSES), counted(chance, &TIGHTEN))
}

/// What is not broken yet, each with its kind and none of it twice.
pub fn watched(chance: &mut Chance, items: usize) -> Vec<(String, &'static str)> {
    each_once(chance, &WATCHED, items)
        .into_iter()
        .map(|(what, kind)| (format!("{what}; {}", counted(chance, &CONCERNS)), kind))
        .collect()
}

/// Who pushes back, what they do and what is done about it.
pub fn pushback(chance: &mut Chance, items: usize) -> Vec<[String; 3]> {
    each_once(chance, &PEOPLE, items)
        .into_iter()
        .map(|who| {
            [
                who.to_owned(),
                counted(chance, &PUSHBACK),
                counted(chance, &RESPONSES),
            ]
        })
        .collect()
}

/// What a consultant writes beside the figures and no page shows.
pub fn notes(chance: &mut Chance) -> Vec<&'static str> {
    each_once(chance, &NOTES, 5)
}

fn about_sources(chance: &mut Chance, items: usize, from: &[&str]) -> Vec<String> {
    let mut list = Vec::new();
    while list.len() < items {
        let sources = each_once(chance, &SOURCES, SOURCES.len().min(items - list.len()));
        list.extend(
            sources
                .into_iter()
                .map(|source| format!("{source}: {}", counted(chance, from))),
        );
    }
    list
}

/// Some of them, from a random one on.
fn each_once<T: Copy>(chance: &mut Chance, from: &[T], items: usize) -> Vec<T> {
    let first = chance.between(0, u32::try_from(from.len()).unwrap() - 1) as usize;
    from.iter()
        .cycle()
        .skip(first)
        .take(items)
        .copied()
        .collect()
}

/// One of them with its figures: `{n}` is a large one, `{m}` a small one.
fn counted(chance: &mut Chance, from: &[&str]) -> String {
    let (large, small) = (chance.between(24, 960), chance.between(2, 19));
    chance
        .pick(from)
        .replace("{n}", &large.to_string())
        .replace("{m}", &small.to_string())
}
