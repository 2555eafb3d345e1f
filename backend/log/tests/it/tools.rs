//! Programs of others that some proofs need. The server's tests use this file, too.

use std::io::Write as _;

/// Says that a proof is passed over, and why.
pub(crate) fn pass_over(proof: &str, why: &str) {
    // Past the test harness, which would keep it to itself.
    let _ = writeln!(std::io::stderr(), "passed over: {proof}, because {why}");
}

/// Passes a proof over for want of a program, unless `VARSEL_TEST_REQUIRE_TOOLS=1` says that all of them are installed.
///
/// # Panics
/// Where they should be.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
pub(crate) fn pass_over_without(program: &str, proof: &str) {
    do_without(program, proof, std::env::var("VARSEL_TEST_REQUIRE_TOOLS").is_ok_and(|value| value == "1"));
}

fn do_without(program: &str, proof: &str, is_required: bool) {
    assert!(!is_required, "{program} is not there, and {proof} may not be passed over");
    pass_over(proof, &format!("{program} is not there"));
}

#[test]
#[should_panic(expected = "strace is not there, and its proof may not be passed over")]
fn a_proof_is_not_passed_over_for_want_of_a_program_that_is_required() {
    do_without("strace", "its proof", true);
}
