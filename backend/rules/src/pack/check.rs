//! Checks that need the whole pack.

use super::Pack;
use super::refusal::Refusals;
use super::said::Said;
use crate::assess::roles::units_of;

/// Refuses a role that means nobody for some subsector that its regime covers.
pub(crate) fn roles_reach_every_sector(pack: &Pack, refusals: &mut Refusals) {
    for regime in &pack.regimes {
        let Some(attribute) = &regime.covers else { continue };
        let covered = pack.sectors.0.iter().filter(|(_, sector)| sector.says(attribute, &regime.id));
        for (id, sector) in covered {
            let mut roles: Vec<&str> = regime
                .stages
                .iter()
                .flat_map(|stage| &stage.recipients)
                .filter(|recipient| recipient.when.is_none())
                .map(|recipient| recipient.role.as_str())
                .collect();
            roles.sort_unstable();
            roles.dedup();
            for role in roles.into_iter().filter_map(|role| pack.routing.roles.get(role)) {
                if !role.may_be_nobody && units_of(role, &[sector]).is_empty() {
                    let said = Said::both(
                        format!("rolle `{}` i `{}` er ingen enhed for sektor `{id}`", role.id, regime.id),
                        format!("role `{}` of `{}` means no unit for sector `{id}`", role.id, regime.id),
                    );
                    refusals.at("sectors.yaml", 0, said);
                }
            }
        }
    }
}
