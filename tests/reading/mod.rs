//! Pages as their readers see them: a small reader of HTML, enough for pages
//! of our own, which are well-formed.

// Each test file uses its own part of it.
#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// An element with what it holds.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "input", "wbr"];

/// Builds the site in a folder and returns what went to standard error.
pub fn build(site: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_quarterdeck"))
        .arg("build")
        .current_dir(site)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// A page of a built site.
pub fn page(site: &Path, path: &str) -> Element {
    let path = site.join("public").join(path);
    parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Every file below a folder, by its path with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Copies every file below a folder.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

pub fn parse(html: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, markup) = rest.split_at(start);
        top(&mut open).children.push(Node::Text(decoded(text)));
        let end = if markup.starts_with("<!--") {
            markup.find("-->").unwrap() + 2
        } else {
            tag_end(markup)
        };
        let tag = &markup[1..end];
        rest = &markup[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().unwrap();
            assert_eq!(
                closed.name,
                name.trim(),
                "a page closes what it opened last"
            );
            top(&mut open).children.push(Node::Element(closed));
            continue;
        }
        let element = opened(tag);
        if VOID.contains(&&*element.name) || tag.ends_with('/') {
            top(&mut open).children.push(Node::Element(element));
            continue;
        }
        if ["script", "style"].contains(&&*element.name) {
            rest = &rest[rest.find(&format!("</{}", element.name)).unwrap()..];
        }
        open.push(element);
    }
    assert_eq!(open.len(), 1, "a page closes what it opens");
    open.pop().unwrap()
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().unwrap()
}

/// The `>` of a tag, and not one within an attribute.
fn tag_end(markup: &str) -> usize {
    let mut quoted = false;
    for (at, c) in markup.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag has an end: {markup:.40}");
}

fn opened(tag: &str) -> Element {
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        rest = after;
        let mut value = "";
        if let Some(quoted) = after.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').unwrap();
        }
        attributes.insert(attribute.to_owned(), decoded(value));
    }
    Element {
        name: name.to_owned(),
        attributes,
        children: Vec::new(),
    }
}

fn decoded(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        let end = start
            + rest[start..]
                .find(';')
                .unwrap_or_else(|| panic!("a bare & in {text}"));
        plain.push(match &rest[start + 1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "nbsp" => '\u{a0}',
            entity => {
                let number = entity
                    .strip_prefix('#')
                    .unwrap_or_else(|| panic!("&{entity};"));
                let code = number
                    .strip_prefix('x')
                    .map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
                char::from_u32(code.unwrap()).unwrap()
            }
        });
        rest = &rest[end + 1..];
    }
    plain + rest
}

impl Element {
    /// Every element below this one for which `wanted` holds, in order.
    pub fn all<'e>(&'e self, wanted: &dyn Fn(&Element) -> bool) -> Vec<&'e Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Node::Element(element) = child {
                if wanted(element) {
                    found.push(element);
                }
                found.extend(element.all(wanted));
            }
        }
        found
    }

    /// The elements that it holds itself.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Every element of a name.
    pub fn named<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        self.all(&|element| element.name == name)
    }

    /// Every element of a class.
    pub fn classed<'e>(&'e self, class: &str) -> Vec<&'e Element> {
        self.all(&|element| element.has_class(class))
    }

    /// The only element of a class.
    pub fn the(&self, class: &str) -> &Element {
        let found = self.classed(class);
        assert_eq!(found.len(), 1, ".{class}");
        found[0]
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attributes
            .get("class")
            .is_some_and(|classes| classes.split_whitespace().any(|given| given == class))
    }

    /// Every text below it with the element that holds it, as it is written,
    /// in order.
    pub fn texts(&self) -> Vec<(&Element, &str)> {
        let mut found = Vec::new();
        for child in &self.children {
            match child {
                Node::Text(said) => found.push((self, &**said)),
                Node::Element(element) => found.extend(element.texts()),
            }
        }
        found
    }

    /// What it says, white space of any kind as single blanks and without
    /// the joiners that keep a range on one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.say(&mut text);
        let text = text.replace('\u{2060}', "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn say(&self, text: &mut String) {
        if ["script", "style", "svg"].contains(&&*self.name) {
            return;
        }
        for child in &self.children {
            match child {
                Node::Text(said) => text.push_str(said),
                Node::Element(element) => element.say(text),
            }
        }
        if ![
            "a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup",
        ]
        .contains(&&*self.name)
        {
            text.push(' ');
        }
    }

    /// The cells of a table's body, row by row.
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.named("tbody")
            .into_iter()
            .flat_map(|body| body.named("tr"))
            .map(Element::cells)
            .collect()
    }

    /// What each cell of a row says.
    pub fn cells(&self) -> Vec<String> {
        self.all(&|element| element.name == "td" || element.name == "th")
            .into_iter()
            .map(Element::text)
            .collect()
    }
}
