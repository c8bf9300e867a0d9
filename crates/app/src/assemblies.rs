//! Assemblies: what signs are built up from, the shop's own and those of the program, and what things and hours cost.
//!
//! What comes with the program is never copied into the shop: the shop keeps what it changed, as versions, and what it has
//! changed stands in the place of what came.

mod bottom_up;
mod costs;
mod editing;
mod list;
mod price_lists;
mod proof;
mod rates;
mod shelf;
#[cfg(test)]
mod tests;

pub(crate) use bottom_up::{Beside, Built, built, compare, said_of_the_job};
pub use costs::{
    ConfirmCosts, CostItem, CostKey, CostRate, Costs, SaveItem, SetUseTax, confirm_costs, past_prices, remove_cost,
    save_item, save_rate, set_use_tax, show_costs,
};
pub use editing::{
    AssemblyChecked, AssemblyDraft, CheckAssembly, CopyAssembly, PutAway, SaveAssembly, check_assembly, copy_assembly,
    put_away_assembly, save_assembly,
};
pub use list::{
    AssemblyInfo, AssemblyRef, AssemblyShown, BuildUpJob, ExplainJob, ShownInput, build_up_job, explain_job,
    list_assemblies, show_assembly,
};
pub use price_lists::{PriceChange, PriceChanges, TakePrices, list_price_changes, take_prices};
pub use rates::{SaveRates, save_burdened_rates, show_monthly_costs, work_out_rates};
pub(crate) use shelf::Shelf;
pub use signwright_store::assemblies::AssemblyVersion;
pub use signwright_store::costs::PastItem;
