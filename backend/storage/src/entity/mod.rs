//! Rows as the database has them. Private: nothing outside this crate sees a row.

pub(crate) mod access_entry;
pub(crate) mod change;
pub(crate) mod facts_revision;
pub(crate) mod filing;
pub(crate) mod guidance_issued;
pub(crate) mod incident;
pub(crate) mod incident_counter;
pub(crate) mod job;
pub(crate) mod obligation;
pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod session;
pub(crate) mod timeline_entry;
pub(crate) mod unit_case;
