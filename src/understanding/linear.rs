//! Linear classifiers, learned by gradient descent over sparse features, always in the same order, so that the same
//! examples give the same weights.

/// A prime, so that each round takes the examples in another order.
const STRIDE: usize = 7919;

/// One thing to learn from.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// Places of features with their values.
    pub(super) vector: Vec<(usize, f32)>,
    /// The outputs that are right.
    pub(super) targets: Vec<usize>,
}

/// How outputs relate to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outputs {
    /// One of them is right: their probabilities are 1 together.
    Exclusive,
    /// Each is right or wrong by itself.
    Independent,
}

/// Rounds over all examples, and the size of the steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    /// How fast steps become smaller from round to round.
    pub(super) decay: f32,
}

/// Weights, one row of `outputs` for each feature.
pub(super) fn learn(
    features: usize,
    outputs: usize,
    relation: Outputs,
    examples: &[Example],
    schedule: Schedule,
) -> Vec<f32> {
    let mut weights = vec![0.0; features * outputs];
    for epoch in 0..schedule.epochs {
        let rate = schedule.rate / (1.0 + schedule.decay * epoch as f32);
        for step in 0..examples.len() {
            let example = &examples[(step * STRIDE + epoch) % examples.len()];
            let mut wrong = scores(&weights, outputs, &example.vector);
            probabilities(&mut wrong, relation);
            let share = match relation {
                Outputs::Exclusive => 1.0 / example.targets.len() as f32,
                Outputs::Independent => 1.0,
            };
            example.targets.iter().for_each(|target| wrong[*target] -= share);
            for (place, value) in &example.vector {
                let row = &mut weights[place * outputs..(place + 1) * outputs];
                row.iter_mut().zip(&wrong).for_each(|(weight, wrong)| *weight -= rate * value * wrong);
            }
        }
    }
    weights
}

pub(super) fn scores(weights: &[f32], outputs: usize, vector: &[(usize, f32)]) -> Vec<f32> {
    let mut scores = vec![0.0f32; outputs];
    for (place, value) in vector {
        let row = &weights[place * outputs..(place + 1) * outputs];
        scores.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
    }
    scores
}

/// Scores become probabilities in place.
pub(super) fn probabilities(scores: &mut [f32], relation: Outputs) {
    match relation {
        Outputs::Independent => scores.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-*score).exp())),
        Outputs::Exclusive => {
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - most).exp());
            let sum: f32 = scores.iter().sum();
            scores.iter_mut().for_each(|score| *score /= sum);
        }
    }
}

/// FNV-1a (draft-eastlake-fnv) of a feature's parts: the same on every machine.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
