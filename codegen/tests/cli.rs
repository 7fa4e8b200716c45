//! The command line: what it writes, what it says, how it exits.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The WSDL of the example with a build script.
fn billing() -> PathBuf {
    root().join("tests/build-script/billing.wsdl")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn scratch(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("castile-cli-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn castile(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_castile"))
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn generate_writes_a_module_tree_and_check_watches_it() {
    let out = scratch("modules");
    let (input, target) = (billing(), out.join("billing"));
    let (input, target) = (input.to_str().unwrap(), target.to_str().unwrap());

    let missing = castile(&["check", input, "--out", target]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        text(&missing.stderr).contains("missing: mod.rs"),
        "{}",
        text(&missing.stderr)
    );
    assert!(!out.join("billing").exists(), "check must write nothing");

    let first = castile(&["generate", input, "--out", target]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert_eq!(text(&first.stderr), "");
    let mut files: Vec<String> = fs::read_dir(target)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["mod.rs", "operations.rs", "types.rs", "wire.rs"]);

    let types = out.join("billing/types.rs");
    let good = fs::read_to_string(&types).unwrap();
    assert!(castile(&["check", input, "--out", target]).status.success());
    fs::write(&types, good.replace("pub total: Decimal", "pub total: f64")).unwrap();
    let changed = castile(&["check", input, "--out", target]);
    assert_eq!(changed.status.code(), Some(1));
    let report = text(&changed.stderr);
    assert!(report.contains("changed: types.rs"), "{report}");
    assert!(report.contains("-    pub total: f64"), "{report}");
    assert!(report.contains("+    pub total: Decimal"), "{report}");

    let second = castile(&["generate", input, "--out", target]);
    assert!(
        text(&second.stdout).starts_with("1 file written"),
        "{}",
        text(&second.stdout)
    );
    assert_eq!(fs::read_to_string(&types).unwrap(), good);
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn generate_makes_a_crate_that_builds_without_warnings() {
    let out = scratch("crate");
    let target = out.join("billing-client");
    let generated = castile(&[
        "generate",
        billing().to_str().unwrap(),
        "--out",
        target.to_str().unwrap(),
        "--crate",
        "billing-client",
        "--runtime",
        root().join("runtime").to_str().unwrap(),
    ]);
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    // The versions that this workspace has at hand.
    fs::copy(root().join("Cargo.lock"), target.join("Cargo.lock")).unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", target.join("target"))
        .current_dir(&target)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", text(&built.stderr));
    fs::remove_dir_all(out).unwrap();
}

/// A schema with a slip, and settings that map a type and, if told to, accept the warning.
fn project(name: &str, accepted: &str) -> PathBuf {
    let directory = scratch(name);
    fs::write(
        directory.join("a.xsd"),
        "<schema xmlns='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:a' targetNamespace='urn:a'>\
         <element name='A'><complexType><sequence><element name='Total' type='decimal'/>\
         <element name='Seal' type='t:Stamp'/></sequence></complexType></element></schema>",
    )
    .unwrap();
    fs::write(
        directory.join("castile.toml"),
        format!(
            "inputs = ['*.xsd']\n[map]\n'xs:decimal' = {{ type = 'money::Money', with = 'money' }}\n\
             [dependencies]\nmoney = {{ version = '1', default-features = false }}\n{accepted}"
        ),
    )
    .unwrap();
    directory
}

#[test]
fn check_wants_warnings_accepted() {
    let directory = project("warned", "");
    let (input, out) = (directory.to_str().unwrap(), directory.join("out"));
    let out = out.to_str().unwrap();
    let generated = castile(&["generate", input, "--out", out]);
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    assert!(text(&generated.stderr).starts_with("warning[unresolved-type]: no type `Stamp`"));
    let checked = castile(&["check", input, "--out", out]);
    assert_eq!(checked.status.code(), Some(1));
    let report = text(&checked.stderr);
    let entry = "[warnings.allow]\n\"unresolved-type: no type `Stamp` in `urn:a`; it is read as `xs:anyType`\" = \"why\"\n";
    assert!(
        report.ends_with(&format!(
            "1 warning is not accepted; mend the input, or say in `castile.toml` why it is borne:\n{entry}"
        )),
        "{report}"
    );
    fs::remove_dir_all(&directory).unwrap();

    let directory = project("borne", entry);
    let (input, out) = (directory.to_str().unwrap(), directory.join("out"));
    let out = out.to_str().unwrap();
    let generated = castile(&["generate", input, "--out", out]);
    assert_eq!(text(&generated.stderr), "");
    let checked = castile(&["check", input, "--out", out]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn a_generated_crate_depends_on_what_the_settings_say() {
    let directory = project("dependencies", "");
    let out = directory.join("out");
    // The file is as good as its directory.
    let input = directory.join("castile.toml");
    let arguments = ["generate", input.to_str().unwrap(), "--crate", "a", "--out"];
    let generated = castile(&[&arguments[..], &[out.to_str().unwrap()]].concat());
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    let line = "\nmoney = { \"version\" = \"1\", \"default-features\" = false }\n";
    assert!(manifest.ends_with(line), "{manifest}");
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn export_writes_a_file_or_a_directory() {
    let directory = std::env::temp_dir().join(format!("castile-export-cli-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    let (input, file) = (billing(), directory.join("out.wsdl"));
    let input = input.to_str().unwrap();
    let exported = castile(&["export", "--wsdl", input, "--out", file.to_str().unwrap()]);
    assert!(exported.status.success(), "{}", text(&exported.stderr));
    assert_eq!(
        text(&exported.stdout),
        format!("{} written\n", file.display())
    );
    // What is written says the same: `inspect` shows no difference.
    let before = castile(&["inspect", input]);
    let after = castile(&["inspect", file.to_str().unwrap()]);
    assert_eq!(text(&before.stdout), text(&after.stdout));

    let out = directory.join("all");
    let exported = castile(&["export", "--xsd", input, "--out", out.to_str().unwrap()]);
    assert_eq!(
        text(&exported.stdout),
        format!("{} written\n", out.join("billing.xsd").display())
    );
    let refused = castile(&["export", "--openapi", input, "--out", out.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "error: no service of the input speaks JSON: export it with `--wsdl`\n"
    );
    let both = castile(&[
        "export",
        "--xsd",
        "--wsdl",
        input,
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(both.status.code(), Some(2));
    fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn inspect_prints_the_contract() {
    let shown = castile(&["inspect", billing().to_str().unwrap()]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    let expected = "\
service BillingService (SOAP 1.1)
  namespace urn:example:billing
  address https://billing.example/soap
  operation GetInvoice
    action urn:example:billing/GetInvoice
    header Tenant: string, optional
    request GetInvoice
      Number: string
      IncludeLines: boolean, 0..1
    response GetInvoiceResponse
      Invoice: Invoice
      Cached: boolean
    fault NotFound: record

type Invoice
  @version: int
  Number: string
  Total: decimal
  IssuedOn: date, nillable
  DueOn: date, nillable, 0..1
  Status: Status
  Lines: ArrayOfLine, 0..1
type Status = string: draft | issued | paid in full
type ArrayOfLine
  Line: Line, 0..n
type Line
  Text: string
  choice 1
    Pieces: int
    Hours: decimal
";
    assert_eq!(text(&shown.stdout), expected);
}

#[test]
fn a_wrong_input_exits_with_1_and_leaves_the_output_alone() {
    let out = scratch("wrong");
    let input = out.join("wrong.md");
    fs::write(
        &input,
        "+++\nservice = \"S\"\nprotocol = \"soap-1.1\"\n+++\n\n## Do\n",
    )
    .unwrap();
    let target = out.join("target");
    let (input, shown) = (input.to_str().unwrap(), target.to_str().unwrap());
    let refused = castile(&["generate", input, "--out", shown]);
    assert_eq!(refused.status.code(), Some(1));
    let report = text(&refused.stderr);
    assert!(report.contains("error[missing-key]"), "{report}");
    assert!(
        report.contains("error[missing-message]"),
        "several at once: {report}"
    );
    assert!(!target.exists(), "nothing may be written");

    let absent = castile(&["generate", "no-such-file.wsdl", "--out", shown]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(
        text(&absent.stderr).contains("no-such-file.wsdl"),
        "{}",
        text(&absent.stderr)
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn strictness_is_asked_for_on_the_command_line_or_in_the_project() {
    let schema = root().join("tests/cases/strict/which-particle/input.xsd");
    let schema = schema.to_str().unwrap();
    let lenient = castile(&["inspect", schema]);
    assert!(lenient.status.success());
    let warning = text(&lenient.stderr);
    assert!(
        warning.starts_with("warning[invalid-schema]: "),
        "{warning}"
    );

    let refused = castile(&["inspect", "--strict", schema]);
    assert_eq!(refused.status.code(), Some(1));
    let error = text(&refused.stderr);
    assert_eq!(error, warning.replace("warning[", "error["));
    assert!(error.contains("= rule: cos-nonambig\n"), "{error}");

    let out = scratch("strict");
    fs::copy(schema, out.join("log.xsd")).unwrap();
    let project = |strict: bool| {
        let text = format!("inputs = [\"log.xsd\"]\nstrict = {strict}\n");
        fs::write(out.join("castile.toml"), text).unwrap();
        let target = out.join("log");
        let directory = out.to_str().unwrap();
        castile(&["generate", directory, "--out", target.to_str().unwrap()])
    };
    assert!(project(false).status.success());
    let refused = project(true);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("error[invalid-schema]"));
    fs::remove_dir_all(out).unwrap();
}

/// A pair of `tests/cases/diff`, each side by its path.
fn pair(name: &str, extension: &str) -> [String; 2] {
    let case = root().join("tests/cases/diff").join(name);
    ["old", "new"].map(|side| {
        let path = case.join(format!("{side}.{extension}"));
        path.to_str().unwrap().to_owned()
    })
}

#[test]
fn diff_exits_by_the_worst_that_it_finds() {
    let judged = [
        ("limit-lengthened", 0),
        ("fault-added", 0),
        ("limit-shortened", 3),
        ("nillable-in-response", 3),
        ("type-widened-in-request", 4),
        ("address-changed", 5),
    ];
    for (name, code) in judged {
        let [old, new] = pair(name, "wsdl");
        let output = castile(&["diff", &old, &new]);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{name}: {}",
            text(&output.stdout)
        );
        assert_eq!(text(&output.stderr), "", "{name}");
    }
    let [old, _] = pair("limit-shortened", "wsdl");
    let same = castile(&["diff", &old, &old]);
    assert_eq!(
        (same.status.code(), text(&same.stdout).as_str()),
        (Some(0), "no changes\n")
    );
    let missing = castile(&["diff", &old, "nowhere.wsdl"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        text(&missing.stderr).starts_with("nowhere.wsdl:\nerror"),
        "{}",
        text(&missing.stderr)
    );
}

#[test]
fn diff_speaks_markdown_and_json() {
    let [old, new] = pair("limit-shortened", "wsdl");
    let json = castile(&["diff", &old, &new, "--format", "json"]);
    let shown = text(&json.stdout).replace(&format!("{}/", root().display()), "");
    assert_eq!(json.status.code(), Some(3));
    let expected = r#"{
  "changes": [
    {
      "change": "changed",
      "new": {
        "column": 28,
        "line": 15,
        "path": "tests/cases/diff/limit-shortened/new.wsdl"
      },
      "old": {
        "column": 28,
        "line": 15,
        "path": "tests/cases/diff/limit-shortened/old.wsdl"
      },
      "operations": [
        "Order"
      ],
      "renamed": null,
      "rust": [],
      "subject": {
        "kind": "component",
        "member": null,
        "name": "type {urn:example:shop}Code",
        "text": "type `Code`"
      },
      "wire": [
        {
          "advice": "old clients send longer values unhindered: shorten them before the call",
          "direction": "request",
          "rule": "limit-shortened",
          "verdict": "breaking",
          "why": "values may be 10 long at most now, they could be 20"
        }
      ]
    },
"#;
    assert!(shown.starts_with(expected), "{shown}");
    assert!(
        shown.ends_with("  \"exit_code\": 3,\n  \"format\": 1,\n  \"operations\": [\n    \"Order\"\n  ],\n  \"rust\": \"patch\",\n  \"wire\": \"breaking\"\n}\n"),
        "{shown}"
    );
    let markdown = castile(&["diff", &old, &new, "--format", "markdown"]);
    let shown = text(&markdown.stdout).replace(&format!("{}/", root().display()), "");
    let expected = "### Contract changes: wire: breaking; Rust: patch

2 changes: 1 break the wire, 0 break Rust callers, 0 cannot be told, 1 do no harm.

#### Operation Order

| Judged | Change | Where | Why |
|---|---|---|---|
| breaking | type `Code` changed | `tests/cases/diff/limit-shortened/old.wsdl:15`<br>`tests/cases/diff/limit-shortened/new.wsdl:15` | **requests** breaking: values may be 10 long at most now, they could be 20. *old clients send longer values unhindered: shorten them before the call* |
";
    assert!(shown.starts_with(expected), "{shown}");
}

#[test]
fn generate_says_what_changed_since_an_earlier_input() {
    let [old, new] = pair("limit-shortened", "wsdl");
    let out = scratch("against");
    let output = castile(&[
        "generate",
        &new,
        "--against",
        &old,
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).starts_with("wire: breaking; Rust: patch\n"),
        "{}",
        text(&output.stderr)
    );
    fs::remove_dir_all(&out).unwrap();
}
