//! What every page of the sample site keeps to: it loads nothing from
//! elsewhere, its drawings are described and in the theme's colours, its ids
//! are its own and its links lead somewhere.

mod built;
#[path = "pages/drawing.rs"]
mod drawing;
#[path = "pages/link.rs"]
mod link;
#[path = "pages/markup.rs"]
mod markup;
#[path = "pages/privacy.rs"]
mod privacy;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use markup::{Tag, tags};
use tempfile::tempdir;

/// Every file of the sample site, built once for all the tests.
static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let output = tempdir().unwrap();
    let output = output.path().join("site");
    built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &output)
        .assert()
        .success();
    built::files(&output)
});

/// Every page with its text and its tags.
static PAGES: LazyLock<Vec<(&str, &str, Vec<Tag>)>> = LazyLock::new(|| {
    let pages: Vec<_> = texts("html")
        .map(|(path, text)| (path, text, tags(text)))
        .collect();
    assert!(
        pages.len() >= 20,
        "the sample has more pages than {}",
        pages.len()
    );
    pages
});

fn texts(ending: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = FILES
        .iter()
        .filter(move |(path, _)| path.rsplit('.').next() == Some(ending));
    files.map(|(path, bytes)| {
        (
            path.as_str(),
            std::str::from_utf8(bytes).expect("text is UTF-8"),
        )
    })
}

