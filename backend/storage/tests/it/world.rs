//! Random worlds: what lists, counts, searches, cursors and single reads let through is what `permits` says of each row,
//! on both databases. Whoever looks holds none to four authorisations; `make torture` tries 20,000 worlds.

mod made;
mod seen;

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use tokio::runtime::Handle;
use varsel_domain::authz::Scope;
use varsel_storage::testing::{on_each_database, proved, scale, seed};
use varsel_storage::{Store, testing};

use made::{World, worlds};

fn config() -> Config {
    let cases = u32::try_from(scale(60, 20_000)).unwrap();
    let rng_seed = RngSeed::Fixed(seed());
    Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}

/// Makes the world, looks at it as its viewers with `scope`, and leaves nothing behind.
async fn look(store: &Store, world: &World, scope: &Scope) -> Result<u32, String> {
    let tx = store.begin(&Scope::system()).await.map_err(|error| error.to_string())?;
    world.write(&tx).await;
    testing::look_as(&tx, scope).await.map_err(|error| error.to_string())?;
    seen::exactly_what_is_permitted(&tx, world, scope).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_listed_counted_or_found_is_what_permits_permits() {
    on_each_database(async |store| {
        let (count, rows) = (AtomicU32::new(0), AtomicU32::new(0));
        let mut runner = TestRunner::new(config());
        tokio::task::block_in_place(|| {
            let outcome = runner.run(&worlds(), |world| {
                let scope = Scope::of(&world.viewer());
                let seen = Handle::current().block_on(look(&store, &world, &scope));
                count.fetch_add(1, Ordering::Relaxed);
                rows.fetch_add(seen.map_err(TestCaseError::fail)?, Ordering::Relaxed);
                Ok(())
            });
            outcome.unwrap_or_else(|error| panic!("{error}"));
        });
        let (count, rows) = (count.into_inner(), rows.into_inner());
        assert!(rows > count, "{count} worlds showed only {rows} rows");
        let database = if store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved("D4", &format!("{database}: {count} worlds, {rows} rows seen and permitted, 0 others"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_too_wide_or_too_narrow_is_noticed() {
    on_each_database(async |store| {
        let mut runner = TestRunner::new(config());
        let (mut leaks, mut misses) = (0, 0);
        for _ in 0..20 {
            let world = worlds().new_tree(&mut runner).unwrap().current();
            let narrow = Scope::of(&world.viewer_with_less());
            leaks += u32::from(look(&store, &world, &Scope::system()).await.is_err());
            misses += u32::from(look(&store, &world, &narrow).await.is_err());
        }
        assert!(leaks > 10 && misses > 3, "of 20 worlds, {leaks} leaks and {misses} misses were noticed");
    })
    .await;
}
