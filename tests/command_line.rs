//! Every command's help, and every command line that the documents and the
//! helps tell a reader to type: each is run, in a copy of the sample.

#![cfg(unix)]

#[path = "command_line/told.rs"]
mod told;
#[path = "command_line/world.rs"]
mod world;

use std::collections::BTreeSet;

use clap::{Command, CommandFactory, Parser};
use quarterdeck::command::Arguments;
use rayon::prelude::*;

use told::{Line, Piece};
use world::World;

/// Lines of the README's that aren't ours to run.
const FOREIGN: [(&str, &str); 1] = [("cargo test", "runs this very test")];

/// Commands that stand in a text by their name alone and need more to run.
const NAMED_ONLY: [&str; 6] = [
    "quarterdeck host",
    "quarterdeck new",
    "quarterdeck new session",
    "quarterdeck snapshot",
    "quarterdeck completions",
    "quarterdeck theme",
];

/// A command and the words that lead to it.
fn walk(command: &Command, path: &[String], visit: &mut impl FnMut(&[String], &Command)) {
    visit(path, command);
    for below in command.get_subcommands() {
        let path = [path, &[below.get_name().to_owned()]].concat();
        walk(below, &path, visit);
    }
}

/// Every command by the words that lead to it, the program itself by none.
fn commands() -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(&Arguments::command(), &[], &mut |path, _| {
        found.push(path.to_vec());
    });
    assert!(found.len() > 9, "the walk sees no commands: {found:?}");
    found
}

/// The lines under `Examples:` in a help text.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    lines
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn every_command_has_both_helps_and_an_example_that_parses() {
    let world = World::empty();
    for path in commands() {
        let name = ["quarterdeck".to_owned(), path.join(" ")].join(" ");
        for flag in ["--help", "-h"] {
            let run = world.run(&format!("{name} {flag}"));
            assert!(run.is_fine(), "{name} {flag}: {run:?}");
            assert!(run.out.contains("Usage: quarterdeck"), "{name}: {run:?}");
            let examples = examples(&run.out);
            assert!(!examples.is_empty(), "{name} {flag} shows no example");
            for example in examples {
                let of_it = path.is_empty() || example.contains(name.trim());
                assert!(of_it, "{name} shows an example of another: {example}");
                let words = told::words(&example);
                if let Err(error) = Arguments::try_parse_from(&words) {
                    panic!("{name} {flag}: the example `{example}` doesn't parse:\n{error}");
                }
            }
        }
    }
}

#[test]
fn every_example_of_a_help_runs() {
    let world = World::empty();
    let mut lines = BTreeSet::new();
    for path in commands() {
        let help = world.run(&format!("quarterdeck {} --help", path.join(" ")));
        lines.extend(examples(&help.out));
    }
    assert!(lines.len() > 15, "{lines:?}");
    let lines: Vec<String> = lines.into_iter().collect();
    let faults: Vec<String> = lines
        .par_iter()
        .filter_map(|line| World::of_sample().tried(line).err())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Runs a piece's lines one after another in a world of their own.
fn faults_of(document: &str, piece: &Piece) -> Vec<String> {
    let world = World::of_sample();
    let mut before = String::new();
    let mut faults = Vec::new();
    for Line { number, text } in &piece.lines {
        let place = format!("{document}:{number}");
        if told::stays(text) {
            before.push_str(&format!("{text}\n"));
        } else if told::is_ours(text) {
            let text = told::plain(text);
            let is_name = NAMED_ONLY.contains(&text.as_str()) && piece.inline;
            let line = if is_name || text.contains('…') {
                told::help_of(&text)
            } else {
                text
            };
            if let Err(fault) = world.tried(&format!("{before}{line}")) {
                faults.push(format!("{place}: {fault}"));
            }
        } else if told::is_everyday(text) {
            let run = world.run(&format!("{before}{text}"));
            if !run.is_fine() {
                faults.push(format!("{place}: `{text}`: {run:?}"));
            }
        } else if document == "README.md" && !FOREIGN.iter().any(|(known, _)| text == known) {
            faults.push(format!(
                "{place}: `{text}` is no command of ours and none that the test knows"
            ));
        }
    }
    faults
}

#[test]
fn every_command_line_of_the_documents_runs() {
    let mut pieces = Vec::new();
    for document in told::documents() {
        let text = world::of_package(&document);
        let found = told::pieces(&text);
        pieces.extend(found.into_iter().map(|piece| (document.clone(), piece)));
    }
    // Inline code is often the same again.
    let mut seen = BTreeSet::new();
    pieces.retain(|(_, piece)| !piece.inline || seen.insert(piece.lines[0].text.clone()));
    let of_readme = pieces
        .iter()
        .filter(|(document, _)| document == "README.md");
    assert!(of_readme.count() > 7, "the README's lines aren't seen");
    let faults: Vec<String> = pieces
        .par_iter()
        .flat_map_iter(|(document, piece)| faults_of(document, piece))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The test above would pass on a reader that sees nothing, or on a world in
/// which nothing fails.
#[test]
fn a_line_that_fails_is_named_with_its_place() {
    let text = "Do `quarterdeck rules no-such-rule`\nnow.\n\n```sh\nquarterdeck build\nfetch the-rest\nquarterdeck paint \\\n  --red\n```\n\n```text\n$ quarterdeck check\n```\n";
    let pieces = told::pieces(text);
    let faults: Vec<String> = pieces
        .iter()
        .flat_map(|piece| faults_of("README.md", piece))
        .map(|fault| fault.lines().next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        faults,
        [
            "README.md:1: `quarterdeck rules no-such-rule` ended with exit 2:",
            "README.md:6: `fetch the-rest` is no command of ours and none that the test knows",
            "README.md:7: `quarterdeck paint   --red` ended with exit 2:",
            "README.md:12: `$ quarterdeck check` is no command of ours and none that the test knows",
        ]
    );
}

#[test]
fn every_shell_is_given_completions_and_a_page_its_parts() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = world.run(&format!("quarterdeck completions {shell}"));
        assert!(run.is_fine(), "{shell}: {run:?}");
        for word in ["snapshot", "audience", "completions"] {
            assert!(run.out.contains(word), "{shell} lacks {word}");
        }
    }
    let bash = world.run("quarterdeck completions bash > it && bash -n it");
    assert!(bash.is_fine(), "{bash:?}");
    for path in commands() {
        let run = world.run(&format!("quarterdeck man {}", path.join(" ")));
        assert!(run.is_fine(), "{path:?}: {run:?}");
        for part in [
            ".TH quarterdeck",
            ".SH NAME",
            ".SH SYNOPSIS",
            ".SH EXAMPLES",
        ] {
            assert!(run.out.contains(part), "{path:?} lacks {part}");
        }
    }
    for (wrong, told) in [
        ("man chek", "did you mean `check`"),
        ("completions ksh", "zsh"),
    ] {
        let run = world.run(&format!("quarterdeck {wrong}"));
        assert_eq!(run.code, 2, "{wrong}");
        assert!(run.err.contains(told), "{wrong}: {run:?}");
    }
}
