//! Processor features that the compiled model code uses unconditionally. Without them an illegal instruction
//! would kill the process in the middle of a note, so they are checked at the start.

/// Missing features, in words for the owner; [`None`] when the model can run.
#[cfg(target_arch = "x86_64")]
pub fn missing() -> Option<String> {
    let wanted = [
        ("AVX2", is_x86_feature_detected!("avx2")),
        ("FMA", is_x86_feature_detected!("fma")),
        ("F16C", is_x86_feature_detected!("f16c")),
        ("BMI2", is_x86_feature_detected!("bmi2")),
    ];
    describe(wanted.into_iter().filter(|(_, present)| !present).map(|(name, _)| name).collect())
}

/// Other architectures are compiled for their baseline.
#[cfg(not(target_arch = "x86_64"))]
pub fn missing() -> Option<String> {
    describe(Vec::new())
}

fn describe(lacking: Vec<&str>) -> Option<String> {
    if lacking.is_empty() {
        return None;
    }
    Some(format!("this processor lacks {}, which the speech model needs", lacking.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn a_processor_with_everything_is_not_complained_about() {
        assert_eq!(describe(Vec::new()), None);
    }

    #[test]
    fn what_is_lacking_is_named() {
        let reason = describe(vec!["AVX2", "FMA"]).expect("two features are lacking");
        assert!(reason.contains("AVX2, FMA"), "{reason}");
    }
}
