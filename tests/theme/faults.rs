//! Templates at fault, and what must be said of each: the place first.

use quarterdeck::site::theme::embedded;

/// A template of the default's with one text for another.
pub fn changed(name: &str, from: &str, to: &str) -> String {
    let path = format!("templates/{name}");
    let files = embedded::files();
    let file = files.iter().find(|file| file.path == path).unwrap();
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    assert!(text.contains(from), "{name} holds {from}");
    text.replacen(from, to, 1)
}

/// The overview with `@` in its content.
pub const OVERVIEW: &str = "{% extends \"base.html\" %}\n{% block content %}\n@\n{% endblock %}\n";

/// A template at fault: its name, what is in it, and what must be said of it.
pub type Case = (&'static str, String, Vec<&'static str>);

/// Every template at fault.
pub fn all() -> impl Iterator<Item = Case> {
    let cases = [
        wrongly_written(),
        wrongly_joined(),
        without_end(),
        loops_in_loops(),
        growing(),
        calling(),
        lacking_or_loading(),
        misnamed(),
    ];
    cases.into_iter().flatten()
}

fn overview(line: &str) -> String {
    OVERVIEW.replace('@', line)
}

fn base(head: &str) -> String {
    changed("base.html", "</head>", &format!("{head}\n</head>"))
}

/// What isn't there, or can't be read.
fn wrongly_written() -> Vec<Case> {
    vec![
        (
            "overview.html",
            overview("{{ frame.headlin }}"),
            vec![
                ":3:10",
                "no field `headlin`",
                "did you mean `headline`?",
                "3 | {{ frame.headlin }}",
            ],
        ),
        (
            "search-row.html",
            "<li>{{ place.lable }}</li>".to_owned(),
            vec![":1:", "no field `lable`", "did you mean `label`?"],
        ),
        (
            "kpi-section.html",
            "<h2>{{ name }}</h2>\n{{ link.herf }}".to_owned(),
            vec![":2:", "no field `herf`", "did you mean `href`?"],
        ),
        (
            "overview.html",
            overview("{{ tpyo }}"),
            vec![":3:4", "no variable `tpyo`", "`kpis`"],
        ),
        (
            "overview.html",
            overview("{{ frame.deck.x }}"),
            vec![":3:", "`overview.html`"],
        ),
        (
            "overview.html",
            overview("{% if x %}"),
            vec![":4:", "`overview.html` can't be read"],
        ),
        (
            "overview.html",
            overview("{{ 1 +"),
            vec![":4:", "can't be read"],
        ),
        (
            "overview.html",
            overview("{{ frame.headline | uper }}"),
            vec![":3:21", "no filter `uper`"],
        ),
        (
            "overview.html",
            overview("{{ frame.headline is odder }}"),
            vec![":3:22", "no test `odder`"],
        ),
        (
            "overview.html",
            overview("{{ now() }}"),
            vec![":3:4", "no function `now`"],
        ),
        (
            "overview.html",
            overview("{{ <stat a={1} /> }}"),
            vec![":3:4", "no component `stat`"],
        ),
        (
            "overview.html",
            overview("{{ __tera_context }}"),
            vec![":3:4", "reads `__tera_context`", "docs/themes.md"],
        ),
        (
            "overview.html",
            overview("{{ <status /> }}"),
            vec![":3:", "`overview.html` can't be filled in"],
        ),
    ]
}

/// Templates that lead nowhere, or round in a circle.
fn wrongly_joined() -> Vec<Case> {
    vec![
        (
            "overview.html",
            overview("{% include \"partials/strp.html\" %}"),
            vec![":3:13", "did you mean `partials/strip.html`?"],
        ),
        (
            "overview.html",
            overview("{% include \"partials/_x.html\" %}"),
            vec![":3:13", "is a draft"],
        ),
        (
            "overview.html",
            "{% extends \"bse.html\" %}".into(),
            vec![":1:13", "did you mean `base.html`?"],
        ),
        (
            "overview.html",
            "{% extends \"overview.html\" %}".into(),
            vec![":1:13", "extends itself"],
        ),
        (
            "overview.html",
            OVERVIEW.replace("content", "contnt"),
            vec![":2:10", "block `contnt`"],
        ),
        (
            "overview.html",
            overview("{% block page %}{{ super() }}{% endblock %}"),
            vec![":3:10", "within another block"],
        ),
        (
            "partials/strip.html",
            "{% include \"partials/masthead.html\" %}\n{% include \"partials/strip.html\" %}"
                .into(),
            vec![":2:13", "includes itself"],
        ),
    ]
}

