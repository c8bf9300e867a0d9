//! Why a driver moves cost: the few causes under which an explanation gathers its drivers.
//!
//! Columns that the features make of a specification (areas, wind moment, price levels) belong to a cause as well, so
//! their names stand here too.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PRICE;

/// What a driver says about a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// What is made, and how many.
    Kind,
    Size,
    /// Wind, moment, piers and poles.
    Structure,
    /// Light, faces, finish and other features of the sign.
    Make,
    /// Where it goes up and what that takes, permits and drawings included.
    Site,
    /// Who estimates and who buys.
    People,
    /// Prices and the day of the quote.
    Time,
    /// Words of notes.
    Notes,
    /// The shop's own drivers, of which nothing more is known.
    Own,
}

impl Cause {
    /// The cause a driver, or a column made of drivers, belongs to.
    pub fn of(name: &str) -> Self {
        match name {
            "sign_type" | "quantity" => Self::Kind,
            "width" | "height" | "faces" | "letter_height" | "letter_count" | "emc_area" | "overall_height"
            | "base_area" | "face_area" | "total_area" | "perimeter" | "letter_outline" | "letter_area"
            | "total_emc_area" => Self::Size,
            "foundation" | "wind_speed" | "exposure" | "soil" | "wind_force" | "wind_moment" | "concrete"
            | "pole_weight" | "pier_depth" => Self::Structure,
            "font" | "lighting" | "face_material" | "finish" | "colours" | "base" => Self::Make,
            "mounting" | "access" | "travel_miles" | "removal" | "survey" | "permit" | "engineering" => Self::Site,
            "estimator" | "customer_type" | "customer" => Self::People,
            "quote_month" | "quote_date" | "price_level" | "rush" => Self::Time,
            "notes" | "note" | "description" | "remarks" | "comments" | "scope" => Self::Notes,
            _ if name.starts_with(PRICE) => Self::Time,
            _ => Self::Own,
        }
    }

    /// For people: "Size and shape".
    pub fn label(self) -> &'static str {
        match self {
            Self::Kind => "Type and quantity",
            Self::Size => "Size and shape",
            Self::Structure => "Wind and structure",
            Self::Make => "Finish and features",
            Self::Site => "Site and installation",
            Self::People => "People",
            Self::Time => "Prices and time",
            Self::Notes => "Words of notes",
            Self::Own => "Your own drivers",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::catalogue;

    #[test]
    fn every_known_driver_has_a_cause_and_a_shops_own_says_so() {
        let homeless: Vec<_> = catalogue().iter().filter(|driver| Cause::of(driver.name) == Cause::Own).collect();
        assert!(homeless.is_empty(), "{homeless:?}");
        for (name, cause) in [
            ("wind_moment", Cause::Structure),
            ("face_area", Cause::Size),
            ("estimator", Cause::People),
            ("price:steel angle@2", Cause::Time),
            ("description", Cause::Notes),
            ("our_grade", Cause::Own),
        ] {
            assert_eq!(Cause::of(name), cause, "{name}");
        }
    }
}
