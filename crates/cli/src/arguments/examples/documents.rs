pub(in crate::arguments) const DOCUMENTS: &str = "\
Examples:
  signwright documents letterhead --logo logo.svg --accent '#b4441b'
  signwright documents templates export templates";

pub(in crate::arguments) const DOCUMENTS_LETTERHEAD: &str = "\
Examples:
  signwright documents letterhead
  signwright documents letterhead --logo logo.png --accent '#b4441b' --pricing lump-sum
  signwright documents letterhead --no-logo";

pub(in crate::arguments) const DOCUMENTS_TEMPLATES: &str = "\
Examples:
  signwright documents templates list
  signwright documents templates export templates
  signwright documents templates import templates/quote.typ";

pub(in crate::arguments) const DOCUMENTS_TEMPLATES_LIST: &str = "\
Examples:
  signwright documents templates list";

pub(in crate::arguments) const DOCUMENTS_TEMPLATES_EXPORT: &str = "\
Examples:
  signwright documents templates export templates
  signwright documents templates export original --shipped";

pub(in crate::arguments) const DOCUMENTS_TEMPLATES_IMPORT: &str = "\
Examples:
  signwright documents templates import templates/house.typ templates/quote.typ";

pub(in crate::arguments) const DOCUMENTS_TEMPLATES_RESET: &str = "\
Examples:
  signwright documents templates reset quote";

pub(in crate::arguments) const JOBS_PDF: &str = "\
Examples:
  signwright jobs pdf 19110 --output 19110-costs.pdf
  signwright jobs pdf 19110 --kind work-order --output 19110-work-order.pdf";
