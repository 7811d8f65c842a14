//! Files that nobody would write: as large as asked, each hard in its own way.

/// One file of a site that is otherwise sound.
pub struct Input {
    /// What it is, for a person.
    pub name: &'static str,
    /// Where it lies in the site.
    pub path: &'static str,
    text: Text,
}

/// How the text goes.
enum Text {
    /// A beginning, then the same again and again.
    Again(&'static str, &'static str),
    /// A beginning, then the same again and again with its number for each `§`.
    Counted(&'static str, &'static str),
}

const ENGAGEMENT: &str = "content/engagement.yaml";
const TELEMETRY: &str = "content/2026-02/telemetry.yaml";
const MINUTES: &str = "content/2026-02/leadership.yaml";
const NARRATIVE: &str = "content/2026-02/leadership.md";
const CHECK: &str = "content/2025-09/fit-check.yaml";
const QUESTIONS: &str = "content/fit-check.yaml";
const BOARD: &str = "content/2026-03/board.yaml";
const END_STATE: &str = "content/2025-10/end-state.yaml";
const PATH: &str = "content/2025-11/path.yaml";
const PAGE: &str = "content/pages/method.md";
const SETTINGS: &str = "site.toml";
const TEMPLATE: &str = "themes/house/templates/kpis.html";
const SHEET: &str = "themes/house/assets/house.css";
const COLOURS: &str = "themes/house/assets/colours.css";
const DRAWING: &str = "themes/house/assets/quay.svg";
const PICTURE: &str = "content/pages/quay.png";
const MANIFEST: &str = "content/board/2026-q1/manifest.json";

const fn again(
    name: &'static str,
    path: &'static str,
    start: &'static str,
    rest: &'static str,
) -> Input {
    let text = Text::Again(start, rest);
    Input { name, path, text }
}

const fn counted(
    name: &'static str,
    path: &'static str,
    start: &'static str,
    rest: &'static str,
) -> Input {
    let text = Text::Counted(start, rest);
    Input { name, path, text }
}

