//! The binary: the library plus the speech model, so that one file is the whole product.

use casero::adapters::speech::ModelBytes;

/// OpenAI Whisper base, multilingual, MIT licence, q8_0.
#[cfg(feature = "speech")]
static MODEL: &[u8] = include_bytes!("../assets/speech/ggml-base-q8_0.bin");
#[cfg(not(feature = "speech"))]
static MODEL: &[u8] = &[];

fn main() -> std::process::ExitCode {
    casero::cli::run(ModelBytes(MODEL))
}