/// What fails when it is filled in, or would never end.
fn without_end() -> Vec<Case> {
    vec![
        (
            "overview.html",
            overview("{{ throw(message=\"no\") }}"),
            vec![":3:4", "can't be filled in: no"],
        ),
        (
            "overview.html",
            overview("{{ 1 / 0 }}"),
            vec![":3:8", "can't be filled in"],
        ),
        (
            "overview.html",
            overview("{% for i in range(end=1000000000) %}x{% endfor %}"),
            vec![":3:13", "at most 1000"],
        ),
        (
            "overview.html",
            overview(&format!(
                "{{% for i in range(end=1000) %}}{{% for j in range(end=100) %}}{}{{% endfor %}}{{% endfor %}}",
                "on and ".repeat(300)
            )),
            vec![":3:34", "for j in range(end=100)", TOO_MUCH],
        ),
        (
            "overview.html",
            overview("{{ <z /> }}") + "{% component z() %}a{{ <z /> }}{% endcomponent z %}",
            vec!["more than 20 deep", ":5:14"],
        ),
        (
            "overview.html",
            overview(&format!(
                "{{% if frame %}}{}{{% endif %}}",
                "{% elif frame %}".repeat(9000)
            )),
            vec!["more than 200 `elif`", ":3:"],
        ),
        (
            "overview.html",
            overview("{% component status(a) %}{% endcomponent status %}"),
            vec![":3:14", "so has `components.html`"],
        ),
    ]
}

/// What is said of what does too much, wherever it stands.
const TOO_MUCH: &str = "one page takes more than 128 million steps";

/// An overview with something in as many loops as there are lists.
fn within(lists: &[&str], inner: &str) -> String {
    let names = ["a", "b", "c", "d", "e", "f"];
    let opened = lists.iter().zip(names);
    let opened = opened.map(|(list, name)| format!("{{% for {name} in {list} %}}"));
    let closed = "{% endfor %}".repeat(lists.len());
    overview(&format!("{}{inner}{closed}", opened.collect::<String>()))
}

/// Loops within loops, over lists of every kind.
fn loops_in_loops() -> Vec<Case> {
    let range = "range(end=1000)";
    let letters = format!("\"{}\"", "x".repeat(2000));
    let numbers = format!("[{}1]", "1,".repeat(999));
    let map = "{\"a\": 1, \"b\": 2}".to_owned();
    let stopped = "this is where it was stopped";
    let mut cases = vec![
        (
            "search-row.html",
            format!(
                "<li>{{% for a in {range} %}}{{% for b in {range} %}}{{% endfor %}}{{% endfor %}}</li>"
            ),
            vec![
                "`search-row.html` can't be filled in: one row takes more than 125,000 steps and 16 times",
                ":1:",
                stopped,
            ],
        ),
        (
            "kpi-section.html",
            format!(
                "<h2>{{{{ name }}}}</h2>{{% for a in {range} %}}{{% for b in {range} %}}{{% endfor %}}{{% endfor %}}"
            ),
            vec![
                "`kpi-section.html` can't be filled in: one section takes more than 32 million steps and 16 times",
                ":1:",
                stopped,
            ],
        ),
        (
            "overview.html",
            within(&[range; 4], ""),
            vec![
                "`overview.html` can't be filled in: one page takes more than 128 million steps and 16 times those that reading all it is given would take",
                ":3:94",
                "for d in range(end=1000)",
                stopped,
                "look for a loop within a loop",
            ],
        ),
        (
            "overview.html",
            overview(&format!(
                "{{% set a = {range} %}}{}{}",
                "{% for x in a %}".repeat(4),
                "{% endfor %}".repeat(4)
            )),
            vec![TOO_MUCH, ":3:"],
        ),
        (
            "overview.html",
            within(&[range; 3], "{% continue %}"),
            vec![TOO_MUCH],
        ),
        (
            "overview.html",
            within(&[range; 3], "{% if false %}x{% elif 1 == 2 %}{% endif %}"),
            vec![TOO_MUCH],
        ),
        (
            "overview.html",
            overview(&format!(
                "{{% if [1 for a in {range} if [1 for b in {range} if [1 for c in {range}]]] %}}{{% endif %}}"
            )),
            vec![TOO_MUCH, ":3:"],
        ),
    ];
    for list in [letters, numbers, map, "kpis".to_owned()] {
        let depth = if list.len() < 100 { 35 } else { 4 };
        let text = format!("{{% for x in {list} %}}").repeat(depth);
        let text = overview(&(text + &"{% endfor %}".repeat(depth)));
        cases.push(("overview.html", text, vec![TOO_MUCH]));
    }
    cases
}

