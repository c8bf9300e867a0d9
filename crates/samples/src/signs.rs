//! What customers ask for: sign types as often and as large as a mixed shop sees them.

use signwright_domain::{DriverValue, Specification};

use crate::people::Town;
use crate::rng::Rng;

/// Sign types and how often they are asked for.
pub(crate) const TYPES: [(&str, f64); 15] = [
    ("channel_letters", 19.0),
    ("channel_letters_unlit", 7.0),
    ("cabinet", 10.0),
    ("monument", 9.5),
    ("pole", 4.0),
    ("pylon", 3.0),
    ("blade", 5.0),
    ("emc", 3.0),
    ("flat_panel", 9.5),
    ("directional", 6.0),
    ("ada", 5.0),
    ("vinyl", 8.0),
    ("banner", 4.0),
    ("awning", 2.5),
    ("reface", 5.5),
];

/// Who asks for what, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Enquiry<'a> {
    pub(crate) sign_type: &'static str,
    /// Value of the driver `customer_type`.
    pub(crate) customer: &'static str,
    pub(crate) town: &'a Town,
    /// How much farther than in a mixed shop sizes lie apart, and their ends; 1 is as in such a shop.
    pub(crate) spread: f64,
}

/// A drawing hand: the specification so far, and chance.
struct Pencil<'a> {
    spec: Specification,
    rng: &'a mut Rng,
    spread: f64,
}

