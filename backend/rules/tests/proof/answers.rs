//! Which laws apply and are triggered: the engine and the slow reading agree.

use proptest::prelude::*;
use varsel_rules::Answer;

use crate::incident::incidents;
use crate::slow::Known;

pub(crate) fn answer(slow: Option<bool>) -> Answer {
    slow.map_or(Answer::CannotTell, |yes| if yes { Answer::Yes } else { Answer::No })
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn each_law_applies_and_is_triggered_as_its_file_says(incident in incidents()) {
        let read: Vec<_> = incident
            .assessed()
            .regimes
            .into_iter()
            .map(|regime| (regime.id, regime.applies, regime.triggered))
            .collect();
        let slow: Vec<_> = Known::of(&incident.facts)
            .answers()
            .into_iter()
            .map(|(id, applies, triggered)| (id, answer(applies), answer(triggered)))
            .collect();
        prop_assert_eq!(read, slow);
    }
}
