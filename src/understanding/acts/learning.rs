//! Learns the weights of [`super::model`] from labelled messages. The same messages give the same file.

use super::corpus::{Label, Labelled};
use super::kinds::ActKind;
use super::model::{BUCKETS, Classifier, MAGIC, bucket};
use super::{Prepared, hashes};
use crate::understanding::holidays::HolidayCalendar;
use crate::understanding::linear::{Example, Schedule, hash, learn};
use crate::understanding::reading::Topic;
use std::collections::BTreeMap;
use strum::VariantArray;

/// A feature of fewer messages tells nothing of others.
const MESSAGES_MIN: usize = 2;
const SCHEDULE: Schedule = Schedule { epochs: 20, rate: 4.0, decay: 0.5 };
/// The largest weight of a column.
const WEIGHT_MAX: f32 = 127.0;

/// The checksum of a corpus, of its files in their order.
pub fn checksum(files: &[&str]) -> u64 {
    hash(files)
}

/// The file of weights, of the corpus with this checksum.
pub fn model(corpus: &[Labelled], checksum: u64) -> Vec<u8> {
    let messages: Vec<(Vec<u32>, &[Label])> =
        corpus.iter().map(|line| (features_of(line), line.acts.as_slice())).collect();
    let mut file = MAGIC.to_vec();
    file.extend(checksum.to_le_bytes());
    for classifier in Classifier::ALL {
        let examples: Vec<(&[u32], Vec<Vec<usize>>)> = messages
            .iter()
            .filter_map(|(features, acts)| Some((features.as_slice(), targets(classifier, acts)?)))
            .collect();
        write(&mut file, classifier, &examples);
    }
    file
}

/// The right outputs for a message, by groups; `None` when the classifier is not asked about it.
fn targets(classifier: Classifier, acts: &[Label]) -> Option<Vec<Vec<usize>>> {
    let of = |kind: ActKind| acts.iter().filter(move |act| act.kind == kind);
    let said = |targets: Vec<usize>| Some(vec![targets]).filter(|targets| !targets[0].is_empty());
    match classifier {
        Classifier::Acts => {
            let kinds: Vec<usize> = kinds(acts).into_iter().map(|kind| kind as usize).collect();
            Some(vec![vec![*kinds.first()?], kinds])
        }
        Classifier::Topics => {
            let place = |act: &Label| act.topic.map_or(Topic::VARIANTS.len(), |topic| topic as usize);
            said(of(ActKind::Question).map(place).collect())
        }
        Classifier::Requests => {
            said(of(ActKind::Request).filter_map(|act| Some(act.request? as usize)).collect())
        }
        Classifier::Urgent => {
            let problem = of(ActKind::Problem).next()?;
            Some(vec![if problem.urgent { vec![0] } else { Vec::new() }])
        }
    }
}

/// The kinds of acts; what is only said out of politeness does not count beside others.
fn kinds(acts: &[Label]) -> Vec<ActKind> {
    let alone = acts.iter().all(|act| act.kind.is_courtesy());
    let mut kinds: Vec<ActKind> = Vec::new();
    for act in acts.iter().filter(|act| alone || !act.kind.is_courtesy()) {
        if !kinds.contains(&act.kind) {
            kinds.push(act.kind);
        }
    }
    kinds
}

fn write(file: &mut Vec<u8>, classifier: Classifier, examples: &[(&[u32], Vec<Vec<usize>>)]) {
    let keys = known_features(examples);
    let places: BTreeMap<u32, usize> = keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    let vectors: Vec<Vec<(usize, f32)>> =
        examples.iter().map(|(features, _)| vector(features, &places)).collect();
    let groups = classifier.groups();
    let columns: Vec<(usize, Vec<f32>)> = groups
        .iter()
        .enumerate()
        .map(|(group, (outputs, relation))| {
            let each = vectors.iter().zip(examples);
            let learned: Vec<Example> = each
                .map(|(vector, (_, targets))| Example {
                    vector: vector.clone(),
                    targets: targets[group].clone(),
                })
                .collect();
            (*outputs, learn(keys.len(), *outputs, *relation, &learned, SCHEDULE))
        })
        .collect();
    let scales: Vec<f32> = columns.iter().flat_map(|(outputs, weights)| scales(*outputs, weights)).collect();
    let size = |count: usize| u32::try_from(count).expect("a model is small").to_le_bytes();
    file.extend(size(scales.len()));
    file.extend(size(keys.len()));
    file.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
    let begins = |of: usize| size(keys.partition_point(|key| bucket(*key) < of));
    file.extend((0..=BUCKETS).flat_map(begins));
    file.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
    for place in 0..keys.len() {
        let row =
            columns.iter().flat_map(|(outputs, weights)| &weights[place * outputs..(place + 1) * outputs]);
        file.extend(row.zip(&scales).map(|(weight, scale)| ((weight / scale).round() as i8).cast_unsigned()));
    }
}

/// Features of enough messages, sorted.
fn known_features(examples: &[(&[u32], Vec<Vec<usize>>)]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in examples.iter().flat_map(|(features, _)| features.iter()) {
        *counts.entry(*feature).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= MESSAGES_MIN).map(|(feature, _)| feature).collect()
}

/// The known features, of length 1 together.
fn vector(features: &[u32], places: &BTreeMap<u32, usize>) -> Vec<(usize, f32)> {
    let known: Vec<usize> = features.iter().filter_map(|feature| places.get(feature).copied()).collect();
    let value = 1.0 / (known.len() as f32).sqrt().max(1.0);
    known.into_iter().map(|place| (place, value)).collect()
}

/// What 1 is worth in each column.
fn scales(outputs: usize, weights: &[f32]) -> Vec<f32> {
    let mut largest = vec![0.0f32; outputs];
    for row in weights.chunks(outputs) {
        largest.iter_mut().zip(row).for_each(|(largest, weight)| *largest = largest.max(weight.abs()));
    }
    largest.into_iter().map(|largest| (largest / WEIGHT_MAX).max(f32::MIN_POSITIVE)).collect()
}

/// The features of a labelled message, read as one of a guest in such a situation.
fn features_of(line: &Labelled) -> Vec<u32> {
    let calendar = HolidayCalendar::argentina();
    let (context, in_hand) = line.situation(&calendar);
    let prepared = Prepared::of(&line.text, &context, &in_hand);
    hashes(&prepared.message(&context, &in_hand))
}
