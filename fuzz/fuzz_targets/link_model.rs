//! Model files of the linkage over a table: `MODEL`, a line `===`, then rows with commas, the first of them the headings.
#![no_main]
use libfuzzer_sys::fuzz_target;
use treem_link::comparison::Scratch;
use treem_link::condition::Functions;
use treem_link::pattern::Layout;
use treem_link::run::{Around, link};
use treem_link::table::Table;
use treem_link::{explain, file, report};

/// Records are few, so that what a model makes of them is looked at pair by pair.
const RECORDS: usize = 12;

fn table(rows: &str) -> Table {
    let mut lines = rows.lines();
    let mut table = Table::new(lines.next().unwrap_or("name,born,town").split(',').take(8));
    for line in lines.take(RECORDS) {
        if line == "--" {
            table.end_first_list();
        } else {
            table.push(line.split(','));
        }
    }
    table
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (model, rows) = text
        .split_once("\n===\n")
        .unwrap_or((text, "name,born,town\nAnn,1990-01-02,here\nAnna,02/01/1990,here\nHồ Thị Mơ,,there\nMo,1990,"));
    let table = table(rows);
    let model = match file::read(model, &table, &Functions::default()) {
        Ok(model) => model,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let records = u32::try_from(table.len()).unwrap_or(0);
    if let Ok(layout) = Layout::of(&model) {
        let mut scratch = Scratch::default();
        for left in 0..records {
            for right in 0..records {
                let one = layout.pattern(&model, left, right, &mut scratch);
                assert_eq!(one, layout.pattern(&model, right, left, &mut scratch), "which is left must not matter");
            }
            for key in &model.keys {
                let _ = (key.key(left), key.name());
            }
        }
    }
    // A whole run draws 400,000 pairs, so only now and then.
    if data.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) & 31 != 0 {
        return;
    }
    let around = Around { threads: 1, ..Around::quiet() };
    let Ok(linked) = link(&model, table.len(), table.first_list(), &around) else { return };
    for pair in &linked.pairs {
        assert!((0.0..=1.0).contains(&pair.probability), "{}", pair.probability);
        let _ = explain::explain(&model, &linked, pair.left, pair.right);
    }
    let _ = report::report(&model, &linked);
});
