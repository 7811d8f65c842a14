//! The views as they stand in the source: each struct with its fields, each
//! enum with its words, and what their docstrings say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Where views are declared.
const PLACES: [&str; 4] = [
    "src/site/page/view.rs",
    "src/site/page/view",
    "src/site/chart/view.rs",
    "src/site/memo/view.rs",
];

/// A struct or an enum.
#[derive(Clone, Debug)]
pub struct Type {
    /// The file that declares it.
    file: String,
    name: String,
    says: String,
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    /// Fields with their types.
    Struct(Vec<Member>),
    /// The words that a template sees.
    Enum(Vec<Member>),
    /// Something that stands for what it holds.
    Opaque,
}

#[derive(Clone, Debug)]
struct Member {
    name: String,
    holds: String,
    says: String,
}

/// The documentation of every view that a template is given, and of what they
/// are made of, as markdown.
pub fn described(templates: &BTreeSet<String>) -> String {
    let types = all();
    let mut text = String::new();
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    let mut parts: Vec<&Type> = Vec::new();
    let mut unseen = templates.clone();
    text.push_str("### What each page's template is given\n\n");
    for (template, root) in roots(&types) {
        unseen.remove(&template);
        text.push_str(&format!("#### `{template}`\n\n{}", root.table(&types)));
        shown.insert(root.key());
        parts.extend(root.within(&types));
    }
    assert!(
        unseen.is_empty(),
        "no view says that it is what these see: {unseen:?}"
    );
    let mut reached: BTreeMap<(String, String), &Type> = BTreeMap::new();
    while let Some(part) = parts.pop() {
        if !shown.contains(&part.key()) && reached.insert(part.key(), part).is_none() {
            parts.extend(part.within(&types));
        }
    }
    for of_partial in types
        .iter()
        .filter(|part| part.file == "src/site/chart/view.rs")
    {
        reached.insert(of_partial.key(), of_partial);
    }
    text.push_str("### What they are made of\n\n");
    let mut reached: Vec<&Type> = reached.into_values().collect();
    reached.sort_by(|a, b| (&a.name, &a.file).cmp(&(&b.name, &b.file)));
    for part in reached {
        text.push_str(&format!(
            "#### {}\n\n{}\n\n{}",
            part.heading(&types),
            part.says,
            part.table(&types)
        ));
    }
    text
}

/// The views whose docstring says which template sees them.
fn roots(types: &[Type]) -> Vec<(String, &Type)> {
    let mut roots: Vec<(String, &Type)> = types
        .iter()
        .filter(|one| one.says.starts_with("What `") && one.says.contains(" see"))
        .flat_map(|one| {
            let named = one.says.split('`').skip(1).step_by(2);
            let named = named.filter(|name| name.ends_with(".html"));
            named
                .map(move |template| (template.to_owned(), one))
                .collect::<Vec<_>>()
        })
        .collect();
    roots.sort_by(|a, b| a.0.cmp(&b.0));
    roots
}

impl Type {
    fn key(&self) -> (String, String) {
        (self.file.clone(), self.name.clone())
    }

    /// Its name; with the file's, if two have it.
    fn heading(&self, types: &[Type]) -> String {
        let alike = types.iter().filter(|other| other.name == self.name).count();
        if alike == 1 {
            return self.name.clone();
        }
        let stem = if self.file.contains("/memo/") {
            "memo"
        } else {
            let name = self.file.rsplit('/').next().unwrap();
            name.trim_end_matches(".rs")
        };
        format!("{} ({stem})", self.name)
    }

    fn members(&self) -> &[Member] {
        match &self.shape {
            Shape::Struct(members) | Shape::Enum(members) => members,
            Shape::Opaque => &[],
        }
    }

