//! Numbers as people type them, and the forms of one line.

use super::*;

const AR: Option<Country> = Some(Country::Argentina);

#[track_caller]
fn reads(country: Country, text: &str, digits: &str) {
    assert_eq!(Phone::typed(text, Some(country)).map(|phone| phone.0), Ok(digits.to_owned()), "{text}");
}

#[test]
fn a_number_is_read_as_people_of_the_house_type_it() {
    for (text, digits) in [
        ("351 15-555-9988", "5493515559988"),
        ("0351-155559988", "5493515559988"),
        ("(0351) 15 555-9988", "5493515559988"),
        ("351 555 9988", "5493515559988"),
        ("9 351 555 9988", "5493515559988"),
        ("+54 351 555 9988", "5493515559988"),
        ("+54 0351 15 555 9988", "5493515559988"),
        ("+54 9 351 15 555 9988", "5493515559988"),
        ("54 351 555 9988", "5493515559988"),
        ("0054 9 351 555 9988", "5493515559988"),
        ("\u{202a}+54 9 351 555‑9988\u{202c}".replace('‑', "-").as_str(), "5493515559988"),
        ("011 15 5555 9988", "5491155559988"),
        ("11 5555-9988", "5491155559988"),
        ("388 555 0199", "5493885550199"),
        ("02966 15-456789", "5492966456789"),
        ("2966 15 15 6789", "5492966156789"),
        ("+55 48 9912-3456", "5548999123456"),
        ("5511987654321", "5511987654321"),
        ("+34 612 345 678", "34612345678"),
        ("598 99 123 456", "59899123456"),
    ] {
        reads(Country::Argentina, text, digits);
    }
    reads(Country::Brazil, "(11) 98765-4321", "5511987654321");
    reads(Country::Brazil, "021 98765-4321", "5521987654321");
    reads(Country::Brazil, "0 15 11 98765-4321", "5511987654321");
    reads(Country::Brazil, "48 9912-3456", "5548999123456");
    reads(Country::Brazil, "48 3212-3456", "554832123456");
    reads(Country::Brazil, "+54 9 351 555 9988", "5493515559988");
    reads(Country::Chile, "9 8765 4321", "56987654321");
    reads(Country::Chile, "09 8765 4321", "56987654321");
    reads(Country::Uruguay, "099 123 456", "59899123456");
    reads(Country::Paraguay, "0981 123 456", "595981123456");
    reads(Country::Paraguay, "021 123 456", "59521123456");
    reads(Country::Mexico, "55 1234 5678", "525512345678");
    reads(Country::Mexico, "044 55 1234 5678", "525512345678");
    reads(Country::Mexico, "+52 1 55 1234 5678", "525512345678");
    reads(Country::Mexico, "01 998 123 4567", "529981234567");
}

#[test]
fn what_can_be_no_number_is_refused_with_what_is_missing() {
    for (text, refused) in [
        ("15 555 0111", PhoneRefused::AreaCodeMissing),
        ("4555-0111", PhoneRefused::AreaCodeMissing),
        ("351 15 555 998", PhoneRefused::NotANumber),
        ("351912345678", PhoneRefused::NotANumber),
        ("0800 555 1234", PhoneRefused::NotANumber),
        ("351 555 9988 int 4", PhoneRefused::NotANumber),
        ("+54 351 555", PhoneRefused::AreaCodeMissing),
        ("llamame", PhoneRefused::NotANumber),
        ("123", PhoneRefused::NotANumber),
        ("", PhoneRefused::NotANumber),
        ("+", PhoneRefused::NotANumber),
    ] {
        assert_eq!(Phone::typed(text, AR), Err(refused), "{text}");
    }
    assert_eq!(Phone::typed("612 345 678", None), Err(PhoneRefused::CountryCodeMissing));
}

#[test]
fn a_number_is_shown_in_the_groups_in_which_people_read_it() {
    let shown = |digits: &str| Phone::parse(digits).expect("valid").shown();
    assert_eq!(shown("5493515550101"), "+54 9 351 555 0101");
    assert_eq!(shown("543515550101"), "+54 351 555 0101");
    assert_eq!(shown("5491155550101"), "+54 9 11 5555 0101");
    assert_eq!(shown("5492966456789"), "+54 9 2966 45 6789");
    assert_eq!(shown("5511987654321"), "+55 11 98765 4321");
    assert_eq!(shown("56987654321"), "+56 9 8765 4321");
    assert_eq!(shown("59899123456"), "+598 99 12 3456");
    assert_eq!(shown("529981234567"), "+52 998 123 4567");
    assert_eq!(shown("34612345678"), "+34612345678");
}

#[test]
fn what_is_shown_is_read_as_the_same_number() {
    for digits in ["5493515550101", "5492966456789", "5511987654321", "59899123456", "34612345678"] {
        let phone = Phone::parse(digits).expect("valid");
        assert_eq!(Phone::typed(&phone.shown(), AR), Ok(phone));
    }
}

#[test]
fn one_line_has_one_key_in_each_form_in_which_it_is_reported() {
    for (long, short) in [
        ("+54 9 351 555-0111", "543515550111"),
        ("5215512345678", "525512345678"),
        ("5548999123456", "554899123456"),
    ] {
        let (long, short) = (Phone::parse(long).expect("valid"), Phone::parse(short).expect("valid"));
        assert_eq!(long.key(), short.digits());
        assert_eq!(short.key(), long.key());
        assert_eq!(long.keys(), short.keys());
        assert!(long.keys().contains(&long.digits().to_owned()));
        assert_eq!(long.alternative(), Some(short.clone()));
        assert_eq!(short.alternative(), Some(long));
    }
}

#[test]
fn lines_with_one_form_keep_their_digits() {
    for digits in ["554832123456", "34612345678", "56987654321", "351912345678"] {
        let phone = Phone::parse(digits).expect("valid");
        assert_eq!((phone.key(), phone.alternative()), (digits.to_owned(), None));
    }
}

#[test]
fn the_zone_of_the_house_tells_its_country() {
    assert_eq!(Country::of_zone("America/Argentina/Ushuaia"), AR);
    assert_eq!(Country::of_zone("America/Buenos_Aires"), AR);
    assert_eq!(Country::of_zone("America/Sao_Paulo"), Some(Country::Brazil));
    assert_eq!(Country::of_zone("America/Mexico_City"), Some(Country::Mexico));
    assert_eq!(Country::of_zone("Europe/Madrid"), None);
}

#[test]
fn words_are_no_number() {
    assert_eq!(Phone::parse("llamame"), None);
    assert_eq!(Phone::parse("123"), None);
}