/// Texts and lists that grow.
fn growing() -> Vec<Case> {
    let times = |text: &str| overview(&text.repeat(60));
    let texts = [
        times("{% set x = x | default(value=\"xy\") ~ x | default(value=\"xy\") %}"),
        "{% set x = \"xy\" %}".to_owned() + &"{% set x = x ~ x %}".repeat(60),
        "{% set x = \"xy\" %}".to_owned() + &"{% set x = [...x | split(pat=\"\"), ...x | split(pat=\"\")] | join %}".repeat(60),
        "{% set x = [1] %}".to_owned() + &"{% set x = [...x, ...x] %}".repeat(60),
        "{% set x = [1] %}".to_owned() + &"{% set x = [x, x] %}".repeat(60) + "{{ x }}",
        "{% set x = [1] %}".to_owned() + &"{% set x = [x, x] %}".repeat(60) + "{% if x == x %}{% endif %}",
        "{% set x = {\"a\": 1} %}".to_owned() + &"{% set x = {\"a\": x, \"b\": x} %}".repeat(60) + "{{ x | str }}",
        "{% set x = \"xx\" %}".to_owned() + &"{% set x = x | replace(from=\"x\", to=x) %}".repeat(9),
        "{% set x = \"a\\nb\" %}".to_owned() + &"{% set x = x | indent(width=1000) | replace(from=\" \", to=\"\\n\") %}".repeat(9),
        "{% set x = range(end=1000) %}{% for i in range(end=1000) %}{% if x | join(sep=\"0123456789\" ~ x) %}{% endif %}{% endfor %}".to_owned(),
        "{% set x = \"xy\" %}".to_owned() + &"{% set x %}{{ x }}{{ x }}{% endset %}".repeat(60),
        "{% set x = \"xy\" %}".to_owned() + &"{% set x %}{% filter upper %}{{ x }}{{ x }}{% endfilter %}{% endset %}".repeat(60),
        "{% set x = [] %}{% for i in range(end=1000) %}{% for i in range(end=1000) %}{% set_global x = [x] %}{% endfor %}{% endfor %}".to_owned(),
        "{% set x = range(end=1000) %}{% set x = [...x, ...x, ...x, ...x, ...x, ...x, ...x, ...x, ...x, ...x] %}{{ x | unique }}".to_owned(),
        "{% set x = \"'\" %}".to_owned() + &"{% set x = [[x]] ~ \"\\\"\" %}".repeat(60),
    ];
    let texts = texts.into_iter();
    texts
        .map(|text| {
            let text = if text.starts_with("{% extends") {
                text
            } else {
                overview(&text)
            };
            ("overview.html", text, vec![TOO_MUCH, ":3:"])
        })
        .collect()
}

