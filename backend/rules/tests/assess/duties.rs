//! Duties: whether they exist, what starts their clocks, where they stand.

use serde_json::json;
use varsel_rules::{
    Answer, Facts, History, ObligationStatus, Pack, PackFiles, Request, assess, assess_history, requestable,
};

use crate::{answers, assessed, duty, filing, railway, read, regime};

const NOW: &str = "2026-11-24T12:00:00+01:00";

#[test]
fn before_anything_is_known_nothing_is_certain() {
    let assessment = assessed(&read(&json!({})), &[], NOW);
    assert_eq!(answers(&assessment, "nis2_dk"), (Answer::CannotTell, Answer::CannotTell));
    assert_eq!(regime(&assessment, "nis2_dk").need_to_know, ["service.sectors"]);
    assert!(assessment.obligations.iter().all(|duty| duty.provisional));
    let warning = duty(&assessment, "nis2_dk/early_warning").unwrap();
    assert_eq!((warning.target, warning.status), (None, ObligationStatus::Open));
}

#[test]
fn a_duty_is_open_until_it_is_late() {
    let facts = railway(json!({}));
    let status = |now| duty(&assessed(&facts, &[], now), "nis2_dk/early_warning").unwrap().status;
    // The hour in which it became aware is not counted: 24 hours end at 11:00, the plain reading at 10:10.
    assert_eq!(status("2026-11-25T11:00:00+01:00"), ObligationStatus::Open);
    assert_eq!(status("2026-11-25T11:00:01+01:00"), ObligationStatus::Late);
}

#[test]
fn what_was_filed_in_time_is_met_and_what_was_filed_late_stays_late() {
    let facts = railway(json!({}));
    let status = |received| {
        let filings = [filing("nis2_dk", "early_warning", received)];
        duty(&assessed(&facts, &filings, "2026-11-30T12:00:00Z"), "nis2_dk/early_warning").unwrap().status
    };
    assert_eq!(status("2026-11-25T11:00:00+01:00"), ObligationStatus::Met);
    assert_eq!(status("2026-11-25T11:00:01+01:00"), ObligationStatus::Late);
}

#[test]
fn the_first_filing_starts_the_month_a_resubmission_does_not() {
    let facts = railway(json!({"incident.ongoing": false}));
    let filings = [
        filing("nis2_dk", "incident_notification", "2026-11-26T09:00:00Z"),
        filing("nis2_dk", "incident_notification", "2026-11-30T14:00:00Z"),
    ];
    let assessment = assessed(&facts, &filings, "2026-11-30T15:00:00Z");
    let report = duty(&assessment, "nis2_dk/final_report").unwrap();
    assert_eq!(report.target.unwrap().to_rfc3339(), "2026-12-26T10:00:00+01:00");
    assert_eq!(report.status, ObligationStatus::Open);
}

#[test]
fn while_it_goes_on_a_progress_report_takes_the_place_of_the_final_one() {
    let facts = railway(json!({"incident.ongoing": true}));
    let notified = filing("nis2_dk", "incident_notification", "2026-11-26T09:00:00Z");
    let assessment = assessed(&facts, std::slice::from_ref(&notified), "2026-12-01T09:00:00Z");
    assert!(duty(&assessment, "nis2_dk/final_report").is_none());
    assert_eq!(duty(&assessment, "nis2_dk/progress_report").unwrap().status, ObligationStatus::Open);
    let after = duty(&assessment, "nis2_dk/final_after_handling").unwrap();
    assert_eq!((after.status, after.target), (ObligationStatus::NotYetOpen, None));

    let filings = [notified, filing("nis2_dk", "progress_report", "2026-12-20T09:00:00Z")];
    let handled =
        railway(json!({"incident.ongoing": false, "incident.handled_at": "2027-01-31T08:00:00+01:00"}));
    let assessment = assessed(&handled, &filings, "2027-02-01T09:00:00Z");
    let after = duty(&assessment, "nis2_dk/final_after_handling").unwrap();
    assert_eq!(after.target.unwrap().to_rfc3339(), "2027-02-28T08:00:00+01:00");
    assert!(duty(&assessment, "nis2_dk/final_report").is_none(), "the progress report took its place");
}

#[test]
fn an_intermediate_report_is_owed_only_when_it_is_asked_for() {
    let assessment = assessed(&railway(json!({})), &[], NOW);
    assert!(duty(&assessment, "nis2_dk/intermediate_report").is_none());
}

