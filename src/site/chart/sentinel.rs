//! The theme the library paints with, and the pass that makes its drawing
//! ours.
//!
//! The library knows literal colours only, while the site's follow the
//! reader's scheme. So each role has a colour that nothing else has, and one
//! pass over the drawing puts the role's token in its place. What the pass
//! doesn't know is an error: a literal colour would stay light in the dark.

use charts_rs::Color;

use super::ChartError;
use super::svg::{Element, Markup};

/// What a shape that the library paints stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sentinel {
    /// The data line.
    Line,
    /// The rolling mean.
    Mean,
    /// The target band of a chart.
    Target,
    /// The band of a sparkline.
    Band,
    /// A grid line.
    Grid,
}

impl Sentinel {
    pub(super) const ALL: [Self; 5] =
        [Self::Line, Self::Mean, Self::Target, Self::Band, Self::Grid];

    pub(super) fn colour(self) -> Color {
        Color {
            r: 0xFE,
            g: 0,
            b: self as u8 + 1,
            a: 255,
        }
    }

    fn token(self) -> &'static str {
        match self {
            Self::Line => "accent",
            Self::Mean => "ink2",
            Self::Target => "tint",
            Self::Band => "band",
            Self::Grid => "rule",
        }
    }
}

/// Attributes that are kept; all others (class, style, font-family, data-…,
/// opacity, which the tokens already have in them) are dropped.
const KEPT: [&str; 20] = [
    "d",
    "points",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "transform",
    "viewBox",
    "stroke-width",
    "stroke-dasharray",
    "fill-rule",
];
const SHAPES: [&str; 8] = [
    "svg", "g", "path", "line", "polyline", "polygon", "circle", "rect",
];
/// Elements that are dropped with what is in them.
const DROPPED: [&str; 5] = ["style", "text", "title", "desc", "script"];

/// The library's drawing as a layer of ours: sentinels become tokens, size,
/// style, text and fonts go, strokes keep their width however the layer is
/// stretched.
pub(super) fn translate(drawing: &str) -> Result<Markup, ChartError> {
    let mut out = String::with_capacity(drawing.len());
    let mut rest = drawing;
    while let Some(start) = rest.find('<') {
        let tag = tag_at(&rest[start..])?;
        rest = &rest[start + tag.len()..];
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        if let Some(name) = inner.strip_prefix('/') {
            known(name.trim())?;
            out.push_str(&format!("</{}>", name.trim()));
            continue;
        }
        let closed = inner.ends_with('/');
        let inner = inner.trim_end_matches('/');
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        if DROPPED.contains(&name) {
            if !closed {
                rest = after_end(rest, name)?;
            }
            continue;
        }
        let element = rewrite(known(name)?, attributes)?;
        if closed {
            out.push_str(&element.empty());
        } else {
            let open = element.around("");
            out.push_str(open.trim_end_matches(&format!("</{name}>")));
        }
    }
    Ok(Markup::trusted(out))
}

/// The tag that `text` begins with, up to the first `>` outside of quotes.
fn tag_at(text: &str) -> Result<&str, ChartError> {
    let mut quoted = false;
    for (index, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return Ok(&text[..=index]),
            _ => {}
        }
    }
    Err(ChartError::Drawing("a tag without an end".to_owned()))
}

fn after_end<'a>(rest: &'a str, name: &str) -> Result<&'a str, ChartError> {
    let end = format!("</{name}>");
    rest.find(&end)
        .map(|start| &rest[start + end.len()..])
        .ok_or_else(|| ChartError::Drawing(format!("a <{name}> without an end")))
}

fn known(name: &str) -> Result<&'static str, ChartError> {
    SHAPES
        .into_iter()
        .find(|shape| *shape == name)
        .ok_or_else(|| ChartError::Drawing(format!("the element <{name}>")))
}

