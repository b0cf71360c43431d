//! Reads one sheet to its end: chunks go to workers on all cores, their output comes back in order.
//!
//! In: a [`Source`]. Out: everything to the [`Sink`]. A list of one chunk is done at once on this thread. For longer ones
//! each chunk is walked by a clone of the walker that stands at the front; where the front turns out to be elsewhere when the
//! chunk's turn comes (a hamlet heading, a new table), the chunk is walked again from there. Memory: a few chunks.

use super::places::Places;
use super::sink::Sink;
use super::summary::{ColumnSummary, SheetSummary, TableSummary};
use super::worker::{Ended, Output, Run, Sheet, Worker};
use super::{Part, Stop};
use crate::limits;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, mpsc};
use treem_child::cell::{Font, Row, Rows};
use treem_child::normalise::encoding::decode_text;
use treem_files::limits::SAMPLE_ROWS;
use treem_files::read::{Chunk, Parser, ReadError, Source};
use treem_files::table::{ColumnMap, Hints, Mapping, Table, Walker};

/// A chunk on its way, with its place in the order.
struct Job {
    place: u64,
    chunk: Arc<Chunk>,
    walker: Walker,
}

struct Answer {
    place: u64,
    before: Walker,
    after: Walker,
    whole: bool,
    output: Output,
}

/// The chunks that have been read and not yet been done with.
struct Queue {
    source: Box<dyn Source>,
    ahead: VecDeque<Arc<Chunk>>,
    ended: bool,
}

impl Queue {
    fn pull(&mut self) -> Result<bool, ReadError> {
        if self.ended {
            return Ok(false);
        }
        if let Some(chunk) = self.source.next_chunk()? {
            self.ahead.push_back(Arc::new(chunk));
            Ok(true)
        } else {
            self.ended = true;
            Ok(false)
        }
    }
}

/// What happened to a sheet.
pub enum Outcome {
    /// Read to its end (also where nothing was found on it).
    Read(SheetSummary, Vec<Mapping>),
    /// The person stopped the run.
    Stopped,
}

/// Reads a sheet. What was read before an error stays read; the error is given back beside it.
pub fn read(
    source: Box<dyn Source>,
    meta: (&str, bool),
    run: &Run,
    sheet: &Sheet,
    hints: Hints,
    around: (&Part<'_>, &Stop),
    collector: &mut dyn Sink,
) -> anyhow::Result<(Outcome, Option<ReadError>)> {
    let parser = source.parser();
    let queue = Queue {
        source,
        ahead: VecDeque::new(),
        ended: false,
    };
    let reader = SheetReader {
        parser,
        queue,
        walker: Walker::new(hints),
        tables: Vec::new(),
        run,
        sheet,
        progress: around.0,
        stop: around.1,
        summary: SheetSummary {
            sheet: meta.0.to_owned(),
            hidden: meta.1,
            ..SheetSummary::default()
        },
        rows_of: BTreeMap::new(),
        places: Places::default(),
    };
    reader.go(collector)
}

struct SheetReader<'r> {
    parser: Arc<dyn Parser>,
    queue: Queue,
    walker: Walker,
    tables: Vec<Arc<Table>>,
    run: &'r Run,
    sheet: &'r Sheet,
    progress: &'r Part<'r>,
    stop: &'r Stop,
    summary: SheetSummary,
    rows_of: BTreeMap<u64, u64>,
    places: Places,
}

