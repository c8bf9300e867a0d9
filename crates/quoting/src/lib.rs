//! Costs and quotes: what a sign costs by its assembly, what the lines come to, how a cost becomes a price, which way a
//! quote may go, and what it says to a customer.
//!
//! Pure arithmetic and words. Nothing here stores, reads a clock or knows a customer. Cost and price are two things: a
//! line carries both, and only the price is ever written for somebody outside the shop.

pub mod assembly;
pub mod burden;
pub mod cutting;
pub mod forgotten;
pub mod moved;
pub mod two_estimates;

pub mod decision;
pub mod options;
pub mod price;
pub mod totals;

pub mod describe;
pub mod lines;

pub mod change_order;
pub mod difference;
pub mod status;
pub mod version;

mod refusal;

pub use assembly::{Asked, Assembly, AssemblyError, build_up, shipped_assemblies, shipped_library};
pub use burden::burdened_rates;
pub use change_order::{change_order, ordered};
pub use decision::decide;
pub use difference::difference;
pub use forgotten::forgotten;
pub use lines::{line_of, lines_from_estimate};
pub use options::{quantity_breaks, roll_up};
pub use price::{margin_from_markup, markup_from_margin, price_by_margin, price_by_markup, round_to_currency};
pub use refusal::QuotingError;
pub use status::apply;
pub use totals::totals;
pub use two_estimates::side_by_side;
pub use version::{Offer, default_exclusions, default_terms, edit, new_version, valid_until};