/// Every input.
pub const INPUTS: [Input; 75] = [
    again("lists in lists", TELEMETRY, "watch: ", "["),
    again("mappings in mappings", TELEMETRY, "watch: ", "{a: "),
    again("mappings in blocks", TELEMETRY, "watch: ", "{a: {a"),
    again("dashes", TELEMETRY, "watch:\n", "- "),
    again("a long word", TELEMETRY, "watch: ", "a"),
    again("a long name", TELEMETRY, "", "watch"),
    again("a long number", TELEMETRY, "kpis: { task_automation: ", "9"),
    again("a long date", TELEMETRY, "as_of: 2026", "-01"),
    again("a quote never closed", TELEMETRY, "watch: \"", "a\\n"),
    again("a quote of escapes", TELEMETRY, "watch: \"", "\\u00e9"),
    again("single quotes", TELEMETRY, "watch: ", "''"),
    again(
        "a block of text",
        TELEMETRY,
        "watch: |\n",
        "  a quiet month\n",
    ),
    again(
        "a list of words",
        TELEMETRY,
        "watch:\n",
        "- a quiet month\n",
    ),
    again("a list in brackets", TELEMETRY, "watch: [", "a, "),
    counted("fields nobody knows", TELEMETRY, "", "a§: 1\n"),
    again("one field again", TELEMETRY, "", "watch: [a]\n"),
    again("lines that are no field", TELEMETRY, "", "a quiet month\n"),
    again("colons", TELEMETRY, "", "a: "),
    again("anchors", TELEMETRY, "watch:\n", "- &a a\n"),
    again("aliases", TELEMETRY, "watch: &a [b]\nbets:\n", "- *a\n"),
    again("comments", TELEMETRY, "", "# a quiet month\n"),
    again("empty lines", TELEMETRY, "", "\n"),
    again("documents", TELEMETRY, "", "---\n"),
    counted(
        "automations",
        TELEMETRY,
        "as_of: 2026-02-28\nautomations:\n",
        "- { id: a§, name: A, layer: data, status: live }\n",
    ),
    again(
        "one automation again",
        TELEMETRY,
        "as_of: 2026-02-28\nautomations:\n",
        "- { id: a }\n",
    ),
    counted(
        "automations retired",
        TELEMETRY,
        "as_of: 2026-02-28\nretired: [",
        "a§, ",
    ),
    counted(
        "seats",
        ENGAGEMENT,
        "firm: A\ncurrency: USD\nphases: { run: 2026-01-05 }\nseats:\n",
        "  a§: { title: A }\n",
    ),
    counted(
        "seats by near names",
        MINUTES,
        "date: 2026-02-26\nattendance: { ",
        "coo§: yes, ",
    ),
    counted(
        "decisions",
        MINUTES,
        "date: 2026-02-26\ndecisions:\n",
        "- { id: d§, owner: ceo, text: a }\n",
    ),
    counted(
        "follow-ups",
        MINUTES,
        "date: 2026-02-26\nfollow_up:\n",
        "- { decision: d§, outcome: done }\n",
    ),
    counted("answers", CHECK, "version: 1\nanswers:\n", "  a§: yes\n"),
    counted(
        "questions",
        QUESTIONS,
        "version: 1\nquestions:\n",
        "- { id: a§, text: A?, answers: [{ id: b, text: B, score: 1 }] }\n",
    ),
    counted(
        "risks",
        BOARD,
        "risks:\n",
        "- { id: a§, text: A, owner: ceo }\n",
    ),
    counted(
        "metrics",
        END_STATE,
        "date: 2025-10-08\nscorecard:\n",
        "- { id: a§, name: A }\n",
    ),
    counted(
        "workstreams",
        PATH,
        "date: 2025-11-08\nworkstreams:\n",
        "- { id: a§, name: A, owner: ceo }\n",
    ),
    again("brackets", NARRATIVE, "", "["),
    again("links in links", NARRATIVE, "", "[a]("),
    again("pictures in pictures", NARRATIVE, "", "![a]("),
    again("stars", NARRATIVE, "", "*"),
    again("stars and words", NARRATIVE, "", "*a **a "),
    again("lines and words", NARRATIVE, "", "_a __a "),
    again("quotations", NARRATIVE, "", "> "),
    again("items in items", NARRATIVE, "", "* "),
    again("backticks", NARRATIVE, "", "a`"),
    counted("code spans", NARRATIVE, "", "`a§``"),
    again("tags", NARRATIVE, "", "<a href=\""),
    again("comments of HTML", NARRATIVE, "", "<!--"),
    again("instructions", NARRATIVE, "", "<?"),
    again("entities", NARRATIVE, "", "&#x202E;"),
    counted("unknown headings", NARRATIVE, "", "## a§\n\n"),
    counted(
        "dead links",
        NARRATIVE,
        "## State of the system\n\n",
        "[a](/a§/)\n",
    ),
    again(
        "tables",
        PAGE,
        "# A\n\n| a | b |\n| --- | --- |\n",
        "| a | b |\n",
    ),
    again("columns", PAGE, "# A\n\n", "|a"),
    counted("links to files", PAGE, "# A\n\n", "[a](a§.md)\n"),
    counted("links to pages", PAGE, "# A\n\n", "[a](/a§/)\n"),
    counted("links to places", PAGE, "# A\n\n", "[a](#a§)\n"),
    counted("references", PAGE, "# A\n\n", "[a§]: /kpis/\n"),
    counted("footnotes", PAGE, "# A\n\n", "[^a§]\n\n[^a§]: b\n\n"),
    again("one footnote again", PAGE, "# A\n\n[^a]: b\n\n", "[^a]\n"),
    again("headings of the same words", PAGE, "# A\n\n", "## b\n\n"),
    counted("headings", PAGE, "# A\n\n", "## b §\n\n"),
    counted("words", PAGE, "# A\n\n", "word§ "),
    again("lines of a setting", SETTINGS, "", "=\n"),
    again("arrays in arrays", SETTINGS, "title = ", "["),
    again("an array", SETTINGS, "title = [", "1, "),
    counted("settings nobody knows", SETTINGS, "", "a§ = 1\n"),
    again("values", TEMPLATE, "", "{{ frame.title }}"),
    again("conditions in conditions", TEMPLATE, "", "{% if page %}"),
    again("brackets in a value", TEMPLATE, "{{ ", "("),
    again("raw text", TEMPLATE, "{% raw %}", "{%"),
    counted("tags that load", TEMPLATE, "", "<iframe src=\"a§\">"),
    again("addresses", SHEET, "", "url("),
    again("hyphens", COLOURS, "", "--"),
    again(
        "a drawing",
        DRAWING,
        "<svg xmlns=\"http://www.w3.org/2000/svg\">",
        "<g/>",
    ),
    again("a manifest of lists", MANIFEST, "", "["),
];

/// The path of a picture of any size, for what is published as it is.
pub const BYTES: &str = PICTURE;

impl Input {
    /// The file's text, of this many bytes or a few less.
    pub fn text(&self, size: usize) -> String {
        let (Text::Again(start, rest) | Text::Counted(start, rest)) = self.text;
        let counts = matches!(self.text, Text::Counted(..));
        let mut text = String::with_capacity(size);
        text.push_str(start);
        for number in 0.. {
            let next = if counts {
                &*rest.replace('§', &number.to_string())
            } else {
                rest
            };
            if text.len() + next.len() > size {
                break;
            }
            text.push_str(next);
        }
        text
    }

    /// What `site.toml` holds beside it, unless it is that.
    pub fn settings(&self) -> &'static str {
        if self.path.starts_with("themes/") {
            "title = \"A\"\ntheme = \"house\"\n"
        } else {
            "title = \"A\"\n"
        }
    }
}
