//! SQL as text is written in few places, each of which was read by somebody: nothing that people have typed stands in it. A place
//! that is new fails here until it is listed with what is put into its text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What takes SQL as text.
const CALLS: [&str; 9] = [
    "from_string(",
    "from_sql_and_values(",
    "execute_unprepared(",
    "Expr::cust",
    "cust_with_values(",
    "cust_with_exprs(",
    "order_by_customs(",
    "sqlx::query",
    "AssertSqlSafe",
];

/// File of `backend`, how many such calls it has, and what stands in their text beside constants.
const READ: [(&str, usize, &str); 12] = [
    ("storage/src/access_log.rs", 2, "nothing"),
    ("storage/src/change_feed.rs", 1, "nothing"),
    ("storage/src/duties/grant.rs", 4, "names of roles, quoted, that the operator gives on the command line"),
    ("storage/src/duties/mod.rs", 2, "the same, of `grant.rs`"),
    ("storage/src/keys/status.rs", 2, "nothing"),
    ("storage/src/log_record.rs", 1, "a number that is an i64"),
    ("storage/src/log_tree.rs", 1, "nothing"),
    ("storage/src/retention/mod.rs", 2, "nothing"),
    ("storage/src/retention/people.rs", 1, "nothing"),
    ("storage/src/schema.rs", 1, "nothing"),
    ("storage/src/scope.rs", 1, "nothing"),
    ("storage/src/wall.rs", 2, "nothing"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// How many a file has, comments left out.
fn calls(path: &Path) -> usize {
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    code.map(|line| CALLS.iter().filter(|call| line.contains(**call)).count()).sum()
}

#[test]
fn sql_as_text_stands_only_where_somebody_has_read_it() {
    let backend = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for room in ["domain", "log", "rules", "services", "server", "storage"] {
        sources(&backend.join(room).join("src"), &mut found);
    }
    assert!(found.len() > 200, "{}", found.len());
    let mut written = BTreeMap::new();
    for path in &found {
        let name = path.strip_prefix(backend).unwrap().display().to_string();
        let for_tests = name.ends_with("tests.rs") || name.contains("/tests/") || name.contains("testing");
        if calls(path) > 0 && !for_tests {
            written.insert(name, calls(path));
        }
    }
    let read = READ.iter().map(|(file, calls, _)| ((*file).to_owned(), *calls)).collect();
    assert_eq!(written, read);
}
