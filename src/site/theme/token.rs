//! What stands between a template's tags and within them, cut as the engine
//! cuts it.

use std::ops::Range;

/// A tag, `{% … %}`, or what is printed, `{{ … }}`.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) is_tag: bool,
    /// Whether it trims the space before it: `{%-`.
    pub(super) trims: bool,
    pub(super) range: Range<usize>,
    pub(super) tokens: Vec<Token<'t>>,
}

#[derive(Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    /// A text or a number.
    Literal,
    Operator,
}

impl<'t> Piece<'t> {
    /// `for`, `endif`; nothing of what is printed.
    pub(super) fn keyword(&self) -> &'t str {
        let first = self.tokens.first().filter(|_| self.is_tag);
        first.map_or("", |token| token.text)
    }
}

/// Every tag of a template in its order, without what stands in comments and
/// in `raw`. What the engine wouldn't read ends it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        let rest = &text[start..];
        at = if let Some(comment) = rest.strip_prefix("{#") {
            let end = comment.find("#}");
            end.map_or(text.len(), |end| start + 2 + end + 2)
        } else if let Some(end) = raw(text, start) {
            end
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let Some(piece) = piece(text, start) else {
                break;
            };
            let end = piece.range.end;
            found.push(piece);
            end
        } else {
            start + 1
        };
    }
    found
}

/// Behind `{% raw %} … {% endraw %}`, if it begins here.
fn raw(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("{%")?;
    let mut at = start + 2 + alone(rest, "raw")?;
    while let Some(start) = text[at..].find("{%") {
        at += start + 2;
        if let Some(length) = alone(&text[at..], "endraw") {
            return Some(at + length);
        }
    }
    Some(text.len())
}

/// How long the rest of a tag is that holds but a word.
fn alone(rest: &str, word: &str) -> Option<usize> {
    let inner = rest.trim_start_matches('-');
    let inner = inner.trim_ascii_start().strip_prefix(word)?;
    let inner = inner.trim_ascii_start();
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    Some(rest.len() - inner.strip_prefix("%}")?.len())
}

fn piece(text: &str, start: usize) -> Option<Piece<'_>> {
    let is_tag = text.as_bytes().get(start + 1) == Some(&b'%');
    let end = if is_tag { "%}" } else { "}}" };
    let trims = text.as_bytes().get(start + 2) == Some(&b'-');
    let mut at = start + 2 + usize::from(trims);
    let mut tokens = Vec::new();
    loop {
        at = text.len() - text[at..].trim_ascii_start().len();
        let rest = &text[at..];
        let closed = rest.strip_prefix('-').unwrap_or(rest).starts_with(end);
        if closed {
            let range = start..at + end.len() + usize::from(rest.starts_with('-'));
            return Some(Piece {
                is_tag,
                trims,
                range,
                tokens,
            });
        }
        let (kind, length) = token(rest)?;
        let range = at..at + length;
        let text = &text[range.clone()];
        tokens.push(Token { kind, text, range });
        at += length;
    }
}

fn token(rest: &str) -> Option<(Kind, usize)> {
    let bytes = rest.as_bytes();
    let while_ = |is: &dyn Fn(u8) -> bool| {
        let ends = bytes.iter().position(|byte| !is(*byte));
        ends.unwrap_or(bytes.len())
    };
    match *bytes.first()? {
        quote @ (b'"' | b'\'' | b'`') => {
            let mut escaped = false;
            let end = bytes[1..].iter().position(|byte| {
                let ends = !escaped && *byte == quote;
                escaped = !escaped && *byte == b'\\';
                ends
            })?;
            Some((Kind::Literal, end + 2))
        }
        b'0'..=b'9' => {
            let whole = while_(&|byte| byte.is_ascii_digit());
            let part = bytes.get(whole) == Some(&b'.');
            let digits = bytes[whole..].iter().skip(1);
            let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
            let length = whole + if part { 1 + digits } else { 0 };
            Some((Kind::Literal, length))
        }
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
            let length = while_(&|byte| byte == b'_' || byte.is_ascii_alphanumeric());
            Some((Kind::Name, length))
        }
        byte if byte.is_ascii() => {
            let two = ["//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];
            let length = if rest.starts_with("...") {
                3
            } else if two.iter().any(|two| rest.starts_with(two)) {
                2
            } else {
                1
            };
            Some((Kind::Operator, length))
        }
        _ => None,
    }
}
