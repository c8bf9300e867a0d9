//! Who buys, where, and who estimates. Every name is invented.

use crate::rng::Rng;

/// A customer of the shop.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Value of the driver `customer_type`.
    pub(crate) kind: &'static str,
    pub(crate) town: usize,
    pub(crate) contact: String,
    pub(crate) email: String,
    /// How often it buys, relative to the others.
    pub(crate) weight: f64,
}

/// A place with its ground and its wind.
#[derive(Debug)]
pub(crate) struct Town {
    pub(crate) name: &'static str,
    pub(crate) miles: f64,
    pub(crate) wind: f64,
    pub(crate) exposure: &'static str,
    pub(crate) soil: &'static str,
    weight: f64,
}

/// Somebody who estimates, with the habit of being low or high.
#[derive(Debug)]
pub(crate) struct Estimator {
    pub(crate) initials: &'static str,
    /// Of the estimate on the log scale, before the habit by sign type.
    pub(crate) bias: f64,
    pub(crate) weight: f64,
}

pub(crate) const ESTIMATORS: [Estimator; 5] = [
    Estimator { initials: "KM", bias: -0.055, weight: 30.0 },
    Estimator { initials: "JT", bias: 0.045, weight: 24.0 },
    Estimator { initials: "RS", bias: -0.02, weight: 20.0 },
    Estimator { initials: "DP", bias: 0.065, weight: 14.0 },
    Estimator { initials: "AL", bias: -0.075, weight: 12.0 },
];

const fn town(
    name: &'static str,
    miles: f64,
    wind: f64,
    exposure: &'static str,
    soil: &'static str,
    weight: f64,
) -> Town {
    Town { name, miles, wind, exposure, soil, weight }
}

impl Town {
    /// A place that may be anywhere in the country.
    pub(crate) fn anywhere(rng: &mut Rng) -> Self {
        let miles = rng.lognormal(20.0, 0.9).clamp(1.0, 200.0);
        let wind = 95.0 + 5.0 * (17.0 * rng.unit() * rng.unit()).floor();
        let exposure = rng.weighted(&[("B", 40.0), ("C", 40.0), ("D", 20.0)]);
        let soil =
            rng.weighted(&[("sand", 35.0), ("clay", 25.0), ("gravel", 18.0), ("foliated", 12.0), ("rock", 10.0)]);
        town("", miles, wind, exposure, soil, 0.0)
    }
}

pub(crate) const TOWNS: [Town; 14] = [
    town("Northside", 4.0, 115.0, "B", "sand", 24.0),
    town("Harlow Creek", 9.0, 115.0, "C", "sand", 13.0),
    town("Ashgrove", 14.0, 115.0, "B", "clay", 11.0),
    town("Weston Mills", 18.0, 115.0, "C", "sand", 9.0),
    town("Larkfield", 22.0, 115.0, "C", "clay", 8.0),
    town("Pine Hollow", 27.0, 115.0, "B", "gravel", 6.0),
    town("Quarry Hill", 31.0, 115.0, "C", "foliated", 5.0),
    town("Eastvale", 38.0, 120.0, "C", "sand", 6.0),
    town("Dunmore Flats", 44.0, 120.0, "C", "clay", 4.0),
    town("Brindle Bay", 52.0, 130.0, "D", "sand", 5.0),
    town("Santa Peña", 63.0, 115.0, "C", "gravel", 3.0),
    town("Tamarack Point", 71.0, 140.0, "D", "sand", 3.0),
    town("Marlow Junction", 88.0, 110.0, "C", "sand", 2.0),
    town("Cape Orrin", 118.0, 150.0, "D", "sand", 1.0),
];

