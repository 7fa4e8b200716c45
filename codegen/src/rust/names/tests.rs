use super::*;

#[test]
fn tables_are_sorted() {
    for table in [KEYWORDS, PATH_KEYWORDS, PRELUDE, RESERVED_MODULES] {
        assert!(table.is_sorted(), "{table:?}");
    }
}

#[test]
fn names_are_cased_and_made_ascii() {
    let cases = [
        ("InvoiceNo", "InvoiceNo", "invoice_no"),
        ("invoice-no", "InvoiceNo", "invoice_no"),
        ("APIKey", "ApiKey", "api_key"),
        ("15Days", "N15days", "n15days"),
        ("-2", "Minus2", "n2"),
        ("1.5", "N1_5", "n1_5"),
        ("pay.008.001", "Pay008_001", "pay_008_001"),
        ("a-2", "A2", "a_2"),
        ("Größe", "Grosse", "grosse"),
        ("a\u{30a}r", "Ar", "ar"),
        ("år", "Ar", "ar"),
        ("wysyłka", "Wysylka", "wysylka"),
        ("名", "U540d", "u540d"),
        ("аbc", "U430Bc", "u430_bc"),
        ("", "Empty", "empty"),
        ("-", "Minus", "minus"),
        ("\u{202e}", "U202e", "u202e"),
        ("_", "Underscore", "underscore"),
        ("it's", "Its", "its"),
        ("*/ fn main(){}/*", "FnMain", "fn_main"),
        ("IPv4", "Ipv4", "ipv4"),
        ("IPv6DHCPAddress", "Ipv6DhcpAddress", "ipv6_dhcp_address"),
        ("FromSNMPv3", "FromSnmpv3", "from_snmpv3"),
        ("SIDs", "Sids", "sids"),
        ("UserIDsAndURLs", "UserIdsAndUrls", "user_ids_and_urls"),
        ("CSVs 2", "Csvs2", "csvs_2"),
        ("XSsd", "XSsd", "x_ssd"),
        ("ABsent", "ABsent", "a_bsent"),
        ("As", "As", "as"),
        ("Xs2", "Xs2", "xs2"),
        ("XAddr", "XAddr", "x_addr"),
        ("UTCDateTime", "UtcDateTime", "utc_date_time"),
        ("PTZ", "Ptz", "ptz"),
        ("H264", "H264", "h264"),
    ];
    for (spelled, camel_cased, snake_cased) in cases {
        assert_eq!(camel(spelled), camel_cased, "{spelled:?}");
        assert_eq!(snake(spelled), snake_cased, "{spelled:?}");
    }
    assert_eq!(shouty("pre-production"), "PRE_PRODUCTION");
    assert_eq!(shouty("2nd"), "N2ND");
}

#[test]
fn what_two_names_share_is_said_once() {
    for (outer, inner, expected) in [
        ("Merchant", "MerchantId", "MerchantId"),
        ("TransferOrder", "OrderStatus", "TransferOrderStatus"),
        ("Country", "CountryNames", "CountryNames"),
        ("Invoice", "Line", "InvoiceLine"),
        // Nothing of its own would be left.
        ("PageAnnot", "Annot", "PageAnnotAnnot"),
        ("AX", "XY", "AXY"),
        ("Reorder", "OrderId", "ReorderOrderId"),
        ("A", "", "A"),
    ] {
        assert_eq!(joined(outer, inner), expected, "{outer} {inner}");
    }
    assert!(tells("InvoiceNo") && tells("_x") && tells("a1"));
    assert!(!tells("größe") && !tells("a-b") && !tells("_") && !tells(""));
}

#[test]
fn names_share_their_last_words() {
    for (names, ending) in [
        (&["IndexedPageItemView", "CalendarView"][..], Some("View")),
        (&["FolderId", "DistinguishedFolderId"], Some("FolderId")),
        (&["GroupBy", "DistinguishedGroupBy"], Some("GroupBy")),
        (&["Review", "View"], None),
        (&["ModeX", "DirectionX"], None),
        (&["Phone1", "Fax1"], None),
        (&["Line_2", "Level_2"], None),
        (&["Same", "Same"], Some("Same")),
        (&[], None),
    ] {
        assert_eq!(shared_ending(names).as_deref(), ending, "{names:?}");
    }
}

#[test]
fn one_of_several_is_named_after_them() {
    for (wrapper, item) in [
        ("ArrayOfLinesType", "Line"),
        ("NonEmptyArrayOfBaseFolderIdsType", "BaseFolderId"),
        ("ListOfEntry", "Entry"),
        ("entries", "Entry"),
        ("AddressList", "Address"),
        ("Addresses", "Address"),
        ("boxes", "Box"),
        ("Status", "StatusItem"),
        ("Library", "LibraryItem"),
        ("ListType", "ListItem"),
        ("s", "SItem"),
    ] {
        assert_eq!(item_of(wrapper), item, "{wrapper}");
    }
}

#[test]
fn keywords_are_escaped() {
    for keyword in KEYWORDS {
        assert_eq!(ident(keyword).as_str(), format!("r#{keyword}"));
        assert_eq!(ident(keyword).plain(), *keyword);
    }
    assert_eq!(ident("self").as_str(), "self_");
    assert_eq!(ident("Self").as_str(), "Self_");
    assert_eq!(ident("union").as_str(), "union");
    for name in KEYWORDS.iter().chain(PATH_KEYWORDS) {
        syn::parse_str::<syn::Ident>(ident(name).as_str())
            .or_else(|_| syn::parse_str::<syn::Ident>(ident(name).plain()))
            .expect("an identifier");
    }
}

#[test]
fn a_scope_gives_each_name_once() {
    let mut scope = Scope::default();
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let invoice = names(&["Invoice", "InvoiceElement"]);
    assert_eq!(scope.claim(&invoice).as_str(), "Invoice");
    assert_eq!(scope.claim(&invoice).as_str(), "InvoiceElement");
    assert_eq!(scope.claim(&invoice).as_str(), "InvoiceElement2");
    assert_eq!(scope.claim(&names(&["foo"])).as_str(), "foo");
    assert_eq!(scope.claim(&names(&["foo"])).as_str(), "foo_2");
    assert_eq!(scope.claim(&names(&["N1"])).as_str(), "N1");
    assert_eq!(scope.claim(&names(&["N1"])).as_str(), "N1_2");
}
