//! Work codes by department, and what an hour of each costs.

use crate::amounts::Cents;

/// A department of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Department {
    Art,
    Fabrication,
    Electrical,
    Paint,
    Vinyl,
    Install,
}

impl Department {
    pub(crate) fn number(self) -> u16 {
        match self {
            Self::Art => 100,
            Self::Fabrication => 200,
            Self::Electrical => 300,
            Self::Paint => 400,
            Self::Vinyl => 500,
            Self::Install => 600,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Art => "ART",
            Self::Fabrication => "FABRICATION",
            Self::Electrical => "ELECTRICAL",
            Self::Paint => "PAINT",
            Self::Vinyl => "VINYL & PRINT",
            Self::Install => "INSTALL",
        }
    }

    /// Wage in cents an hour in a year, a multiple of ten cents. With the burden of 40 % on top, 2025's are the burdened
    /// rates of the trade's anchors: 62, 64, 68, 62, 56 and 66 dollars.
    pub(crate) fn wage(self, year: i16) -> Cents {
        let base = match self {
            Self::Art | Self::Paint => 44.3,
            Self::Fabrication => 45.7,
            Self::Electrical => 48.6,
            Self::Vinyl => 40.0,
            Self::Install => 47.1,
        };
        let raised = match year {
            ..=2023 => 0.935,
            2024 => 0.967,
            2025 => 1.0,
            2026.. => 1.036,
        };
        (base * raised * 10.0_f64).round() as Cents * 10
    }
}

/// What the burden adds to the wage.
pub(crate) const BURDEN: f64 = 0.40;

/// A work code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) number: u16,
    pub(crate) department: Department,
    pub(crate) name: &'static str,
}

const fn code(number: u16, department: Department, name: &'static str) -> Code {
    Code { number, department, name }
}

pub(crate) const LAYOUT: Code = code(110, Department::Art, "LAYOUT & SKETCH");
pub(crate) const SURVEY: Code = code(130, Department::Art, "SITE SURVEY");
pub(crate) const PERMIT: Code = code(140, Department::Art, "PERMIT HANDLING");
pub(crate) const SHEET_METAL: Code = code(205, Department::Fabrication, "SHEET METAL");
pub(crate) const STEEL: Code = code(215, Department::Fabrication, "STRUCTURAL STEEL");
pub(crate) const EXTRUSION: Code = code(220, Department::Fabrication, "EXTRUSIONS");
pub(crate) const LETTERS: Code = code(225, Department::Fabrication, "CHANNEL LETTERS");
pub(crate) const ROUTING: Code = code(235, Department::Fabrication, "ROUTING");
pub(crate) const FACES: Code = code(245, Department::Fabrication, "FACES");
pub(crate) const CRATING: Code = code(260, Department::Fabrication, "CRATING");
pub(crate) const LED_WIRING: Code = code(310, Department::Electrical, "LED WIRING");
pub(crate) const NEON: Code = code(330, Department::Electrical, "NEON");
pub(crate) const FINISH: Code = code(420, Department::Paint, "PRIME & FINISH");
pub(crate) const VINYL_CUT: Code = code(510, Department::Vinyl, "CUT & APPLY VINYL");
pub(crate) const PRINT: Code = code(520, Department::Vinyl, "PRINT & LAMINATE");
pub(crate) const FOOTING: Code = code(610, Department::Install, "FOOTING");
pub(crate) const LOADING: Code = code(615, Department::Install, "LOAD / UNLOAD");
pub(crate) const INSTALL: Code = code(620, Department::Install, "INSTALL");
pub(crate) const HOOK_UP: Code = code(625, Department::Install, "HOOK UP");
pub(crate) const TRAVEL: Code = code(640, Department::Install, "TRAVEL");
pub(crate) const REMOVAL: Code = code(650, Department::Install, "REMOVAL");
