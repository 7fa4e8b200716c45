//! Which hosts and files are read, who gets the credentials, and how much is read.

use super::*;

#[test]
fn a_missing_import_is_located_and_nothing_is_written() {
    let server = Server::new();
    let out = scratch("missing");
    let target = out.join("target");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[
                import("Order", "o.xsd"),
                "\n".into(),
                import("Receipt", "r.xsd"),
            ]
            .concat(),
        ),
    );
    server.body("/o.xsd", plain("Order"));
    let vendor = Vendor::new(&target).input(server.at("/a.wsdl"));
    let report = failure(&vendor);
    let expected = format!(
        "error[unresolved-import]: cannot fetch the imported document: `{at}` answers with status \
         404 Not Found\n --> {}:7:60\n",
        server.at("/a.wsdl"),
        at = server.at("/r.xsd"),
    );
    assert!(report.starts_with(&expected), "{report}\n{expected}");
    assert!(
        report.contains("= help: `--keep-going` writes what can be had without it"),
        "{report}"
    );
    assert!(!target.exists(), "nothing may be written");

    let kept = run(&vendor.clone().keep_going());
    assert_eq!(kept.added, ["a.wsdl", "o.xsd"]);
    assert!(
        kept.warnings
            .starts_with("warning[unresolved-import]: cannot fetch"),
        "{}",
        kept.warnings
    );

    server.put(
        "/r.xsd",
        Answer::Body(b"<html><body>Sign in</body></html>".to_vec()),
    );
    let report = failure(&vendor);
    assert!(
        report
            .starts_with("error[unknown-input]: `html` is the root of neither a WSDL nor a schema"),
        "{report}"
    );
    assert!(
        report.contains(&format!("::: {}:7:60", server.at("/a.wsdl"))),
        "{report}"
    );
    let none = failure(&Vendor::new(&target).input(server.at("/none.wsdl")));
    assert!(
        none.starts_with("error[unreadable-source]: cannot fetch"),
        "{none}"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn redirects_are_bounded_and_stay_on_allowed_hosts() {
    let server = Server::new();
    let out = scratch("redirects");
    let vendor = |path: &str| Vendor::new(out.join("target")).input(server.at(path));
    server.put("/loop", Answer::Redirect("/loop".into()));
    for hop in 0..6 {
        server.put(
            &format!("/{hop}"),
            Answer::Redirect(format!("/{}", hop + 1)),
        );
    }
    server.body("/6", plain("Order"));
    assert!(failure(&vendor("/loop")).contains("more than 5 redirects, the last to"));
    assert_eq!(server.paths(), vec!["/loop"; 6]);
    assert!(failure(&vendor("/0")).contains("more than 5 redirects"));
    assert_eq!(run(&vendor("/1")).added, ["6.xsd"]);
    fs::remove_dir_all(out.join("target")).unwrap();

    server.put("/away", Answer::Redirect(server.elsewhere("/6")));
    let refused = failure(&vendor("/away"));
    assert!(
        refused.contains("the host `localhost` was neither given nor allowed"),
        "{refused}"
    );
    assert!(
        refused.contains("add `--allow-host localhost`"),
        "{refused}"
    );
    assert_eq!(
        run(&vendor("/away").allow_host("localhost")).added,
        ["6.xsd"]
    );

    server.put("/file", Answer::Redirect("file:///etc/passwd".into()));
    assert!(failure(&vendor("/file")).contains("only http and https are fetched, and not `file`"));
    server.put("/nowhere", Answer::Status(302));
    assert!(failure(&vendor("/nowhere")).contains("redirects without saying where"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn imports_stay_on_allowed_hosts_and_off_the_file_system() {
    let server = Server::new();
    let out = scratch("hosts");
    let links = [
        import("Order", &server.elsewhere("/o.xsd")),
        import("Receipt", "file:///etc/passwd"),
        import("Secret", "http://ada:s3cret@127.0.0.1/x.xsd"),
        "<xs:import namespace=\"http://www.w3.org/XML/1998/namespace\" \
         schemaLocation=\"http://169.254.169.254/xml.xsd\"/>"
            .to_owned(),
    ];
    server.body("/a.wsdl", shop("", &links.join("\n")));
    server.body("/o.xsd", plain("Order"));
    let report = failure(&Vendor::new(out.join("target")).input(server.at("/a.wsdl")));
    let at = server.at("/a.wsdl");
    for expected in [
        format!(
            "error[refused-address]: the import is not followed: the host `localhost` was neither \
             given nor allowed\n --> {at}:6:58\n"
        ),
        format!(
            "error[refused-address]: the import is not followed: only http and https are fetched, \
             and not `file`\n --> {at}:7:60\n"
        ),
        format!(
            "error[refused-address]: {at}:8: the import is not followed: the address holds a user \
             or a password (the rest of it is `http://127.0.0.1/x.xsd`)\n"
        ),
        // Nothing depends on this one.
        format!(
            "warning[refused-address]: the import is not followed: the host `169.254.169.254` was \
             neither given nor allowed\n --> {at}:9:"
        ),
    ] {
        assert!(report.contains(&expected), "{expected}\n{report}");
    }
    assert!(!report.contains("s3cret"), "{report}");
    assert_eq!(server.paths(), ["/a.wsdl"]);
    let userinfo = failure(&Vendor::new(&out).input("http://ada:s3cret@127.0.0.1/x.xsd"));
    assert!(
        userinfo.contains("use `--user NAME --password-env VAR`"),
        "{userinfo}"
    );
    assert!(!userinfo.contains("s3cret"), "{userinfo}");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn credentials_go_to_the_origin_of_the_inputs_only() {
    let (server, other) = (Server::new(), Server::new());
    let out = scratch("credentials");
    // "ada:open sesame"
    let basic = "Basic YWRhOm9wZW4gc2VzYW1l";
    let links = [
        import("Order", &other.at("/o.xsd")),
        import("Receipt", "r.xsd"),
    ]
    .concat();
    server.put(
        "/a.wsdl",
        Answer::Guarded(basic, shop("", &links).into_bytes()),
    );
    server.put("/r.xsd", Answer::Redirect(other.at("/r.xsd")));
    other.body("/o.xsd", plain("Order"));
    other.body("/r.xsd", plain("Receipt"));
    let target = out.join("target");
    let (input, shown) = (server.at("/a.wsdl"), target.to_str().unwrap());

    let none = failure(&Vendor::new(&target).input(&*input));
    assert!(none.contains("asks for a user and a password"), "{none}");
    assert!(none.contains("`--user NAME --password-env VAR`"), "{none}");
    let wrong = Vendor::new(&target).input(&*input).login("ada", "wrong");
    assert!(!format!("{wrong:?}").contains("wrong"));
    let wrong = failure(&wrong);
    assert!(
        wrong.contains("does not accept the user and password"),
        "{wrong}"
    );
    assert!(!wrong.contains("YWRh"), "{wrong}");

    let right = castile(&[
        "vendor",
        &input,
        "--out",
        shown,
        "--user",
        "ada",
        "--password-env",
        "CASTILE_TEST_PASSWORD",
    ]);
    assert!(right.status.success(), "{}", text(&right.stderr));
    for (path, authorization) in &*other.seen.lock().unwrap() {
        assert_eq!(*authorization, None, "{path}");
    }
    assert_eq!(other.paths(), ["/o.xsd", "/r.xsd"]);
    let last = server.seen.lock().unwrap().last().cloned();
    assert_eq!(last, Some(("/r.xsd".to_owned(), Some(basic.to_owned()))));
    for file in files(&target) {
        let stored = fs::read_to_string(target.join(file)).unwrap();
        assert!(
            !stored.contains("sesame") && !stored.contains("YWRh"),
            "{stored}"
        );
    }

    let unset = castile(&[
        "vendor",
        &input,
        "--out",
        shown,
        "--user",
        "ada",
        "--password-env",
        "CASTILE_TEST_UNSET",
    ]);
    assert_eq!(unset.status.code(), Some(1));
    assert!(text(&unset.stderr).contains("`CASTILE_TEST_UNSET` is not set"));
    let two = Vendor::new(&target)
        .input(&*input)
        .input(other.at("/o.xsd"));
    assert!(failure(&two.login("ada", "x")).contains("go to one origin"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn what_is_too_large_is_refused() {
    let server = Server::new();
    let out = scratch("large");
    let vendor = |path: &str| Vendor::new(out.join("target")).input(server.at(path));
    let order = plain("Order");
    let size = order.len() as u64;
    server.body("/o.xsd", &*order);
    let refused = failure(&vendor("/o.xsd").max_bytes(size - 1));
    assert!(
        refused.starts_with(&format!(
            "error[limit-exceeded]: `{}` is larger than the limit of {} bytes",
            server.at("/o.xsd"),
            size - 1
        )),
        "{refused}"
    );
    assert!(
        refused.contains("`--max-bytes N` raises the limit"),
        "{refused}"
    );
    assert_eq!(run(&vendor("/o.xsd").max_bytes(size)).added, ["o.xsd"]);

    server.put("/promise", Answer::Promise(65 << 20));
    assert!(failure(&vendor("/promise")).contains("larger than the limit of 67108864 bytes"));
    server.put("/short", Answer::Promise(1000));
    assert!(failure(&vendor("/short")).contains("no answer from"));
    server.put("/encoded", Answer::Encoded(order.into()));
    assert!(failure(&vendor("/encoded")).contains("the encoding `gzip`, which was not asked for"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn local_files_keep_their_paths_and_may_import_from_allowed_hosts() {
    let server = Server::new();
    let out = scratch("local");
    let from = out.join("from");
    fs::create_dir_all(from.join("my types")).unwrap();
    server.body("/r.xsd", plain("Receipt"));
    let remote = server.at("/r.xsd");
    let links = [
        import("Order", "my%20types/o.xsd"),
        import("Receipt", &remote),
    ]
    .concat();
    let wsdl = from.join("shop.wsdl");
    fs::write(&wsdl, shop("", &links)).unwrap();
    fs::write(
        from.join("my types/o.xsd"),
        schema(
            "Order",
            "<xs:include schemaLocation=\"../shop-types.xsd\"/>",
        ),
    )
    .unwrap();
    let more = plain("Order").replace("name=\"Order\"", "name=\"More\"");
    fs::write(from.join("shop-types.xsd"), more).unwrap();
    let target = out.join("target");
    let vendor = Vendor::new(&target).input(wsdl.to_str().unwrap());
    assert!(failure(&vendor).contains("the host `127.0.0.1` was neither given nor allowed"));
    run(&vendor.clone().allow_host("127.0.0.1"));
    let host = format!("127_0_0_1_{}/r.xsd", server.port);
    assert_eq!(
        files(&target),
        [
            host.as_str(),
            "castile.lock",
            "castile.toml",
            "catalog.tsv",
            "my types/o.xsd",
            "shop-types.xsd",
            "shop.wsdl"
        ]
    );
    let (_, warnings) = generated(&target);
    assert_eq!(warnings, "");
    let refused = failure(&Vendor::new(&target).update());
    assert!(
        refused.contains("`shop.wsdl` was copied from a local file"),
        "{refused}"
    );

    fs::write(out.join("outside.xsd"), plain("Order")).unwrap();
    fs::write(&wsdl, shop("", &import("Order", "../outside.xsd"))).unwrap();
    let outside = failure(&vendor);
    assert!(outside.contains("error[unresolved-import]"), "{outside}");
    assert!(
        outside.contains("lies outside the directories of the inputs"),
        "{outside}"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn the_number_of_documents_is_bounded() {
    let server = Server::new();
    let out = scratch("number");
    for number in 0..1001 {
        let next = format!("<xs:include schemaLocation=\"{}.xsd\"/>", number + 1);
        server.body(&format!("/{number}.xsd"), schema("Many", &next));
    }
    let vendor = Vendor::new(out.join("target")).input(server.at("/0.xsd"));
    let report = failure(&vendor);
    assert_eq!(
        report,
        "error[limit-exceeded]: more than 1000 documents, or 536870912 bytes in all\n\n"
    );
    assert_eq!(server.paths().len(), 1000);
    fs::remove_dir_all(out).unwrap();
}
