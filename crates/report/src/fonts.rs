//! Inter, bundled under the SIL Open Font License (`fonts/OFL.txt`), so that no machine needs a font installed.

pub(crate) static REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
pub(crate) static SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.otf");
