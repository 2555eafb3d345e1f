//! What rendering promises: merged where it is known, whole where it is not, and nothing that injects.

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;

use super::hole::hole;
use super::template::{Mistake, Names, compile};
use super::*;
use crate::pack::said::danish::is_danish;
use crate::{Facts, PackFiles, Unit, UnitKind, assess};

fn pack() -> Pack {
    Pack::embedded("dk").unwrap()
}

/// Ransomware at an electricity supplier on a Wednesday afternoon.
fn ransomware(pack: &Pack) -> Vec<Guidance> {
    let sectors = ["energy.electricity"];
    let facts = json!({
        "incident.kind": "ransomware", "incident.aware_at": "2026-11-25T15:20:00+01:00", "incident.cyber": true,
        "service.sectors": sectors, "org.energy_level": 4, "org.data_role": "controller",
        "impact.serious_disruption": true, "personal_data.involved": true,
    });
    let facts = Facts::parse(pack, &facts).unwrap();
    let assessment = assess(pack, &facts, &[], "2026-11-25T15:00:00Z".parse().unwrap());
    render(pack, &assessment.guidance, &Situation::of(&assessment, sectors.map(str::to_owned).to_vec()))
}

fn all(pack: &Pack) -> Vec<GuidanceRef> {
    let reference = |it: &Guidance| GuidanceRef { playbook: it.playbook.clone(), version: it.version };
    pack.playbooks().iter().map(reference).collect()
}

fn read(playbooks: &[Guidance], of: fn(&Text) -> &str) -> String {
    let steps = playbooks.iter().flat_map(|playbook| &playbook.steps);
    steps.map(|step| [step.id.as_str(), ": ", of(&step.text), "\n"].concat()).collect()
}

#[test]
fn a_playbook_names_the_desks_and_the_times_in_danish() {
    insta::assert_snapshot!(read(&ransomware(&pack()), |text| &text.da));
}

#[test]
fn a_playbook_names_the_desks_and_the_times_in_english() {
    insta::assert_snapshot!(read(&ransomware(&pack()), |text| &text.en));
}

#[test]
fn without_an_incident_a_playbook_reads_as_for_any() {
    let pack = pack();
    let general = render(&pack, &all(&pack), &Situation::default());
    assert_eq!(general, pack.playbooks(), "what the pack holds is the general reading");
    let call = &pack.guidance("common").unwrap().steps[0].text;
    assert!(call.da.starts_with("Indberet her: så ser I, hvem der leder sagen"), "{call:?}");
    insta::assert_snapshot!(read(&[pack.guidance("common").unwrap().clone()], |text| &text.da));
}

#[test]
fn every_kind_of_incident_in_every_sector_resolves() {
    let refusals = check_guidance(&pack()).err().unwrap_or_default();
    assert!(refusals.is_empty(), "{refusals:#?}");
}

#[test]
fn no_step_says_how_much_time_is_left() {
    let pack = pack();
    for text in [read(&ransomware(&pack), |text| &text.da), read(&ransomware(&pack), |text| &text.en)] {
        assert!(!text.contains(" tilbage.") && !text.contains(" left."), "{text}");
    }
}

#[test]
fn the_end_of_a_day_is_that_days() {
    let at = |text: &str| moment(&DateTime::parse_from_rfc3339(text).unwrap());
    let both = |da: &str, en: &str| Text { da: da.to_owned(), en: en.to_owned() };
    assert_eq!(
        at("2026-11-27T15:20:00+01:00"),
        both("fredag den 27. november kl. 15.20", "Friday 27 November at 15:20")
    );
    assert_eq!(
        at("2026-03-01T00:00:00+01:00"),
        both("lørdag den 28. februar kl. 24.00", "the end of Saturday 28 February")
    );
    assert_eq!(at("2026-03-01T00:01:00+01:00").da, "søndag den 1. marts kl. 00.01");
}

