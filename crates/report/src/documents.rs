//! Documents as PDF, set by typst from templates that stand in `templates/` or are the shop's own.
//!
//! What a template may print is listed field by field in the sheet it is given, so that nothing internal can reach a
//! customer by accident, whatever the shop makes of the template.

mod estimate;
mod job_costs;
mod kind;
mod letterhead;
mod manuscript;
mod model_card;
mod owner;
mod quote;
mod typeset;
mod why;
mod work_order;

pub use estimate::estimate;
pub use job_costs::{JobCosts, Worked, job_costs};
pub use kind::Template;
pub use letterhead::{Letterhead, check_letterhead};
pub use manuscript::Manuscript;
pub use model_card::model_card;
pub use owner::{Evidence, owner};
pub use quote::{Pricing, quote};
pub use typeset::{Document, check_template, typeset};
pub use why::why;
pub use work_order::{WorkHours, WorkItem, WorkMaterial, WorkOrder, work_order};

#[cfg(test)]
mod tests;
