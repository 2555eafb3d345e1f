//! The Danish pack is one that the linter accepts, and a broken variant of it is refused, with the place and the reason.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

mod danish;

use varsel_rules::{Pack, PackFiles};

/// Refusals of the Danish pack after a change to one of its files.
struct Broken(PackFiles);

impl Broken {
    fn new() -> Self {
        Self(PackFiles::embedded("dk"))
    }

    /// Replaces text that must be in the file.
    fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = self.0.get(file).unwrap();
        assert!(text.contains(from), "{file} no longer says `{from}`: this test must follow it");
        let text = text.replacen(from, to, 1);
        self.0.insert(file, text);
        self
    }

    fn without(mut self, file: &str) -> Self {
        assert!(self.0.remove(file).is_some(), "{file} is no longer there: this test must follow");
        self
    }

    fn refusals(&self) -> Vec<String> {
        let refusals = Pack::from_files(&self.0).err().unwrap_or_default();
        assert!(refusals.iter().all(|refusal| danish::is_danish(&refusal.danish)), "{refusals:#?}");
        refusals.iter().map(ToString::to_string).collect()
    }

    /// Expects one refusal that begins with `place` (file, and line where it matters) and contains `message`.
    fn refused(&self, place: &str, message: &str) {
        let refusals = self.refusals();
        let found = refusals.iter().any(|refusal| refusal.starts_with(place) && refusal.contains(message));
        assert!(found, "no refusal of {place} with `{message}` among {refusals:#?}");
    }
}

#[test]
fn the_embedded_pack_has_no_refusals() {
    let refusals = Broken::new().refusals();
    assert!(refusals.is_empty(), "{}", refusals.join("\n"));
}

#[test]
fn the_pack_in_its_folder_is_the_embedded_one() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/dk");
    assert_eq!(PackFiles::read(&folder).unwrap(), PackFiles::embedded("dk"));
    assert_eq!(Pack::load(&folder).unwrap().version(), Pack::embedded("dk").unwrap().version());
}

#[test]
fn the_same_files_have_one_form_that_is_json() {
    let mut files = PackFiles::default();
    files.insert("b.md", "two\nlines");
    files.insert("a.md", "a \"quoted\" word");
    assert_eq!(files.canonical(), r#"{"a.md":"a \"quoted\" word","b.md":"two\nlines"}"#);
    let read: PackFiles = serde_json::from_str(&files.canonical()).unwrap();
    assert_eq!(read, files);
}

#[test]
fn a_file_that_is_too_large_is_no_file_of_a_pack() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("large.md"), "x".repeat((1 << 20) + 1)).unwrap();
    let refused = PackFiles::read(folder.path()).unwrap_err();
    assert_eq!(refused[0].to_string(), "large.md:0: more than 1048576 bytes: split it, or shorten it");
}

#[test]
fn an_unknown_fact_in_a_condition() {
    let broken = Broken::new().with("terms.yaml", "fact: impact.others_damage", "fact: impact.other_damage");
    broken.refused("terms.yaml:", "unknown fact `impact.other_damage`: did you mean `impact.others_damage`?");
}

#[test]
fn an_unknown_fact_in_the_matrix_names_the_line_and_the_alias() {
    let broken = Broken::new().with(
        "regimes/gdpr_34.yaml",
        "X: [subjects_informed]",
        "X: [subjects_informed, nature_type]",
    );
    broken.refused(
        "regimes/gdpr_34.yaml:",
        "unknown fact `nature_type`: it is an alias, write `incident.kind`",
    );
}

#[test]
fn a_test_that_does_not_fit_its_fact() {
    let broken = Broken::new().with("regimes/nis2_energy_dk.yaml", "at_least: 2", "is: true");
    broken.refused("regimes/nis2_energy_dk.yaml:", "does not fit `org.energy_level`");
}

#[test]
fn an_unknown_option() {
    let broken = Broken::new().with("regimes/gdpr_33.yaml", "is: controller", "is: controler");
    broken.refused(
        "regimes/gdpr_33.yaml:",
        "`org.data_role` has no option `controler`: did you mean `controller`?",
    );
}

