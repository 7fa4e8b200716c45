//! The same input gives the same bytes; a small change of input gives a small diff; a wrong input
//! leaves what is there alone.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;
use castile_codegen::output::Tree;
use castile_tests::schemas::root;

fn copy_of_collector(name: &str) -> PathBuf {
    let copy = std::env::temp_dir().join(format!("castile-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).unwrap();
    for entry in fs::read_dir(root().join("schemas/collector")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
    }
    copy
}

fn generate(directory: &Path) -> Tree {
    let generator = Generator::new().input(directory).origin("here");
    generator
        .generate()
        .unwrap_or_else(|failure| panic!("{failure}"))
        .modules
}

#[test]
fn two_runs_in_two_directories_give_identical_bytes() {
    let (one, two) = (copy_of_collector("one"), copy_of_collector("two"));
    let (first, second) = (generate(&one), generate(&two));
    assert_eq!(first, generate(&one));
    assert_eq!(first, second);
    fs::remove_dir_all(one).unwrap();
    fs::remove_dir_all(two).unwrap();
}

#[test]
fn a_new_field_changes_only_the_lines_of_its_type() {
    let directory = copy_of_collector("field");
    let before = generate(&directory);
    let descriptor = directory.join("information-service.md");
    let text = fs::read_to_string(&descriptor).unwrap();
    let row = text
        .lines()
        .find(|line| line.starts_with("| NotificationStopped"))
        .unwrap();
    let new_row = row.replace("NotificationStopped", "NotificationReason ");
    let changed = text.replacen(row, &format!("{new_row}\n{row}"), 1);
    assert_ne!(text, changed);
    fs::write(&descriptor, changed).unwrap();
    let after = generate(&directory);

    let paths = |tree: &Tree| {
        tree.iter()
            .map(|(path, _)| path.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&before), paths(&after));
    let mut touched = 0;
    for ((path, old), (_, new)) in before.iter().zip(after.iter()) {
        let old_lines: BTreeSet<&str> = old.lines().collect();
        let new_lines: BTreeSet<&str> = new.lines().collect();
        let gone: Vec<_> = old_lines.difference(&new_lines).collect();
        let come: Vec<_> = new_lines.difference(&old_lines).collect();
        assert!(
            come.iter()
                .all(|line| line.contains("otification") || line.contains("NOTIFICATION")),
            "{path}: {come:#?}"
        );
        assert!(
            gone.len() <= 2 && come.len() <= 8,
            "{path}: gone {gone:#?}, come {come:#?}"
        );
        touched += usize::from(old != new);
    }
    assert!(
        (1..=2).contains(&touched),
        "{touched} files changed, not types.rs and wire.rs"
    );
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_wrong_input_leaves_the_output_alone() {
    let directory = copy_of_collector("wrong");
    let out = directory.join("out");
    generate(&directory).write(&out).unwrap();
    let snapshot = |out: &Path| {
        let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        let mut pending = vec![out.to_owned()];
        while let Some(place) = pending.pop() {
            for entry in fs::read_dir(place).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    files.push((path.clone(), fs::read(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    };
    let before = snapshot(&out);
    let descriptor = directory.join("payment-service.md");
    let text = fs::read_to_string(&descriptor).unwrap();
    fs::write(&descriptor, text.replace("| datetime", "| daytime ")).unwrap();
    let failure = Generator::new()
        .input(&directory)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(failure.contains("daytime"), "{failure}");
    assert_eq!(snapshot(&out), before);
    fs::remove_dir_all(directory).unwrap();
}
