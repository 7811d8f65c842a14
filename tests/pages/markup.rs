//! A page's tags, read strictly: what this doesn't know, it refuses, so that
//! nothing on a page stays unread.

/// A tag of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The element's name.
    pub name: String,
    /// Attributes in order, their values with references resolved.
    pub attributes: Vec<(String, String)>,
    /// Whether it opens an element, closes one or is one without content.
    pub kind: Kind,
    /// Its first byte and the one behind its last.
    pub range: std::ops::Range<usize>,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `<p>`.
    Open,
    /// `</p>`.
    Close,
    /// `<path/>`.
    Empty,
}

impl Tag {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Every tag of a page or drawing in order.
pub fn tags(text: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = start + 4 + comment.find("-->").expect("a comment ends") + 3;
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at = start + rest.find('>').expect("a declaration ends") + 1;
        } else {
            let tag = Reader {
                text,
                at: start + 1,
            }
            .tag(start);
            at = tag.range.end;
            // Its content is text, whatever it looks like.
            if tag.kind == Kind::Open
                && matches!(&*tag.name, "script" | "style" | "title" | "textarea")
            {
                let end = format!("</{}", tag.name);
                at += text[at..].find(&end).unwrap_or_else(|| panic!("no {end}"));
            }
            tags.push(tag);
        }
    }
    tags
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, expected: &str) -> bool {
        let taken = self.rest().starts_with(expected);
        if taken {
            self.at += expected.len();
        }
        taken
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn name(&mut self) -> String {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))
            .unwrap_or(rest.len());
        assert!(
            length > 0,
            "no name at {:?}",
            rest.chars().take(40).collect::<String>()
        );
        let name = rest[..length].to_owned();
        self.at += length;
        name
    }

    fn tag(mut self, start: usize) -> Tag {
        let mut kind = if self.take("/") {
            Kind::Close
        } else {
            Kind::Open
        };
        let name = self.name();
        let mut attributes: Vec<(String, String)> = Vec::new();
        loop {
            self.blanks();
            if self.take("/>") {
                kind = Kind::Empty;
                break;
            }
            if self.take(">") {
                break;
            }
            let (attribute, value) = self.attribute();
            assert!(
                attributes.iter().all(|(known, _)| *known != attribute),
                "{attribute} twice at <{name}>"
            );
            attributes.push((attribute, value));
        }
        Tag {
            name,
            attributes,
            kind,
            range: start..self.at,
        }
    }

    fn attribute(&mut self) -> (String, String) {
        let name = self.name();
        if !self.take("=") {
            return (name, String::new());
        }
        let quote = if self.take("'") { '\'' } else { '"' };
        assert!(
            quote == '\'' || self.take("\""),
            "the value of {name} isn't quoted"
        );
        let length = self
            .rest()
            .find(quote)
            .unwrap_or_else(|| panic!("the value of {name} doesn't end"));
        let value = resolved(&self.rest()[..length]);
        self.at += length + 1;
        (name, value)
    }
}

/// Text with its character references resolved.
fn resolved(text: &str) -> String {
    let mut parts = text.split('&');
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (reference, rest) = part
            .split_once(';')
            .unwrap_or_else(|| panic!("a bare & in {text:?}"));
        let number =
            reference
                .strip_prefix('#')
                .map(|number| match number.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                });
        resolved.push(match (reference, number) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            ("nbsp", _) => '\u{a0}',
            (_, Some(Ok(number))) => char::from_u32(number).unwrap(),
            _ => panic!("an unknown reference &{reference};"),
        });
        resolved.push_str(rest);
    }
    resolved
}

#[test]
fn tags_are_read_with_their_attributes_and_places() {
    let page = "<!DOCTYPE html><!-- <b> --><p class=\"a b\" hidden>x &lt; y<br/></p>";
    let read = tags(page);
    let kinds: Vec<(&str, Kind)> = read.iter().map(|tag| (&*tag.name, tag.kind)).collect();
    assert_eq!(
        kinds,
        [("p", Kind::Open), ("br", Kind::Empty), ("p", Kind::Close)]
    );
    assert_eq!(read[0].attribute("class"), Some("a b"));
    assert_eq!(read[0].attribute("hidden"), Some(""));
    assert_eq!(read[0].attribute("id"), None);
    assert_eq!(&page[read[1].range.clone()], "<br/>");

    let read = tags("<a href='x?a=1&amp;b=&#39;&#x2F;'>");
    assert_eq!(read[0].attribute("href"), Some("x?a=1&b='/"));
    let names: Vec<String> = tags("<title><b></title><style>a<b</style>")
        .into_iter()
        .map(|tag| tag.name)
        .collect();
    assert_eq!(names, ["title", "title", "style", "style"]);
}

#[test]
fn what_is_not_understood_is_refused() {
    for page in [
        "<p class=a>",
        "a < b",
        "<p class=\"a>",
        "<p id=\"a\" id=\"b\">",
        "<p title=\"&what;\">",
        "<!-- ",
    ] {
        assert!(std::panic::catch_unwind(|| tags(page)).is_err(), "{page}");
    }
}
