//! The colours of the light theme. Rust costs more, green costs less, blue is predicted; nothing else is coloured.

use plotters::style::RGBColor;

pub(crate) const SURFACE: RGBColor = RGBColor(0xff, 0xff, 0xff);
pub(crate) const LINE: RGBColor = RGBColor(0xe3, 0xe6, 0xeb);
pub(crate) const LINE_STRONG: RGBColor = RGBColor(0xcf, 0xd4, 0xdc);
pub(crate) const INK: RGBColor = RGBColor(0x14, 0x18, 0x1f);
pub(crate) const INK_2: RGBColor = RGBColor(0x4a, 0x53, 0x61);
pub(crate) const INK_3: RGBColor = RGBColor(0x7a, 0x84, 0x93);
pub(crate) const ACCENT: RGBColor = RGBColor(0x1f, 0x5e, 0xff);
/// The 95 % band, and under it the 80 % one.
pub(crate) const BAND_95: RGBColor = RGBColor(0xdd, 0xe7, 0xff);
pub(crate) const BAND_80: RGBColor = RGBColor(0xb3, 0xc8, 0xff);
pub(crate) const UP: RGBColor = RGBColor(0xb4, 0x44, 0x1b);
pub(crate) const DOWN: RGBColor = RGBColor(0x0b, 0x7a, 0x54);
pub(crate) const WARN: RGBColor = RGBColor(0x8a, 0x5a, 0x00);
pub(crate) const WARN_SOFT: RGBColor = RGBColor(0xff, 0xf3, 0xd6);
pub(crate) const BAD: RGBColor = RGBColor(0xb3, 0x26, 0x1e);
pub(crate) const BAD_SOFT: RGBColor = RGBColor(0xfd, 0xe7, 0xe5);
