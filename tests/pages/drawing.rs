//! Drawings within a page: well-formed, described, and in the theme's colours.

use roxmltree::{Document, Node};

use crate::markup::{Kind, Tag};

/// Attributes that take a colour.
const PAINT: [&str; 6] = [
    "fill",
    "stroke",
    "color",
    "stop-color",
    "flood-color",
    "lighting-color",
];

/// The markup of each outermost `<svg>`.
pub fn drawings<'a>(page: &'a str, tags: &[Tag]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for tag in tags.iter().filter(|tag| tag.name == "svg") {
        if depth == 0 {
            start = tag.range.start;
        }
        match tag.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.checked_sub(1).expect("a drawing closes once"),
            Kind::Empty => {}
        }
        if depth == 0 {
            found.push(&page[start..tag.range.end]);
        }
    }
    assert_eq!(depth, 0, "a drawing doesn't end");
    found
}

/// Whether a drawing says something, and so needs words of its own.
pub fn is_picture(drawing: &str) -> bool {
    Document::parse(drawing)
        .is_ok_and(|document| document.root_element().attribute("role") == Some("img"))
}

/// Faults of one drawing.
pub fn faults(drawing: &str) -> Vec<String> {
    let document = match Document::parse(drawing) {
        Ok(document) => document,
        Err(error) => return vec![format!("a drawing isn't well-formed: {error}")],
    };
    let root = document.root_element();
    let mut faults = Vec::new();
    if is_picture(drawing) {
        faults.extend(described(root, "title", 0));
        faults.extend(described(root, "desc", 1));
    } else if root.attribute("aria-hidden") != Some("true") {
        faults.push("a drawing is neither a picture nor hidden as decoration".to_owned());
    }
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            if PAINT.contains(&attribute.name()) && !is_theme_colour(attribute.value()) {
                let (name, value) = (attribute.name(), attribute.value());
                faults.push(format!(
                    "a literal colour: <{} {name}=\"{value}\">",
                    node.tag_name().name()
                ));
            }
        }
        if node.has_tag_name("style") {
            faults.push("<style> in a drawing".to_owned());
        }
    }
    faults
}

/// The picture's own child of this name has words, and is what the picture
/// names at this place of `aria-labelledby`.
fn described(root: Node<'_, '_>, name: &str, place: usize) -> Option<String> {
    let label = root
        .attribute("aria-labelledby")
        .unwrap_or_default()
        .split_whitespace()
        .nth(place);
    let children: Vec<Node<'_, '_>> = root
        .children()
        .filter(|child| child.has_tag_name(name))
        .collect();
    let [child] = children[..] else {
        return Some(format!("a picture has {} <{name}>", children.len()));
    };
    if child.text().is_none_or(|text| text.trim().is_empty()) {
        return Some(format!("a picture's <{name}> is empty"));
    }
    (child.attribute("id").is_none() || child.attribute("id") != label)
        .then(|| format!("a picture's <{name}> isn't what aria-labelledby names"))
}

fn is_theme_colour(value: &str) -> bool {
    let variable = value.starts_with("var(--") && value.ends_with(')') && !value.contains(',');
    let reference = value.starts_with("url(#") && value.ends_with(')');
    variable || reference || matches!(value, "none" | "currentColor")
}
