//! A voice note through the whole product: fetched, heard, answered as its text would be.

use super::harness::{GUEST, House, request, until};
use serde_json::Value;

fn speaks(house: &House, file: &str) {
    let path = format!("{}/tests/data/speech/{file}", env!("CARGO_MANIFEST_DIR"));
    let audio = std::fs::read(path).unwrap();
    let url = format!("{}/sim/guests/{GUEST}/voice", house.sim.base_url());
    let answer = request("POST", &url, &[("Content-Type", "audio/ogg; codecs=opus")], &audio);
    assert!(answer.status < 300, "{}", answer.text);
}

#[test]
fn a_voice_note_is_answered_like_its_words_and_later_messages_wait_for_it() {
    let house = House::with(&[("SPEECH_THREADS", "1")]);
    house.cabin("Aromo", 80_000_00);
    house.write(GUEST, "hola");
    house.next_said(GUEST, 0);
    speaks(&house, "es-02.ogg");
    let answer = house.next_said(GUEST, 1);
    let said = answer["text"].as_str().unwrap();
    assert!(said.contains("06/02") || said.contains("febrero") || said.contains("02/02"), "{said}");
    let heard = house
        .count("SELECT count(*) FROM inbound WHERE kind = 'audio' AND body <> '' AND heard_permille > 0");
    assert_eq!(heard, 1);
}

#[test]
fn a_note_without_words_is_answered_by_asking_to_write() {
    let house = House::with(&[("SPEECH_THREADS", "1")]);
    speaks(&house, "nobody-silence.ogg");
    let said = house.next_said(GUEST, 0);
    assert!(said["text"].as_str().unwrap().contains("escrib"), "{said}");
    until("the thread to hold the note", || {
        let threads = house.api("GET", "/api/v1/conversations", &Value::Null);
        (threads.status == 200).then_some(())
    });
}