#[test]
fn size_and_sector_make_the_class_where_none_is_registered() {
    let class = |size: serde_json::Value| {
        let mut facts = json!({
            "incident.kind": "ransomware", "service.sectors": ["health.providers"], "impact.serious_disruption": true,
        });
        facts.as_object_mut().unwrap().extend(size.as_object().unwrap().clone());
        assessed(&read(&facts), &[], NOW)
    };
    let employees = |number| answers(&class(json!({"org.employees": number})), "nis2_dk").0;
    assert_eq!(employees(50), Answer::Yes);
    assert_eq!(employees(49), Answer::CannotTell, "the turnover may still be above the limit");
    let small = json!({"org.employees": 49, "org.turnover_eur": 10_000_000, "org.balance_eur": 90_000_000});
    assert_eq!(answers(&class(small), "nis2_dk").0, Answer::No);
    let rich = json!({"org.employees": 3, "org.turnover_eur": 10_000_001, "org.balance_eur": 10_000_001});
    assert_eq!(answers(&class(rich), "nis2_dk").0, Answer::Yes);
    // What is registered stands, whatever the size.
    let registered = json!({"org.employees": 900, "org.nis2_class": "none"});
    assert_eq!(answers(&class(registered), "nis2_dk").0, Answer::No);
}

#[test]
fn a_class_that_is_not_known_is_asked_for_once_and_then_computed() {
    let asked = |class: serde_json::Value| {
        let mut facts = json!({"incident.kind": "ddos", "service.sectors": ["health.providers"]});
        facts.as_object_mut().unwrap().extend(class.as_object().unwrap().clone());
        regime(&assessed(&read(&facts), &[], NOW), "nis2_dk").need_to_know.clone()
    };
    assert_eq!(asked(json!({})), ["org.nis2_class"]);
    assert!(asked(json!({"org.nis2_class": "unknown"})).contains(&"org.employees".to_owned()));
}

#[test]
fn sector_law_displaces_the_nis_2_act() {
    let mixed =
        railway(json!({"service.sectors": ["transport.rail", "energy.electricity"], "org.energy_level": 3}));
    let assessment = assessed(&mixed, &[], NOW);
    assert_eq!(duty(&assessment, "nis2_dk/early_warning").unwrap().recipients, ["trafik", "csirt"]);
    assert_eq!(
        duty(&assessment, "nis2_energy_dk/first_notice").unwrap().recipients,
        ["ens", "csirt", "energinet"]
    );

    let bank =
        railway(json!({"service.sectors": ["transport.rail"], "org.financial_entity": "credit_institution"}));
    assert_eq!(answers(&assessed(&bank, &[], NOW), "nis2_dk").0, Answer::No);
}

#[test]
fn telecom_of_a_municipality_falls_under_the_nis_2_act() {
    let facts = railway(
        json!({"service.sectors": ["digital_infrastructure.ecn"], "org.public_body": "municipality"}),
    );
    let assessment = assessed(&facts, &[], NOW);
    assert_eq!(answers(&assessment, "tele_dk").0, Answer::No);
    assert_eq!(duty(&assessment, "nis2_dk/early_warning").unwrap().recipients, ["samsik", "csirt"]);
}

#[test]
fn a_newly_identified_critical_entity_has_ten_months() {
    let facts = |told: &str| {
        railway(json!({
            "incident.cyber": false, "incident.kind": "other", "org.critical_entity": true,
            "org.critical_since": told, "impact.essential_service_disruption": true,
        }))
    };
    let applies = |told| answers(&assessed(&facts(told), &[], NOW), "cer_dk").0;
    assert_eq!(applies("2026-01-24T10:10:00+01:00"), Answer::Yes);
    assert_eq!(applies("2026-01-24T10:11:00+01:00"), Answer::No);
    assert_eq!(applies("unknown"), Answer::Yes);
}

