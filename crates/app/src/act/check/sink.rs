//! Where the rows of a run go: the collector of *check*, or the columns of *link*.
//!
//! In: [`Output`]s in order of the rows. Out: whatever the sink makes of them.

use super::worker::Output;

/// Takes what the workers give, in order.
pub trait Sink {
    /// A sheet begins; gives its number in the run and how its lines start.
    fn begin_sheet(&mut self, file: &str, sheet: &str) -> (u32, Vec<u8>);
    /// Takes over what a chunk gave.
    ///
    /// # Errors
    /// What cannot be written.
    fn take(&mut self, output: Output) -> anyhow::Result<()>;
    /// A file has ended.
    fn end_file(&mut self);
}