fn rewrite(name: &'static str, attributes: &str) -> Result<Element, ChartError> {
    let mut element = Element::new(name);
    let (mut stroked, mut ruled) = (false, false);
    for (attribute, value) in pairs(attributes)? {
        match attribute {
            "fill" | "stroke" | "color" | "stop-color" => {
                stroked |= attribute == "stroke" && value != "none";
                ruled |= value.eq_ignore_ascii_case(&Sentinel::Grid.colour().hex());
                element = element.with(attribute, &paint(value)?);
            }
            "width" | "height" if name == "svg" => {}
            _ if KEPT.contains(&attribute) => {
                if value.contains(['#', '&']) || value.contains("url(") || value.contains("rgb") {
                    return Err(ChartError::StrayColour(value.to_owned()));
                }
                element = element.with(attribute, value);
            }
            _ => {}
        }
    }
    Ok(match name {
        // The layer fills the drawing it is put in, in both directions.
        "svg" => element
            .with("preserveAspectRatio", "none")
            .with("overflow", "visible"),
        // A group hands neither on to the shapes in it.
        "g" => element,
        // A grid line between two pixels would be two grey ones.
        _ if ruled => element
            .with("vector-effect", "non-scaling-stroke")
            .with("shape-rendering", "crispEdges"),
        _ if stroked => element.with("vector-effect", "non-scaling-stroke"),
        _ => element,
    })
}

fn pairs(attributes: &str) -> Result<Vec<(&str, &str)>, ChartError> {
    let mut pairs = Vec::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let pair = rest.split_once("=\"").and_then(|(name, after)| {
            let (value, after) = after.split_once('"')?;
            Some((name.trim(), value, after.trim_start()))
        });
        let Some((name, value, after)) = pair else {
            return Err(ChartError::Drawing(format!("the attribute {rest}")));
        };
        pairs.push((name, value));
        rest = after;
    }
    Ok(pairs)
}

fn paint(value: &str) -> Result<String, ChartError> {
    if value == "none" {
        return Ok(value.to_owned());
    }
    Sentinel::ALL
        .into_iter()
        .find(|sentinel| sentinel.colour().hex().eq_ignore_ascii_case(value))
        .map(|sentinel| format!("var(--{})", sentinel.token()))
        .ok_or_else(|| ChartError::StrayColour(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(body: &str) -> String {
        format!(
            "<svg width=\"10\" height=\"5\" viewBox=\"0 0 10 5\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n{body}\n</svg>"
        )
    }

    #[test]
    fn every_sentinel_becomes_its_token() {
        for sentinel in Sentinel::ALL {
            let body = format!("<path d=\"M0,0\" stroke=\"{}\"/>", sentinel.colour().hex());
            let markup = translate(&drawing(&body)).unwrap();
            let wanted = format!("stroke=\"var(--{})\"", sentinel.token());
            assert!(markup.as_str().contains(&wanted), "{}", markup.as_str());
        }
    }

    #[test]
    fn size_style_text_and_fonts_go() {
        let body = "<style>.a{fill:red}</style><g font-family=\"Roboto\" style=\"color:red\">\
                    <text class=\"ct-tip\" fill=\"#000000\">\n1 &lt; 2\n</text>\
                    <circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"none\"><title>T</title></circle></g>";
        let markup = translate(&drawing(body)).unwrap();
        assert_eq!(
            markup.as_str(),
            "<svg viewBox=\"0 0 10 5\" preserveAspectRatio=\"none\" overflow=\"visible\"><g>\
             <circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"none\"></circle></g></svg>"
        );
    }

    #[test]
    fn a_stray_colour_is_an_error() {
        for stray in [
            "#000000",
            "#FE00FF",
            "red",
            "rgb(1,2,3)",
            "currentColor",
            "url(#a)",
        ] {
            let body = format!("<rect x=\"0\" fill=\"{stray}\"/>");
            assert_eq!(
                translate(&drawing(&body)),
                Err(ChartError::StrayColour(stray.to_owned()))
            );
        }
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for body in [
            "<foreignObject/>",
            "<image x=\"0\"/>",
            "<text>",
            "<g x='1'/>",
            "<g x=\"1",
        ] {
            assert!(
                matches!(translate(&drawing(body)), Err(ChartError::Drawing(_))),
                "{body}"
            );
        }
    }
}
