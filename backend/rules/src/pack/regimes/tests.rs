//! Where reports are filed, in which order they open, and what a duty cites.

use crate::pack::changed;

const CRA: &str = "regimes/cra_incident.yaml";

#[test]
fn a_place_of_filing_is_one_that_people_can_find_and_that_takes_the_place_of_filing_here() {
    for (from, to, says) in [
        ("filed_at: enisa", "filed_at: enisaa", "unknown unit `enisaa`: did you mean `enisa`?"),
        (
            "filed_at: enisa",
            "filed_at: csirt",
            "`csirt` has no `url` in units.yaml: people must find the place",
        ),
        (
            "filed_elsewhere: true\n",
            "",
            "`filed_at` says where reports go that cannot be filed here: write `filed_elsewhere: true`, too",
        ),
    ] {
        let refused = changed::refusals(&[(CRA, from, to)]);
        let [only] = refused.as_slice() else { panic!("{to:?}: {refused:#?}") };
        assert!(only.starts_with(&format!("{CRA}:")) && only.ends_with(says), "{only}");
    }
}

#[test]
fn a_report_may_stand_above_the_one_whose_filing_opens_it() {
    let tele = "regimes/tele_persondata_dk.yaml";
    let swapped =
        [(tele, "on: {filed: initial}", "on: start"), (tele, "on: start", "on: {filed: supplement}")];
    assert_eq!(changed::refusals(&swapped), Vec::<String>::new());
}

#[test]
fn a_regime_that_cites_nothing_else_cites_its_first_act() {
    let (gdpr, tele) = ("regimes/gdpr_33.yaml", "regimes/tele_persondata_dk.yaml");
    let pack = changed::pack(&[
        (gdpr, "cite: \"GDPR art. 33(1)\"\n\napplies", "\napplies"),
        (tele, "cite: \"Reg. (EU) 611/2013 art. 2\"\n", ""),
    ]);
    let cite = |id: &str| pack.regimes.iter().find(|regime| regime.id == id).unwrap().cite.as_str();
    assert_eq!(cite("gdpr_33"), "Regulation (EU) 2016/679 art. 33");
    assert_eq!(cite("tele_persondata_dk"), "Commission Regulation (EU) 611/2013");
}
