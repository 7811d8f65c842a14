//! The command lines in a text for people.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// Lines that are typed one after another: a block, or a piece of inline code.
pub struct Piece {
    /// Whether it stands within a sentence.
    pub inline: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line and where it begins in its document, counted from 1.
pub struct Line {
    pub number: usize,
    pub text: String,
}

/// Languages of blocks that a reader types into a shell.
const SHELLS: [&str; 4] = ["sh", "bash", "shell", "console"];

/// The README and every document, by their paths in the package.
pub fn documents() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let names = fs::read_dir(docs)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let pages = names.filter(|name| name.ends_with(".md"));
    let mut documents: Vec<String> = pages.map(|name| format!("docs/{name}")).collect();
    documents.push("README.md".to_owned());
    documents.sort();
    documents
}

/// Everything in a text that is to be typed.
pub fn pieces(text: &str) -> Vec<Piece> {
    let line_at = |byte: usize| 1 + text[..byte].matches('\n').count();
    let mut pieces = Vec::new();
    let mut block = None;
    for (event, place) in Parser::new_ext(text, pulldown_cmark::Options::all()).into_offset_iter() {
        match event {
            Event::Code(code) if is_ours(&code) => pieces.push(Piece {
                inline: true,
                lines: vec![Line {
                    number: line_at(place.start),
                    text: code.to_string(),
                }],
            }),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                block = Some((language.to_string(), String::new(), 0));
            }
            Event::Text(part) => {
                if let Some((_, code, number)) = &mut block {
                    if code.is_empty() {
                        *number = line_at(place.start);
                    }
                    code.push_str(&part);
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => {
                if let Some((language, code, number)) = block.take() {
                    let mut lines = lines(&code, number);
                    // What is shown isn't typed, unless it looks as if it were.
                    if !SHELLS.contains(&language.as_str()) {
                        lines.retain(|line| is_ours(line.text.trim_start_matches("$ ")));
                    }
                    pieces.push(Piece {
                        inline: false,
                        lines,
                    });
                }
            }
            _ => {}
        }
    }
    pieces.retain(|piece| !piece.lines.is_empty());
    pieces
}

/// The lines of a block, one that goes on in the next put together with it.
fn lines(code: &str, first: usize) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for (number, line) in (first..).zip(code.lines()) {
        let (text, open) = match line.strip_suffix('\\') {
            Some(text) => (text, true),
            None => (line, false),
        };
        match found.last_mut().filter(|_| goes_on) {
            Some(before) => before.text.push_str(text),
            None => found.push(Line {
                number,
                text: text.to_owned(),
            }),
        }
        goes_on = open;
    }
    found.retain(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'));
    found
}

/// Whether a line runs Quarterdeck.
pub fn is_ours(line: &str) -> bool {
    let line = plain(line);
    line.starts_with("quarterdeck ") || line == "quarterdeck"
}

/// Whether a line changes the shell that runs those after it.
pub fn stays(line: &str) -> bool {
    line.starts_with("cd ") || line.starts_with("export ")
}

/// Whether a line runs what everybody has and changes nothing but files here.
pub fn is_everyday(line: &str) -> bool {
    ["mkdir ", "git init", "git add", "git commit"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// A line without its comment, and with the program by its name.
pub fn plain(line: &str) -> String {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let own = ["cargo run --release --", "./target/release/quarterdeck"]
        .iter()
        .find_map(|start| line.strip_prefix(start));
    own.map_or_else(|| line.to_owned(), |rest| format!("quarterdeck{rest}"))
}

/// The help of the command that a line only names: `quarterdeck host …`.
pub fn help_of(line: &str) -> String {
    let named = line.split('…').next().unwrap_or(line).trim();
    format!("{named} --help")
}

/// A line's words as a shell hands them over, up to where their output goes.
pub fn words(line: &str) -> Vec<String> {
    let line = plain(line);
    let command = line.split(['|', '>', ';']).next().unwrap_or(&line);
    let mut words = Vec::new();
    let (mut word, mut quote) = (String::new(), None);
    for letter in command.trim().chars() {
        match (letter, quote) {
            ('\'' | '"', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            (' ', None) => words.push(std::mem::take(&mut word)),
            _ => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