/// Components that call one another again and again.
fn calling() -> Vec<Case> {
    let component = "{% component z(n, t) %}{% if n > 0 %}@{% endif %}{% endcomponent z %}";
    let twice = "{{ <z n={n - 1} t={t} /> }}{{ <z n={n - 1} t={t} /> }}{{ <z n={n - 1} t={t} /> }}";
    let longer = "{{ <z n={n - 1} t={t ~ t ~ t ~ t ~ t} /> }}";
    let within =
        "{{ [<z n={n - 1} t=\"\" />, <z n={n - 1} t=\"\" />, <z n={n - 1} t=\"\" />] | length }}";
    let each = "{% for a in range(end=1000) %}{{ <z n={n - 1} t={t} /> }}{% endfor %}";
    let body = "{% <y> %}{{ <z n={n - 1} t={t} /> }}{{ <z n={n - 1} t={t} /> }}{{ <z n={n - 1} t={t} /> }}{% </y> %}";
    let call = overview("{{ <z n={18} t=\"xyz\" /> }}");
    let other = "{% component y() %}{{ body }}{{ body }}{% endcomponent y %}";
    [twice, longer, within, each, body]
        .into_iter()
        .map(|text| {
            let text = format!("{call}{}{other}", component.replace('@', text));
            ("overview.html", text, vec![TOO_MUCH, ":5:"])
        })
        .collect()
}

/// What others need, and what no page may hold.
fn lacking_or_loading() -> Vec<Case> {
    vec![
        (
            "components.html",
            "x".into(),
            vec!["components.html:1:1", "lacks the components `heat_blocks`"],
        ),
        (
            "base.html",
            String::new(),
            vec![
                "--> themes/own/templates/base.html",
                "lacks the blocks `content`",
            ],
        ),
        (
            "base.html",
            base("<img src=\"https://cdn.example.org/x.png\" alt=\"\">"),
            vec![
                ":20:6",
                "`https://cdn.example.org/x.png`, which lies elsewhere",
            ],
        ),
        (
            "base.html",
            base("<p style=\"color: red\">x</p>"),
            vec![":20:4", "an inline style"],
        ),
        (
            "base.html",
            base("<style>a { b: c }</style>"),
            vec![":20:1", "a style of its own"],
        ),
        (
            "base.html",
            base("<script>x()</script>"),
            vec![":20:1", "a script within the page"],
        ),
        (
            "base.html",
            base("<img src=\"https://{{ frame.firm }}/x.png\" alt=\"\">"),
            vec![":20:5", "which lies elsewhere"],
        ),
        (
            "base.html",
            changed("base.html", "{{ frame.csp }}", ""),
            vec!["base.html:1:1", "its content security policy"],
        ),
        (
            "base.html",
            changed("base.html", "noindex, ", ""),
            vec!["base.html:1:1", "isn't to be listed"],
        ),
        // What pages of the default's are made of.
        (
            "kpi-section.html",
            changed("kpi-section.html", "<section ", "<section style=\"x\" "),
            vec!["kpi-section.html:", "an inline style"],
        ),
        (
            "search-row.html",
            changed("search-row.html", "<li ", "<li onclick=\"x\" "),
            vec!["search-row.html:", "the inline script"],
        ),
        (
            "partials/neighbours.html",
            "<iframe src=\"a\"></iframe>".into(),
            vec!["neighbours.html:1:1", "`<iframe>`"],
        ),
        (
            "components.html",
            changed(
                "components.html",
                "<span class=\"status",
                "<span style=\"x\" class=\"status",
            ),
            vec!["components.html:", "an inline style"],
        ),
        (
            "sealed.html",
            changed("sealed.html", "{{ sum }}", "{{ sun }}"),
            vec!["no variable `sun`", "did you mean `sum`?"],
        ),
    ]
}

/// What no template uses.
fn misnamed() -> Vec<Case> {
    vec![
        (
            "overveiw.html",
            "x".into(),
            vec!["overveiw.html:1:1", "did you mean `overview.html`?"],
        ),
        (
            "strip.html",
            "x".into(),
            vec!["did you mean `partials/strip.html`?"],
        ),
        (
            "overview.html/x.html",
            "x".into(),
            vec!["no template uses `overview.html/x.html`"],
        ),
        (
            "partials/new.txt",
            "x".into(),
            vec!["doesn't end in `.html`"],
        ),
    ]
}
