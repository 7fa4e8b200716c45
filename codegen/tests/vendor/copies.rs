//! What is copied, and what a second run and `generate` make of it.

use super::*;

#[test]
fn copies_what_is_imported_and_generates_the_same_offline() {
    let server = Server::new();
    let out = scratch("copies");
    // Relative, rooted, absolute and by query; a cycle; a redirect on the way.
    let wsdl = shop(
        "",
        &[
            import("Order", "?xsd=order"),
            import("Receipt", &server.at("/schemas/receipt.xsd#top")),
        ]
        .concat(),
    );
    let order = schema("Order", &import("Item", "/moved/item.xsd"));
    let receipt = schema(
        "Receipt",
        &[
            import("Order", "../v1/Shop.svc?xsd=order"),
            "<xs:include schemaLocation=\"parts/./more.xsd\"/>".to_owned(),
        ]
        .concat(),
    );
    let item = schema("Item", "<xs:redefine schemaLocation=\"more.xsd\"/>");
    let (more, others) = (
        plain("Receipt").replace("name=\"Receipt\"", "name=\"More\""),
        plain("Item"),
    );
    let others = others.replace("name=\"Item\"", "name=\"Other\"");
    server.body("/v1/Shop.svc?wsdl", &*wsdl);
    server.body("/v1/Shop.svc?xsd=order", &*order);
    server.body("/schemas/receipt.xsd", &*receipt);
    server.body("/schemas/parts/more.xsd", &*more);
    server.put(
        "/moved/item.xsd",
        Answer::Redirect("/items/v2/item.xsd".into()),
    );
    server.body("/items/v2/item.xsd", &*item);
    server.body("/items/v2/more.xsd", &*others);

    let target = out.join("shop");
    let report = run(&Vendor::new(&target).input(server.at("/v1/Shop.svc?wsdl")));
    let host = format!("127_0_0_1_{}", server.port);
    let expected = [
        format!("{host}/items/v2/item.xsd"),
        format!("{host}/items/v2/more.xsd"),
        format!("{host}/schemas/parts/more.xsd"),
        format!("{host}/schemas/receipt.xsd"),
        "Shop.order.xsd".to_owned(),
        "Shop.wsdl".to_owned(),
    ];
    let mut added = report.added.clone();
    added.sort();
    assert_eq!(added, expected);
    assert_eq!(report.warnings, "");
    let mut all = expected.to_vec();
    all.extend(["castile.lock", "castile.toml", "catalog.tsv"].map(str::to_owned));
    all.sort();
    assert_eq!(files(&target), all);
    let mut asked = server.paths();
    asked.sort();
    assert_eq!(
        asked,
        [
            "/items/v2/item.xsd",
            "/items/v2/more.xsd",
            "/moved/item.xsd",
            "/schemas/parts/more.xsd",
            "/schemas/receipt.xsd",
            "/v1/Shop.svc?wsdl",
            "/v1/Shop.svc?xsd=order",
        ],
        "each once"
    );
    assert_eq!(fs::read_to_string(target.join("Shop.wsdl")).unwrap(), wsdl);
    let catalog = fs::read_to_string(target.join("catalog.tsv")).unwrap();
    let catalog: Vec<&str> = catalog.lines().skip(1).collect();
    let receipt_uri = server.at("/schemas/receipt.xsd");
    assert_eq!(
        catalog,
        [
            format!(
                "{}\turn:example:Item\t{}",
                server.at("/items/v2/item.xsd"),
                expected[0]
            ),
            format!("{}\t\t{}", server.at("/moved/item.xsd"), expected[0]),
            format!("{}\t\t{}", server.at("/items/v2/more.xsd"), expected[1]),
            format!(
                "{}\t\t{}",
                server.at("/schemas/parts/more.xsd"),
                expected[2]
            ),
            format!("{receipt_uri}\turn:example:Receipt\t{}", expected[3]),
            format!("{receipt_uri}#top\t\t{}", expected[3]),
            format!(
                "{}\turn:example:Order\tShop.order.xsd",
                server.at("/v1/Shop.svc?xsd=order")
            ),
            format!("{}\t\tShop.wsdl", server.at("/v1/Shop.svc?wsdl")),
        ]
    );
    let lock = fs::read_to_string(target.join("castile.lock")).unwrap();
    assert!(
        lock.contains(&format!(
            "[[file]]\npath = \"Shop.wsdl\"\nuri = \"{}\"\nsha256 = \"{}\"\nbytes = {}\nentry = true\n",
            server.at("/v1/Shop.svc?wsdl"),
            sha256(wsdl.as_bytes()),
            wsdl.len()
        )),
        "{lock}"
    );
    assert_eq!(
        fs::read_to_string(target.join("castile.toml")).unwrap(),
        "inputs = [\"Shop.wsdl\"]\n"
    );

    // By hand, with the locations rewritten.
    let local = out.join("local");
    fs::create_dir_all(local.join("parts")).unwrap();
    let by_hand = |path: &str, text: &str| {
        let text = text
            .replace(&server.at("/schemas/receipt.xsd#top"), "receipt.xsd")
            .replace("../v1/Shop.svc?xsd=order", "order.xsd")
            .replace("?xsd=order", "order.xsd")
            .replace("/moved/item.xsd", "item.xsd");
        fs::write(local.join(path), text).unwrap();
    };
    by_hand("Shop.wsdl", &wsdl);
    by_hand("order.xsd", &order);
    by_hand("receipt.xsd", &receipt);
    by_hand("parts/more.xsd", &more);
    by_hand("item.xsd", &item);
    by_hand("more.xsd", &others);
    let offline = generated(&target);
    assert_eq!(offline.1, "");
    assert!(
        offline
            .0
            .iter()
            .any(|(_, text)| text.contains("pub struct Receipt")),
        "{:?}",
        offline.0
    );
    assert_eq!(offline, generated(&local.join("Shop.wsdl")));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_second_run_shows_what_changed() {
    let server = Server::new();
    let out = scratch("second");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
        ),
    );
    server.body("/o.xsd", plain("Order"));
    server.body("/r.xsd", plain("Receipt"));
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    let lock = fs::read(out.join("castile.lock")).unwrap();
    fs::write(
        out.join("castile.toml"),
        "name = \"mine\"\ninputs = [\"a.wsdl\"]\n",
    )
    .unwrap();

    let again = run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!((again.unchanged, again.changed.len()), (3, 0));
    assert_eq!(fs::read(out.join("castile.lock")).unwrap(), lock);

    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "new/r.xsd")].concat(),
        ),
    );
    server.body("/o.xsd", plain("Order") + "<!-- new -->");
    server.body("/new/r.xsd", plain("Receipt"));
    let shown = castile(&["vendor", "--update", "--out", out.to_str().unwrap()]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    assert_eq!(
        text(&shown.stdout),
        format!(
            "added new/r.xsd\nchanged a.wsdl\nchanged o.xsd\nremoved r.xsd\n\
             1 added, 2 changed, 1 removed, 0 unchanged in {}\n",
            out.display()
        )
    );
    assert_eq!(
        files(&out),
        [
            "a.wsdl",
            "castile.lock",
            "castile.toml",
            "catalog.tsv",
            "new/r.xsd",
            "o.xsd"
        ]
    );
    assert!(
        fs::read_to_string(out.join("castile.toml"))
            .unwrap()
            .starts_with("name = \"mine\""),
        "castile.toml is the user's"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_changed_or_missing_file_stops_generate() {
    let server = Server::new();
    let out = scratch("changed");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
        ),
    );
    let order = plain("Order");
    server.body("/o.xsd", &*order);
    server.body("/r.xsd", plain("Receipt"));
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    let edited = order.replace("xs:int", "xs:long");
    fs::write(out.join("o.xsd"), &edited).unwrap();
    fs::remove_file(out.join("r.xsd")).unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    let lock = out.join("castile.lock").display().to_string();
    let expected = format!(
        "error[changed-source]: `o.xsd` is not as it was vendored: expected SHA-256 {}, found {}\n  \
         --> {lock}:14:10\n",
        sha256(order.as_bytes()),
        sha256(edited.as_bytes())
    );
    assert!(report.contains(&expected), "{report}");
    let expected = format!(
        "error[changed-source]: `r.xsd` is missing: expected SHA-256 {}, found no file\n  \
         --> {lock}:18:8\n",
        sha256(plain("Receipt").as_bytes())
    );
    assert!(report.contains(&expected), "{report}");
    assert!(
        report.contains(
            "= help: `git checkout` brings back the file that was committed, `castile vendor \
             --update` fetches the present one"
        ),
        "{report}"
    );

    let mended = run(&Vendor::new(&out).update());
    assert_eq!(mended.changed, ["o.xsd", "r.xsd"]);
    generated(&out);
    fs::write(out.join("castile.lock"), "version = 1\nfile = 3\n").unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(report.contains("error[malformed-lock]"), "{report}");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn bytes_are_stored_as_they_come() {
    let server = Server::new();
    let out = scratch("bytes");
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let wsdl = utf16(&shop(
        "",
        &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
    ));
    let order = [
        b"\xEF\xBB\xBF",
        plain("Order").replace('\n', "\r\n").as_bytes(),
    ]
    .concat();
    let receipt = plain("Receipt").replace("<xs:complexType", "<!-- \u{e9} --><xs:complexType");
    let receipt = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{receipt}");
    let receipt: Vec<u8> = receipt.chars().map(|c| u8::try_from(c).unwrap()).collect();
    server.body("/a.wsdl", wsdl.clone());
    server.body("/o.xsd", order.clone());
    server.body("/r.xsd", receipt.clone());
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!(fs::read(out.join("a.wsdl")).unwrap(), wsdl);
    assert_eq!(fs::read(out.join("o.xsd")).unwrap(), order);
    assert_eq!(fs::read(out.join("r.xsd")).unwrap(), receipt);
    generated(&out);
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_directory_with_other_files_is_left_alone() {
    let server = Server::new();
    let out = scratch("foreign");
    server.body("/o.xsd", plain("Order"));
    fs::write(out.join("o.xsd"), "mine").unwrap();
    let refused = failure(&Vendor::new(&out).input(server.at("/o.xsd")));
    assert!(
        refused.contains("is there already, and no lock file says"),
        "{refused}"
    );
    assert_eq!(files(&out), ["o.xsd"]);
    assert_eq!(fs::read_to_string(out.join("o.xsd")).unwrap(), "mine");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_wsdl_may_import_wsdls_in_a_cycle() {
    let server = Server::new();
    let out = scratch("cycle");
    let links = [import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat();
    let own = "<w:import namespace=\"urn:example:shop\" location=\"b.wsdl\"/>";
    server.body("/a.wsdl", shop(own, &links));
    server.body(
        "/b.wsdl",
        "<w:definitions xmlns:w=\"http://schemas.xmlsoap.org/wsdl/\" \
         targetNamespace=\"urn:example:shop\"><w:import namespace=\"urn:example:shop\" \
         location=\"a.wsdl\"/></w:definitions>",
    );
    server.body("/o.xsd", schema("Order", &import("Receipt", "r.xsd")));
    server.body("/r.xsd", schema("Receipt", &import("Order", "o.xsd")));
    let report = run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!(report.added, ["a.wsdl", "b.wsdl", "o.xsd", "r.xsd"]);
    assert_eq!(server.paths().len(), 4);
    generated(&out);
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_broken_catalog_is_located() {
    let out = scratch("catalog");
    fs::write(out.join("o.xsd"), plain("Order")).unwrap();
    fs::write(out.join("castile.toml"), "inputs = [\"o.xsd\"]\n").unwrap();
    fs::write(out.join("catalog.tsv"), "# mine\nurn:a\to.xsd\n").unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(
        report.starts_with(&format!(
            "error[malformed-lock]: not `location`, `namespace` and `path`, separated by tabs\n \
             --> {}:2:1\n",
            out.join("catalog.tsv").display()
        )),
        "{report}"
    );
    fs::remove_dir_all(out).unwrap();
}
