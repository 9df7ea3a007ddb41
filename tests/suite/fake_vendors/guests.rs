//! The scripted guests, with a listener that answers like a caretaker.

use std::time::Duration;

use casero::fake_vendors::guests;
use serde_json::{Value, json};

use super::{PATIENCE, Stage};

const MESSAGES: &str = "/v26.0/106000000000019/messages";
const TOKEN: (&str, &str) = ("Authorization", "Bearer sim-whatsapp-token");
const CAROLINA: &str = "5493515550121";
/// The family's words and taps, except the first words, which depend on today.
const FAMILY: [&str; 5] =
    ["La Tacuara", "Sí, reservar", "Carolina Funes", "perfecto", "Listo, ya pagué. Gracias!!"];

impl Stage {
    fn answer(&self, interactive: Value) {
        let mut message = json!({"messaging_product": "whatsapp", "to": CAROLINA,
            "type": "interactive", "interactive": interactive});
        message["interactive"]["body"] = json!({"text": "…"});
        let (status, refused) = self.ask("POST", MESSAGES, &[TOKEN], &message.to_string());
        assert_eq!(status, 200, "{refused}");
    }

    /// The guest's words number so many, once they have been said.
    async fn words(&self, count: usize) -> String {
        let said = |scene: &casero::fake_vendors::Scene| {
            let lines = &scene.phones.guests.get(CAROLINA)?.lines;
            let guest = |line: &&casero::fake_vendors::whatsapp::phones::Line| {
                line.sender == casero::fake_vendors::whatsapp::phones::Sender::Guest
            };
            lines.iter().filter(guest).nth(count - 1).map(|line| line.text())
        };
        self.vendors.world().wait_for(PATIENCE, said).await.expect("words")
    }
}

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<Value> =
        titles.iter().map(|title| json!({"type": "reply", "reply": {"id": title, "title": title}})).collect();
    json!({"type": "button", "action": {"buttons": buttons}})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_family_taps_what_it_is_offered_and_pays_by_the_link() {
    let stage = Stage::new().await;
    let asked = r#"{"items": [{"title": "Seña", "quantity": 1, "unit_price": 60000}]}"#;
    let token = [("Authorization", "Bearer SIM-mercadopago-token")];
    let (_, preference) = stage.ask("POST", "/checkout/preferences", &token, asked);
    let world = stage.vendors.world();
    let started = guests::play_at(world, "familia", Duration::from_millis(50));
    assert_eq!(started.as_deref(), Some(CAROLINA));

    assert!(stage.words(1).await.contains("4 personas"));
    stage.answer(buttons(&["El Molle", "La Tacuara"]));
    assert_eq!(stage.words(2).await, FAMILY[0]);
    stage.answer(buttons(&["Ver otras", "Sí, reservar"]));
    assert_eq!(stage.words(3).await, FAMILY[1]);
    stage.answer(buttons(&["Otra cosa"]));
    assert_eq!(stage.words(4).await, FAMILY[2]);
    stage.answer(buttons(&["Otra cosa"]));
    assert_eq!(stage.words(5).await, FAMILY[3], "nothing to tap, so it is said");
    stage.answer(json!({"type": "cta_url", "action": {"name": "cta_url", "parameters": {
        "display_text": "Pagar", "url": preference["init_point"]}}}));
    let paid = |scene: &casero::fake_vendors::Scene| {
        let mut payments = scene.ledger.payments.values();
        payments.next().map(|payment| payment.status)
    };
    assert_eq!(world.wait_for(PATIENCE, paid).await, Some("approved"));
    stage.answer(buttons(&["¡Gracias!"]));
    assert_eq!(stage.words(6).await, FAMILY[4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_script_on_the_list_can_be_played() {
    let stage = Stage::new().await;
    let (_, scripts) = stage.ask("GET", "/sim/scripts", &[], "");
    let scripts = scripts.as_array().expect("a list");
    assert!(scripts.len() >= 3);
    for script in scripts {
        let path = format!("/sim/scripts/{}", script["name"].as_str().expect("a name"));
        let (status, started) = stage.ask("POST", &path, &[], "");
        assert_eq!((status, &started["phone"]), (201, &script["phone"]));
    }
    assert_eq!(stage.ask("POST", "/sim/scripts/nobody", &[], "").0, 404);
}
