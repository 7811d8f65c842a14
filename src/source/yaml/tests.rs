use super::*;

fn parse_text(text: &str) -> Result<Node, Diagnostic> {
    parse(&Arc::new(SourceFile {
        path: "content/x.yaml".to_owned(),
        text: text.to_owned(),
    }))
}

fn entries(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        other => panic!("expected a mapping, found {other:?}"),
    }
}

#[test]
fn scalars_stay_as_they_were_written() {
    let node =
        parse_text("a: yes\nb: 63.0\nc: \"63.0\"\nd: 2026-10-08\ne:\nf: {x: 1, y: no}\n").unwrap();
    let shown: Vec<String> = entries(&node)
        .iter()
        .map(|(key, node)| match &node.value {
            Value::Scalar { text, plain } => format!("{}={text} {plain}", key.name()),
            Value::Null => format!("{}=null", key.name()),
            Value::Map(inner) => format!("{}={}", key.name(), inner.len()),
            Value::Seq(items) => format!("{}=[{}]", key.name(), items.len()),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "a=yes true",
            "b=63.0 true",
            "c=63.0 false",
            "d=2026-10-08 true",
            "e=null",
            "f=2"
        ]
    );
    let (key, value) = &entries(&node)[1];
    assert_eq!((key.span().text(), value.span.text()), ("b", "63.0"));
}

#[test]
fn what_stands_in_brackets_is_marked_whole() {
    let node =
        parse_text("a: [ { x: 1, y: [] }, {} ]\nb: &n { x: 1 }\nc: *n\nd:\n  - { x: \"}\" }\n")
            .unwrap();
    let fields = entries(&node);
    assert_eq!(fields[0].1.span.text(), "[ { x: 1, y: [] }, {} ]");
    assert_eq!(fields[2].1.span.text(), "*n");
    let Value::Seq(items) = &fields[3].1.value else {
        panic!("a list")
    };
    assert_eq!(items[0].span.text(), "{ x: \"}\" }");
}

#[test]
fn a_repeated_key_is_kept() {
    let node = parse_text("a: 1\nb: 2\na: 3\n").unwrap();
    let keys: Vec<&str> = entries(&node).iter().map(|(key, _)| key.name()).collect();
    assert_eq!(keys, ["a", "b", "a"]);
}

#[test]
fn a_number_with_a_comma_stays_whole_within_braces() {
    let node = parse_text("{a: 71,500, b: 1,234,567, c: 28,4 %, d: 5, 600: , e: x,y}").unwrap();
    let shown: Vec<(&str, &str)> = entries(&node)
        .iter()
        .map(|(key, node)| (key.name(), node.span.text()))
        .collect();
    let expected = [
        ("a", "71,500"),
        ("b", "1,234,567"),
        ("c", "28,4 %"),
        ("d", "5"),
        ("600", ""),
    ];
    assert_eq!(shown[..5], expected);
    assert_eq!(shown[5], ("e", "x"));
}

#[test]
fn an_alias_is_read_and_points_at_its_use() {
    let node = parse_text("a: &x 12\nb: *x\n").unwrap();
    let (_, alias) = &entries(&node)[1];
    assert_eq!(alias.span.text(), "*x");
    assert!(
        matches!(&alias.value, Value::Scalar { text, .. } if text == "12"),
        "{alias:?}"
    );
}

#[test]
fn hostile_files_end_in_a_diagnostic() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
    assert_eq!(parse_text(bomb).unwrap_err().code, "too-complex");
    let flow = format!("a: {}", "[".repeat(100_000));
    assert_eq!(parse_text(&flow).unwrap_err().code, "too-complex");
    let block: String = "- ".repeat(100_000);
    assert_eq!(parse_text(&block).unwrap_err().code, "too-complex");
    assert_eq!(parse_text("").unwrap_err().code, "empty-file");
    assert_eq!(
        parse_text("# only a comment\n").unwrap_err().code,
        "empty-file"
    );
    assert_eq!(
        parse_text("a: 1\n---\nb: 2\n").unwrap_err().code,
        "several-documents"
    );
    assert_eq!(parse_text("a: 1\n\tb: 2\n").unwrap_err().code, "tab");
    assert_eq!(
        parse_text("a: 1\nb 2\nc: 3\n").unwrap_err().code,
        "yaml-syntax"
    );
}

#[test]
fn what_is_no_name_or_no_value_is_told_where_it_stands() {
    let told = |text: &str| {
        let fault = parse_text(text).unwrap_err();
        let span = fault.span.unwrap();
        (fault.code, span.text().to_owned())
    };
    assert_eq!(told("a: !!int 5\n"), ("yaml-syntax", "!!int".to_owned()));
    assert_eq!(told("a: !seat ceo\n"), ("yaml-syntax", "!seat".to_owned()));
    assert_eq!(told("~: 5\n"), ("yaml-syntax", "~".to_owned()));
    assert_eq!(told("{ [a]: 5 }\n"), ("yaml-syntax", "[".to_owned()));
    assert_eq!(told("a: &x [*x]\n"), ("too-complex", "*x".to_owned()));
    assert_eq!(
        told("a: 1\n---\nb: 2\n"),
        ("several-documents", "---".to_owned())
    );
}

#[test]
fn a_value_on_several_lines_or_with_a_tag_for_text_is_text() {
    let node = parse_text("a: !!str 5\nb: six\n  seven\nc: |\n  8\n").unwrap();
    let texts: Vec<_> = entries(&node)
        .iter()
        .map(|(_, node)| match &node.value {
            Value::Scalar { text, plain } => (text.as_str(), *plain),
            other => panic!("expected a scalar, found {other:?}"),
        })
        .collect();
    assert_eq!(texts, [("5", false), ("six seven", false), ("8\n", false)]);
}
