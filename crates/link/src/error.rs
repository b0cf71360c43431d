//! What can go wrong: a model that cannot be used, or a run that was stopped.

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The model file is no TOML, or has a key that no model has.
    #[error("the model cannot be read, line {line}: {why}")]
    Toml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// The model names something that is not there, or asks for too much.
    #[error("the model cannot be used: {0}")]
    Model(String),
    /// A condition cannot be understood.
    #[error("the condition \"{condition}\" of \"{comparison}\" cannot be understood: {why}")]
    Condition {
        /// The comparison it stands in.
        comparison: String,
        /// The condition.
        condition: String,
        /// What is wrong.
        why: String,
    },
    /// The tables do not fit the run.
    #[error("the records cannot be used: {0}")]
    Records(String),
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
}