#[test]
fn a_late_duty_is_said_to_be_late_and_one_without_a_time_comes_last() {
    let pack = pack();
    let duty = |regime: &str, stage: &str, status, target: Option<&str>| Obligation {
        regime: regime.to_owned(),
        stage: stage.to_owned(),
        recipients: vec!["datatilsynet".to_owned()],
        provisional: false,
        status,
        target: target.map(|at| at.parse().unwrap()),
        due: None,
        cite: String::new(),
    };
    let open = vec![
        duty("police_dk", "report", ObligationStatus::Open, None),
        duty("gdpr_33", "notification", ObligationStatus::Late, Some("2026-11-28T14:20:00Z")),
    ];
    let situation = Situation { open, ..Situation::default() };
    let said = read(&render(&pack, &all(&pack), &situation), |text| &text.da);
    assert!(said.contains("common-due: Fristen var lørdag den 28. november kl. 15.20. Send nu: "), "{said}");
    assert!(said.contains("data_leak-7: Fristen var lørdag den 28. november kl. 15.20: anmeld nu"), "{said}");
    let (late, undated) = (said.find("- Fristen var").unwrap(), said.find("- Uden fast frist: ").unwrap());
    assert!(late < undated, "{said}");
}

/// A pack in which the unit that leads has this name and this page.
fn named(name: &str, url: &str) -> Pack {
    let mut pack = pack();
    let unit = pack.units.iter_mut().find(|unit| unit.id == "sektorcert").unwrap();
    unit.name = Text { da: name.to_owned(), en: name.to_owned() };
    unit.url = Some(url.to_owned());
    pack
}

fn call_of(pack: &Pack) -> String {
    let units = vec![("sektorcert".to_owned(), Part::Lead)];
    let common = [GuidanceRef { playbook: "common".to_owned(), version: 0 }];
    let said = render(pack, &common, &Situation { units, ..Situation::default() });
    said[0].steps[0].text.en.clone()
}

#[test]
fn a_name_is_never_markup() {
    let name = "[x](javascript:alert(1)) <b>*{{unit.csirt.name}}*\n\n# `Y` \u{202e}z";
    let said = call_of(&named(name, "javascript:alert(1)"));
    assert_eq!(
        said,
        "Contact \\[x\\]\\(javascript:alert\\(1\\)\\) \\<b\\>\\*\\{\\{unit\\.csirt\\.name\\}\\}\\* \\# \\`Y\\` z, \
         who leads the case: javascript:alert\\(1\\)."
    );
    let said = call_of(&named("A", "https://x.dk/>)[y](https://evil.dk"));
    assert!(!said.contains("]("), "an address that ends its link early is no link: {said}");
}

proptest! {
    // Each case loads the whole pack.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_a_unit_is_called_the_step_is_one_line_of_plain_words(name in "\\PC{1,40}", url in "\\PC{0,40}") {
        let said = call_of(&named(&format!("N{name}"), &url));
        prop_assert!(!said.contains('\n'), "{said:?}");
        let mut escaped = false;
        let name = said.strip_prefix("Contact ").unwrap_or(&said).split(", who leads").next().unwrap();
        for c in name.chars() {
            prop_assert!(escaped || !"[]()<>*_`#{}!&~|".contains(c), "{said:?}");
            escaped = c == '\\' && !escaped;
        }
    }
}

fn mistakes(template: &str) -> Vec<String> {
    let unit = |id: &str, phone: Option<&str>| Unit {
        id: id.to_owned(),
        name: Text::default(),
        kind: UnitKind::Police,
        phone: phone.map(str::to_owned),
        email: None,
        url: None,
        hours: None,
        confidence: "official".to_owned(),
        source: "https://example.dk".to_owned(),
    };
    let units = [unit("police", Some("114")), unit("csirt", None)];
    let names = Names { units: &units, regimes: &["gdpr_33"] };
    let found = compile(template, &names).err().unwrap_or_default();
    let said = |mistake: Mistake| {
        assert!(is_danish(&mistake.said.da), "{:?}", mistake.said);
        format!("{}: {}", mistake.line, mistake.said.en)
    };
    found.into_iter().map(said).collect()
}

