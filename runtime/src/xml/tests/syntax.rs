//! What is well-formed, and what is too much.

use super::skip;
use crate::limits::Limits;
use crate::xml::Reader;

/// Whether a document is refused, with this message, when passed and when kept as a tree.
fn refused(document: &str, message: &str) {
    let error = skip(document, &Limits::default()).expect_err(document);
    assert_eq!(error, message, "{document}");
    let mut reader = Reader::new(document, &Limits::default());
    let tree = reader
        .next_start()
        .and_then(|_| reader.any_element())
        .and_then(|_| reader.finish());
    assert_eq!(tree.expect_err(document).to_string(), message, "{document}");
}

#[test]
fn well_formed_documents_pass() {
    for document in [
        "<a/>",
        "\u{FEFF}<a/>",
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a></a >\n<!-- x --><?y z?>",
        "<?xml version=\"1.1\"?><a/>",
        "<a b='&lt;&#9;&#x10FFFF;\"' c=\"'>\"/>",
        "<a><![CDATA[]] > <b> & ]]>]] ></a>",
        "<a><!----><!-- - --><?p?><?p ? ?></a>",
        "<é:ü xmlns:é='urn:x' é:a='' a=''/>",
        "<a xmlns:p='urn:x'><p:b xmlns:p='urn:y'/><p:b/></a>",
        "<a xmlns='urn:x'><b xmlns=''/></a>",
        "<a xml:lang='en' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        "<a xsi:nil='true' xsi:type='x'/>",
        "<a>&#00000000000000000065;]]</a>",
        "<a>\u{FEFF}\u{FFFD}</a>",
        "<_-.1/>",
        "<a\t\r\n b = 'c'\n/>",
    ] {
        assert_eq!(skip(document, &Limits::default()), Ok(()), "{document}");
    }
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for (document, message) in [
        (
            "",
            "the document ends before its root element (line 1, column 1)",
        ),
        (
            "<!-- -->",
            "the document ends before its root element (line 1, column 9)",
        ),
        ("x<a/>", "text before the root element (line 1, column 1)"),
        (
            " <?xml version='1.0'?><a/>",
            "`xml` cannot be the target of a processing instruction (line 1, column 2)",
        ),
        (
            "<?xml encoding='x'?><a/>",
            "the XML declaration is not well-formed (line 1, column 7)",
        ),
        (
            "<?xml version='2.0'?><a/>",
            "the XML declaration has no valid version (line 1, column 20)",
        ),
        (
            "<?xml version='1.0' standalone='maybe'?><a/>",
            "the XML declaration has no valid standalone (line 1, column 39)",
        ),
        (
            "<?xml version='1.0'encoding='a'?><a/>",
            "the XML declaration is not well-formed (line 1, column 20)",
        ),
        (
            "<!DOCTYPE a><a/>",
            "a document type declaration is not allowed in a message (line 1, column 1)",
        ),
        (
            "<a><!DOCTYPE a></a>",
            "/a: a document type declaration is not allowed in a message (line 1, column 4)",
        ),
        (
            "<a/><!DOCTYPE a>",
            "a document type declaration is not allowed in a message (line 1, column 5)",
        ),
        (
            "<a/><b/>",
            "content after the root element (line 1, column 5)",
        ),
        ("<a/>x", "content after the root element (line 1, column 5)"),
        (
            "<a/>&#32;",
            "content after the root element (line 1, column 5)",
        ),
        (
            "<a>",
            "/a: the document ends inside the element `a` (line 1, column 4)",
        ),
        (
            "<a",
            "/a: the document ends inside the element `a` (line 1, column 3)",
        ),
        (
            "<",
            "the document ends before its root element (line 1, column 2)",
        ),
        (
            "<a b='",
            "/a: the document ends inside the element `a` (line 1, column 7)",
        ),
        (
            "<a></b>",
            "/a: the end tag `b` does not end `a` (line 1, column 4)",
        ),
        (
            "<a></a b='1'>",
            "/a: an end tag has only a name (line 1, column 8)",
        ),
        ("<a></ a>", "/a: a name is expected (line 1, column 6)"),
        (
            "<a></a",
            "/a: the document ends inside the element `a` (line 1, column 7)",
        ),
        (
            "<p:a xmlns:p='u' xmlns:q='u'></q:a>",
            "/a: the end tag `q:a` does not end `p:a` (line 1, column 30)",
        ),
        ("< a/>", "a name is expected (line 1, column 2)"),
        ("<1/>", "a name is expected (line 1, column 2)"),
        ("<a:/>", "a name is expected (line 1, column 4)"),
        ("<:a/>", "a name is expected (line 1, column 2)"),
        (
            "<a:b:c xmlns:a='x'/>",
            "a name is expected (line 1, column 5)",
        ),
        (
            "<a b/>",
            "/a: `=` is missing after the attribute `b` (line 1, column 5)",
        ),
        (
            "<a b=c/>",
            "/a: an attribute value must be quoted (line 1, column 6)",
        ),
        (
            "<a b='1'c='2'/>",
            "/a: white space is missing in a start tag (line 1, column 9)",
        ),
        (
            "<a b='<'/>",
            "/a: `<` in an attribute value (line 1, column 7)",
        ),
        (
            "<a b='&x'/>",
            "/a: `&` begins no reference (line 1, column 7)",
        ),
        ("<a / >", "/a: `/` inside a start tag (line 1, column 5)"),
        (
            "<a b='1' b='2'/>",
            "/a: the attribute `b` is there twice (line 1, column 17)",
        ),
        (
            "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>",
            "/a: the attribute `b` is there twice (line 1, column 43)",
        ),
        (
            "<a xmlns='u' xmlns='v'/>",
            "/a: the prefix `` is declared twice (line 1, column 23)",
        ),
        (
            "<a xmlns:p=''/>",
            "/a: a prefix cannot be undeclared (line 1, column 14)",
        ),
        (
            "<a xmlns:xml='u'/>",
            "/a: the prefix `xml` cannot be bound to another namespace (line 1, column 17)",
        ),
        (
            "<a xmlns:xmlns='u'/>",
            "/a: the prefix `xmlns` cannot be declared (line 1, column 19)",
        ),
        (
            "<a xmlns:x='http://www.w3.org/2000/xmlns/'/>",
            "/a: the namespace of `xmlns` cannot be declared (line 1, column 43)",
        ),
        (
            "<a xmlns='http://www.w3.org/XML/1998/namespace'/>",
            "/a: the namespace of `xml` cannot have another prefix (line 1, column 48)",
        ),
        (
            "<p:a/>",
            "/a: the prefix `p` is not bound (line 1, column 7)",
        ),
        (
            "<xmlns:a/>",
            "/a: the prefix `xmlns` is not bound (line 1, column 11)",
        ),
        (
            "<a p:b=''/>",
            "/a: the prefix `p` is not bound (line 1, column 12)",
        ),
        (
            "<a xsi:schemaLocation=''/>",
            "/a: the prefix `xsi` is not bound (line 1, column 27)",
        ),
        (
            "<xsi:nil/>",
            "/nil: the prefix `xsi` is not bound (line 1, column 11)",
        ),
        (
            "<a><b xmlns:p='u'/><p:c/></a>",
            "/a/c: the prefix `p` is not bound (line 1, column 26)",
        ),
        ("<a>]]></a>", "/a: `]]>` in text (line 1, column 4)"),
        ("<a>&</a>", "/a: `&` begins no reference (line 1, column 4)"),
        (
            "<a>&nbsp;</a>",
            "/a: `&nbsp;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#0;</a>",
            "/a: `&#0;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#xFFFF;</a>",
            "/a: `&#xFFFF;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#x110000;</a>",
            "/a: `&#x110000;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#xD800;</a>",
            "/a: `&#xD800;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#;</a>",
            "/a: `&#;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#x;</a>",
            "/a: `&#x;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>&#99999999999;</a>",
            "/a: `&#99999999999;` refers to no character that may be here (line 1, column 4)",
        ),
        (
            "<a>\u{1}</a>",
            "/a: the character U+0001 is not allowed (line 1, column 4)",
        ),
        (
            "<a>\u{FFFE}</a>",
            "/a: the character U+FFFE is not allowed (line 1, column 4)",
        ),
        (
            "<a b='\u{1F}'/>",
            "/a: the character U+001F is not allowed (line 1, column 7)",
        ),
        (
            "<a b='é\u{FFFF}'/>",
            "/a: the character U+FFFF is not allowed (line 1, column 8)",
        ),
        (
            "<a><!-- \u{2} --></a>",
            "/a: the character U+0002 is not allowed (line 1, column 9)",
        ),
        (
            "<a><![CDATA[\0]]></a>",
            "/a: the character U+0000 is not allowed (line 1, column 13)",
        ),
        (
            "<a><!-- -- --></a>",
            "/a: `--` inside a comment (line 1, column 11)",
        ),
        (
            "<a><!-- --->",
            "/a: `--` inside a comment (line 1, column 11)",
        ),
        (
            "<a><!-- ",
            "/a: a comment without an end (line 1, column 4)",
        ),
        (
            "<a><![CDATA[ ",
            "/a: a CDATA section without an end (line 1, column 4)",
        ),
        (
            "<a><![cdata[]]></a>",
            "/a: `<!` begins neither a comment nor a CDATA section (line 1, column 4)",
        ),
        (
            "<a><?x",
            "/a: a processing instruction without an end (line 1, column 4)",
        ),
        (
            "<a><?XmL ?></a>",
            "/a: `XmL` cannot be the target of a processing instruction (line 1, column 4)",
        ),
        (
            "<a><?x:y ?></a>",
            "/a: `x:y` cannot be the target of a processing instruction (line 1, column 4)",
        ),
        (
            "<a><?x!?></a>",
            "/a: white space is missing after the target (line 1, column 7)",
        ),
        ("<a><??></a>", "/a: a name is expected (line 1, column 6)"),
    ] {
        refused(document, message);
    }
}
