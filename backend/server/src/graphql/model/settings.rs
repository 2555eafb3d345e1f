//! Critical settings, as those see them who decide on them.

use std::collections::BTreeSet;

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use varsel_services::domain::settings;
use varsel_services::settings::SettingsView;

use super::{DateTime, Text};

/// Which settings are adopted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "settings::Area")]
pub(crate) enum SettingsArea {
    /// How long what is kept is kept.
    Retention,
    /// Who cosigns the log of use, who gets its checkpoints, and whether a server may run that could change it.
    UseLog,
}

/// The critical settings of an area: they hold as two administrators adopted them.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct CriticalSettings {
    area: SettingsArea,
    /// What people call it.
    label: Text,
    /// Each of them.
    settings: Vec<CriticalSetting>,
    /// Whether what is configured waits for two administrators.
    waits: bool,
    /// Since when those that hold do; null before the first start has ended.
    since: Option<DateTime>,
    /// The critical change by which they do; null where they were there from the beginning.
    change: Option<ID>,
}

/// A critical setting.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct CriticalSetting {
    /// Its name in the configuration.
    name: String,
    /// As it holds; null where it is new.
    adopted: Option<Vec<String>>,
    /// As the configuration has it; null where it is there no more.
    configured: Option<Vec<String>>,
}

impl From<SettingsView> for CriticalSettings {
    fn from(view: SettingsView) -> Self {
        let waits = view.waits();
        let SettingsView { area, configured, adopted } = view;
        let (since, change) = adopted.as_ref().map_or((None, None), |it| (Some(it.since), it.change));
        let holds = adopted.map_or_else(|| configured.clone(), |it| it.settings);
        let names: BTreeSet<_> = holds.keys().chain(configured.keys()).cloned().collect();
        let setting = |name: String| CriticalSetting {
            adopted: holds.get(&name).cloned(),
            configured: configured.get(&name).cloned(),
            name,
        };
        Self {
            area: area.into(),
            label: (&area.label()).into(),
            settings: names.into_iter().map(setting).collect(),
            waits,
            since: since.map(DateTime::from),
            change: change.map(|change| change.to_string().into()),
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeSettingsInput {
    /// Which settings: all of the area, as the configuration has them.
    pub(crate) area: SettingsArea,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}
