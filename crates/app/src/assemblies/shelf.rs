//! All assemblies and costs of one moment, read once and kept until somebody changes one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::assembly::AssemblyDefinition;
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::{Currency, Specification};
use signwright_quoting::assembly::{self, Assembly, AssemblyError};
use signwright_quoting::{shipped_assemblies, shipped_library};
use signwright_store::{Db, assemblies, costs, settings};

use super::proof::Ratios;
use crate::{Action, CallError, Code};

pub(super) const USE_TAX: &str = "use_tax";

/// Everything a cost is built up from.
#[derive(Debug)]
pub(crate) struct Shelf {
    stamp: Stamp,
    /// In the order in which they are offered: those of the program, then those of the shop alone.
    pub(super) kept: Vec<Kept>,
    pub(super) library: CostLibrary,
    /// What finished jobs say of an assembly, by what was asked.
    pub(super) proofs: Mutex<BTreeMap<ProofKey, Arc<Ratios>>>,
}

/// What finished jobs were asked about an assembly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ProofKey {
    pub(super) assembly: String,
    /// The serial of the experience.
    pub(super) history: u64,
    pub(super) on: Date,
}

/// One assembly or block.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) definition: AssemblyDefinition,
    /// A block is read with each assembly that uses it, and not by itself: it may ask for what only they know.
    pub(super) read: Option<Result<Assembly, AssemblyError>>,
    /// The shop has saved a version of it.
    pub(super) own: bool,
    /// The version that came with the program, where one did.
    pub(super) shipped: Option<u32>,
    pub(super) put_away: bool,
}

/// Another one means that somebody has changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    saved: u64,
    costs: i64,
    put_away: Vec<String>,
    use_tax: Option<Decimal>,
    currency: Currency,
}

impl Kept {
    /// The assembly, where it is one and nothing is wrong with it.
    pub(super) fn usable(&self) -> Option<&Assembly> {
        self.read.as_ref()?.as_ref().ok()
    }

    /// What is wrong with it.
    pub(super) fn error(&self) -> Option<&AssemblyError> {
        self.read.as_ref()?.as_ref().err()
    }
}

pub(super) fn read(
    definition: &AssemblyDefinition,
    blocks: &[AssemblyDefinition],
) -> Option<Result<Assembly, AssemblyError>> {
    (!definition.block).then(|| assembly::read(definition, blocks))
}

impl Shelf {
    /// Whether prices and rates are still those of the shelf: asked inside a write, so that nobody's change is lost.
    pub(super) fn prices_unchanged(&self, db: &Db<'_>) -> Result<(), CallError> {
        if costs::latest(db)? == self.stamp.costs {
            return Ok(());
        }
        Err(CallError::new(Code::Conflict, "prices or rates were changed in another window or program at this moment")
            .hint("Look at them again."))
    }

    pub(super) fn find(&self, id: &str) -> Result<&Kept, CallError> {
        self.kept
            .iter()
            .find(|kept| kept.definition.id == id)
            .ok_or_else(|| CallError::not_found(format!("assembly \"{id}\"")).hint("signwright assemblies list"))
    }

    pub(super) fn blocks(&self) -> Vec<AssemblyDefinition> {
        self.kept.iter().map(|kept| &kept.definition).filter(|one| one.block).cloned().collect()
    }

    /// The assembly of that name, else the first that serves; the shop's own come first.
    pub(super) fn chosen(&self, id: Option<&str>, spec: &Specification) -> Result<Option<&Kept>, CallError> {
        if let Some(id) = id {
            let kept = self.find(id)?;
            if kept.definition.block {
                return Err(CallError::invalid(format!("\"{id}\" is a block, a part of other assemblies")));
            }
            return Ok(Some(kept));
        }
        Ok(self.serving(spec).min_by_key(|kept| !kept.own))
    }

