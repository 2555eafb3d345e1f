//! What somebody tries who has a connection to PostgreSQL and wants to change what was logged, or to take away what guards it.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use varsel_domain::authz::Scope;
use varsel_storage::{Store, testing};

/// Each is tried in a transaction of its own: what it is, and its statements.
pub(super) const ATTACKS: &[(&str, &[&str])] = &[
    ("change an entry", &["UPDATE access_entry SET text = replace(text, 'opened', 'listed')"]),
    (
        "change whose entry it is",
        &["UPDATE access_entry SET person_id = NULL, at = at - interval '7 months'"],
    ),
    (
        "change an entry together with its place",
        &["UPDATE access_entry SET position = position, salt = '\\x00'"],
    ),
    ("give an entry another place", &["UPDATE access_entry SET position = 1000000 WHERE position = 0"]),
    ("take an entry's place", &["UPDATE access_entry SET position = NULL"]),
    ("delete entries", &["DELETE FROM access_entry"]),
    (
        "delete one within a query",
        &["WITH gone AS (DELETE FROM access_entry RETURNING 1) SELECT count(*) FROM gone"],
    ),
    (
        "delete by an erasure of one's own",
        &[
            "INSERT INTO log_erasure (before, began_at, entries) VALUES ('infinity', now(), 0)",
            "DELETE FROM access_entry",
        ],
    ),
    (
        "an erasure that one's own table tells of",
        &[
            "CREATE TEMPORARY TABLE log_erasure AS SELECT NULL::timestamptz AS ended_at, 'infinity'::timestamptz AS before",
            "DELETE FROM public.access_entry",
        ],
    ),
    (
        "write an erasure that never was",
        &["INSERT INTO log_erasure (before, began_at, ended_at, entries) VALUES (now(), now(), now(), 9)"],
    ),
    ("change what an erasure says", &["UPDATE log_erasure SET entries = 1"]),
    ("empty the log", &["TRUNCATE access_entry"]),
    ("empty all of it", &["TRUNCATE access_entry, log_tile, log_checkpoint, log_erasure CASCADE"]),
    (
        "write over an entry by inserting it again",
        &["INSERT INTO access_entry (sequence, id, at, use_kind, text, salt) OVERRIDING SYSTEM VALUE \
         SELECT sequence, id, at, use_kind, text, salt FROM access_entry \
         ON CONFLICT (sequence) DO UPDATE SET text = 'nothing happened'"],
    ),
    (
        "write over an entry by a merge",
        &[
            "MERGE INTO access_entry a USING (SELECT min(sequence) AS sequence FROM access_entry) b ON a.sequence = b.sequence \
         WHEN MATCHED THEN DELETE",
        ],
    ),
    (
        "change a tile",
        &["UPDATE log_tile SET hashes = decode(repeat('00', 32), 'hex') || substr(hashes, 33)"],
    ),
    ("shorten a tile", &["UPDATE log_tile SET hashes = substr(hashes, 1, 0)"]),
    (
        "shorten a tile by a function of one's own",
        &[
            "CREATE FUNCTION public.substr(bytea, integer, integer) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 $$",
            "SET LOCAL search_path = public, pg_catalog",
            "UPDATE log_tile SET hashes = pg_catalog.substr(hashes, 1, 32)",
        ],
    ),
    ("move a tile", &["UPDATE log_tile SET place = place + 1000"]),
    ("delete tiles", &["DELETE FROM log_tile"]),
    ("change a checkpoint", &["UPDATE log_checkpoint SET note = 'another', at = now()"]),
    ("delete checkpoints", &["DELETE FROM log_checkpoint"]),
    ("drop what guards an entry", &["DROP TRIGGER access_entry_is_kept ON access_entry"]),
    ("drop what guards a tile", &["DROP TRIGGER log_tile_only_grows ON log_tile"]),
    ("switch off what guards an entry", &["ALTER TABLE access_entry DISABLE TRIGGER ALL"]),
    ("switch off one guard", &["ALTER TABLE access_entry DISABLE TRIGGER access_entry_is_due"]),
    (
        "act as a replica, which asks no guard",
        &[
            "SET LOCAL session_replication_role = replica",
            "UPDATE access_entry SET text = 'nothing happened'",
        ],
    ),
    (
        "a guard that lets everything pass",
        &[
            "CREATE OR REPLACE FUNCTION access_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        ],
    ),
    ("a guard that looks elsewhere", &["ALTER FUNCTION access_entry_is_due() RESET search_path"]),
    ("drop a guard with all that needs it", &["DROP FUNCTION access_entry_is_due() CASCADE"]),
    (
        "a trigger of one's own that swallows entries",
        &[
            "CREATE FUNCTION pg_temp.swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "CREATE TRIGGER aaa BEFORE INSERT ON access_entry FOR EACH ROW EXECUTE FUNCTION pg_temp.swallow()",
        ],
    ),
    (
        "a rule that swallows entries",
        &["CREATE RULE swallow AS ON INSERT TO access_entry DO INSTEAD NOTHING"],
    ),
    (
        "a policy that hides entries",
        &["ALTER TABLE access_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"],
    ),
    ("put the table aside", &["ALTER TABLE access_entry RENAME TO aside"]),
    ("another column", &["ALTER TABLE access_entry ALTER COLUMN text TYPE text USING 'nothing happened'"]),
    ("drop the table", &["DROP TABLE access_entry CASCADE"]),
    ("drop the schema", &["DROP SCHEMA public CASCADE"]),
    ("a table that inherits", &["CREATE TABLE public.more () INHERITS (access_entry)"]),
    ("erase early, by the function", &["SELECT erase_due_uses('infinity', 'infinity', 1000000)"]),
    (
        "erase early, by a later clock",
        &["SELECT erase_due_uses(now() + interval '5 years', now() + interval '5 years', 5000)"],
    ),
    (
        "another clock for the erasure",
        &[
            "CREATE OR REPLACE FUNCTION time_of_erasure(claimed timestamptz) RETURNS timestamptz LANGUAGE sql \
         AS $$ SELECT claimed $$",
            "SELECT erase_due_uses('infinity', 'infinity', 1000000)",
        ],
    ),
    (
        "a clock for the erasure before the real one",
        &[
            "CREATE FUNCTION pg_temp.time_of_erasure(claimed timestamptz) RETURNS timestamptz LANGUAGE sql AS $$ SELECT claimed $$",
            "SET LOCAL search_path = pg_temp, public",
            "SELECT erase_due_uses(now() + interval '5 years', now() + interval '5 years', 5000)",
        ],
    ),
    (
        "another function for the erasure",
        &[
            "DROP FUNCTION erase_due_uses(timestamptz, timestamptz, bigint)",
            "CREATE FUNCTION erase_due_uses(until timestamptz, claimed timestamptz, most bigint) RETURNS bigint \
         LANGUAGE sql SECURITY DEFINER AS $$ DELETE FROM access_entry; SELECT 1::bigint $$",
        ],
    ),
    ("change what is on record", &["UPDATE log_erasure_note SET note = 'another'"]),
    ("take an erasure off the record", &["DELETE FROM log_erasure_note"]),
    ("empty the record", &["TRUNCATE log_erasure_note"]),
    ("become the owner", &["SET LOCAL ROLE varsel", "DROP TRIGGER access_entry_is_kept ON access_entry"]),
    (
        "become the eraser",
        &[
            "SET LOCAL ROLE varsel_eraser",
            "INSERT INTO log_erasure (before, began_at, entries) VALUES ('infinity', now(), 0)",
            "DELETE FROM access_entry",
        ],
    ),
    ("become the superuser", &["SET SESSION AUTHORIZATION superuser", "DELETE FROM pg_trigger"]),
    ("give oneself the right", &["GRANT ALL ON access_entry TO CURRENT_USER", "DELETE FROM log_checkpoint"]),
    ("give oneself the owner's role", &["GRANT varsel TO varsel_server"]),
    ("give oneself the table", &["ALTER TABLE access_entry OWNER TO CURRENT_USER"]),
    ("take over what the owner has", &["REASSIGN OWNED BY varsel TO varsel_server"]),
    ("make oneself a superuser", &["ALTER ROLE CURRENT_USER SUPERUSER"]),
    ("change the catalogue", &["UPDATE pg_trigger SET tgenabled = 'D'"]),
    ("change the catalogue of rights", &["UPDATE pg_class SET relacl = NULL"]),
    ("copy entries over those that are there", &["COPY access_entry FROM '/dev/null'"]),
    (
        "run a program on the database's machine",
        &["CREATE TEMPORARY TABLE lines (line text)", "COPY lines FROM PROGRAM 'true'"],
    ),
    ("write a file on the database's machine", &["COPY (SELECT 1) TO '/dev/null'"]),
    ("by a block of code", &["DO $$ BEGIN EXECUTE 'DELETE FROM access_entry'; END $$"]),
    (
        "change the settings of the server",
        &["SELECT set_config('session_replication_role', 'replica', false)"],
    ),
    ("count anew", &["SELECT setval(pg_get_serial_sequence('access_entry', 'sequence'), 1, false)"]),
    ("change the settings of everybody", &["ALTER DATABASE postgres SET session_replication_role = replica"]),
];

/// These change nothing that could be looked at here: not being refused is enough.
const ELSEWHERE: &str = "on the database's machine";

/// What was logged and what guards it: rows, triggers, rules, functions, whose they are and who may do what.
const STATE: &str = "SELECT md5(concat_ws('|', \
    (SELECT string_agg(md5(e::text), '' ORDER BY sequence) FROM public.access_entry e), \
    (SELECT string_agg(md5(t::text), '' ORDER BY level, place) FROM public.log_tile t), \
    (SELECT string_agg(md5(c::text), '' ORDER BY number) FROM public.log_checkpoint c), \
    (SELECT string_agg(md5(e::text), '' ORDER BY number) FROM public.log_erasure e), \
    (SELECT string_agg(md5(n::text), '' ORDER BY number) FROM public.log_erasure_note n), \
    (SELECT string_agg(concat_ws(':', tgrelid::regclass, tgname, tgenabled, tgfoid), ',' ORDER BY oid) FROM pg_trigger), \
    (SELECT string_agg(concat_ws(':', ev_class, rulename, ev_enabled), ',' ORDER BY oid) FROM pg_rewrite), \
    (SELECT string_agg(concat_ws(':', proname, prosrc, proowner, prosecdef, proconfig, proacl), ',' ORDER BY oid) \
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace), \
    (SELECT string_agg(concat_ws(':', relname, relowner, relacl, relrowsecurity, relforcerowsecurity), ',' ORDER BY oid) \
        FROM pg_class WHERE relnamespace = 'public'::regnamespace), \
    (SELECT string_agg(concat_ws(':', attrelid, attname, attacl), ',' ORDER BY attrelid, attnum) \
        FROM pg_attribute WHERE attrelid = 'public.access_entry'::regclass), \
    (SELECT string_agg(concat_ws(':', roleid, member), ',' ORDER BY roleid, member) FROM pg_auth_members), \
    (SELECT string_agg(concat_ws(':', rolname, rolsuper, rolbypassrls), ',' ORDER BY oid) FROM pg_roles), \
    pg_sequence_last_value(pg_get_serial_sequence('public.access_entry', 'sequence')::regclass), \
    current_setting('session_replication_role'))) AS state";

async fn state(tx: &DatabaseTransaction) -> Option<String> {
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), STATE)).await;
    row.ok()?.map(|row| row.try_get("", "state").unwrap())
}

/// What was logged and what guards it, as `reader` finds it.
pub(super) async fn state_of(reader: &Store) -> String {
    state(&testing::bare(reader, &Scope::system()).await.unwrap()).await.unwrap()
}

/// The attacks that change something, tried as the role of `store`; nothing of them stays.
pub(super) async fn successes(store: &Store) -> Vec<&'static str> {
    let mut succeeded = Vec::new();
    for (what, statements) in ATTACKS {
        let tx = testing::bare(store, &Scope::system()).await.unwrap();
        let before = state(&tx).await.expect("the role can look");
        let mut refused = false;
        for sql in *statements {
            refused = refused || tx.execute_unprepared(sql).await.is_err();
        }
        // Back to whoever one was: what was done as somebody else counts.
        let _ = tx.execute_unprepared("RESET ROLE").await;
        if !refused && (what.ends_with(ELSEWHERE) || state(&tx).await != Some(before)) {
            succeeded.push(*what);
        }
        tx.rollback().await.unwrap();
    }
    succeeded
}