impl SheetReader<'_> {
    fn go(mut self, collector: &mut dyn Sink) -> anyhow::Result<(Outcome, Option<ReadError>)> {
        let mut trouble = None;
        let mut worker = Worker::new(self.run, self.sheet);
        // The head of the sheet: as many chunks as the sample needs.
        let mut seen = 0;
        while seen < SAMPLE_ROWS {
            match self.queue.pull() {
                Ok(true) => {
                    let mut rows = Rows::default();
                    if let Some(chunk) = self.queue.ahead.back() {
                        self.parser.parse(chunk, &mut rows);
                    }
                    seen += rows.len();
                }
                Ok(false) => break,
                Err(error) => {
                    self.queue.ended = true;
                    trouble = Some(error);
                    break;
                }
            }
        }
        self.begin_at(0, 0);
        let single = self.queue.ended;
        if single {
            while let Some(chunk) = self.queue.ahead.front().cloned() {
                self.alone(&chunk, &mut worker, collector)?;
                self.queue.ahead.pop_front();
            }
        } else if let Some(error) = self.together(&mut worker, collector)? {
            trouble = Some(error);
        }
        if self.stop.is_asked() {
            return Ok((Outcome::Stopped, trouble));
        }
        self.summary.remarks.extend(self.queue.source.remarks());
        self.describe();
        let home = self.run.context.edition;
        let home = self.sheet.province.map_or(home, |unit| home.at(unit));
        let titles = self
            .tables
            .iter()
            .flat_map(|table| table.titles.iter().rev());
        let texts = titles.chain(&self.sheet.texts).map(String::as_str);
        self.summary.remarks.extend(self.places.remark(home, texts));
        let mappings = self.tables.iter().map(|table| table.to_mapping()).collect();
        Ok((Outcome::Read(self.summary, mappings), trouble))
    }

    /// Gives the walker a sample that begins at a row of a chunk of the queue.
    fn begin_at(&mut self, chunk: usize, row: usize) {
        let chunks: Vec<Arc<Chunk>> = self.queue.ahead.iter().skip(chunk).cloned().collect();
        let mut parsed = Vec::with_capacity(chunks.len());
        let mut total = 0;
        for chunk in &chunks {
            let mut rows = Rows::default();
            self.parser.parse(chunk, &mut rows);
            total += rows.len();
            parsed.push(rows);
            if total >= SAMPLE_ROWS + row {
                break;
            }
        }
        let sample: Vec<Row<'_, '_>> = parsed
            .iter()
            .flat_map(Rows::iter)
            .skip(row)
            .take(SAMPLE_ROWS)
            .collect();
        if let Some(table) = self.walker.begin(&sample)
            && self.tables.len() < limits::TABLES
        {
            self.sheet.begin(&table, self.run.context.edition);
            self.tables.push(table);
            for beside in self.walker.beside() {
                if let Some(table) = beside.table() {
                    self.sheet.begin(table, self.run.context.edition);
                }
            }
            self.tables.extend(
                self.walker
                    .beside()
                    .iter()
                    .filter_map(|beside| beside.table().cloned()),
            );
        }
    }

    /// Walks the front chunk on this thread, new headings and all.
    fn alone(
        &mut self,
        chunk: &Arc<Chunk>,
        worker: &mut Worker<'_>,
        collector: &mut dyn Sink,
    ) -> anyhow::Result<()> {
        let parser = Arc::clone(&self.parser);
        let mut rows = Rows::default();
        parser.parse(chunk, &mut rows);
        let mut from = 0;
        loop {
            let mut output = Output::default();
            let ended = worker.walk(&rows, from, &mut self.walker, &mut output);
            self.take(output, collector)?;
            match ended {
                Ended::All => return Ok(()),
                Ended::NewHead(row) => {
                    // The sample may reach into the chunks that follow.
                    let mut have = rows.len().saturating_sub(row);
                    let mut next = 1;
                    while have < SAMPLE_ROWS {
                        let at_hand = next < self.queue.ahead.len();
                        if !at_hand && !self.queue.pull().unwrap_or(false) {
                            break;
                        }
                        if let Some(chunk) = self.queue.ahead.get(next) {
                            let mut more = Rows::default();
                            parser.parse(chunk, &mut more);
                            have += more.len();
                        }
                        next += 1;
                    }
                    self.begin_at(0, row);
                    from = row;
                }
            }
        }
    }

    fn take(&mut self, mut output: Output, collector: &mut dyn Sink) -> anyhow::Result<()> {
        self.places.join(std::mem::take(&mut output.places));
        self.summary.rows += output.rows;
        self.summary.hidden_rows += output.hidden_rows;
        for (table, count) in &output.tables {
            *self.rows_of.entry(*table).or_default() += count;
        }
        for (reason, count) in &output.skipped {
            *self.summary.skipped.entry(reason).or_default() += count;
        }
        let (done, total) = self.queue.source.progress();
        self.progress.tell(done, total, output.rows);
        collector.take(output)
    }

    fn together(
        &mut self,
        own: &mut Worker<'_>,
        collector: &mut dyn Sink,
    ) -> anyhow::Result<Option<ReadError>> {
        let workers = std::thread::available_parallelism()
            .map_or(2, std::num::NonZero::get)
            .min(64);
        let parser = Arc::clone(&self.parser);
        let (run, sheet) = (self.run, self.sheet);
        std::thread::scope(|scope| {
            let (answers_in, answers) = mpsc::channel::<Answer>();
            let (jobs, jobs_out) = mpsc::sync_channel::<Job>(workers + limits::CHUNKS_AHEAD);
            let jobs_out = Arc::new(std::sync::Mutex::new(jobs_out));
            for _ in 0..workers {
                let (jobs_out, answers_in, parser) = (
                    Arc::clone(&jobs_out),
                    answers_in.clone(),
                    Arc::clone(&parser),
                );
                scope.spawn(move || {
                    let mut worker = Worker::new(run, sheet);
                    let (mut room_rows, mut room_cells) = (0, 0);
                    loop {
                        let job = match jobs_out.lock() {
                            Ok(jobs) => jobs.recv(),
                            Err(_) => return,
                        };
                        let Ok(Job {
                            place,
                            chunk,
                            walker,
                        }) = job
                        else {
                            return;
                        };
                        let mut rows = Rows::with_capacity(room_rows, room_cells);
                        parser.parse(&chunk, &mut rows);
                        (room_rows, room_cells) = (
                            rows.len() + rows.len() / 16,
                            rows.cells() + rows.cells() / 16,
                        );
                        let mut after = walker.clone();
                        let mut output = Output::with_room(chunk.text.len());
                        let whole =
                            matches!(worker.walk(&rows, 0, &mut after, &mut output), Ended::All);
                        if answers_in
                            .send(Answer {
                                place,
                                before: walker,
                                after,
                                whole,
                                output,
                            })
                            .is_err()
                        {
                            return;
                        }
                    }
                });
            }
            drop(answers_in);
            let done = self.conduct(
                &jobs,
                &answers,
                workers + limits::CHUNKS_AHEAD,
                own,
                collector,
            );
            drop(jobs);
            done
        })
    }

    fn conduct(
        &mut self,
        jobs: &mpsc::SyncSender<Job>,
        answers: &mpsc::Receiver<Answer>,
        most: usize,
        own: &mut Worker<'_>,
        collector: &mut dyn Sink,
    ) -> anyhow::Result<Option<ReadError>> {
        let mut trouble = None;
        let (mut sent, mut taken) = (0_u64, 0_u64);
        let mut early: VecDeque<Answer> = VecDeque::new();
        loop {
            if self.stop.is_asked() {
                return Ok(trouble);
            }
            // Keep the workers fed: chunks of the queue from `sent - taken` on are not with anybody yet.
            while usize::try_from(sent - taken).unwrap_or(usize::MAX) < most {
                let waiting = usize::try_from(sent - taken).unwrap_or(0);
                if waiting >= self.queue.ahead.len() {
                    match self.queue.pull() {
                        Ok(true) => {}
                        Ok(false) => break,
                        Err(error) => {
                            self.queue.ended = true;
                            trouble = Some(error);
                            break;
                        }
                    }
                }
                let Some(chunk) = self.queue.ahead.get(waiting) else {
                    break;
                };
                if jobs
                    .send(Job {
                        place: sent,
                        chunk: Arc::clone(chunk),
                        walker: self.walker.clone(),
                    })
                    .is_err()
                {
                    return Ok(trouble);
                }
                sent += 1;
            }
            if sent == taken {
                return Ok(trouble);
            }
            let answer = loop {
                if let Some(index) = early.iter().position(|answer| answer.place == taken) {
                    break early.remove(index);
                }
                match answers.recv() {
                    Ok(answer) => early.push_back(answer),
                    Err(_) => break None,
                }
            };
            let Some(answer) = answer else {
                anyhow::bail!("một luồng xử lý bị dừng bất thường")
            };
            taken += 1;
            if answer.whole && answer.before == self.walker {
                self.walker = answer.after;
                self.take(answer.output, collector)?;
            } else if let Some(chunk) = self.queue.ahead.front().cloned() {
                self.alone(&chunk, own, collector)?;
            }
            self.queue.ahead.pop_front();
        }
    }

    fn describe(&mut self) {
        for table in &self.tables {
            self.summary.nameless |= !table.has_name();
            self.summary.remarks.extend(table.remarks.iter().cloned());
            self.summary.tables.push(TableSummary {
                head_rows: table.head_rows.clone(),
                titles: table.titles.clone(),
                mapping: table
                    .columns
                    .iter()
                    .map(|column| ColumnSummary {
                        column: column.column + 1,
                        heading: column.heading.clone(),
                        field: column.field.map(treem_child::field::Field::code),
                        reason: column.sentence.clone(),
                        certainty: column.certainty,
                        encoding: column.verdict.label(),
                        samples: samples(column),
                    })
                    .collect(),
                rows: self
                    .rows_of
                    .get(&table.first_data_row)
                    .copied()
                    .unwrap_or(0),
                saved: table.to_mapping(),
            });
        }
        if self.summary.tables.is_empty()
            && let Some(absence) = self.walker.absence()
        {
            let seen = self.walker.headings_seen();
            let seen = if seen.is_empty() {
                String::new()
            } else {
                format!(" Các tiêu đề cột đã thấy: {seen}.")
            };
            self.summary
                .remarks
                .push(format!("{}{seen}", absence.message()));
        }
    }
}

/// Some cells of a column, decoded.
fn samples(column: &ColumnMap) -> Vec<String> {
    column
        .samples
        .iter()
        .map(|text| {
            let decoded = decode_text(text, Font::default(), column.verdict).text;
            decoded
                .trim()
                .chars()
                .take(limits::SAMPLE_LETTERS)
                .collect()
        })
        .collect()
}