    /// Those that serve a specification and are offered.
    pub(super) fn serving<'a, 's>(&'a self, spec: &'s Specification) -> impl Iterator<Item = &'a Kept> + use<'a, 's> {
        self.kept.iter().filter(|kept| {
            let offered = !kept.put_away && !kept.definition.block;
            offered && kept.usable().is_some_and(|read| assembly::serves(read, spec))
        })
    }

    /// What finished jobs say of an assembly, worked out when it is first asked for.
    pub(super) fn proof(&self, key: ProofKey, work_out: impl FnOnce() -> Ratios) -> Arc<Ratios> {
        let known = |proofs: &BTreeMap<_, Arc<Ratios>>| proofs.get(&key).cloned();
        if let Some(found) = known(&self.proofs.lock().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let found = Arc::new(work_out());
        let mut proofs = self.proofs.lock().unwrap_or_else(PoisonError::into_inner);
        // Another history or another day has come: what was said of the older one is asked for no more.
        proofs.retain(|known, _| (known.history, known.on) == (key.history, key.on));
        proofs.insert(key, Arc::clone(&found));
        found
    }
}

impl Action {
    /// The shelf of now, from memory where nothing changed.
    pub(crate) fn shelf(&self) -> Result<Arc<Shelf>, CallError> {
        let db = self.shop().read();
        let stamp = stamp(&db)?;
        let mut cached = self.shelf_cache().lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelf) = cached.as_ref().filter(|shelf| shelf.stamp == stamp) {
            return Ok(Arc::clone(shelf));
        }
        let shelf = Arc::new(Shelf {
            kept: kept(&db, &stamp.put_away)?,
            library: library(&db, &stamp)?,
            proofs: Mutex::default(),
            stamp,
        });
        *cached = Some(Arc::clone(&shelf));
        Ok(shelf)
    }
}

fn stamp(db: &Db<'_>) -> Result<Stamp, CallError> {
    Ok(Stamp {
        saved: assemblies::saved(db)?,
        costs: costs::latest(db)?,
        put_away: assemblies::put_away(db)?,
        use_tax: settings::get(db, USE_TAX)?,
        currency: settings::currency(db)?,
    })
}

fn kept(db: &Db<'_>, put_away: &[String]) -> Result<Vec<Kept>, CallError> {
    let mut own: BTreeMap<String, AssemblyDefinition> =
        assemblies::newest(db)?.into_iter().map(|one| (one.id.clone(), one)).collect();
    let mut all: Vec<(AssemblyDefinition, bool, Option<u32>)> = Vec::new();
    for shipped in shipped_assemblies() {
        let version = Some(shipped.version);
        match own.remove(&shipped.id) {
            Some(own) => all.push((own, true, version)),
            None => all.push((shipped, false, version)),
        }
    }
    all.extend(own.into_values().map(|own| (own, true, None)));
    let blocks: Vec<AssemblyDefinition> = all.iter().map(|(one, ..)| one).filter(|one| one.block).cloned().collect();
    let keep = |(definition, own, shipped): (AssemblyDefinition, bool, Option<u32>)| Kept {
        read: read(&definition, &blocks),
        put_away: put_away.contains(&definition.id),
        definition,
        own,
        shipped,
    };
    Ok(all.into_iter().map(keep).collect())
}

/// The program's placeholders under what the shop has said.
fn library(db: &Db<'_>, stamp: &Stamp) -> Result<CostLibrary, CallError> {
    let mut library = shipped_library();
    if library.currency != stamp.currency {
        let of = library.currency;
        let foreign = |source: &mut String| source.push_str(&format!(", a figure in {of} and not converted"));
        let named = |name: &mut String| name.push_str(&format!(" (a figure in {of})"));
        for item in &mut library.items {
            foreign(&mut item.source);
            named(&mut item.name);
        }
        for rate in &mut library.rates {
            foreign(&mut rate.source);
            named(&mut rate.name);
        }
        library.currency = stamp.currency;
    }
    for (key, said) in costs::items(db)? {
        laid(&mut library.items, said, |item| item.key == key);
    }
    for (code, said) in costs::rates(db)? {
        laid(&mut library.rates, said, |rate| rate.code == code);
    }
    library.use_tax = stamp.use_tax.unwrap_or(library.use_tax);
    Ok(library)
}

/// Puts what was said in the place of what stood there; nothing takes it out.
fn laid<T>(all: &mut Vec<T>, said: Option<T>, is: impl Fn(&T) -> bool) {
    match (all.iter().position(is), said) {
        (Some(at), Some(said)) => all[at] = said,
        (Some(at), None) => {
            all.remove(at);
        }
        (None, Some(said)) => all.push(said),
        (None, None) => {}
    }
}
