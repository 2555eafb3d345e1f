//! `varsel migrate` as the owner of the tables, and servers whose role is another.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait as _;
use varsel_log::Hash;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::erasure::Erasure;
use varsel_log::key::{Purpose, Signer};
use varsel_log::places::Places;
use varsel_migrations::Migrator;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock as _, SystemClock};
use varsel_storage::keys::RootKey;
use varsel_storage::testing::{SERVER, postgres_server};
use varsel_storage::{Store, log_record, log_tree};

use super::{ended, run, varsel};

/// A database and a vault of its own, with the settings of a server for real reports.
struct Installation {
    admin: Store,
    server: String,
    name: String,
}

impl Installation {
    async fn new(server: &str) -> Self {
        let (admin, name) =
            (Store::connect(server).await.unwrap(), format!("varsel_roles_{}", std::process::id()));
        for database in [name.clone(), format!("{name}_keys")] {
            admin.connection().execute_unprepared(&format!("CREATE DATABASE {database}")).await.unwrap();
        }
        Self { admin, server: server.to_owned(), name }
    }

    async fn remove(self) {
        for database in [self.name.clone(), format!("{}_keys", self.name)] {
            let drop = format!("DROP DATABASE {database} WITH (FORCE)");
            self.admin.connection().execute_unprepared(&drop).await.unwrap();
        }
    }

    /// The address of its database for the owner, or for another role.
    fn url(&self, role: Option<&str>) -> String {
        let (base, _) = self.server.rsplit_once('/').unwrap();
        let base = role.map_or_else(
            || base.to_owned(),
            |role| format!("postgres://{role}@{}", base.rsplit_once('@').unwrap().1),
        );
        format!("{base}/{}", self.name)
    }

    fn command(&self, words: &[&str], url: &str) -> Command {
        let mut command = varsel(words);
        let key = Signer::new("varsel.example/use-log", Purpose::Log, &[3; 32]).unwrap();
        command
            .env("VARSEL_DATABASE__URL", url)
            .env("VARSEL_KEYS__DATABASE", format!("{}_keys", self.url(None)))
            .env("VARSEL_KEYS__ROOT", RootKey::new([7; 32]).to_secret())
            .env("VARSEL_USE_LOG__KEY", key.to_secret())
            .env("VARSEL_IDENTITY__LOCAL__ENABLED", "true")
            .env("VARSEL_MAIL__SMTP__URL", "smtp://127.0.0.1:9")
            .env("VARSEL_HTTP__PORT", "0");
        command
    }
}

/// What a server says until it answers, and then no more.
fn until_it_answers(command: &mut Command) -> String {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut greeting = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    greeting + &said
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_migrates_and_the_server_starts_as_a_role_that_only_adds() {
    let Some(server) = postgres_server() else { return };
    let here = Installation::new(&server).await;
    let (owner, role) = (here.url(None), here.url(Some(SERVER)));
    let (code, _, err) = ended(&run(&mut here.command(&["migrate"], &role), ""));
    assert!(code == 1 && err.contains("database.owner_url") && err.contains("Nothing was changed"), "{err}");
    for again in [false, true] {
        let mut command = here.command(&["migrate"], &role);
        let (code, out, err) = ended(&run(command.env("VARSEL_DATABASE__OWNER_URL", &owner), ""));
        assert_eq!((code, out.starts_with("0 migrations")), (0, again), "{out} {err}");
        assert!(out.contains("The server's role varsel_server adds to the log of use"), "{out}");
    }
    let mut both = here.command(&["serve"], &role);
    let (code, _, err) = ended(&run(both.env("VARSEL_DATABASE__OWNER_URL", &owner), ""));
    assert!(code == 1 && err.contains("must not be given to a server"), "{err}");

    // The first start adopts that it need not be so; asking for more holds at once, asking for less would need two.
    let said = until_it_answers(&mut here.command(&["serve"], &owner));
    assert!(said.contains("Varsel answers at") && said.contains("weaker separation of duties"), "{said}");
    let mut strict = here.command(&["serve"], &role);
    let said = until_it_answers(strict.env("VARSEL_USE_LOG__REQUIRE_SEPARATION", "true"));
    assert!(said.contains("Varsel answers at") && said.contains(" separation of duties"), "{said}");
    assert!(!said.contains("weaker"), "{said}");
    let mut strict = here.command(&["serve"], &owner);
    let (code, _, err) = ended(&run(strict.env("VARSEL_USE_LOG__REQUIRE_SEPARATION", "true"), ""));
    assert!(code == 1 && err.contains("owner of access_entry (varsel)"), "{err}");
    here.remove().await;
}

/// An installation of a version that erased without a record: it has a log, and both of its entries are gone.
async fn of_before(data: &Path, signer: &Signer) -> Store {
    let url = format!("sqlite://{}?mode=rwc", data.join("varsel.db").display());
    let store = Store::connect(&url).await.unwrap();
    let record = "m20261130_000015_create_log_erasure_note";
    let before = Migrator::migrations().iter().position(|it| it.name() == record).unwrap();
    Migrator::up(store.connection(), Some(u32::try_from(before).unwrap())).await.unwrap();
    let origin = signer.verifier().name().to_owned();
    let checkpoint = Checkpoint { origin, size: 2, root: Hash([7; 32]) };
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    log_tree::add_checkpoint(&tx, &checkpoint, &checkpoint.sign(signer), SystemClock.now()).await.unwrap();
    tx.commit().await.unwrap();
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_installation_begins_its_record_of_erasures_with_the_logs_key_and_not_without() {
    let data = tempfile::tempdir().unwrap();
    let signer = Signer::new("localhost/use-log", Purpose::Log, &[3; 32]).unwrap();
    let store = of_before(data.path(), &signer).await;
    let migrate = || varsel(&["migrate", "--data", data.path().to_str().unwrap()]);
    let (code, _, err) = ended(&run(&mut migrate(), ""));
    assert!(code == 1 && err.contains("use_log.key") && err.contains("Nothing was changed"), "{err}");
    let pending = Migrator::get_pending_migrations(store.connection()).await.unwrap();
    assert!(!pending.is_empty(), "nothing was changed");
    let (code, _, err) = ended(&run(migrate().env("VARSEL_USE_LOG__KEY", signer.to_secret()), ""));
    assert_eq!(code, 0, "{err}");
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    let notes = log_record::notes(&tx).await.unwrap();
    let begun = Erasure::open(&notes[0].1, signer.verifier()).unwrap();
    assert_eq!((notes.len(), begun.number, begun.places), (1, 0, Places::of([(0, 1)])));
}
