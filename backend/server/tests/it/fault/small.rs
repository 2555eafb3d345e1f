//! The real server on a disk of some megabytes, which is there for its process alone.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tokio::process::Command;

use crate::kill::oracle_of_data;
use crate::kill::sent::Sent;
use crate::kill::server::Server;
use crate::tools::{pass_over, pass_over_without};

/// What is passed over where no disk may be mounted.
const PROOF: &str = "a server on a full disk";

/// How `unshare` ends when it does not find what it is to run.
const NOT_FOUND: i32 = 127;

/// Mounts a disk of memory on the directory, runs what follows until it is told to end, and hands out what it wrote.
const SCRIPT: &str = r#"mount -t tmpfs -o size=24m tmpfs "$1" || exit 77
out=$2 data=$1
shift 2
"$@" &
server=$!
trap 'kill "$server"' TERM
wait "$server"
wait "$server"
cp "$data"/*.db* "$data"/*.key "$out""#;

/// A server, and its disk.
pub(super) struct SmallDisk {
    pub(super) address: String,
    server: Server,
    /// The disk, from outside.
    seen: PathBuf,
    out: tempfile::TempDir,
    _data: tempfile::TempDir,
}

impl SmallDisk {
    /// None where no disk may be mounted, with a line that says so.
    pub(super) async fn with_server() -> Option<Self> {
        let (data, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // Who is not the superuser is one in a namespace of their own, where that is allowed.
        let unshare: &[&str] =
            if rustix::process::geteuid().is_root() { &["--mount"] } else { &["--mount", "--map-root-user"] };
        let may = Command::new("unshare")
            .args(unshare)
            .args(["mount", "-t", "tmpfs", "tmpfs"])
            .arg(data.path())
            .status()
            .await;
        match may {
            Ok(status) if status.success() => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                pass_over_without("unshare", PROOF);
                return None;
            }
            Ok(status) if status.code() == Some(NOT_FOUND) => {
                pass_over_without("mount", PROOF);
                return None;
            }
            _ => {
                pass_over(PROOF, "no disk may be mounted here");
                return None;
            }
        }
        let mut under: Vec<String> = ["unshare"].iter().chain(unshare).map(|it| (*it).to_owned()).collect();
        let (inside, outside) = (data.path().display().to_string(), out.path().display().to_string());
        under.extend(["sh".to_owned(), "-c".to_owned(), SCRIPT.to_owned(), "sh".to_owned(), inside, outside]);
        let server = Server::start_under(&under, data.path(), None).await;
        let seen = Path::new("/proc").join(server.id().to_string()).join("root");
        let seen = seen.join(data.path().strip_prefix("/").unwrap());
        Some(Self { address: server.address.clone(), server, seen, out, _data: data })
    }

    /// Writes a file until nothing more fits.
    pub(super) fn fill(&self) {
        let mut file = std::fs::File::create(self.seen.join("fill")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Removes it.
    pub(super) fn make_room(&self) {
        std::fs::remove_file(self.seen.join("fill")).unwrap();
    }

    /// Stops the server, and says what is wrong with its database, and with what it promised.
    pub(super) async fn stop_and_look(self, sent: &Sent) -> Vec<String> {
        self.server.stop_gently().await;
        oracle_of_data(self.out.path(), sent).await
    }
}

/// The facts of the sample report.
pub(crate) fn facts() -> Value {
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let mut samples = varsel_services::demo::samples(now).into_iter();
    samples.find(|sample| sample.handle == "reporter-energy").unwrap().facts
}