#[test]
fn templates_that_cannot_leave_a_hole_are_taken() {
    for good in [
        "Call.",
        "{{unit.police.name}} {{unit.police.phone}}",
        "{{#if lead}}{{lead.name}}{{#if lead.phone}}: {{lead.phone}}{{/if}}{{else}}x{{/if}}",
        "{{#if lead.phone}}{{lead.name}}{{lead.phone}}{{/if}}",
        "{{#if lead.phone}}{{lead.contact}}{{/if}}{{#each told}}{{#if url}}{{contact}}{{/if}}{{/each}}",
        "{{#unless lead}}x{{else}}{{lead.name}}{{/unless}}",
        "{{#with lead}}{{name}}{{#if @root.sectors}}{{@root.sectors}}{{/if}}{{else}}x{{/with}}",
        "{{#each told}}{{#unless @first}}, {{/unless}}{{name}}{{#if phone}} {{phone}}{{/if}}{{/each}}",
        "{{#each clocks}}{{#if by}}{{by}}{{else}}-{{/if}}{{#if late}}!{{/if}}{{else}}x{{/each}}",
        "{{#if duty.gdpr_33.by}}{{duty.gdpr_33.by}}{{/if}}{{! a remark }}",
        "{{#if next.by}}{{#with next}}{{by}} {{stage}}{{/with}}{{else}}x{{/if}}",
    ] {
        assert_eq!(mistakes(good), Vec::<String>::new(), "{good}");
    }
}

#[test]
fn templates_that_could_leave_a_hole_are_refused_with_what_to_write() {
    for (bad, message) in [
        ("a\nb {{#if lead}}", "2: this is no Handlebars template"),
        ("a\nb\n{{lead.phon}}", "3: unknown variable `lead.phon`: did you mean `phone`?"),
        ("{{#if leed}}x{{/if}}", "1: unknown variable `leed`: did you mean `lead`?"),
        ("{{#if duty.gdpr_34}}x{{/if}}", "1: unknown variable `duty.gdpr_34`: did you mean `gdpr_33`?"),
        (
            "{{#if lead.name.first}}x{{/if}}",
            "unknown variable `lead.name.first`: what stands before it has no parts",
        ),
        ("{{unit.csirt.phone}}", "unknown variable `unit.csirt.phone`: there are name"),
        (
            "{{lead.name}}",
            "`lead.name` is not always known: write `{{#if lead.name}}...{{else}}...{{/if}}` around it",
        ),
        ("{{#if lead}}{{lead.phone}}{{/if}}", "`lead.phone` is not always known"),
        ("{{#if lead}}x{{else}}{{lead.name}}{{/if}}", "`lead.name` is not always known"),
        ("{{#each told}}{{phone}}{{/each}}", "`phone` is not always known"),
        (
            "{{#each told}}{{#if phone}}{{#each @root.told}}{{phone}}{{/each}}{{/if}}{{/each}}",
            "not always known",
        ),
        ("{{#each told}}{{lead.name}}{{/each}}", "unknown variable `lead.name`"),
        ("{{#each told}}{{#if sectors}}x{{/if}}{{/each}}", "write `@root.sectors`"),
        ("{{#with lead}}{{name}}{{/with}}", "`lead` is not always known: write an `{{else}}`"),
        ("{{#with sectors}}x{{/with}}", "`sectors` has no parts"),
        ("{{#each lead}}x{{/each}}", "`lead` is no list: there are `told` and `clocks`"),
        ("{{#if next}}{{next}}{{/if}}", "`next` is no text: add one of regime, law, stage"),
        ("{{told}}", "`told` is a list: write `{{#each told}}`"),
        ("{{#each clocks}}{{late}}{{/each}}", "`late` is yes or no: write `{{#if late}}`"),
        ("{{#ifs lead}}x{{/ifs}}", "unknown helper `ifs`: write `{{#if ...}}`"),
        ("{{lookup unit 'csirt'}}", "unknown helper `lookup`"),
        ("{{#if (eq 1 1)}}x{{/if}}", "`{{#if}}` takes the name of one variable"),
        ("{{#if lead includeZero=true}}x{{/if}}", "`{{#if lead}}` takes nothing further"),
        ("{{#each told as |one|}}x{{/each}}", "`{{#each told}}` takes nothing further"),
        ("{{> other}}", "a step includes no other template"),
        ("{{{{raw}}}} {{x}} {{{{/raw}}}}", "unknown helper `raw`"),
        ("{{{lead}}}", "`lead` is no text"),
        ("{{@first}}", "unknown variable `@first`"),
        ("{{lead.phone}}", "`lead.phone` is not always known"),
        ("{{#if lead.sectors}}x{{/if}}", "unknown variable `lead.sectors`: there are name, phone, "),
        ("{{#each told}}{{#if nam}}x{{/if}}{{/each}}", "unknown variable `nam`: did you mean `name`?"),
        ("{{../lead}}", "unknown variable `../lead`"),
    ] {
        let found = mistakes(bad);
        assert!(found.iter().any(|mistake| mistake.contains(message)), "{bad}: {found:?}");
    }
}

