//! Tests of every row of the settings.

use super::*;
use std::collections::BTreeSet;

fn known() -> Known {
    let holidays = |text: &str| if text == "nada" { Err(1) } else { Ok(()) };
    Known { topics: &["pets"], country: Some(Country::Argentina), holidays }
}

#[test]
fn each_default_can_hold_and_is_already_tidy() {
    let usual = Settings::default();
    assert_eq!(usual.check(&known()), Ok(()));
    let mut tidied = usual.clone();
    tidied.tidy(&known());
    assert_eq!(tidied, usual);
}

#[test]
fn what_is_read_from_a_row_can_be_put_back() {
    let (usual, mut again) = (Settings::default(), Settings::default());
    let names: BTreeSet<&str> = all().map(|setting| setting.name).collect();
    assert_eq!(names.len(), all().count(), "a name stands twice");
    for setting in all() {
        (setting.put)(&mut again, (setting.get)(&usual)).unwrap();
        assert_eq!(again, usual, "{}", setting.name);
        assert!(setting.about().ends_with('.'), "{}", setting.name);
    }
}

#[test]
fn a_number_outside_its_bounds_is_refused_by_name() {
    for setting in all() {
        let Some((min, max)) = setting.kind.bounds() else { continue };
        for wrong in [min.checked_sub(1), max.checked_add(1)].into_iter().flatten() {
            let mut settings = Settings::default();
            let problem = SettingProblem::Bounds { min, max };
            match (setting.put)(&mut settings, Value::Whole(wrong)) {
                Err(refused) => assert_eq!(refused, problem, "{}", setting.name),
                Ok(()) => {
                    let refused = SettingRefused { field: setting.name.into(), problem };
                    assert!(settings.check(&known()).unwrap_err().contains(&refused), "{}", setting.name);
                }
            }
        }
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let settings = Settings {
        min_nights: 9,
        max_nights: 2,
        bank_cbu: "1".to_owned(),
        holidays: "nada".to_owned(),
        answers: BTreeMap::from([("sauna".to_owned(), "No hay".to_owned())]),
        ..Settings::default()
    };
    let wrong = settings.check(&known()).unwrap_err();
    let fields: BTreeSet<&str> = wrong.iter().map(|refused| refused.field.as_ref()).collect();
    assert_eq!(fields, BTreeSet::from(["min_nights", "bank_cbu", "holidays", "answers.sauna"]));
}

#[test]
fn the_owners_number_is_kept_as_it_was_understood() {
    let mut settings = Settings { owner_phone: "351 15-555-9988".to_owned(), ..Settings::default() };
    let owner = settings.owner(known().country);
    settings.tidy(&known());
    assert_eq!(settings.owner_phone, "+54 9 351 555 9988");
    assert_eq!((settings.check(&known()), settings.owner(None)), (Ok(()), owner));
}