    fn table(&self, types: &[Type]) -> String {
        let mut text = match &self.shape {
            Shape::Struct(_) => "| field | holds | |\n|---|---|---|\n".to_owned(),
            Shape::Enum(_) => "| word | |\n|---|---|\n".to_owned(),
            Shape::Opaque => return String::new(),
        };
        for member in self.members() {
            let says = member.says.replace('|', "\\|");
            text.push_str(&match &self.shape {
                Shape::Enum(_) => format!("| `{}` | {says} |\n", member.name),
                _ => format!(
                    "| `{}` | {} | {says} |\n",
                    member.name,
                    self.words(&member.holds, types)
                ),
            });
        }
        text.push('\n');
        text
    }

    /// The types that its fields hold.
    fn within<'t>(&self, types: &'t [Type]) -> Vec<&'t Type> {
        if !matches!(self.shape, Shape::Struct(_)) {
            return Vec::new();
        }
        let names = self.members().iter().flat_map(|member| {
            member
                .holds
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .map(str::to_owned)
        });
        names.filter_map(|name| self.meant(&name, types)).collect()
    }

    /// The type that a name in this one's file means.
    fn meant<'t>(&self, name: &str, types: &'t [Type]) -> Option<&'t Type> {
        let alike: Vec<&Type> = types.iter().filter(|one| one.name == name).collect();
        if let [only] = alike[..] {
            return Some(only);
        }
        let here = alike.iter().find(|one| one.file == self.file);
        let imported = || {
            let text =
                fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&self.file)).unwrap();
            let mut near = alike.iter().filter(|one| {
                let stem = one.file.rsplit('/').next().unwrap().trim_end_matches(".rs");
                text.lines().any(|line| {
                    line.starts_with("use ")
                        && line.contains(&format!("{stem}::"))
                        && line.contains(name)
                })
            });
            near.next()
        };
        here.or_else(imported).copied()
    }

    /// What a field holds, in words.
    fn words(&self, holds: &str, types: &[Type]) -> String {
        let inner = |outer: &str| {
            holds
                .strip_prefix(outer)?
                .strip_prefix('<')?
                .strip_suffix('>')
        };
        if let Some(inner) = inner("Option") {
            return format!("{}, or nothing", self.words(inner, types));
        }
        // Shared, and the same to a template.
        if let Some(inner) = inner("Ready") {
            return self.words(inner, types);
        }
        if let Some(inner) = inner("Vec") {
            return format!("list: {}", self.words(inner, types));
        }
        if let Some((inner, _)) = holds
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(';'))
        {
            return format!("list: {}", self.words(inner, types));
        }
        if let Some((outer, inner)) = holds
            .strip_suffix('>')
            .and_then(|rest| rest.split_once('<'))
        {
            return format!(
                "{} of {}",
                self.words(outer, types),
                self.words(inner, types)
            );
        }
        match holds {
            "String" | "&'staticstr" => "text".to_owned(),
            "bool" => "yes or no".to_owned(),
            "usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "f64" => "number".to_owned(),
            "T" => "what it is of".to_owned(),
            name => {
                let name = name.rsplit("::").next().unwrap();
                let one = self.meant(name, types);
                let one = one.unwrap_or_else(|| panic!("{}: `{name}` is no view", self.file));
                let heading = one.heading(types);
                let anchor = heading
                    .to_lowercase()
                    .replace(' ', "-")
                    .replace(['(', ')'], "");
                format!("[{heading}](#{anchor})")
            }
        }
    }
}

fn all() -> Vec<Type> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut types = Vec::new();
    for place in PLACES {
        for entry in walkdir::WalkDir::new(root.join(place)).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "rs")
            {
                let file = entry
                    .path()
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                let text = fs::read_to_string(entry.path()).unwrap();
                types.extend(declared(&file, text.parse().unwrap()));
            }
        }
    }
    types
}

