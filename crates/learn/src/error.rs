//! What can go wrong while learning or predicting.

use signwright_domain::Cancelled;

/// Why nothing was learned or predicted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LearnError {
    #[error("only {rows} finished jobs to learn from, at least {needed} are needed")]
    TooFewRows { rows: usize, needed: usize },
    #[error("the target {target} has the same value in every row")]
    ConstantTarget { target: String },
    #[error("the target {target} is not a number in row {row}")]
    TargetNotFinite { target: String, row: usize },
    #[error("{what} has {found} values where {expected} are expected")]
    LengthMismatch { what: String, expected: usize, found: usize },
    #[error("two columns are called {column}")]
    DuplicateColumn { column: String },
    #[error("column {column} is infinite in row {row}")]
    Infinite { column: String, row: usize },
    #[error("column {column} holds numbers, but row {row} says {value:?}")]
    NotANumber { column: String, row: usize, value: String },
    #[error("no column {column} in the table")]
    NoColumn { column: String },
    #[error("no column explains {target}: all are empty, constant or a copy of it")]
    NothingToLearnFrom { target: String },
    #[error("none of the columns the model was trained on is in the table, such as {example}")]
    NoCommonColumn { example: String },
    #[error("the rows cannot be split: {train} are left to learn from and {test} to test on")]
    CannotSplit { train: usize, test: usize },
    #[error("a test share of {share} is not between 0 and 0.5")]
    TestShare { share: f64 },
    #[error("the model is damaged: {reason}")]
    DamagedModel { reason: String },
    #[error("the model has format {found}, this program reads format {known}")]
    ModelFormat { found: u32, known: u32 },
    #[error("the booster refused: {reason}")]
    Booster { reason: String },
    #[error("a chance of winning needs {needed} outcomes, there are {outcomes}")]
    TooFewOutcomes { outcomes: usize, needed: usize },
    #[error("a chance of winning needs {needed} won and {needed} lost offers, there are {won} won and {lost} lost")]
    OneSided { won: usize, lost: usize, needed: usize },
    #[error("the {what} in row {row} is {value}, not above 0")]
    NotPositive { what: String, row: usize, value: f64 },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
