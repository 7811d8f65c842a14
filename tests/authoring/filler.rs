//! An author in a hurry: every blank of a file is filled in with what passes.

/// What the filler writes in each blank.
const ANSWERS: [(&str, &str); 26] = [
    ("revenue_per_employee", "200000"),
    ("task_automation", "40.5"),
    ("away_from_desk", "12"),
    ("briefs", "20"),
    ("low_confidence", "1"),
    ("cases", "40"),
    ("reviewed", "9"),
    ("approved", "7"),
    ("overruled", "1"),
    ("escalated", "1"),
    ("missed", "0"),
    ("runs", "50"),
    ("hours_saved", "4"),
    ("name", "A new one"),
    ("state", "10"),
    ("away", "10"),
    ("automation", "10"),
    ("headroom", "20"),
    ("upgrades", "15"),
    ("closing", "5"),
    ("outcome", "done"),
    ("paying_for_itself", "yes"),
    ("evidence", "\"Hours: more than it cost\""),
    ("level", "low"),
    ("date", "2099-01-01"),
    ("cold-chain", "The pilot's result"),
];

/// A line with its blanks filled in, in a month such as `2026-02`.
pub fn filled(line: &str, month: &str) -> String {
    let mut line = line.to_owned();
    if line.trim_start().starts_with('#') {
        return line;
    }
    for (name, answer) in ANSWERS {
        let answer = if name == "date" {
            format!("{month}-20")
        } else {
            answer.to_owned()
        };
        for end in [",", "}"] {
            line = line.replace(
                &format!(" {name}: {end}"),
                &format!(
                    " {name}: {answer}{}{end}",
                    if end == "}" { " " } else { "" }
                ),
            );
        }
        if line.trim() == format!("{name}:") && line != "closing:" {
            line.push(' ');
            line.push_str(&answer);
        }
    }
    line
}
