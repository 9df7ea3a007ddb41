//! What a guest says of a payment of theirs: that it was made, that its receipt comes, whether it arrived, that it
//! comes later. The wordings are data, in `assets/understanding`.

use super::concern::sentences;
use super::lexicon::lexicon;
use super::terms::PaymentTalk;

/// What a message says of a payment; `None` when it says nothing of one.
pub fn payment_talk(text: &str) -> Option<PaymentTalk> {
    sentences(text).iter().flat_map(|sentence| lexicon().payments().said_in(sentence)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(of: Option<PaymentTalk>, texts: &[&str]) {
        for text in texts {
            assert_eq!(payment_talk(text), of, "{text}");
        }
    }

    #[test]
    fn a_payment_is_told_from_a_promise_to_pay_and_from_a_question() {
        says(
            Some(PaymentTalk::Paid),
            &[
                "ya te transferí",
                "listo, ahí pagué",
                "acabo de pagarte",
                "ya hice la transferencia",
                "já paguei",
                "I've paid",
                "te mando el comprobante",
            ],
        );
        says(
            Some(PaymentTalk::PaysLater),
            &["mañana te transfiero", "te pago el viernes", "amanhã eu pago", "I'll pay tomorrow"],
        );
        says(
            Some(PaymentTalk::AsksIfArrived),
            &[
                "te llegó la transferencia?",
                "impactó el pago?",
                "caiu o pagamento?",
                "did you get the payment?",
            ],
        );
        says(
            Some(PaymentTalk::AsksHow),
            &["cómo pago?", "me pasás el alias?", "onde eu pago?", "how can I pay?"],
        );
        says(None, &["i paint walls", "qué lindo lugar", "dale, gracias"]);
    }
}
