//! A witness, and a log that shows itself to it: growth is cosigned and survives a restart; a database that was put back, a past
//! that was changed and silence are noticed and said.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use varsel_log::key::{Purpose, Signer};
use varsel_server::witness::Witness;
use varsel_services::domain::FixedClock;
use varsel_services::log::{Answer, Testified, seal_waiting, testify};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, incident};

struct Stand {
    directory: TempDir,
    clock: Arc<FixedClock>,
}

impl Stand {
    fn new() -> Self {
        let start = DateTime::<Utc>::from_timestamp(1_795_598_400, 0).unwrap();
        Self { directory: tempfile::tempdir().unwrap(), clock: Arc::new(FixedClock::at(start)) }
    }

    /// The witness, as after each start of its process.
    fn start(&self, house: &House, directory: &Path) -> Witness {
        let signer = Signer::new("witness.example", Purpose::Witness, &[5; 32]).unwrap();
        let logs = vec![house.services.log.signer().verifier().clone()];
        Witness::open(signer, logs, directory, TimeDelta::seconds(150), self.clock.clone()).unwrap()
    }
}

async fn show(house: &House, witness: &Witness) -> Testified {
    seal_waiting(&house.services).await.unwrap();
    let post = |body: String| {
        let answer = witness.add(&body).map(|(status, body)| Answer { status, body });
        std::future::ready(answer.map_err(|error| Error::Internal(error.to_string())))
    };
    testify(&house.services, witness.verifier(), post).await.unwrap()
}

async fn use_it(house: &House, times: usize) {
    let (own, _) = house.file("reporter-energy", &format!("report-{times}-{}", house.now())).await;
    let request = house.request("officer-sektorcert").await;
    for _ in 0..times {
        incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
    }
}

pub(crate) async fn execute(house: &House, sql: &str) {
    let connection = house.services.store.connection();
    connection.execute_raw(Statement::from_string(connection.get_database_backend(), sql)).await.unwrap();
}

#[tokio::test]
async fn what_grows_is_cosigned_also_by_a_witness_that_was_restarted() {
    in_each_house(async |house| {
        let stand = Stand::new();
        for times in [1, 300, 2] {
            use_it(&house, times).await;
            let witness = stand.start(&house, stand.directory.path());
            assert_eq!(show(&house, &witness).await, Testified::Now);
            assert_eq!(show(&house, &witness).await, Testified::Before);
            assert_eq!(witness.new_alarms(), []);
        }
        // A witness that lost what it knew begins anew: the log sees at which size it stands.
        let elsewhere = tempfile::tempdir().unwrap();
        use_it(&house, 1).await;
        assert_eq!(show(&house, &stand.start(&house, elsewhere.path())).await, Testified::Now);
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_put_back_or_changed_is_refused_and_both_sides_say_so() {
    in_each_house(async |house| {
        let (stand, postgres) = (Stand::new(), house.services.store.is_shared());
        let witness = stand.start(&house, stand.directory.path());
        use_it(&house, 3).await;
        assert_eq!(show(&house, &witness).await, Testified::Now);
        // Yesterday's backup, then other uses: somebody who owns the database, and the key, makes up another past.
        let drop = |name: &str, table: &str| {
            if postgres { format!("DROP TRIGGER {name} ON {table}") } else { format!("DROP TRIGGER {name}") }
        };
        let checkpoint = if postgres {
            vec![drop("log_checkpoint_is_kept", "log_checkpoint")]
        } else {
            vec![drop("log_checkpoint_stays", "log_checkpoint")]
        };
        for sql in [drop("access_entry_is_due", "access_entry"), drop("log_tile_is_kept", "log_tile")]
            .iter()
            .chain(&checkpoint)
        {
            execute(&house, sql).await;
        }
        for table in ["access_entry", "log_tile", "log_checkpoint"] {
            execute(&house, &format!("DELETE FROM {table}")).await;
        }
        use_it(&house, 0).await;
        let refused = show(&house, &witness).await;
        assert!(
            matches!(&refused, Testified::Refused(why) if why.contains("put back to an older state")),
            "{refused:?}"
        );
        let alarms = witness.new_alarms();
        assert!(alarms.len() == 1 && alarms[0].sentence.contains("went back"), "{alarms:?}");
        // Grown beyond what the witness has seen, it is another past all the same.
        use_it(&house, 30).await;
        let refused = show(&house, &witness).await;
        assert!(
            matches!(&refused, Testified::Refused(why) if why.contains("the past was changed")),
            "{refused:?}"
        );
        assert!(witness.new_alarms()[0].sentence.contains("was changed"));
        assert_eq!(witness.new_alarms(), [], "each is said once");
    })
    .await;
}

#[tokio::test]
async fn silence_is_an_alarm_within_three_minutes_and_growth_ends_it() {
    in_each_house(async |house| {
        let stand = Stand::new();
        let witness = stand.start(&house, stand.directory.path());
        use_it(&house, 1).await;
        assert_eq!(show(&house, &witness).await, Testified::Now);
        stand.clock.advance(TimeDelta::seconds(149));
        assert!(witness.new_alarms().is_empty() && witness.all_is_heard());
        // To show the same again is no growth.
        show(&house, &witness).await;
        stand.clock.advance(TimeDelta::seconds(1));
        let alarms = witness.new_alarms();
        assert!(alarms.len() == 1 && alarms[0].sentence.contains("has not grown since"), "{alarms:?}");
        assert!(
            !witness.all_is_heard() && witness.new_alarms().is_empty(),
            "said once, and known until it grows"
        );
        use_it(&house, 1).await;
        assert_eq!(show(&house, &witness).await, Testified::Now);
        assert!(witness.all_is_heard());
        stand.clock.advance(TimeDelta::seconds(151));
        assert_eq!(witness.new_alarms().len(), 1, "the next silence is a new alarm");
    })
    .await;
}

#[tokio::test]
async fn a_stranger_gets_no_cosignature() {
    in_each_house(async |house| {
        let stand = Stand::new();
        let witness = stand.start(&house, stand.directory.path());
        for body in ["", "old 0\n\n", "old 0\n\nnobody.example\n1\nAAAA\n\n— nobody.example AAAAAAAA\n"] {
            let (status, answer) = witness.add(body).unwrap();
            assert!(matches!(status, 400 | 404) && answer.is_empty(), "{body:?}: {status}");
        }
        let log = house.services.log.signer().verifier().clone();
        let signer = Signer::new("witness.example", Purpose::Log, &[5; 32]).unwrap();
        let wrong = Witness::open(
            signer,
            vec![log],
            stand.directory.path(),
            TimeDelta::seconds(150),
            stand.clock.clone(),
        );
        assert!(wrong.is_err_and(|error| error.to_string().contains("new-key --witness")));
    })
    .await;
}
