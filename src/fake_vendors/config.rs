//! Settings of the simulated vendors.

#[derive(Clone)]
pub struct FakeVendorsConfig {
    /// Port on 127.0.0.1; 0 picks one.
    pub port: u16,
    /// Address of casero; may be empty and set later by [`super::FakeVendors::connect`].
    pub app_url: String,
    pub app_secret: String,
    /// The token of the webhook's verification.
    pub verify_token: String,
    pub phone_number_id: String,
    /// The token that the Graph API accepts.
    pub access_token: String,
    /// The token that Mercado Pago accepts.
    pub mp_access_token: String,
    /// Secret of Mercado Pago's notifications.
    pub mp_webhook_secret: String,
    pub collector_id: u64,
    /// Approved message templates of the account: name, language, number of variables. `None` lets any template pass.
    pub templates: Option<Vec<(String, String, u64)>>,
    /// Seed of identifiers and faults.
    pub seed: u64,
    /// Whether to show the demo page and its guests and calendars.
    pub console: bool,
}

impl Default for FakeVendorsConfig {
    /// Invented credentials that cannot be mistaken for real ones.
    fn default() -> Self {
        Self {
            port: 0,
            app_url: String::new(),
            app_secret: "sim-app-secret".to_owned(),
            verify_token: "sim-verify-token".to_owned(),
            phone_number_id: "106000000000019".to_owned(),
            access_token: "sim-whatsapp-token".to_owned(),
            mp_access_token: "SIM-mercadopago-token".to_owned(),
            mp_webhook_secret: "sim-mercadopago-secret".to_owned(),
            collector_id: 240_000_017,
            templates: None,
            seed: 1,
            console: false,
        }
    }
}