/// Fails with every fault of every page at once.
fn assert_no_fault(check: impl Fn(&str, &str, &[Tag]) -> Vec<String>) {
    let faults: Vec<String> = PAGES
        .iter()
        .flat_map(|(path, text, tags)| {
            let faults = check(path, text, tags);
            faults
                .into_iter()
                .map(move |fault| format!("{path}: {fault}"))
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_page_has_its_policy_and_tells_nobody() {
    assert_no_fault(|_, _, tags| privacy::head(tags));
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    assert_no_fault(|_, _, tags| privacy::loads(tags));
}

#[test]
fn no_style_sheet_or_picture_loads_anything_from_elsewhere() {
    let mut sheets = 0;
    for (path, text) in texts("css") {
        assert_eq!(privacy::stylesheet(text), [""; 0], "{path}");
        sheets += 1;
    }
    assert!(sheets > 0, "no style sheet was looked at");
    for (path, text) in texts("svg") {
        // A picture of its own has no page whose policy a style could offend.
        let mut tags = tags(text);
        tags.retain(|tag| tag.name != "style");
        assert_eq!(privacy::loads(&tags), [""; 0], "{path}");
        assert_eq!(privacy::stylesheet(text), [""; 0], "{path}");
    }
}

#[test]
fn every_drawing_is_well_formed_described_and_in_the_themes_colours() {
    assert_no_fault(|_, text, tags| {
        drawing::drawings(text, tags)
            .into_iter()
            .flat_map(drawing::faults)
            .collect()
    });
    let drawings = PAGES
        .iter()
        .flat_map(|(_, text, tags)| drawing::drawings(text, tags));
    let pictures = drawings
        .filter(|drawing| drawing::is_picture(drawing))
        .count();
    assert!(pictures >= 6, "the sample has more charts than {pictures}");
}

#[test]
fn ids_are_unique_and_what_refers_to_one_finds_it() {
    assert_no_fault(|_, _, tags| link::ids(tags).1);
}

#[test]
fn every_link_within_the_site_leads_to_a_file_and_a_place_on_it() {
    let mut site: link::Site = FILES
        .keys()
        .map(|path| (path.clone(), BTreeSet::new()))
        .collect();
    for (path, _, tags) in PAGES.iter() {
        site.insert((*path).to_owned(), link::ids(tags).0);
    }
    assert_no_fault(|path, _, tags| {
        link::addresses(tags)
            .filter_map(|address| link::fault(&site, path, address))
            .collect()
    });
    let links: usize = PAGES
        .iter()
        .map(|(_, _, tags)| link::addresses(tags).count())
        .sum();
    assert!(links > 200, "the sample has more links than {links}");
}

#[test]
fn a_head_that_says_too_much_is_found() {
    let head = |policy: &str, rest: &str| {
        let page =
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{rest}");
        privacy::head(&tags(&page)).len()
    };
    let quiet = "<meta name=\"robots\" content=\"noindex, nofollow\"><meta name=\"referrer\" content=\"no-referrer\">";
    let good = "default-src 'none'; style-src 'self'; script-src 'sha256-abc='";
    assert_eq!(head(good, quiet), 0);
    assert_eq!(head("default-src 'self'", quiet), 1);
    assert_eq!(head("default-src 'none'; img-src *", quiet), 1);
    assert_eq!(
        head(
            "default-src 'none'; style-src 'unsafe-inline' https://a.example",
            quiet
        ),
        2
    );
    assert_eq!(head(good, ""), 2);
    assert_eq!(head(good, &quiet.replace("noindex", "index")), 1);
    assert_eq!(head(good, &quiet.replace("no-referrer", "origin")), 1);
    assert_eq!(head(good, &format!("{quiet}<base href=\"/\">")), 1);
    assert_eq!(privacy::head(&tags(quiet)).len(), 1);
    let late = format!(
        "<link rel=\"stylesheet\" href=\"a.css\"><meta http-equiv=\"content-security-policy\" content=\"{good}\">{quiet}"
    );
    assert_eq!(privacy::head(&tags(&late)).len(), 1);
}

#[test]
fn what_is_loaded_from_elsewhere_is_found() {
    let faults = |markup: &str| privacy::loads(&tags(markup)).len();
    for fine in [
        "<img src=\"../a-1.png\" alt=\"\">",
        "<link rel=\"stylesheet\" href=\"assets/a.css\">",
        "<a href=\"https://example.org/\">there</a>",
        "<a href=\"index.html#a:b\">here</a>",
        "<svg><use href=\"#dot\"></use><rect fill=\"url(#stripes)\"/></svg>",
    ] {
        assert_eq!(faults(fine), 0, "{fine}");
    }
    for bad in [
        "<img src=\"https://example.org/a.png\" alt=\"\">",
        "<img src=\"//example.org/a.png\" alt=\"\">",
        "<img src=\"data:image/png;base64,AA\" alt=\"\">",
        "<img srcset=\"a.png 1x, https://example.org/a.png 2x\" src=\"a.png\" alt=\"\">",
        "<link rel=\"stylesheet\" href=\"http://example.org/a.css\">",
        "<form action=\"https://example.org/\"></form>",
        "<video poster=\"https://example.org/a\"></video>",
        "<svg><use href=\"https://example.org/a.svg#b\"></use></svg>",
        "<svg><rect fill=\"url( 'https://example.org/a#b' )\"/></svg>",
        "<a href=\"javascript:alert(1)\">there</a>",
        "<p style=\"color: red\">a</p>",
        "<p onclick=\"a()\">a</p>",
        "<style>p { color: red }</style>",
        "<script>a()</script>",
    ] {
        assert_eq!(faults(bad), 1, "{bad}");
    }
    assert_eq!(
        privacy::stylesheet("a { background: url(\"a.svg\") } /* http://x */").len(),
        0
    );
    assert_eq!(
        privacy::stylesheet("@import 'b.css'; a { b: URL(//c.example/d) }").len(),
        2
    );
}

#[test]
fn a_drawing_without_words_or_with_a_colour_of_its_own_is_found() {
    let faults = |page: &str| {
        let drawings = drawing::drawings(page, &tags(page));
        assert_eq!(drawings.len(), 1, "{page}");
        drawing::faults(drawings[0]).len()
    };
    let words = "<title id=\"t\">Hours</title><desc id=\"d\">They rise.</desc>";
    let picture =
        |inner: &str| format!("<p><svg role=\"img\" aria-labelledby=\"t d\">{inner}</svg></p>");
    let shape = "<svg><path fill=\"var(--rule)\" stroke=\"none\" color=\"currentColor\"/></svg>";
    assert_eq!(faults(&picture(&format!("{words}{shape}"))), 0);
    assert_eq!(
        faults("<svg aria-hidden=\"true\"><use href=\"#dot\"></use></svg>"),
        0
    );
    assert_eq!(faults("<svg><use href=\"#dot\"></use></svg>"), 1);
    assert_eq!(faults(&picture("")), 2);
    assert_eq!(faults(&picture(&words.replace("They rise.", " "))), 1);
    assert_eq!(faults(&picture(&words.replace("id=\"d\"", "id=\"e\""))), 1);
    assert_eq!(faults(&picture(&format!("<g>{words}</g>"))), 2);
    assert_eq!(faults(&picture("<br>")), 1);
    for colour in [
        "#fe0001",
        "red",
        "rgb(1 2 3)",
        "hsl(1 2% 3%)",
        "var(--rule, #fff)",
    ] {
        let drawn = picture(&format!("{words}<g><path stroke=\"{colour}\"/></g>"));
        assert_eq!(faults(&drawn), 1, "{colour}");
    }
}

#[test]
fn ids_given_twice_and_links_to_nowhere_are_found() {
    let faults = |markup: &str| link::ids(&tags(markup)).1.len();
    assert_eq!(
        faults("<p id=\"a\"></p><p id=\"b\" aria-labelledby=\"a b\"></p>"),
        0
    );
    assert_eq!(faults("<p id=\"a\"></p><p id=\"a\"></p>"), 1);
    assert_eq!(faults("<label for=\"b\"></label>"), 1);

    let ids = |ids: &[&str]| {
        ids.iter()
            .map(|id| (*id).to_owned())
            .collect::<BTreeSet<String>>()
    };
    let files = [
        ("index.html", ids(&["main"])),
        ("kpis/index.html", ids(&["table"])),
        ("a.css", ids(&[])),
    ];
    let site: link::Site = files
        .into_iter()
        .map(|(path, ids)| (path.to_owned(), ids))
        .collect();
    for fine in [
        "../index.html",
        "../index.html#main",
        "index.html",
        "#table",
        "../a.css",
        "./../kpis/index.html",
    ] {
        assert_eq!(link::fault(&site, "kpis/index.html", fine), None, "{fine}");
    }
    for bad in [
        "../b.css",
        "../kpis/",
        "..",
        "../index.html#table",
        "#main",
        "#",
        "/index.html",
        "../index.html?a=1",
        "../../index.html",
    ] {
        assert!(
            link::fault(&site, "kpis/index.html", bad).is_some(),
            "{bad}"
        );
    }
    let page = tags(
        "<a href=\"https://example.org\">x</a><a href=\"b.html\">y</a><img src=\"c.png\" alt=\"\">",
    );
    assert_eq!(
        link::addresses(&page).collect::<Vec<_>>(),
        ["b.html", "c.png"]
    );
}
