//! Records as columns of numbered values: each distinct value is kept once.
//!
//! In: rows of text. Out: [`Table`]. Memory: 4 bytes a record and column, and each distinct value once.

use rustc_hash::FxHashMap;

/// The distinct values of one column. Number 0 is the missing value.
#[derive(Clone, Debug)]
pub struct Values {
    text: String,
    ends: Vec<usize>,
    known: FxHashMap<Box<str>, u32>,
}

impl Default for Values {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: vec![0],
            known: FxHashMap::default(),
        }
    }
}

impl Values {
    /// The number of a value; blank text is missing, 0.
    pub fn number(&mut self, value: &str) -> u32 {
        let value = value.trim();
        if value.is_empty() {
            return 0;
        }
        if let Some(number) = self.known.get(value) {
            return *number;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(0);
        self.text.push_str(value);
        self.ends.push(self.text.len());
        self.known.insert(value.into(), number);
        number
    }

    /// The value of a number; empty for 0.
    pub fn value(&self, number: u32) -> &str {
        let at = number as usize;
        let from = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied();
        match (from, self.ends.get(at)) {
            (Some(from), Some(to)) => self.text.get(from..*to).unwrap_or(""),
            _ => "",
        }
    }

    /// How many numbers there are, the missing one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where no value but the missing one is known.
    pub fn is_empty(&self) -> bool {
        self.ends.len() == 1
    }
}

/// Records by column. Two lists stand in one table, the second below the first.
#[derive(Clone, Debug, Default)]
pub struct Table {
    names: Vec<String>,
    columns: Vec<Vec<u32>>,
    values: Vec<Values>,
    records: usize,
    first_list: Option<usize>,
}

impl Table {
    /// An empty table with these columns.
    ///
    /// ```
    /// let mut table = treem_link::table::Table::new(["name", "born"]);
    /// table.push(["Ann", "1990"]);
    /// table.push(["Bob", ""]);
    /// assert_eq!((table.len(), table.text(0, 1), table.text(1, 1)), (2, "Bob", ""));
    /// ```
    pub fn new<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        Self {
            columns: vec![Vec::new(); names.len()],
            values: vec![Values::default(); names.len()],
            names,
            ..Self::default()
        }
    }

    /// Adds a record: one text a column, in their order; what is left out is missing, what is too much is passed over.
    pub fn push<S: AsRef<str>>(&mut self, record: impl IntoIterator<Item = S>) {
        let mut given = record.into_iter();
        for (column, values) in self.columns.iter_mut().zip(&mut self.values) {
            let number = given.next().map_or(0, |text| {
                let text = text.as_ref();
                let mut end = text.len().min(crate::limits::VALUE_BYTES);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                values.number(text.get(..end).unwrap_or(""))
            });
            column.push(number);
        }
        self.records += 1;
    }

    /// Says that the first list ends here: records pushed from now on are the second list's.
    pub fn end_first_list(&mut self) {
        self.first_list = Some(self.records);
    }

    /// Records of the first list where there are two.
    pub fn first_list(&self) -> Option<usize> {
        self.first_list
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records
    }

    /// True without records.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// The number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The value's number of a column and record; 0 is missing.
    pub fn number(&self, column: usize, record: u32) -> u32 {
        self.columns
            .get(column)
            .and_then(|column| column.get(record as usize))
            .copied()
            .unwrap_or(0)
    }

    /// The text of a column and record.
    pub fn text(&self, column: usize, record: u32) -> &str {
        self.value(column, self.number(column, record))
    }

    /// The text of a column's value.
    pub fn value(&self, column: usize, number: u32) -> &str {
        self.values
            .get(column)
            .map_or("", |values| values.value(number))
    }

    /// The distinct values of a column, the missing one included.
    pub fn distinct(&self, column: usize) -> usize {
        self.values.get(column).map_or(0, Values::len)
    }

    /// How often each value of a column occurs, by its number.
    pub fn counts(&self, column: usize) -> Vec<u32> {
        let mut counts = vec![0_u32; self.distinct(column)];
        for number in self.columns.get(column).into_iter().flatten() {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count = count.saturating_add(1);
            }
        }
        counts
    }
}