#[test]
fn an_unknown_option_of_a_set_that_the_engine_adds() {
    let broken =
        Broken::new().with("regimes/police_dk.yaml", "includes: nis2_energy_dk", "includes: nis2_energi_dk");
    broken.refused("regimes/police_dk.yaml:", "has no option `nis2_energi_dk`");
}

#[test]
fn a_stage_that_nothing_opens() {
    let broken = Broken::new().with(
        "regimes/nis2_dk.yaml",
        "on: {filed: progress_report}",
        "on: {filed: final_after_handling}",
    );
    broken.refused("regimes/nis2_dk.yaml:", "stage `final_after_handling` is unreachable");
}

#[test]
fn a_stage_that_recurs_without_a_period() {
    let clock = "    clock: {from: incident.aware_at, period: {count: 2, unit: hour}, rule: elapsed}\n";
    let broken = Broken::new().with("regimes/tele_dk.yaml", clock, "");
    broken.refused("regimes/tele_dk.yaml:", "stage `situation_report` recurs, so it needs a clock");
}

#[test]
fn a_report_on_request_that_nobody_may_ask_for() {
    let broken = Broken::new().with("regimes/nis2_dk.yaml", "    requested_by: [csirt]\n", "");
    broken.refused("regimes/nis2_dk.yaml:", "`on: requested` and `requested_by` go together");
}

#[test]
fn a_map_that_forgets_an_option() {
    let broken = Broken::new().with("terms.yaml", "important: true, none: false", "none: false");
    broken.refused("terms.yaml:", "must say what each option of `org.nis2_class` means");
}

#[test]
fn an_unknown_stage_in_a_clock() {
    let broken = Broken::new().with(
        "regimes/nis2_dk.yaml",
        "from_filed: incident_notification",
        "from_filed: notification",
    );
    broken.refused("regimes/nis2_dk.yaml:", "unknown stage `notification`");
}

#[test]
fn a_role_that_means_nobody_in_some_sector() {
    let broken = Broken::new().with(
        "sectors.yaml",
        "cyber_regime: nis2_dk, nis2_authority: trafik",
        "cyber_regime: nis2_dk, nis2_authority: null",
    );
    broken.refused(
        "sectors.yaml:",
        "role `competent_authority` of `nis2_dk` means no unit for sector `transport.",
    );
}

#[test]
fn a_kind_of_incident_without_guidance() {
    let broken = Broken::new().without("guidance/ddos.en.md");
    broken.refused("guidance/ddos.en.md:", "no guidance for `ddos` in `en`");
}

#[test]
fn a_step_without_a_text() {
    let broken = Broken::new().with("guidance/ddos.da.md", "## ddos-1\n", "## ddos-one\n");
    broken.refused("guidance/ddos.da.md:", "step `ddos-1` has no text");
    broken.refused("guidance/ddos.da.md:", "section `ddos-one` belongs to no step");
}