impl Pencil<'_> {
    fn number(&mut self, name: &str, value: f64) {
        self.spec.set(name, DriverValue::Number(value));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.spec.set(name, DriverValue::Text(value.to_owned()));
    }

    fn flag(&mut self, name: &str, chance: f64) {
        let value = self.rng.chance(chance);
        self.spec.set(name, DriverValue::Flag(value));
    }

    fn choose(&mut self, name: &str, of: &[(&'static str, f64)]) {
        let value = self.rng.weighted(of);
        self.text(name, value);
    }

    /// A lognormal size, rounded to `step` and kept between the ends.
    fn size(&mut self, name: &str, (median, sigma): (f64, f64), (low, high): (f64, f64), step: f64) -> f64 {
        let drawn = self.rng.lognormal(median, sigma * self.spread).clamp(low / self.spread, high * self.spread);
        let value = (drawn / step).round() * step;
        self.number(name, value);
        value
    }

    fn lighting(&mut self, of: &[(&'static str, f64)]) {
        self.choose("lighting", of);
    }

    fn finish(&mut self, of: &[(&'static str, f64)], most_colours: i64) {
        self.choose("finish", of);
        let colours = self.rng.whole(1, most_colours) as f64;
        self.number("colours", colours);
    }

    fn papers(&mut self, permit: f64, engineering: f64, survey: f64) {
        self.flag("permit", permit);
        self.flag("engineering", engineering);
        self.flag("survey", survey);
    }
}

/// What a mixed shop is asked for; the customer is one of its own.
pub(crate) fn draw(rng: &mut Rng, customer: &'static str, town: &Town) -> Specification {
    let sign_type = rng.weighted(&TYPES);
    specification(rng, &Enquiry { sign_type, customer, town, spread: 1.0 })
}

/// One enquiry's complete specification; drivers that do not apply to the type are absent.
pub(crate) fn specification(rng: &mut Rng, enquiry: &Enquiry<'_>) -> Specification {
    let &Enquiry { sign_type, customer, town, spread } = enquiry;
    let mut pencil = Pencil { spec: Specification::default(), rng, spread };
    pencil.text("sign_type", sign_type);
    pencil.number("faces", 1.0);
    pencil.number("quantity", 1.0);
    match sign_type {
        "channel_letters" | "channel_letters_unlit" => letters(&mut pencil, sign_type == "channel_letters"),
        "cabinet" => cabinet(&mut pencil),
        "blade" => blade(&mut pencil),
        "monument" => monument(&mut pencil),
        "pole" | "pylon" => pole(&mut pencil, sign_type == "pylon"),
        "emc" => display(&mut pencil),
        "directional" => directional(&mut pencil),
        "awning" => awning(&mut pencil),
        "reface" => reface(&mut pencil),
        _ => flat(&mut pencil, sign_type),
    }
    site(&mut pencil, town);
    pencil.flag("rush", 0.09);
    pencil.text("customer_type", customer);
    pencil.spec
}

fn letters(p: &mut Pencil<'_>, lit: bool) {
    let height = p.size("letter_height", (16.0, 0.38), (6.0, 48.0), 1.0);
    let count = p.size("letter_count", (11.0, 0.42), (3.0, 34.0), 1.0);
    p.choose("font", &[("block", 58.0), ("serif", 27.0), ("script", 15.0)]);
    let lights: &[(&'static str, f64)] =
        if lit { &[("led", 76.0), ("halo", 19.0), ("neon", 5.0)] } else { &[("none", 1.0)] };
    p.lighting(lights);
    p.choose("face_material", if lit { &[("acrylic", 1.0)] } else { &[("aluminium", 3.0), ("pvc", 1.0)] });
    p.finish(&[("paint", 66.0), ("mill", 10.0), ("powder", 14.0), ("vinyl", 10.0)], 3);
    p.choose("mounting", &[("flush", 66.0), ("raceway", 34.0)]);
    let width = (count * height * 0.95 / 12.0 * 2.0).round() / 2.0;
    p.number("width", width);
    p.number("height", (height / 12.0 * 10.0).round() / 10.0);
    let top = p.size("overall_height", (16.0, 0.22), (9.0, 45.0), 0.5);
    reach(p, top);
    p.papers(if lit { 0.85 } else { 0.45 }, 0.06, 0.35);
}

fn cabinet(p: &mut Pencil<'_>) {
    p.size("width", (7.5, 0.36), (2.0, 24.0), 0.5);
    p.size("height", (3.5, 0.32), (1.5, 10.0), 0.5);
    if p.rng.chance(0.28) {
        p.number("faces", 2.0);
    }
    p.lighting(&[("led", 94.0), ("neon", 3.0), ("none", 3.0)]);
    lit_face(p);
    p.choose("mounting", &[("flush", 84.0), ("hanging", 16.0)]);
    let top = p.size("overall_height", (15.0, 0.2), (9.0, 40.0), 0.5);
    reach(p, top);
    p.papers(0.82, 0.08, 0.3);
}

fn lit_face(p: &mut Pencil<'_>) {
    p.choose(
        "face_material",
        &[("acrylic", 50.0), ("acrylic_formed", 14.0), ("acrylic_routed", 14.0), ("flex", 15.0), ("aluminium", 7.0)],
    );
    p.finish(&[("paint", 50.0), ("vinyl", 30.0), ("print", 14.0), ("mill", 6.0)], 4);
}

fn blade(p: &mut Pencil<'_>) {
    p.size("width", (2.5, 0.28), (1.5, 6.0), 0.5);
    p.size("height", (3.0, 0.35), (1.5, 14.0), 0.5);
    p.number("faces", 2.0);
    p.lighting(&[("led", 72.0), ("none", 28.0)]);
    lit_face(p);
    p.text("mounting", "hanging");
    let top = p.size("overall_height", (13.0, 0.18), (9.0, 30.0), 0.5);
    reach(p, top);
    p.papers(0.75, 0.12, 0.3);
}

fn monument(p: &mut Pencil<'_>) {
    let width = p.size("width", (8.0, 0.27), (4.0, 20.0), 0.5);
    let height = p.size("height", (4.0, 0.24), (2.0, 9.0), 0.5);
    if p.rng.chance(0.74) {
        p.number("faces", 2.0);
    }
    p.lighting(&[("led", 80.0), ("none", 20.0)]);
    lit_face(p);
    p.text("mounting", "base");
    let below = p.size("overall_height", (2.0, 0.25), (1.0, 4.5), 0.5);
    p.number("overall_height", height + below);
    p.choose("base", &[("masonry", 52.0), ("cladding", 34.0), ("none", 14.0)]);
    let base =
        if p.spec.text("base") == Some("none") { 0.0 } else { ((width + 1.5) * 2.0 * below + 3.0 * below).round() };
    p.number("base_area", base);
    if p.rng.chance(0.2) {
        let display = (width * height * p.rng.between(0.3, 0.6)).round();
        p.number("emc_area", display);
    }
    p.choose("foundation", &[("pier", 91.0), ("existing", 9.0)]);
    p.choose("access", &[("lift", 55.0), ("ground", 35.0), ("crane", 10.0)]);
    p.papers(0.93, 0.72, 0.6);
}

fn pole(p: &mut Pencil<'_>, pylon: bool) {
    let (wide, high, top) = match (pylon, pylon && p.rng.chance(0.18)) {
        (_, true) => (17.0, 12.5, 42.0),
        (true, false) => (11.5, 9.0, 28.0),
        (false, false) => (8.0, 5.5, 20.0),
    };
    p.size("width", (wide, 0.28), (4.0, 22.0), 0.5);
    let height = p.size("height", (high, 0.30), (3.0, 16.0), 0.5);
    let top = p.size("overall_height", (top, 0.28), (12.0, 55.0), 0.5).max(height + 4.0);
    p.number("overall_height", top);
    if p.rng.chance(0.92) {
        p.number("faces", 2.0);
    }
    p.lighting(&[("led", 93.0), ("none", 7.0)]);
    lit_face(p);
    p.choose("mounting", if pylon { &[("double_pole", 60.0), ("single_pole", 40.0)] } else { &[("single_pole", 1.0)] });
    let clad = pylon && p.rng.chance(0.4);
    p.text("base", if clad { "cladding" } else { "none" });
    let area = if clad { ((top - height) * p.rng.between(4.0, 9.0)).round() } else { 0.0 };
    p.number("base_area", area);
    if p.rng.chance(0.14) {
        let display = p.rng.whole(18, 60) as f64;
        p.number("emc_area", display.min((height * wide * 0.6).round()));
    }
    p.choose("foundation", &[("pier", 92.0), ("existing", 8.0)]);
    p.text("access", "crane");
    p.papers(0.97, 0.93, 0.75);
}

fn display(p: &mut Pencil<'_>) {
    let width = p.size("width", (8.0, 0.26), (4.0, 16.0), 0.5);
    let height = p.size("height", (3.5, 0.24), (2.0, 8.0), 0.5);
    if p.rng.chance(0.55) {
        p.number("faces", 2.0);
    }
    p.number("emc_area", (width * height * 0.88).round());
    p.lighting(&[("led", 1.0)]);
    p.finish(&[("paint", 1.0)], 2);
    p.choose("mounting", &[("single_pole", 34.0), ("base", 28.0), ("flush", 38.0)]);
    let standing = p.spec.text("mounting") != Some("flush");
    let top = p.size("overall_height", (if standing { 11.0 } else { 16.0 }, 0.2), (height + 2.0, 30.0), 0.5);
    let top = top.max(height + 2.0);
    p.number("overall_height", top);
    p.text("foundation", if standing { "pier" } else { "none" });
    reach(p, top);
    p.papers(0.95, if standing { 0.8 } else { 0.3 }, 0.6);
}

fn directional(p: &mut Pencil<'_>) {
    p.size("width", (2.5, 0.22), (1.5, 5.0), 0.5);
    let height = p.size("height", (3.0, 0.22), (1.5, 6.0), 0.5);
    p.number("overall_height", height + 1.5);
    if p.rng.chance(0.7) {
        p.number("faces", 2.0);
    }
    p.size("quantity", (2.4, 0.6), (1.0, 14.0), 1.0);
    p.lighting(&[("none", 70.0), ("led", 30.0)]);
    p.choose("face_material", &[("aluminium", 70.0), ("acrylic", 30.0)]);
    p.finish(&[("paint", 60.0), ("powder", 25.0), ("vinyl", 15.0)], 3);
    p.text("mounting", "single_pole");
    p.text("foundation", "direct_burial");
    p.text("access", "ground");
    p.papers(0.4, 0.05, 0.3);
}

fn awning(p: &mut Pencil<'_>) {
    p.size("width", (14.0, 0.35), (4.0, 40.0), 1.0);
    p.size("height", (4.0, 0.15), (3.0, 6.0), 0.5);
    p.lighting(&[("none", 70.0), ("led", 30.0)]);
    p.choose("face_material", &[("vinyl", 1.0)]);
    p.finish(&[("print", 60.0), ("vinyl", 40.0)], 3);
    p.text("mounting", "flush");
    p.text("access", "lift");
    p.papers(0.55, 0.1, 0.6);
}

fn reface(p: &mut Pencil<'_>) {
    p.size("width", (8.0, 0.35), (3.0, 24.0), 0.5);
    p.size("height", (4.0, 0.32), (2.0, 14.0), 0.5);
    if p.rng.chance(0.6) {
        p.number("faces", 2.0);
    }
    p.lighting(&[("none", 55.0), ("led", 45.0)]);
    p.choose("face_material", &[("acrylic", 65.0), ("flex", 35.0)]);
    p.finish(&[("vinyl", 70.0), ("print", 30.0)], 4);
    p.choose("mounting", &[("flush", 55.0), ("single_pole", 45.0)]);
    p.text("foundation", "existing");
    let top = p.size("overall_height", (16.0, 0.3), (9.0, 45.0), 0.5);
    reach(p, top);
    p.papers(0.25, 0.0, 0.3);
}

fn flat(p: &mut Pencil<'_>, sign_type: &str) {
    let ((wide, wide_sigma), (high, high_sigma)) = match sign_type {
        "ada" => ((0.7, 0.12), (0.7, 0.15)),
        "vinyl" => ((7.0, 0.6), (3.6, 0.45)),
        "banner" => ((8.5, 0.38), (3.2, 0.22)),
        _ => ((6.0, 0.45), (3.2, 0.38)),
    };
    let step = if sign_type == "ada" { 0.1 } else { 0.5 };
    p.size("width", (wide, wide_sigma), (0.5, 40.0), step);
    p.size("height", (high, high_sigma), (0.5, 12.0), step);
    match sign_type {
        "ada" => p.size("quantity", (16.0, 0.7), (2.0, 120.0), 1.0),
        "banner" => p.size("quantity", (1.6, 0.6), (1.0, 12.0), 1.0),
        _ => p.size("quantity", (1.3, 0.5), (1.0, 12.0), 1.0),
    };
    p.lighting(&[("none", 1.0)]);
    match sign_type {
        "ada" => p.choose("face_material", &[("acrylic", 80.0), ("pvc", 20.0)]),
        "vinyl" | "banner" => p.text("face_material", "vinyl"),
        _ => p.choose("face_material", &[("acm", 62.0), ("aluminium", 26.0), ("pvc", 12.0)]),
    }
    match sign_type {
        "ada" => p.finish(&[("paint", 1.0)], 3),
        _ => p.finish(&[("print", 60.0), ("vinyl", 40.0)], 5),
    }
    let pickup = if sign_type == "banner" { 55.0 } else { 14.0 };
    p.choose("mounting", &[("flush", 100.0 - pickup), ("pickup", pickup)]);
    p.choose("access", &[("ground", 84.0), ("lift", 16.0)]);
    if p.spec.text("mounting") == Some("pickup") {
        p.text("access", "ground");
    }
    p.papers(if sign_type == "flat_panel" { 0.3 } else { 0.0 }, 0.0, if sign_type == "ada" { 0.5 } else { 0.12 });
}

/// Above a ladder's reach a lift, above a lift's a crane.
fn reach(p: &mut Pencil<'_>, top: f64) {
    let access = match top {
        ..=11.0 => "ground",
        ..=32.0 => "lift",
        _ => "crane",
    };
    p.text("access", access);
}

fn site(p: &mut Pencil<'_>, town: &Town) {
    let stands = matches!(p.spec.text("foundation"), Some("pier" | "direct_burial"));
    if stands {
        p.number("wind_speed", town.wind);
        let exposure = if p.rng.chance(0.15) { "C" } else { town.exposure };
        p.text("exposure", exposure);
        let soil = if p.rng.chance(0.12) { "clay" } else { town.soil };
        p.text("soil", soil);
    }
    if p.spec.text("mounting") == Some("pickup") {
        return;
    }
    let miles = (town.miles * p.rng.between(0.75, 1.25)).round().max(1.0);
    p.number("travel_miles", miles);
    let replaced = match p.spec.text("sign_type") {
        Some("reface" | "vinyl" | "banner" | "ada") => 0.05,
        _ => 0.24,
    };
    p.flag("removal", replaced);
}
