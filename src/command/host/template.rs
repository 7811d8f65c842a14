//! A host's text with its blanks filled in.

/// Puts each value in the place of its `@NAME@`, in one pass, so that no
/// value is taken for a blank. A value of several lines is indented as its
/// blank is.
pub(super) fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find('@') {
        let (before, blank) = rest.split_at(at);
        text.push_str(before);
        let known = values.iter().find_map(|(name, value)| {
            let rest = blank[1..].strip_prefix(name)?.strip_prefix('@')?;
            Some((value, rest))
        });
        let Some((value, after)) = known else {
            text.push('@');
            rest = &blank[1..];
            continue;
        };
        let line = text.rfind('\n').map_or(0, |newline| newline + 1);
        let indent: String = text[line..]
            .chars()
            .take_while(|sign| matches!(sign, ' ' | '\t'))
            .collect();
        for (number, line) in value.split('\n').enumerate() {
            if number > 0 {
                text.push('\n');
            }
            if number > 0 && !line.is_empty() {
                text.push_str(&indent);
            }
            text.push_str(line);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_filled_once_and_indented() {
        let values = [("A", "x\n\n@B@".to_owned()), ("B", "y".to_owned())];
        assert_eq!(
            filled("  @A@;\n@B@ me@here @C@", &values),
            "  x\n\n  @B@;\ny me@here @C@"
        );
    }
}