#[test]
fn the_financial_limit_is_the_earlier_of_two_unless_it_was_classified_later() {
    let target = |classified: &str| {
        let facts = railway(json!({
            "service.sectors": ["banking.credit_institutions"], "org.financial_entity": "credit_institution",
            "incident.classified_at": classified, "dora.critical_services": true, "dora.data_loss_malicious": true,
        }));
        let assessment = assessed(&facts, &[], NOW);
        duty(&assessment, "dora_19/initial_notification").unwrap().target.unwrap().to_rfc3339()
    };
    assert_eq!(target("2026-11-24T15:00:00+01:00"), "2026-11-24T19:00:00+01:00");
    assert_eq!(target("2026-11-25T09:00:00+01:00"), "2026-11-25T10:10:00+01:00");
    assert_eq!(target("2026-11-25T10:10:00+01:00"), "2026-11-25T10:10:00+01:00");
    assert_eq!(target("2026-11-25T10:10:01+01:00"), "2026-11-25T14:10:01+01:00");
    assert_eq!(target("2026-11-26T09:00:00+01:00"), "2026-11-26T13:00:00+01:00");
    assert_eq!(target("unknown"), "2026-11-25T10:10:00+01:00");
}

#[test]
fn situation_reports_are_owed_again_and_again_while_preparedness_is_activated() {
    let facts = |activated: serde_json::Value| {
        railway(json!({
            "service.sectors": ["digital_infrastructure.ecn"], "org.telecom_provider": true, "incident.ongoing": true,
            "impact.user_hours_voice": 900_000, "bcp_activated": activated, "status_update": "Vi arbejder.",
        }))
    };
    let name = "tele_dk/situation_report";
    let next = |filings: &[varsel_rules::Filing]| {
        let assessment = assessed(&facts(json!(true)), filings, "2026-11-24T12:20:00+01:00");
        let duty = duty(&assessment, name).unwrap();
        (duty.target.unwrap().to_rfc3339(), duty.status)
    };
    assert_eq!(
        next(&[]),
        ("2026-11-24T12:10:00+01:00".to_owned(), ObligationStatus::Open),
        "due ends at 13:00"
    );
    let reports = [
        filing("tele_dk", "situation_report", "2026-11-24T11:00:00+01:00"),
        filing("tele_dk", "situation_report", "2026-11-24T12:15:00+01:00"),
    ];
    assert_eq!(next(&reports).0, "2026-11-24T14:15:00+01:00");
    let again = varsel_rules::discharged(crate::pack(), &facts(json!(true)), &reports, crate::at(NOW));
    assert!(again.iter().any(|filing| filing.stage == "situation_report"));
    assert!(duty(&assessed(&facts(json!("unknown")), &[], NOW), name).is_none(), "only where it is certain");
}

#[test]
fn manufacturers_report_from_the_day_the_law_applies() {
    let applies = |aware: &str| {
        let facts = railway(json!({
            "incident.aware_at": aware, "org.manufacturer": true, "product.severe_incident": true,
        }));
        answers(&assessed(&facts, &[], NOW), "cra_incident").0
    };
    assert_eq!(applies("2026-09-10T23:59:00+02:00"), Answer::No);
    assert_eq!(applies("2026-09-11T00:00:00+02:00"), Answer::Yes);
}

#[test]
fn a_report_on_request_is_owed_from_the_request_by_the_time_that_it_sets() {
    let facts = railway(json!({}));
    let request = |at: &str, due: Option<&str>| Request {
        regime: "nis2_dk".to_owned(),
        stage: "intermediate_report".to_owned(),
        at: crate::at(at),
        due: due.map(crate::at),
    };
    let standing = |filings: &[varsel_rules::Filing], requests: &[Request]| {
        let history = History { filings, requests };
        let assessment = assess_history(crate::pack(), &facts, history, crate::at("2026-12-01T12:00:00Z"));
        let duty = duty(&assessment, "nis2_dk/intermediate_report").unwrap();
        (duty.status, duty.due.map(|due| due.to_rfc3339()))
    };
    let asked = request("2026-11-30T09:00:00Z", None);
    assert_eq!(standing(&[], std::slice::from_ref(&asked)), (ObligationStatus::Open, None));
    let by = request("2026-11-30T09:00:00Z", Some("2026-12-01T11:00:00Z"));
    let due = Some("2026-12-01T12:00:00+01:00".to_owned());
    assert_eq!(standing(&[], std::slice::from_ref(&by)), (ObligationStatus::Late, due.clone()));
    let sent = [filing("nis2_dk", "intermediate_report", "2026-12-01T10:00:00Z")];
    assert_eq!(standing(&sent, &[asked.clone(), by.clone()]), (ObligationStatus::Met, due));
    let once_more = request("2026-12-01T11:30:00Z", None);
    assert_eq!(standing(&sent, &[asked, by, once_more]), (ObligationStatus::Open, None));
}

