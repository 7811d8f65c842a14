//! A template's text with counts in it.
//!
//! The engine has no end to loops within loops or to texts that double. So
//! what a theme's templates would do is counted first: in a second copy of
//! each, `{{ 150 | steps }}` stands before every tag and `| counted` behind
//! whatever is read, and `limit.rs` stops it when it has done too much. Only
//! text is put in, so that every place in the copy leads back to its own.

use std::ops::Range;

use super::token::{self, Kind, Piece, Token};

/// Before the name of each of the engine's filters: ours, which counts and
/// then does the same.
pub(super) const PREFIX: &str = "counted_";

/// What one tag costs.
const TAG: usize = 128;

/// What one byte costs, of text or of a tag.
pub(super) const BYTE: usize = 8;

/// A template's copy.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) text: String,
    put_in: Vec<PutIn>,
}

/// Text that was put in.
#[derive(Debug)]
struct PutIn {
    /// Where, in bytes of the template.
    at: usize,
    text: Text,
    /// What it counts.
    of: Range<usize>,
}

#[derive(Debug)]
enum Text {
    /// So many steps, and whether space before it is trimmed as the tag has it.
    Steps(usize, bool),
    Told(&'static str),
}

impl Counted {
    pub(super) fn of(template: &str) -> Counted {
        let mut put_in = Tags::default().counted(template);
        put_in.sort_by_key(|put_in| put_in.at);
        let mut text = String::with_capacity(template.len() * 2);
        let mut copied = 0;
        for put_in in &put_in {
            text.push_str(&template[copied..put_in.at]);
            copied = put_in.at;
            text.push_str(&put_in.text.written());
        }
        text.push_str(&template[copied..]);
        Counted { text, put_in }
    }

    /// What in the template is counted at a byte of its copy.
    pub(super) fn place(&self, byte: usize) -> Range<usize> {
        let mut longer = 0;
        for put_in in &self.put_in {
            let start = put_in.at + longer;
            if byte < start {
                break;
            }
            longer += put_in.text.written().len();
            if byte < put_in.at + longer {
                return put_in.of.clone();
            }
        }
        byte - longer..byte - longer
    }
}

impl Text {
    fn written(&self) -> String {
        match self {
            Text::Steps(steps, true) => format!("{{{{- {steps} | steps }}}}"),
            Text::Steps(steps, false) => format!("{{{{ {steps} | steps }}}}"),
            Text::Told(text) => (*text).to_owned(),
        }
    }
}

/// What is open while a template's tags are gone through.
#[derive(Default)]
struct Tags {
    put_in: Vec<PutIn>,
    /// Up to where tags and text are counted.
    counted: usize,
    /// The loops that are open: their tags.
    loops: Vec<Range<usize>>,
    /// The `if` that are open: where their steps are put in.
    branches: Vec<usize>,
    /// How many blocks and components are open.
    depth: usize,
}

impl Tags {
    fn counted(mut self, template: &str) -> Vec<PutIn> {
        let pieces = token::pieces(template);
        let extends = pieces.iter().any(|piece| piece.keyword() == "extends");
        for piece in &pieces {
            // Beside its blocks, a template that extends another has no place
            // for a count, and nothing to be counted.
            if extends && self.depth == 0 {
                self.counted = piece.range.end;
            } else {
                self.steps(piece);
            }
            self.opened(piece);
            Expressions {
                tokens: &piece.tokens,
                at: 0,
                put_in: &mut self.put_in,
            }
            .tag(piece.is_tag);
        }
        if !extends {
            let end = template.len();
            self.put(end, end, template.len().saturating_sub(1)..end, false);
        }
        self.put_in
    }

    /// Counts a tag, and the text before it, before it is run.
    fn steps(&mut self, piece: &Piece) {
        match piece.keyword() {
            // Nothing can stand between an `if` that isn't so and these.
            "elif" => {
                let more = piece.range.len() * BYTE + TAG;
                let branch = self.branches.last().copied();
                if let Some(before) = branch.and_then(|at| self.put_in.get_mut(at))
                    && let Text::Steps(steps, _) = &mut before.text
                {
                    *steps += more;
                }
            }
            "if" => self.branches.push(self.put_in.len()),
            "endif" => {
                self.branches.pop();
            }
            _ => {}
        }
        let of = self.loops.last().unwrap_or(&piece.range).clone();
        self.put(piece.range.start, piece.range.end, of, piece.trims);
    }

    fn put(&mut self, at: usize, end: usize, of: Range<usize>, trims: bool) {
        let steps = end.saturating_sub(self.counted) * BYTE + TAG;
        self.counted = end;
        let text = Text::Steps(steps, trims);
        self.put_in.push(PutIn { at, text, of });
    }

