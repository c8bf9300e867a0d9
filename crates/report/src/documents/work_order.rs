//! The work order: for the floor. No amount of money is on the sheet.

use jiff::Timestamp;
use serde::Serialize;
use signwright_domain::physics::Structure;
use signwright_domain::{Currency, Specification, driver};

use super::estimate::structure;
use super::manuscript::{Frame, Framing};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::words::{cell, drivers, hours, narrow_cell, paragraphs, shortened};

/// What the floor is to know of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkOrder {
    /// The work order's, or the quote's where there is none yet.
    pub number: String,
    pub title: String,
    pub customer: String,
    pub contact: String,
    /// Where it goes up; empty to be written in by hand.
    pub address: String,
    /// Quote, estimator and the like, with their values.
    pub facts: Vec<(String, String)>,
    pub items: Vec<WorkItem>,
    pub labour: Vec<WorkHours>,
    /// Where the hours come from: "as estimated".
    pub hours_from: String,
    pub materials: Vec<WorkMaterial>,
    pub materials_from: String,
    pub structure: Option<Structure>,
    /// What the customer was told is not ours.
    pub exclusions: Vec<String>,
    /// Decides the paper.
    pub currency: Currency,
    pub made_at: Timestamp,
}

/// One thing to make.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkItem {
    pub description: String,
    pub quantity: String,
    pub unit: String,
    pub specification: Specification,
}

/// The hours of one work code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkHours {
    pub department: String,
    pub work_code: String,
    pub description: String,
    pub hours: f64,
}

/// One material to pull.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkMaterial {
    pub name: String,
    pub quantity: String,
    pub unit: String,
}

pub fn work_order(order: &WorkOrder, letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("work order {} of {}", order.number, order.made_at);
    Ok(Manuscript::new(Template::WorkOrder, identity, &Sheet::of(order, letterhead)?)?.with_logo(letterhead))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    number: String,
    title: String,
    customer: String,
    contact: String,
    address: Vec<String>,
    facts: Vec<(String, String)>,
    items: Vec<Item>,
    labour: Vec<Row>,
    hours: String,
    hours_from: String,
    materials: Vec<Material>,
    materials_from: String,
    structure: Vec<(&'static str, String)>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Item {
    description: Vec<String>,
    quantity: String,
    unit: String,
    specification: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Row {
    department: String,
    code: String,
    work: String,
    hours: String,
}

#[derive(Debug, Serialize)]
struct Material {
    name: String,
    quantity: String,
    unit: String,
}

impl Sheet {
    fn of(order: &WorkOrder, letterhead: &Letterhead) -> Result<Self, ReportError> {
        let framing = Framing {
            paper: paper(order.currency),
            date: order.made_at.to_zoned(letterhead.time_zone.clone()).date(),
            title: &format!("Work order {} {}", order.number, order.title),
            running: &format!("Work order {}", order.number),
            further: &format!("Work order {} for {}", order.number, shortened(&order.customer, 60)),
            internal: "For the floor. Structural sizes are as priced; build to the sealed drawings only.",
        };
        let pair = |(name, value): &(String, String)| (cell(name), cell(value));
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            number: cell(&order.number),
            title: cell(&order.title),
            customer: cell(&order.customer),
            contact: cell(&order.contact),
            address: paragraphs(&order.address),
            facts: order.facts.iter().filter(|(_, value)| !value.is_empty()).map(pair).collect(),
            items: order.items.iter().map(item).collect(),
            labour: order.labour.iter().map(row).collect(),
            hours: hours(order.labour.iter().map(|row| row.hours).sum()),
            hours_from: cell(&order.hours_from),
            materials: order.materials.iter().map(material).collect(),
            materials_from: cell(&order.materials_from),
            structure: order.structure.as_ref().map(structure).unwrap_or_default(),
            notes: order.exclusions.iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
        })
    }
}

fn item(item: &WorkItem) -> Item {
    let mut specification = item.specification.clone();
    // Who buys and who estimated is nothing to build by; a price of material is money.
    specification.drivers.retain(|name, _| {
        !matches!(driver::Cause::of(name), driver::Cause::People) && !name.starts_with(driver::PRICE)
    });
    Item {
        description: paragraphs(&item.description),
        quantity: item.quantity.clone(),
        unit: narrow_cell(&item.unit),
        specification: drivers(&specification).into_iter().map(|(name, value)| (cell(&name), cell(&value))).collect(),
    }
}

fn row(row: &WorkHours) -> Row {
    Row {
        department: cell(&row.department),
        code: narrow_cell(&row.work_code),
        work: cell(&row.description),
        hours: hours(row.hours),
    }
}

fn material(material: &WorkMaterial) -> Material {
    Material { name: cell(&material.name), quantity: material.quantity.clone(), unit: narrow_cell(&material.unit) }
}