#[test]
fn only_who_the_law_names_may_ask_for_a_report() {
    let stages = |sector: &str, unit: &str| -> Vec<String> {
        let facts = railway(json!({"service.sectors": [sector], "org.energy_level": 3}));
        let stages = requestable(crate::pack(), &facts, &[], crate::at(NOW), unit);
        stages.into_iter().map(|stage| format!("{}/{}", stage.regime, stage.stage)).collect()
    };
    assert_eq!(stages("transport.rail", "csirt"), ["nis2_dk/intermediate_report"]);
    assert!(stages("transport.rail", "trafik").is_empty(), "in Denmark, only the CSIRT may ask");
    assert_eq!(stages("energy.gas", "ens"), ["nis2_energy_dk/intermediate_report"]);
}

#[test]
fn a_report_that_an_event_opens_waits_for_it_and_runs_from_it() {
    let report = |fix: &str, now: &str| {
        let facts = railway(json!({
            "org.manufacturer": true, "product.exploited_vulnerability": true, "incident.fix_available_at": fix,
        }));
        let report = duty(&assessed(&facts, &[], now), "cra_vuln/final_report").unwrap().clone();
        (report.status, report.target.map(|at| at.to_rfc3339()), report.due.map(|at| at.to_rfc3339()))
    };
    assert_eq!(report("unknown", "2027-01-01T12:00:00Z"), (ObligationStatus::NotYetOpen, None, None));
    let fixed = "2026-12-11T10:00:00+01:00";
    // Christmas Day, the day after, and a weekend: the period ends with Monday 28 December.
    let (target, due) = ("2026-12-25T10:00:00+01:00".to_owned(), "2026-12-29T00:00:00+01:00".to_owned());
    let open = |status| (status, Some(target.clone()), Some(due.clone()));
    assert_eq!(report(fixed, "2026-12-29T00:00:00+01:00"), open(ObligationStatus::Open));
    assert_eq!(report(fixed, "2026-12-29T00:00:01+01:00"), open(ObligationStatus::Late));
    // The event told anew, e.g. since the first fix did not hold, starts the clock anew.
    let again = report("2026-12-28T10:00:00+01:00", "2026-12-29T00:00:01+01:00");
    assert_eq!((again.0, again.2.unwrap()), (ObligationStatus::Open, "2027-01-12T00:00:00+01:00".to_owned()));
}

#[test]
fn a_report_without_a_clock_waits_for_its_event_too() {
    let mut files = PackFiles::embedded("dk");
    let regime = files.get("regimes/cra_vuln.yaml").unwrap().to_owned();
    let clock =
        "    clock: {from: incident.fix_available_at, period: {count: 14, unit: day}, rule: reg1182_71}\n";
    assert!(regime.contains(clock), "this test must follow the pack");
    files.insert("regimes/cra_vuln.yaml", regime.replace(clock, ""));
    let pack = Pack::from_files(&files).unwrap();
    let status = |fix: &str| {
        let facts = railway(json!({
            "org.manufacturer": true, "product.exploited_vulnerability": true, "incident.fix_available_at": fix,
        }));
        let facts = Facts::parse(&pack, &facts.to_json()).unwrap();
        duty(&assess(&pack, &facts, &[], crate::at(NOW)), "cra_vuln/final_report").unwrap().status
    };
    assert_eq!(status("unknown"), ObligationStatus::NotYetOpen);
    assert_eq!(status("2026-11-20T10:00:00+01:00"), ObligationStatus::Open);
}

#[test]
fn where_the_law_leaves_the_class_open_only_an_answer_settles_it() {
    let found = |class: &str| {
        let facts = json!({
            "incident.kind": "ransomware", "service.sectors": ["public.municipalities"], "org.employees": 900,
            "org.nis2_class": class, "impact.serious_disruption": true,
        });
        let assessment = assessed(&read(&facts), &[], NOW);
        let nis2 = regime(&assessment, "nis2_dk");
        (nis2.applies, nis2.need_to_know.clone())
    };
    assert_eq!(found("unknown"), (Answer::CannotTell, vec!["org.nis2_class".to_owned()]));
    assert_eq!(found("important"), (Answer::Yes, vec![]));
}
