//! signwright-desktop
