//! A model as bytes: magic, format number, SHA-256 of the rest, then length-prefixed parts: the fitted numbers as JSON
//! (with f64 as their bits), the coordinates of the reference jobs, the features of the jobs to hide drivers
//! from, the trees of the difficulty (empty where there are none), and for each member its head as JSON and the trees of
//! its ensembles. Little endian throughout.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{CostModel, Fitted};
use crate::boost::Booster;
use crate::member::{Member, Root};
use crate::space::Points;
use crate::{LearnError, bits};

const MAGIC: &[u8; 8] = b"SWLEARN\n";
/// Raised with every change of the layout or of the meaning of its parts.
const FORMAT: u32 = 5;
const HEAD: usize = 8 + 4 + 32;

/// What stands before the trees of a member.
#[derive(Serialize, Deserialize)]
struct MemberHead {
    #[serde(with = "bits")]
    weight: f64,
    root: Root,
    ensembles: usize,
}

pub(super) fn write(model: &CostModel) -> Vec<u8> {
    let json = serde_json::to_vec(&model.fitted).expect("plain structs with text keys always become JSON");
    let references = model.fitted.experience.references.values.iter();
    let references: Vec<u8> = references.flat_map(|x| x.to_bits().to_le_bytes()).collect();
    let hiding: Vec<u8> = model.fitted.hiding.values.iter().flat_map(|x| x.to_bits().to_le_bytes()).collect();
    let difficulty = model.fitted.ranges.difficulty.as_ref().map(Booster::to_bytes).unwrap_or_default();
    let mut parts = vec![json, references, hiding, difficulty];
    for (weight, member) in &model.members {
        let head = MemberHead { weight: *weight, root: member.root.clone(), ensembles: member.boosters.len() };
        parts.push(serde_json::to_vec(&head).expect("plain structs with text keys always become JSON"));
        parts.extend(member.boosters.iter().map(Booster::to_bytes));
    }
    let mut body = Vec::new();
    for part in parts {
        body.extend((part.len() as u64).to_le_bytes());
        body.extend(part);
    }
    [MAGIC.as_slice(), &FORMAT.to_le_bytes(), &Sha256::digest(&body), &body].concat()
}

pub(super) fn read(bytes: &[u8]) -> Result<CostModel, LearnError> {
    let body = body(bytes)?;
    let mut parts = parts(body)?.into_iter();
    let mut next = || parts.next().ok_or_else(|| damaged("a part is missing".to_owned()));
    let mut fitted: Fitted = serde_json::from_slice(next()?).map_err(|error| damaged(error.to_string()))?;
    fitted.experience.references = references(next()?, fitted.space.width())?;
    fitted.hiding.values = features(next()?)?;
    let difficulty = next()?;
    fitted.ranges.difficulty = if difficulty.is_empty() { None } else { Some(Booster::from_bytes(difficulty)?) };
    let mut members = Vec::new();
    while let Some(head) = parts.next() {
        let head: MemberHead = serde_json::from_slice(head).map_err(|error| damaged(error.to_string()))?;
        let trees = parts.by_ref().take(head.ensembles).map(Booster::from_bytes);
        let boosters = trees.collect::<Result<Vec<_>, _>>()?;
        if boosters.len() != head.ensembles {
            return Err(damaged("the trees of a member are missing".to_owned()));
        }
        members.push((head.weight, Member { root: head.root, boosters }));
    }
    fitted.inputs.check()?;
    fitted.fallback.check()?;
    if !fitted.ranges.is_whole() {
        return Err(damaged("its ranges are not whole".to_owned()));
    }
    let width = fitted.inputs.owners().len();
    let total: f64 = members.iter().map(|(weight, _)| weight).sum();
    if !((total - 1.0).abs() < 1e-6 && members.iter().all(|(weight, _)| *weight > 0.0)) {
        return Err(damaged("the weights of its members do not add up to 1".to_owned()));
    }
    if fitted.ranges.difficulty.as_ref().is_some_and(|trees| trees.width() != width + 1) {
        return Err(damaged("the trees of its ranges do not fit its columns".to_owned()));
    }
    if members.is_empty() || members.iter().any(|(_, member)| !member.fits(width, fitted.inputs.knows_recent())) {
        return Err(damaged("its trees do not fit its columns".to_owned()));
    }
    if !fitted.hiding.fits(width) {
        return Err(damaged("its jobs to hide drivers from do not fit its columns".to_owned()));
    }
    Ok(CostModel { fitted, members })
}

fn damaged(reason: String) -> LearnError {
    LearnError::DamagedModel { reason }
}

/// The parts behind the head.
fn body(bytes: &[u8]) -> Result<&[u8], LearnError> {
    if !bytes.starts_with(MAGIC) || bytes.len() < HEAD {
        return Err(damaged("it does not begin like a model".to_owned()));
    }
    let found = u32::from_le_bytes(bytes[8..12].try_into().expect("four bytes"));
    if found != FORMAT {
        return Err(LearnError::ModelFormat { found, known: FORMAT });
    }
    let body = &bytes[HEAD..];
    if Sha256::digest(body).as_slice() != &bytes[12..HEAD] {
        return Err(damaged("it was cut short or changed".to_owned()));
    }
    Ok(body)
}

fn parts(mut body: &[u8]) -> Result<Vec<&[u8]>, LearnError> {
    let cut = || damaged("a part is cut short".to_owned());
    let mut parts = Vec::new();
    while !body.is_empty() {
        let (length, rest) = body.split_first_chunk::<8>().ok_or_else(cut)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
        let (part, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        parts.push(part);
        body = rest;
    }
    Ok(parts)
}

fn features(bytes: &[u8]) -> Result<Vec<f32>, LearnError> {
    let (numbers, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(damaged("its jobs to hide drivers from are cut short".to_owned()));
    }
    Ok(numbers.iter().map(|bits| f32::from_bits(u32::from_le_bytes(*bits))).collect())
}

fn references(bytes: &[u8], width: usize) -> Result<Points, LearnError> {
    if width == 0 || !bytes.len().is_multiple_of(8 * width) {
        return Err(damaged("its reference jobs do not fit its columns".to_owned()));
    }
    let (numbers, _) = bytes.as_chunks::<8>();
    let values = numbers.iter().map(|bits| f64::from_bits(u64::from_le_bytes(*bits))).collect();
    Ok(Points { values, width })
}
