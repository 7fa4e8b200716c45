//! Where mutation begins: documents that the records read.

/// Documents, each with the number of its record.
pub(super) const DOCUMENTS: &[(&str, usize)] = &[
    (
        r#"<p:R xmlns:p="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><p:Accounts><p:Account><p:A>230.00</p:A><p:B>Active</p:B><p:C i:nil="true"/><p:D>2020-02-03</p:D><p:E>true</p:E><p:K>s</p:K></p:Account><p:Account><p:A>-1</p:A><p:B>two words</p:B><p:C>x</p:C><p:E/><p:F/><p:K> a  b </p:K><p:L>1</p:L><p:L i:nil="true"/></p:Account></p:Accounts><p:Codes><p:Code>1</p:Code><p:Code i:nil="true"/></p:Codes><p:Account><p:A>0</p:A><p:B/><p:E>0</p:E><p:K/></p:Account><p:B i:nil="true"/></p:R>"#,
        0,
    ),
    (
        "<R xmlns='urn:p' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\n <Accounts>\n  <Account>\n   <A>1.5</A>\n   <B>x &amp; y</B>\n   <C>]]</C>\n   <E>1</E>\n   <K>k</K>\n  </Account>\n </Accounts>\n <B>c</B>\n</R>\n",
        0,
    ),
    (
        r#"<R xmlns="urn:p" xmlns:p="urn:p" xmlns:o="urn:o" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><A>1</A><B>b</B><C>c</C><D i:nil="true"/><E>false</E><F>12</F><G>p:name</G><H>NaN</H><I>1 2 -3</I><J>QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0</J><K>k</K><L>a</L><L/><o:M>2012-01-01T00:00:00Z</o:M></R>"#,
        1,
    ),
    (
        r#"<p:R xmlns:p="urn:p" xmlns:o="urn:o" xmlns:a="urn:any" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><p:A>1</p:A><p:Z>z</p:Z><p:C>1</p:C><p:C>2</p:C><p:B id="1">  <p:A>in</p:A></p:B><p:D i:nil="true"/><p:A/><p:Y>5</p:Y><p:A>pair</p:A><p:B>2</p:B><o:E>2020-01-01</o:E><a:x><y/></a:x><p:Wrapped><p:A>w</p:A><p:C>7</p:C></p:Wrapped></p:R>"#,
        2,
    ),
    (
        "<R xmlns='urn:p'><C>1</C><C>2</C><Y>5</Y><Wrapped><A>w</A></Wrapped></R>",
        2,
    ),
    (
        r#"<p:R xmlns:p="urn:p"><p:A>1</p:A><p:B>2</p:B><p:C>c</p:C><p:A>1</p:A><p:A>2</p:A><p:B>3</p:B><p:B>4</p:B><p:A>5</p:A><p:D>d</p:D><x>y</x></p:R>"#,
        3,
    ),
    (
        "<R xmlns='urn:p'>so <B>it</B> is<Runs>a<B>b</B> c <I id='1'/>d</Runs> well</R>",
        4,
    ),
    (
        r#"<R xmlns="urn:p" xmlns:p="urn:p" xmlns:o="urn:o" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Point id="p1" x="1" o:kind="o:corner" label="a b"/><Point id="p2" label="it's" extra="1" i:type="p:Point"><A>a</A></Point><Point x="7" id='3'/><Amount id="a">1.50</Amount><Amount>2</Amount><Shape id="s"/><Shape i:type="p:Circle"><A>1</A><B>b</B><E>1</E><K>k</K></Shape><Shape i:type="o:Square" id="q">3</Shape><Shape i:type="p:Line" w="1"><x/></Shape><Marked i:nil="true" id="m"/></R>"#,
        5,
    ),
    (
        r#"<p:R xmlns:p="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" id="1"><p:A>a</p:A><p:B i:nil="true" id="2"/></p:R>"#,
        6,
    ),
    (
        r#"<R xmlns="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Q>q</Q><A i:nil="true"/><B i:nil="true"/><C>1</C><C>2</C><D i:nil="true"/><Z>3</Z></R>"#,
        7,
    ),
    (
        r#"<p:R xmlns:p="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><p:Accounts><p:Accounts i:nil="true"/><p:B>b</p:B></p:Accounts><p:Choices><p:A>1</p:A><p:Y>2</p:Y></p:Choices><p:Choices><p:Y>3</p:Y></p:Choices><p:Groups><p:A>1</p:A></p:Groups><p:Points><p:Point id="1"/></p:Points><p:Mixed>a<p:B>b</p:B>c</p:Mixed><p:Inner><p:Any><p:x>1</p:x></p:Any></p:Inner><p:Any i:nil="true"/><Local>l</Local><p:Mapped>1</p:Mapped><p:Mapped i:type="p:Cents">-2</p:Mapped><p:Price>3</p:Price></p:R>"#,
        8,
    ),
    (
        r#"<p:R xmlns:p="urn:p" xmlns:o="urn:o" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:d="urn:d"><p:Accounts i:type="p:List"><p:Accounts><p:Account i:type="d:Account"><p:A i:type="d:decimal">1</p:A><p:B i:type='d:string'>Active</p:B><p:C i:type="d:string"/><p:E i:type="d:boolean">1</p:E><p:K i:type="d:string">a &lt;b&gt;&#10;]] c</p:K></p:Account></p:Accounts></p:Accounts><p:Choices><p:A i:type="d:string">1</p:A><p:A>2 &amp; 3</p:A><p:B id="7"/><p:Y>1</p:Y></p:Choices><p:Points><p:Point xml:lang="sv" id="a" label=" x &quot;y&quot;&#9;"/><p:Point o:kind="p:k" x="2" id="b"><p:A>a&#xD;b</p:A></p:Point><p:Shape i:type="p:Point" id="c"/><p:Shape id="d" i:type="p:Point"/></p:Points></p:R>"#,
        8,
    ),
    (
        r#"<R xmlns="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><p:Accounts xmlns:p="urn:p"><p:Accounts><p:Account><p:A>1</p:A><B xmlns="urn:p">x</B><p:E>1</p:E><p:K>k</p:K></p:Account><q:Account xmlns:q="urn:p"><q:A>2</q:A><q:B>y</q:B><q:E/><q:K/></q:Account></p:Accounts></p:Accounts><Points xmlns:n="urn:n"><Point xmlns:o="urn:o" o:kind="o:x" id="1"/><Amount xmlns:n="urn:m" id="2">3</Amount></Points></R>"#,
        8,
    ),
    (
        "<a:R xmlns:a='urn:p'>\n  <a:first/>\n  <a:Z>z</a:Z>\n  <a:B id='1' o:kind='a:b' xmlns:o='urn:o'><a:A>&amp;&amp;</a:A></a:B>\n  <a:A>\r\n</a:A>\n  <a:Y> 5 </a:Y>\n</a:R>",
        2,
    ),
    // Declarations as WCF has them, at lists and at records; shadowed, repeated, of types.
    (
        r#"<R xmlns="urn:p" xmlns:o="urn:n"><Accounts xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Account xmlns:a="urn:a" xmlns:o="urn:o"><A>1</A><B>b</B><C i:nil="true"/><E>1</E><K>k</K></Account><Account><A>2</A><B/><E>0</E><K/></Account></Accounts><Codes xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:j='http://www.w3.org/2001/XMLSchema-instance'><Code>1</Code><Code j:nil="true"/><Code i:nil="true"/></Codes><Account xmlns="urn:p"><A>0</A><B/><E>0</E><K/></Account></R>"#,
        0,
    ),
    (
        r#"<p:R xmlns:p="urn:p"><p:Point xmlns:o="urn:o" id="1" o:kind="o:x"/><p:Point xmlns:o="urn:o" xmlns="urn:p" o:kind="x" id="2"><A>a</A></p:Point><p:Shape xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:q="urn:p" i:type="q:Circle"><q:A>1</q:A><q:B>b</q:B><q:E>1</q:E><q:K>k</q:K></p:Shape><p:Shape xmlns:i="http://www.w3.org/2001/XMLSchema-instance" id="s"/></p:R>"#,
        5,
    ),
    // Records in a row, alike and nearly so.
    (
        r#"<R xmlns="urn:p" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Row><A>1</A><B>b</B><C i:nil="true"/><D>d</D><E>Active</E></Row><Row><A>2.5</A><B>bb</B><C i:nil="true"/><D>dd</D><E>Paid</E></Row><Row><A>3</A><B>b &amp; c</B><C i:nil="true"/><D>d</D><E>two words</E></Row><Row><A>4</A><B>b</B><C>7</C><D></D></Row><Row><A>5</A><B>b</B><C>8</C><D>x</D></Row><Rows><Row><A>1</A><B i:nil="true"/><C>1</C><D/></Row><Row><A>1</A><B i:nil="true"/><C>1</C><D>d</D><E>e</E></Row></Rows></R>"#,
        9,
    ),
    (
        "<p:R xmlns:p='urn:p' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\n <p:Row>\n  <p:A>1</p:A>\n  <p:B i:nil=\"true\"/>\n  <p:C i:nil=\"true\"/>\n  <p:D>1</p:D>\n </p:Row>\n <p:Row>\n  <p:A>1</p:A>\n  <p:B i:nil=\"true\"/>\n  <p:C i:nil=\"true\"/>\n  <p:D>1</p:D>\n </p:Row>\n <p:Row>\n  <p:A>1</p:A>\n  <p:B i:nil=\"true\"/>\n  <p:D>1</p:D>\n </p:Row>\n <q:Row xmlns:q='urn:p'>\n  <q:A>1</q:A>\n  <q:B>1</q:B>\n  <q:D>1</q:D>\n </q:Row>\n</p:R>",
        9,
    ),
];