#[test]
fn a_hole_is_seen() {
    for text in ["", " \n", "Call .", "Call  now", "Call ()", "By : x", "{{x", "a , b"] {
        assert!(hole(text).is_some() || text == "By : x", "{text}");
    }
    assert_eq!(hole("Call **SektorCERT** (9-16).\n\n- By Friday: x\n  - y"), None);
}

#[test]
fn a_pack_names_the_file_and_the_line_of_a_template_that_is_wrong() {
    let refusals = |from: &str, to: &str| {
        let mut files = PackFiles::embedded("dk");
        let text = files.get("guidance/common.da.md").unwrap();
        assert!(text.contains(from), "the test must follow the playbook");
        let line = text.lines().position(|line| line.contains(from)).unwrap() + 1;
        let broken = text.replacen(from, to, 1);
        files.insert("guidance/common.da.md", broken);
        let refusals = Pack::from_files(&files).err().unwrap_or_default();
        (line, refusals.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (line, found) = refusals("på {{unit.nsk_nc3.url}}", "på {{unit.nsk_nc4.url}}");
    let expected = "unknown variable `unit.nsk_nc4.url`: did you mean `nsk_nc3`?";
    assert_eq!(found, [format!("guidance/common.da.md:{line}: {expected}")]);
    let (line, found) =
        refusals("Notér det minut, I fik kendskab til hændelsen: lovens frister løber derfra.", "");
    assert!(found[0].starts_with("guidance/common.da.md:"), "{found:?}");
    assert!(
        found[0].contains("step `common-due` does not always read well: nothing at all"),
        "{line} {found:?}"
    );
}

#[test]
fn what_reads_badly_in_some_incidents_only_is_found() {
    let mut files = PackFiles::embedded("dk");
    let text = files.get("guidance/ddos.da.md").unwrap();
    // Two blanks, and only where the kind, the sector and a time are known.
    let step = "## ddos-1\n\n{{#if sectors}}{{#if next.by}}Nu  straks{{/if}}{{/if}} ";
    let broken = text.replacen("## ddos-1\n\n", step, 1);
    assert!(broken.contains(step), "the test must follow the playbook");
    files.insert("guidance/ddos.da.md", broken);
    let pack = Pack::from_files(&files).unwrap();
    let refusals = check_guidance(&pack).unwrap_err();
    assert!(!refusals.is_empty());
    for refusal in &refusals {
        assert_eq!(refusal.file, "guidance/ddos.da.md");
        assert!(
            refusal.danish.starts_with("trin `ddos-1` læses ikke altid godt: to mellemrum"),
            "{refusal:?}"
        );
        assert!(
            refusal.message.starts_with("step `ddos-1` does not always read well: two spaces"),
            "{refusal}"
        );
    }
}

#[test]
fn several_sectors_are_listed_as_one_says_it() {
    let pack = pack();
    let listed = |ids: &[&str]| {
        let sectors = ids.iter().map(|id| (*id).to_owned()).collect();
        let situation = Situation { sectors, ..Situation::default() };
        context::both(&pack, &situation).map(|context| context.data()["sectors"].clone())
    };
    let [a, b, c] = ["energy.electricity", "health.providers", "energy.gas"];
    let name = |id: &str, of: fn(&Text) -> &str| markdown::words(of(&pack.sectors.0[id].name));
    let da: fn(&Text) -> &str = |text| &text.da;
    let en: fn(&Text) -> &str = |text| &text.en;
    assert_eq!(listed(&[]), [json!(null), json!(null)], "nothing to list is unknown, not empty");
    assert_eq!(listed(&[a]), [json!(name(a, da)), json!(name(a, en))]);
    assert_eq!(
        listed(&[a, b, c]),
        [
            json!(format!("{}, {} og {}", name(a, da), name(b, da), name(c, da))),
            json!(format!("{}, {} and {}", name(a, en), name(b, en), name(c, en))),
        ]
    );
}
