//! The learned weights as they lie in the binary: for each classifier the hashes of its features in order, and a row of
//! small integers for each. They are read where they lie; nothing is built on first use.

use super::kinds::ActKind;
use crate::domain::request::RequestKind;
use crate::understanding::linear::{Outputs, probabilities};
use crate::understanding::reading::Topic;
use strum::VariantArray;

/// The file that [`super::learning`] writes.
static MODEL: &[u8] = include_bytes!("../../../assets/acts/model.bin");
/// Opens the file; the digit is the version of its form.
pub(super) const MAGIC: &[u8; 16] = b"casero acts v1\n\0";

/// Features are found by the upper bits of their hash: so many numbers say where those of each begin.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;
const BUCKET_BITS: u32 = 12;

/// Classifiers in the file, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Classifier {
    /// Which act is the first, one of `ActKind`; and behind these, which acts there are, each by itself.
    Acts,
    /// The topics of a question; behind the last one, none of them.
    Topics,
    /// What is requested.
    Requests,
    /// Whether a problem is urgent.
    Urgent,
}

impl Classifier {
    pub(super) const ALL: [Classifier; 4] =
        [Classifier::Acts, Classifier::Topics, Classifier::Requests, Classifier::Urgent];

    /// The groups of its outputs: how many, and whether one of them is right or each by itself.
    pub(super) fn groups(self) -> Vec<(usize, Outputs)> {
        match self {
            Classifier::Acts => {
                let kinds = ActKind::VARIANTS.len();
                vec![(kinds, Outputs::Exclusive), (kinds, Outputs::Independent)]
            }
            Classifier::Topics => vec![(Topic::VARIANTS.len() + 1, Outputs::Independent)],
            Classifier::Requests => vec![(RequestKind::VARIANTS.len(), Outputs::Exclusive)],
            Classifier::Urgent => vec![(1, Outputs::Independent)],
        }
    }
}

/// The bucket of a feature.
pub(super) fn bucket(feature: u32) -> usize {
    (feature >> (u32::BITS - BUCKET_BITS)) as usize
}

/// The weights of one classifier.
#[derive(Debug, Clone, Copy)]
struct Weights<'a> {
    classifier: Classifier,
    outputs: usize,
    /// One number for each output: what 1 in its column is worth.
    scales: &'a [u8],
    /// Where the keys of each bucket begin, and where the last ones end.
    buckets: &'a [u8],
    /// Hashes of the features, sorted.
    keys: &'a [u8],
    rows: &'a [u8],
}

impl Weights<'_> {
    /// The probabilities of a message's features; those that are not known tell nothing.
    fn probabilities(&self, features: &[u32]) -> Vec<f32> {
        // Found before they are summed, so that the memory brings several rows at a time.
        let rows: Vec<&[u8]> = features.iter().filter_map(|feature| self.row(*feature)).collect();
        let mut sums = vec![0i32; self.outputs];
        for row in &rows {
            sums.iter_mut().zip(*row).for_each(|(sum, weight)| *sum += i32::from(weight.cast_signed()));
        }
        let known = rows.len();
        let length = (known as f32).sqrt().max(1.0);
        let scale = |at: usize| f32::from_bits(number(self.scales, at));
        let mut scores: Vec<f32> =
            sums.iter().enumerate().map(|(at, sum)| *sum as f32 * scale(at) / length).collect();
        let mut rest = scores.as_mut_slice();
        for (outputs, relation) in self.classifier.groups() {
            let (group, behind) = rest.split_at_mut(outputs);
            probabilities(group, relation);
            rest = behind;
        }
        scores
    }

    /// The place of a feature among keys in order. Hashes lie evenly, so that the search begins close to it.
    fn place(&self, from: usize, to: usize, feature: u32) -> Option<usize> {
        let share = (u64::from(feature << BUCKET_BITS) * (to - from) as u64) >> u32::BITS;
        let mut at = from + share as usize;
        while at < to && number(self.keys, at) < feature {
            at += 1;
        }
        while at > from && number(self.keys, at - 1) >= feature {
            at -= 1;
        }
        (at < to && number(self.keys, at) == feature).then_some(at)
    }

    fn row(&self, feature: u32) -> Option<&[u8]> {
        let bucket = bucket(feature);
        let (from, to) = (number(self.buckets, bucket) as usize, number(self.buckets, bucket + 1) as usize);
        let at = self.place(from, to, feature)?;
        self.rows.get(at * self.outputs..(at + 1) * self.outputs)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at * 4..at * 4 + 4]);
    u32::from_le_bytes(four)
}

/// All classifiers of a file.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    checksum: u64,
    weights: [Weights<'a>; Classifier::ALL.len()],
}

impl<'a> Model<'a> {
    /// The one in the binary.
    pub fn built_in() -> Model<'static> {
        Model::of(MODEL).expect("a test reads the file that is built in")
    }

    /// Of the corpus from which it was learned: [`super::learning::checksum`].
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// `None` when it is no such file.
    pub fn of(file: &'a [u8]) -> Option<Model<'a>> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut take = |bytes: usize| {
            let (taken, after) = rest.split_at_checked(bytes)?;
            rest = after;
            Some(taken)
        };
        let mut checksum = [0; 8];
        checksum.copy_from_slice(take(8)?);
        let mut read = |classifier: Classifier| {
            let sizes = take(8)?;
            let (outputs, features) = (number(sizes, 0) as usize, number(sizes, 1) as usize);
            let (scales, buckets) = (take(outputs * 4)?, take((BUCKETS + 1) * 4)?);
            let (keys, rows) = (take(features * 4)?, take(features * outputs)?);
            Some(Weights { classifier, outputs, scales, buckets, keys, rows })
        };
        let [acts, topics, requests, urgent] = Classifier::ALL;
        let weights = [read(acts)?, read(topics)?, read(requests)?, read(urgent)?];
        Some(Model { checksum: u64::from_le_bytes(checksum), weights })
    }

    pub(super) fn probabilities(&self, classifier: Classifier, features: &[u32]) -> Vec<f32> {
        self.weights[classifier as usize].probabilities(features)
    }
}
