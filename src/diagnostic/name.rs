//! Names in a message: the one that was meant, and those to choose from.

/// The known name most like `given`, if one is near enough to be meant.
///
/// A transposition or two wrong letters in a long word count as near, as does
/// a name that differs only in its case, hyphens and underscores. Where two
/// are equally near, neither is meant for sure.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = plain(given);
    let length = given.chars().count();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            let known = plain(name);
            let letters = name.chars().count();
            let allowed = 1.max(letters / 3);
            // Names can't be nearer than their lengths: comparing one with a
            // text that fills a file would take hours.
            if length.abs_diff(known.chars().count()) > allowed {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&given, &known);
            (distance <= allowed).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    match near[..] {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

/// The known name that `given` stands for: the nearest, or else the only one
/// that it shortens, lengthens or is the initials of, as `rpe` is of
/// `revenue_per_employee`.
pub fn meant<'a>(given: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if let Some(near) = nearest(given, known.clone()) {
        return Some(near);
    }
    let given = plain(given);
    let mut like = known.into_iter().filter(|name| {
        let name = plain(name);
        let (short, long) = if given.len() < name.len() {
            (&given, &name)
        } else {
            (&name, &given)
        };
        let initials: String = name
            .split('-')
            .filter_map(|part| part.chars().next())
            .collect();
        let shortened = short.len() > 1 && long.starts_with(&**short);
        // A few letters more may be a form of the word; many are another word.
        let lengthened = given.len() > name.len() + MOST_MORE;
        given == initials || (shortened && !lengthened)
    });
    match (like.next(), like.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The most letters that a form of a word has more than the word.
const MOST_MORE: usize = 4;

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

/// Names as a sentence lists them: `` `ceo`, `coo` and `cfo` ``.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

/// Names of which one is to be chosen: `` `yes`, `no` or `unclear` ``.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_a_longer_one_and_initials_stand_for_a_name() {
        let kpis = ["revenue_per_employee", "task_automation", "away_from_desk"];
        assert_eq!(meant("rpe", kpis), Some("revenue_per_employee"));
        assert_eq!(meant("TA", kpis), Some("task_automation"));
        assert_eq!(meant("revenue", kpis), Some("revenue_per_employee"));
        assert_eq!(meant("gained", ["gain", "loss"]), Some("gain"));
        assert_eq!(
            meant("co", ["coo", "consultant"]),
            Some("coo"),
            "the nearest"
        );
        assert_eq!(meant("c", ["coo", "consultant"]), None);
        assert_eq!(
            meant("ex", ["executive", "exit"]),
            None,
            "either may be meant"
        );
        assert_eq!(meant("database", ["data", "build"]), Some("data"));
        assert_eq!(meant("data-warehouse", ["data", "build"]), None);
        assert_eq!(meant("", ["coo"]), None);
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["task_automation", "away_from_desk"];
        assert_eq!(nearest("task_automaton", known), Some("task_automation"));
        assert_eq!(nearest("task-automation", known), Some("task_automation"));
        assert_eq!(nearest("profit", known), None);
        assert_eq!(nearest("ceoo", ["ceo", "cfo"]), Some("ceo"));
        assert_eq!(nearest(&"task".repeat(100_000), known), None);
        assert_eq!(nearest("coo", ["ceo", "cfo"]), None, "either may be meant");
    }
}