const FIRST_WORDS: [&str; 56] = [
    "Halden",
    "Marrow & Pike",
    "Bluefinch",
    "Orwick",
    "Tannery Row",
    "Copperleaf",
    "Vossler",
    "Graywillow",
    "Lanternlight",
    "Osprey Hollow",
    "Kestrel",
    "Brackenridge",
    "Juniper Lane",
    "Saltmarsh",
    "Ironbridge",
    "Fennimore",
    "Oldfield",
    "Thistledown",
    "Redgate",
    "Sycamore Hill",
    "Windrose",
    "Harbor & Main",
    "Quillfeather",
    "Stonewater",
    "Applecross",
    "Millrace",
    "Northbank",
    "Cinder Creek",
    "Wrenfield",
    "Pellam",
    "Dovetail",
    "Elkhart Row",
    "Foxglove",
    "Galloway Pond",
    "Hearthside",
    "Inglenook",
    "Jasperwood",
    "Kingsley Oak",
    "Larchmont Bay",
    "Meadowlark",
    "Nettlecombe",
    "Orchard Gate",
    "Pennyroyal",
    "Ravensworth",
    "Sandpiper",
    "Tidewater Lane",
    "Underhill",
    "Verity",
    "Whitlock",
    "Yarrow",
    "Café Lumière",
    "Zephyr Row",
    "Bramblewood",
    "Crestline",
    "Driftwood",
    "Emberly",
];
const RETAIL: [&str; 16] = [
    "Dental",
    "Coffee",
    "Hardware",
    "Pharmacy",
    "Bakery",
    "Veterinary",
    "Bistro",
    "Fitness",
    "Optical",
    "Books",
    "Salon",
    "Auto Care",
    "Credit Union",
    "Outfitters",
    "Garden Center",
    "Brewing",
];
const NATIONAL: [&str; 6] = ["Burger", "Tire & Lube", "Mobile", "Inns", "Fuel Stops", "Fashion Outlet"];
const CONTRACTOR: [&str; 6] =
    ["Construction", "Builders Inc.", "Development, LLC", "Design-Build", "General Contracting", "Properties, LP"];
const MUNICIPAL: [&str; 6] =
    ["Parks Department", "School District", "Public Library", "Water Authority", "City Hall", "Transit Agency"];
const GIVEN: [&str; 24] = [
    "Ada", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Inês", "Jonas", "Kamala", "Leon", "Mira",
    "Noah", "Olive", "Pavel", "Quinn", "Rosa", "Sam", "Tess", "Umar", "Vera", "Wes", "Yuki",
];
const FAMILY: [&str; 24] = [
    "Abbott",
    "Brandt",
    "Castellano",
    "Dufour",
    "Eriksen",
    "Farrow",
    "Granger",
    "Hollis",
    "Ibarra",
    "Jansky",
    "Kowal",
    "Lindqvist",
    "Muñoz",
    "Novak",
    "Okafor",
    "Prewitt",
    "Quist",
    "Renner",
    "Sorensen",
    "Tremblay",
    "Ueda",
    "Vance",
    "Whitcomb",
    "Zeller",
];

/// The shop's customers, ids ascending.
pub(crate) fn customers(seed: u64, count: usize) -> Vec<Customer> {
    let mut rng = Rng::stream(seed, "customers");
    let mut all: Vec<Customer> = Vec::with_capacity(count);
    while all.len() < count {
        let customer = customer(&mut rng, all.len());
        if !all.iter().any(|known| known.name == customer.name) {
            all.push(customer);
        }
    }
    all
}

fn customer(rng: &mut Rng, place: usize) -> Customer {
    let kind = rng.weighted(&[("retail", 58.0), ("national", 10.0), ("contractor", 20.0), ("municipal", 12.0)]);
    let towns: Vec<(usize, f64)> = TOWNS.iter().enumerate().map(|(i, town)| (i, town.weight)).collect();
    let town = rng.weighted(&towns);
    let first = rng.pick(&FIRST_WORDS);
    let name = match kind {
        "national" => format!("{first} {}", rng.pick(&NATIONAL)),
        "contractor" => format!("{first} {}", rng.pick(&CONTRACTOR)),
        "municipal" => format!("{} {}", TOWNS[town].name, rng.pick(&MUNICIPAL)),
        _ => format!("{first} {}", rng.pick(&RETAIL)),
    };
    let (given, family) = (rng.pick(&GIVEN), rng.pick(&FAMILY));
    let email = format!("{}.{}@{}.example", ascii(given), ascii(family), ascii(&name));
    let weight = rng.lognormal(if kind == "retail" { 0.7 } else { 1.6 }, 0.8);
    Customer {
        id: format!("C{:05}", 10_210 + place * 3),
        name,
        kind,
        town,
        contact: format!("{given} {family}"),
        email,
        weight,
    }
}

/// Lower-case ASCII letters only, for an address.
fn ascii(text: &str) -> String {
    let plain = |letter: char| match letter {
        'é' | 'è' | 'ê' => 'e',
        'ñ' => 'n',
        other => other,
    };
    text.to_lowercase().chars().map(plain).filter(char::is_ascii_lowercase).collect()
}