#[test]
fn a_text_that_lacks_a_language() {
    let broken = Broken::new().with("routing.yaml", r#", en: "The people affected"}"#, "}");
    broken.refused("routing.yaml:", "this text lacks `en`");
    let broken = Broken::new().with("routing.yaml", r#"en: "The people affected""#, r#"en: " ""#);
    broken.refused("routing.yaml:", "this text lacks `en`");
}

#[test]
fn a_duty_without_a_citation() {
    let broken = Broken::new().with("regimes/gdpr_34.yaml", "    cite: \"GDPR art. 34(1)-(2)\"\n", "");
    broken.refused("regimes/gdpr_34.yaml:", "stage `communication` has no `cite`");
}

#[test]
fn a_condition_without_a_citation() {
    let broken = Broken::new().with("regimes/gdpr_34.yaml", "        cite: \"GDPR art. 34(3)(b)\"\n", "");
    broken.refused("regimes/gdpr_34.yaml:", "no citation");
}

#[test]
fn a_matrix_cell_twice() {
    let broken = Broken::new().with("regimes/nis2_dk.yaml", "X: [status_update]", "X: [status_update, ioc]");
    broken.refused("regimes/nis2_dk.yaml:", "the matrix cell of `ioc` at this stage is filled twice");
}

#[test]
fn ids_that_stand_there_twice() {
    Broken::new().with("pack.yaml", "gdpr_33,", "gdpr_33, gdpr_33,").refused("pack.yaml:", "listed twice");
    Broken::new()
        .with("units.yaml", "- id: sds", "- id: samsik")
        .refused("units.yaml:", "unit `samsik` stands there twice");
    Broken::new()
        .with("catalogue.yaml", "{id: incident.cyber,", "{id: description,")
        .refused("catalogue.yaml:", "`description` is used twice");
    Broken::new()
        .with("regimes/nis2_dk.yaml", "- id: incident_notification", "- id: early_warning")
        .refused("regimes/nis2_dk.yaml:", "stage `early_warning` stands there twice");
    Broken::new()
        .with("routing.yaml", "- id: csirt", "- id: dpa")
        .refused("routing.yaml:", "role `dpa` stands there twice");
}

#[test]
fn references_to_nothing() {
    Broken::new()
        .with("sectors.yaml", "unit: sektorcert", "unit: sectorcert")
        .refused("sectors.yaml:", "unknown unit `sectorcert`: did you mean `sektorcert`?");
    Broken::new()
        .with("regimes/gdpr_33.yaml", "{role: dpa}", "{role: dpo}")
        .refused("regimes/gdpr_33.yaml:", "unknown role `dpo`: did you mean `dpa`?");
    Broken::new()
        .with("routing.yaml", "to: datatilsynet", "to: datatilsyn")
        .refused("routing.yaml:", "unknown unit `datatilsyn`: did you mean `datatilsynet`?");
    Broken::new()
        .with("projection.yaml", "[ioc,", "[iocs,")
        .refused("projection.yaml:", "unknown fact `iocs`");
    Broken::new()
        .with("terms.yaml", "{term: ir_dns}", "{term: ir_dsn}")
        .refused("terms.yaml:", "unknown term `ir_dsn`");
    Broken::new()
        .with("severity.yaml", "- level: 5\n    when", "- level: 6\n    when")
        .refused("severity.yaml:", "the scale has no level 6");
    Broken::new()
        .with("regimes/gdpr_33.yaml", "from: personal_data.breach_known_at", "from: personal_data.risk")
        .refused("regimes/gdpr_33.yaml:", "`personal_data.risk` is no instant");
}

#[test]
fn files_that_are_missing_broken_or_forgotten() {
    Broken::new().without("calendar.yaml").refused("calendar.yaml:0:", "missing");
    Broken::new().with("severity.yaml", "scale:", "scale: [").refused("severity.yaml:", "");
    Broken::new().with("regimes/gdpr_34.yaml", "stages:", "stage:").refused("regimes/gdpr_34.yaml:", "stage");
    Broken::new()
        .with("pack.yaml", ", gdpr_34", "")
        .refused("regimes/gdpr_34.yaml:0:", "not in the list of pack.yaml");
    Broken::new()
        .with("pack.yaml", "Europe/Copenhagen", "Europe/Kopenhagen")
        .refused("pack.yaml:", "no time zone");
}

#[test]
fn all_refusals_come_at_once() {
    let broken = Broken::new()
        .with("sectors.yaml", "unit: sektorcert", "unit: sectorcert")
        .with("terms.yaml", "fact: impact.others_damage", "fact: impact.other_damage")
        .with("regimes/gdpr_33.yaml", "is: controller", "is: controler")
        .without("guidance/ddos.en.md");
    broken.refused("sectors.yaml:", "sectorcert");
    broken.refused("terms.yaml:", "impact.other_damage");
    broken.refused("regimes/gdpr_33.yaml:", "controler");
    broken.refused("guidance/ddos.en.md:", "no guidance");
}

#[test]
fn an_unreadable_folder_is_refused() {
    let refusals = Pack::load(std::path::Path::new("/nowhere/at/all")).unwrap_err();
    assert!(refusals[0].message.contains("/nowhere/at/all"), "{refusals:?}");
    assert!(Pack::embedded("atlantis").is_err());
}
