//! The one place where errors become `{code, message, hint}`.
//!
//! A code exists only where a client branches on it; the message is a sentence for people; the hint says what to do.

use std::fmt;

use serde::{Deserialize, Serialize};
use signwright_connect::secrets::VaultError;
use signwright_connect::{ConnectError, PushError, Verdict};
use signwright_domain::Cancelled;
use signwright_forecast::ForecastError;
use signwright_lake::LakeError;
use signwright_learn::LearnError;
use signwright_report::ReportError;
use signwright_store::StoreError;
use ts_rs::TS;

/// What a client may branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The input does not have the shape or the values that the command takes.
    InvalidInput,
    UnknownCommand,
    NotFound,
    /// The thing is in a state that does not allow this.
    Conflict,
    /// Another program is writing to the shop.
    Busy,
    /// The shop file cannot be opened or written.
    ShopFile,
    /// A file given by the user cannot be read.
    UnreadableFile,
    /// Another system does not answer, or not in a way that can be understood.
    Unreachable,
    /// There is not enough history for this.
    NotEnoughData,
    Cancelled,
    Internal,
}

/// What a caller of a command gets when it fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallError {
    pub code: Code,
    /// What happened, to what. Lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl CallError {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidInput, message)
    }

    pub fn not_found(what: impl fmt::Display) -> Self {
        Self::new(Code::NotFound, format!("no {what}"))
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for CallError {}

impl From<Cancelled> for CallError {
    fn from(_: Cancelled) -> Self {
        Self::new(Code::Cancelled, "cancelled").hint("Nothing was changed.")
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        use StoreError as E;
        let message = error.to_string();
        match error {
            E::Cancelled => Self::from(Cancelled),
            E::NoSuch { .. } => Self::new(Code::NotFound, message),
            E::Locked { .. } => Self::new(Code::Conflict, message).hint("Make a new version of the quote."),
            E::Busy => Self::new(Code::Busy, message).hint("Wait for it to finish, then try again."),
            E::InUse { .. } => Self::new(Code::Busy, message).hint("Close it there first."),
            E::Refused(_) | E::Currency { .. } | E::CurrencyInUse { .. } => Self::new(Code::Conflict, message),
            E::NotSqlite { .. } | E::OtherApplication { .. } | E::Directory { .. } => {
                Self::new(Code::ShopFile, message).hint("Choose a .signwright file, or a new name for a new shop.")
            }
            E::Newer { .. } => Self::new(Code::ShopFile, message).hint("Install the newer version to open it."),
            E::Damaged(_) | E::Content { .. } => {
                Self::new(Code::ShopFile, message).hint("Restore a backup: signwright restore FILE.")
            }
            E::ReadOnly { .. } => {
                Self::new(Code::ShopFile, message).hint("Move the shop to a folder you may write to.")
            }
            E::NoFolder { .. } | E::Missing { .. } => Self::new(Code::ShopFile, message).hint("Check the name."),
            E::Exists { .. } => Self::new(Code::Conflict, message).hint("Choose another name."),
            E::DiskFull => Self::new(Code::ShopFile, message).hint("Free some space; nothing was lost."),
            E::Unsound(_) => Self::new(Code::ShopFile, message),
            E::Io(_) | E::TooLarge => Self::new(Code::ShopFile, message),
            E::Query(_) => Self::new(Code::Internal, message),
        }
    }
}

impl From<LakeError> for CallError {
    fn from(error: LakeError) -> Self {
        let code = match error {
            LakeError::File { .. } => Code::UnreadableFile,
            LakeError::Aggregation(_) => Code::Internal,
            LakeError::Length { .. } | LakeError::Doubled(_) | LakeError::Kind { .. } | LakeError::Missing(_) => {
                Code::InvalidInput
            }
        };
        Self::new(code, error.to_string())
    }
}

impl From<ConnectError> for CallError {
    fn from(error: ConnectError) -> Self {
        let code = if error.is_of_the_endpoint() { Code::InvalidInput } else { Code::Internal };
        Self::new(code, error.to_string())
    }
}

impl From<PushError> for CallError {
    fn from(error: PushError) -> Self {
        let code = match error.verdict() {
            Verdict::Again { .. } => Code::Unreachable,
            Verdict::Person | Verdict::Dead => Code::Conflict,
        };
        Self::new(code, error.to_string())
    }
}

impl From<VaultError> for CallError {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::File { .. } | VaultError::Unreadable(_) => Code::UnreadableFile,
            VaultError::Random(_) => Code::Internal,
            _ => Code::Conflict,
        };
        Self::new(code, error.to_string())
    }
}

impl From<ReportError> for CallError {
    fn from(error: ReportError) -> Self {
        let code = match error {
            ReportError::Address(_) | ReportError::Colour(_) | ReportError::Logo => Code::InvalidInput,
            _ => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<LearnError> for CallError {
    fn from(error: LearnError) -> Self {
        use LearnError as E;
        let message = error.to_string();
        match error {
            E::Cancelled(cancelled) => Self::from(cancelled),
            E::TooFewOutcomes { .. } | E::OneSided { .. } => Self::new(Code::NotEnoughData, message)
                .hint("Mark quotes as won or lost, or import outcomes from your CRM."),
            E::TooFewRows { .. } | E::CannotSplit { .. } | E::NothingToLearnFrom { .. } | E::ConstantTarget { .. } => {
                Self::new(Code::NotEnoughData, message)
            }
            E::DamagedModel { .. } | E::ModelFormat { .. } => {
                Self::new(Code::UnreadableFile, message).hint("Train it again.")
            }
            E::TargetNotFinite { .. }
            | E::LengthMismatch { .. }
            | E::DuplicateColumn { .. }
            | E::Infinite { .. }
            | E::NotANumber { .. }
            | E::NotPositive { .. }
            | E::NoColumn { .. }
            | E::NoCommonColumn { .. }
            | E::TestShare { .. } => Self::new(Code::InvalidInput, message),
            E::Booster { .. } => Self::new(Code::Internal, message),
        }
    }
}

impl From<ForecastError> for CallError {
    fn from(error: ForecastError) -> Self {
        use ForecastError as E;
        let message = error.to_string();
        match error {
            E::Cancelled(cancelled) => Self::from(cancelled),
            E::Empty { .. }
            | E::TooShort { .. }
            | E::TooManyGaps { .. }
            | E::TooFewDates { .. }
            | E::TooLittleInCommon { .. }
            | E::NeverChanges { .. } => Self::new(Code::NotEnoughData, message),
            E::NotFinite { .. }
            | E::DuplicateDate { .. }
            | E::MixedFrequency { .. }
            | E::UnknownFrequency { .. }
            | E::Horizon { .. }
            | E::PastCalendar { .. }
            | E::UnequalColumns { .. }
            | E::UnequalFrequencies { .. } => Self::new(Code::InvalidInput, message),
        }
    }
}