/// The types that a file declares and serialises.
fn declared(file: &str, tokens: TokenStream) -> Vec<Type> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut attributes = Attributes::default();
    let mut at = 0;
    while at < trees.len() {
        if let Some(read) = attributes.take(&trees[at..]) {
            at += read;
            continue;
        }
        let kind = trees[at].to_string();
        if kind == "struct" || kind == "enum" {
            let name = trees[at + 1].to_string();
            let body = trees[at..].iter().find_map(|tree| match tree {
                TokenTree::Group(group) => Some(group),
                _ => None,
            });
            let body = body.unwrap();
            if attributes
                .others
                .iter()
                .any(|other| other.contains("Serialize"))
            {
                found.push(Type {
                    file: file.to_owned(),
                    name,
                    says: attributes.says(),
                    shape: shape(&kind, body, &attributes),
                });
            }
        }
        if !matches!(&*kind, "pub")
            && !matches!(&trees[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
        {
            attributes = Attributes::default();
        }
        at += 1;
    }
    found
}

fn shape(kind: &str, body: &proc_macro2::Group, attributes: &Attributes) -> Shape {
    if body.delimiter() == Delimiter::Parenthesis {
        return Shape::Opaque;
    }
    let members = members(body.stream());
    if kind == "struct" {
        return Shape::Struct(members);
    }
    let kebab = attributes
        .others
        .iter()
        .any(|other| other.contains("kebab-case"));
    assert!(kebab, "an enum that templates see is written in kebab case");
    let members = members.into_iter().map(|member| Member {
        name: hyphenated(&member.name),
        ..member
    });
    Shape::Enum(members.collect())
}

/// `AboveCap` as `above-cap`.
fn hyphenated(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// The parts of a struct's or an enum's body between its commas.
fn members(body: TokenStream) -> Vec<Member> {
    let trees: Vec<TokenTree> = body.into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        let mut attributes = Attributes::default();
        while let Some(read) = attributes.take(&trees[at..]) {
            at += read;
        }
        let mut depth = 0_i32;
        let end = trees[at..].iter().position(|tree| {
            if let TokenTree::Punct(mark) = tree {
                depth += match mark.as_char() {
                    '<' => 1,
                    '>' => -1,
                    _ => 0,
                };
                return mark.as_char() == ',' && depth == 0;
            }
            false
        });
        let end = end.map_or(trees.len(), |end| at + end);
        let part: Vec<String> = trees[at..end]
            .iter()
            .filter(|tree| !matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis))
            .map(|tree| tree.to_string().replace(' ', ""))
            .filter(|word| word != "pub")
            .collect();
        let holds = part.iter().skip(2).cloned().collect::<String>();
        found.push(Member {
            name: part[0].clone(),
            holds,
            says: attributes.says(),
        });
        at = end + 1;
    }
    found
}

/// What stands before an item.
#[derive(Default)]
struct Attributes {
    says: Vec<String>,
    others: Vec<String>,
}

impl Attributes {
    /// Takes over the attribute that the tokens begin with, if there is one.
    fn take(&mut self, trees: &[TokenTree]) -> Option<usize> {
        let [TokenTree::Punct(mark), TokenTree::Group(group), ..] = trees else {
            // An inner attribute: the module's own words.
            return match trees {
                [
                    TokenTree::Punct(mark),
                    TokenTree::Punct(inner),
                    TokenTree::Group(_),
                    ..,
                ] if mark.as_char() == '#' && inner.as_char() == '!' => Some(3),
                _ => None,
            };
        };
        if mark.as_char() != '#' {
            return None;
        }
        let parts: Vec<TokenTree> = group.stream().into_iter().collect();
        match &parts[..] {
            [name, _, TokenTree::Literal(text)] if name.to_string() == "doc" => {
                self.says.push(unquoted(&text.to_string()));
            }
            _ => self.others.push(group.stream().to_string()),
        }
        Some(2)
    }

    /// The docstring on one line, with names of types as plain text.
    fn says(&self) -> String {
        let text = self
            .says
            .iter()
            .map(|line| line.trim())
            .collect::<Vec<_>>()
            .join(" ");
        text.replace("[`", "`").replace("`]", "`").trim().to_owned()
    }
}

fn unquoted(literal: &str) -> String {
    let inner = literal.trim_start_matches('r').trim_matches('#');
    let inner = inner
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(inner);
    inner
        .replace("\\\"", "\"")
        .replace("\\'", "'")
        .replace("\\\\", "\\")
}
