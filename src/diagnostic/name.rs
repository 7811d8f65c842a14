//! Names in a message: the one that was meant, and those to choose from.

/// The known name most like `given`, if one is near enough to be meant.
///
/// A transposition or two wrong letters in a long word count as near, as does
/// a name that differs only in its case, hyphens and underscores. Where two
/// are equally near, neither is meant for sure.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let given = plain(given);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&given, &plain(name)), name))
        .filter(|(distance, name)| *distance <= 1.max(name.chars().count() / 3))
        .collect();
    near.sort_unstable();
    match near[..] {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
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
    fn only_a_near_name_is_suggested() {
        let known = ["task_automation", "away_from_desk"];
        assert_eq!(nearest("task_automaton", known), Some("task_automation"));
        assert_eq!(nearest("task-automation", known), Some("task_automation"));
        assert_eq!(nearest("profit", known), None);
        assert_eq!(nearest("ceoo", ["ceo", "cfo"]), Some("ceo"));
        assert_eq!(nearest("coo", ["ceo", "cfo"]), None, "either may be meant");
    }
}