    fn opened(&mut self, piece: &Piece) {
        match piece.keyword() {
            "for" => {
                let last = piece.tokens.last().map_or(0, |token| token.range.end);
                self.loops.push(piece.tokens[0].range.start..last);
            }
            "endfor" => {
                self.loops.pop();
            }
            "block" | "component" => self.depth += 1,
            "endblock" | "endcomponent" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// What stands within a tag, gone through once. That the engine could read it
/// was seen before.
struct Expressions<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
    put_in: &'t mut Vec<PutIn>,
}

impl<'t> Expressions<'t> {
    fn tag(mut self, is_tag: bool) {
        if !is_tag {
            return self.expression("");
        }
        match self.text(0) {
            "if" | "elif" => self.at = 1,
            "for" => return self.each(),
            "set" | "set_global" if self.text(2) == "=" => self.at = 3,
            "set" | "set_global" => self.at = 2,
            "filter" => {
                self.filter(1);
                self.at = 2;
            }
            "<" => {
                self.at = 1;
                return self.attributes();
            }
            // The rest names things, and reads nothing.
            _ => return,
        }
        // Behind a filter's name, an operator is expected.
        let named = matches!(self.text(0), "filter") || self.text(self.at) == "|";
        self.expression_from("", !named);
    }

    fn text(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn is_name(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| token.kind == Kind::Name)
    }

    /// Puts text in behind a token, for what begins at another.
    fn behind(&mut self, first: usize, last: usize, text: &'static str) {
        let (Some(from), Some(to)) = (self.tokens.get(first), self.tokens.get(last)) else {
            return;
        };
        self.put_in.push(PutIn {
            at: to.range.end,
            text: Text::Told(text),
            of: from.range.start..to.range.end,
        });
    }

    /// `for x, y in …`: a list that is merely gone through isn't read whole.
    fn each(mut self) {
        while self.at < self.tokens.len() && self.text(self.at) != "in" {
            self.at += 1;
        }
        self.at += 1;
        let first = self.at;
        if self.is_path(first) {
            let last = self.path();
            if last + 1 == self.tokens.len() {
                return self.behind(first, last, " | gone_through");
            }
            self.behind(first, last, " | counted");
            return self.expression_from("", false);
        }
        self.expression("");
    }

    /// Whether a name stands for a value: not for a function, an argument or
    /// a word of the language.
    fn is_path(&self, at: usize) -> bool {
        self.is_name(at)
            && !matches!(self.text(at + 1), "(" | "=")
            && !matches!(
                self.text(at),
                "not" | "true" | "True" | "false" | "False" | "none" | "None" | "null"
            )
    }

    /// Goes past `a.b?.c[d]`, and says which token is its last.
    fn path(&mut self) -> usize {
        loop {
            let last = self.at;
            self.at += 1;
            match self.text(self.at) {
                "." | "?." => self.at += 1,
                "[" | "?[" => {
                    self.at += 1;
                    self.expression("]");
                    self.at -= 1;
                }
                _ => return last,
            }
        }
    }

    fn expression(&mut self, close: &str) {
        self.expression_from(close, true);
    }

    /// Goes past an expression and what closes it; to the end, if nothing
    /// does. `value` says whether one is expected, or an operator.
    fn expression_from(&mut self, close: &str, mut value: bool) {
        let mut gone_through: Option<usize> = None;
        while let Some(token) = self.tokens.get(self.at) {
            let at = self.at;
            let operator = token.kind == Kind::Operator;
            let over = operator && token.text == close;
            if let Some(first) = gone_through
                && (over || !value && token.text == "if" && token.kind == Kind::Name)
            {
                self.behind(first, at - 1, ") | gone_through");
                gone_through = None;
            }
            self.at += 1;
            if over {
                return;
            }
            value = match token.kind {
                Kind::Literal => false,
                Kind::Name if value => self.named(at),
                Kind::Name if token.text == "for" => {
                    gone_through = self.comprehension();
                    true
                }
                Kind::Name => self.word(at),
                Kind::Operator => self.operator(at, value),
            };
        }
    }

    /// A name where a value is expected. Says whether one still is.
    fn named(&mut self, at: usize) -> bool {
        if self.is_path(at) {
            self.at = at;
            let last = self.path();
            self.behind(at, last, " | counted");
            return false;
        }
        matches!(self.text(at), "not") || matches!(self.text(at + 1), "(" | "=")
    }

    /// A name where an operator is expected: `and`, `is not defined`.
    fn word(&mut self, at: usize) -> bool {
        if self.text(at) != "is" {
            // `not` is `not in`.
            return self.text(at) != "not";
        }
        self.at += usize::from(self.text(self.at) == "not");
        self.at += 1;
        false
    }

    fn operator(&mut self, at: usize, value: bool) -> bool {
        match self.text(at) {
            "(" => {
                self.expression(")");
                false
            }
            open @ ("[" | "?[" | "{") => {
                self.expression(if open == "{" { "}" } else { "]" });
                if value {
                    self.behind(at, self.at - 1, " | counted");
                }
                false
            }
            "|" => {
                self.filter(self.at);
                self.at += 1;
                false
            }
            "<" if value && self.is_name(self.at) => {
                self.attributes();
                false
            }
            _ => true,
        }
    }

    fn filter(&mut self, at: usize) {
        if let Some(token) = self.tokens.get(at) {
            self.put_in.push(PutIn {
                at: token.range.start,
                text: Text::Told(PREFIX),
                of: token.range.clone(),
            });
        }
    }

    /// `[x for x in list if y]`, from behind the `for`: where the list begins.
    fn comprehension(&mut self) -> Option<usize> {
        while self.at < self.tokens.len() && self.text(self.at) != "in" {
            self.at += 1;
        }
        let last = self.at;
        self.at += 1;
        self.behind(last, last, " (");
        (last < self.tokens.len()).then_some(last + 1)
    }

    /// `name a="b" c={d} {...e} />`, from the component's name.
    fn attributes(&mut self) {
        while self.at < self.tokens.len() {
            self.at += 1;
            match self.text(self.at - 1) {
                "{" => self.expression("}"),
                ">" => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is put in, with `#` for steps.
    fn counted(template: &str) -> String {
        let counted = Counted::of(template);
        let mut text = String::new();
        let mut copied = 0;
        for put_in in &counted.put_in {
            text.push_str(&template[copied..put_in.at]);
            copied = put_in.at;
            text.push_str(match put_in.text {
                Text::Steps(_, true) => "-#",
                Text::Steps(..) => "#",
                Text::Told(text) => text,
            });
        }
        text + &template[copied..]
    }

    #[test]
    fn what_is_read_is_counted() {
        for (template, expected) in [
            ("a{{ a.b?.c[d] }}", "a#{{ a.b?.c[d | counted] | counted }}#"),
            (
                "{%- if not a and b is not divisible_by(divisor=c) -%}",
                "-#{%- if not a | counted and b | counted is not divisible_by(divisor=c | counted) -%}#",
            ),
            (
                "{{ a | sort(attribute=\"x\") | join if b not in [c, 1] else -d }}",
                "#{{ a | counted | counted_sort(attribute=\"x\") | counted_join if b | counted not in [c | counted, 1] | counted else -d | counted }}#",
            ),
            (
                "{% for k, v in a.b %}{% endfor %}",
                "#{% for k, v in a.b | gone_through %}#{% endfor %}#",
            ),
            (
                "{% for v in a | reverse %}",
                "#{% for v in a | counted | counted_reverse %}#",
            ),
            (
                "{{ [x.y for x in a | keys if x != 1] }}",
                "#{{ [x.y | counted for x in ( a | counted | counted_keys) | gone_through if x | counted != 1] | counted }}#",
            ),
            (
                "{% set x = {\"a\": {...b}} %}{% set y | upper | trim(pat=z) %}{% filter title %}",
                "#{% set x = {\"a\": {...b | counted} | counted} | counted %}#{% set y | counted_upper | counted_trim(pat=z | counted) %}#{% filter counted_title %}#",
            ),
            (
                "{{ <a.b c d=\"e > f\" g={h > 1} {...i} /> ~ loop.index }}{% <a b={c}> %}{% </a> %}",
                "#{{ <a.b c d=\"e > f\" g={h | counted > 1} {...i | counted} /> ~ loop.index | counted }}#{% <a b={c | counted}> %}#{% </a> %}#",
            ),
            (
                "{% raw %}{{ a }}{%- endraw %}{# {{ a }} #}{{ range(end=a) ~ '\\'}}' }}",
                "{% raw %}{{ a }}{%- endraw %}{# {{ a }} #}#{{ range(end=a | counted) ~ '\\'}}' }}#",
            ),
            (
                "{% extends \"a\" %} {% block b %}c{% include \"d\" %}{% endblock b %} ",
                "{% extends \"a\" %} {% block b %}c#{% include \"d\" %}#{% endblock b %} ",
            ),
            (
                "{% component a(b: string = none, ...c) {\"d\": true} %}{% endcomponent a %}",
                "#{% component a(b: string = none, ...c) {\"d\": true} %}#{% endcomponent a %}#",
            ),
        ] {
            assert_eq!(counted(template), expected);
        }
    }

    #[test]
    fn a_place_in_the_copy_is_one_in_the_template() {
        let template = "é{% for x in a %}{{ x.y }}ü{% endfor %}";
        let counted = Counted::of(template);
        for (at, _) in counted.text.char_indices() {
            let range = counted.place(at);
            assert!(template.get(range.clone()).is_some(), "{at}: {range:?}");
        }
        let at = counted.text.find("{{ x.y").unwrap();
        assert_eq!(&template[counted.place(at)], "");
        assert_eq!(counted.place(at).start, template.find("{{ x.y").unwrap());
        let at = counted.text.find("steps }}{{ x.y").unwrap();
        assert_eq!(&template[counted.place(at)], "for x in a");
    }

    #[test]
    fn an_elif_costs_before_its_if() {
        let if_alone = Counted::of("{% if a %}{% endif %}").text;
        let with_elif = Counted::of("{% if a %}{% elif b %}{% endif %}").text;
        assert!(
            if_alone.starts_with("{{ 208 | steps }}{% if a"),
            "{if_alone}"
        );
        assert!(
            with_elif.starts_with("{{ 432 | steps }}{% if a"),
            "{with_elif}"
        );
    }
}
