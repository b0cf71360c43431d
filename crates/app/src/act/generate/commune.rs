//! One commune: its people, its records, its list, and the truth about both.
//!
//! In: the plan and the commune. Out: [`Made`]: bytes ready to be appended, and the list written to its file.

use super::Format;
use super::register::{Records, csv_record};
use crate::act::csv_line::Line;
use crate::world::layout::render;
use crate::world::list::{List, Options};
use crate::world::people::{Child, NoNumber, People, Where};
use crate::world::plan::{Commune, HOME, Plan};
use crate::world::real::{self, Gone, Why};
use crate::world::register;
use crate::world::sector;
use crate::world::truth::Rules;
use crate::world::written::{Repeat, Written, digits};
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use treem_files::write::book::{Format as BookFormat, TextStyle};

/// What a commune gave.
pub(super) struct Made {
    pub(super) records: Records,
    pub(super) truth: Vec<u8>,
    pub(super) truth_children: Vec<u8>,
    pub(super) truth_register: Vec<u8>,
    pub(super) truth_sectors: Vec<u8>,
    pub(super) children: u64,
    pub(super) register_rows: u64,
    pub(super) unsound: u64,
    pub(super) incomplete: u64,
    pub(super) list_rows: u64,
    pub(super) repeats: u64,
    pub(super) extra: u64,
    pub(super) sector_lists: u64,
    pub(super) sector_rows: u64,
}

/// The head of `truth.csv`.
pub(super) const TRUTH_HEAD: &str = "file,sheet,row,child,rules,same_as,layout\n";
/// The head of `truth-children.csv`.
pub(super) const CHILDREN_HEAD: &str = "child,name,birth,sex,ethnicity,number,ethnicity_own,nationality,birth_registration,unit,unit_name,district,district_name,province,hamlet,address,\
father,father_birth,father_number,mother,mother_birth,mother_number,guardian,guardian_relation,phone,household,household_head,household_poor,circumstance,record,no_number\n";

/// The head of `truth-register.csv`: records of the register that are too many, or bear a number pasted from a brother or sister.
pub(super) const TRUTH_REGISTER_HEAD: &str = "row,child,why\n";
/// The head of `truth-sectors.csv`.
pub(super) const TRUTH_SECTORS_HEAD: &str = "sector,file,sheet,row,child\n";

/// Makes a commune and writes its lists below `begun`.
pub(super) fn make(
    plan: &Plan,
    commune: &Commune,
    options: Options,
    format: Format,
    begun: &Path,
) -> anyhow::Result<Made> {
    let people = People::of(plan, commune);
    let mut made = Made {
        records: Records::new(format),
        truth: Vec::new(),
        truth_children: Vec::new(),
        truth_register: Vec::new(),
        truth_sectors: Vec::new(),
        children: people.children.len() as u64,
        register_rows: 0,
        unsound: u64::from(commune.unsound),
        incomplete: u64::from(commune.incomplete),
        list_rows: 0,
        repeats: 0,
        extra: 0,
        sector_lists: 0,
        sector_rows: 0,
    };
    let register_file = match format {
        Format::Xlsx => "register.xlsx",
        Format::Csv => "register.csv",
    };
    let register_sheet = if format == Format::Xlsx {
        register::SHEET
    } else {
        ""
    };
    let layout_of_register = "sổ";
    let mut places: Vec<u64> = vec![0; people.children.len()];
    let mut rows = register::rows(plan, commune, &people, options);
    let gone = Gone::of(plan, commune);
    let (extra, pasted) = gone.as_ref().map_or_else(Default::default, |gone| {
        real::extra(plan, commune, gone, &mut rows, &people)
    });
    // The first row is the heading.
    let number = |order: usize| commune.register_from + order as u64 + 2;
    let mut wrong = |order: usize, child: u64, why: Why| {
        let mut line = Line::after(&mut made.truth_register, b"");
        line.number(number(order))
            .bare(&register::code(child))
            .bare(why.word());
        line.end();
    };
    for at in pasted {
        if let Some(row) = rows.get(at) {
            wrong(at, row.written.child, Why::Pasted);
        }
    }
    let all = rows
        .iter()
        .map(|row| (row, None))
        .chain(extra.iter().map(|extra| (&extra.row, Some(extra.why))));
    for (order, (row, why)) in all.enumerate() {
        let mut same_as = String::new();
        if let Some(why) = why {
            wrong(order, row.written.child, why);
            if why == Why::Duplicate {
                let first = places.get(row.at).copied().unwrap_or(0);
                same_as = format!("{register_file}|{register_sheet}|{first}");
            }
            made.extra += 1;
        } else if let Some(place) = places.get_mut(row.at) {
            *place = number(order);
        }
        made.records.push(&csv_record(commune, &row.written));
        truth(
            &mut made.truth,
            (register_file, register_sheet, number(order)),
            &row.written,
            row.rules,
            &same_as,
            layout_of_register,
        );
        made.register_rows += 1;
    }
    let before = (commune.repeats.neighbour > 0)
        .then(|| plan.neighbour(commune))
        .flatten();
    let theirs = before.map(|before| People::of(plan, before));
    let list = List::of(plan, commune, &people, before.zip(theirs.as_ref()), options);
    write_list(
        commune,
        &people,
        &list,
        &begun.join("lists"),
        &mut made,
        &|at| {
            format!(
                "{register_file}|{register_sheet}|{}",
                places.get(at).copied().unwrap_or(0)
            )
        },
    )?;
    if gone.is_some() {
        write_sectors(plan, commune, &people, format, begun, &mut made)?;
    }
    for (at, child) in people.children.iter().enumerate() {
        child_line(&mut made.truth_children, commune, &people, at, child);
    }
    Ok(made)
}

fn write_list(
    commune: &Commune,
    people: &People,
    list: &List<'_>,
    lists: &Path,
    made: &mut Made,
    in_register: &dyn Fn(usize) -> String,
) -> anyhow::Result<()> {
    if list.rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<&Written<'_>> = list.rows.iter().map(|row| &row.written).collect();
    let drawn = render(list.layout, commune, &people.hamlets, &rows);
    let folder = lists.join(folder_name(commune));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    // Beyond the province a list has to say where it is from, and some say it in no other place.
    let name = if commune.province.code == HOME {
        commune.unit.name.to_owned()
    } else {
        commune.full_name()
    };
    let file_name = format!("{name}.{}", list.layout.container.ending());
    let path = folder.join(&file_name);
    let naming = || format!("không ghi được {}", path.display());
    let mut out = BufWriter::with_capacity(1 << 16, File::create(&path).with_context(naming)?);
    treem_files::write::book::write(&drawn.book, drawn.format, &mut out).with_context(naming)?;
    out.flush().with_context(naming)?;
    let file = format!("lists/{}/{file_name}", folder_name(commune));
    for (row, (sheet, number)) in list.rows.iter().zip(&drawn.places) {
        let same_as = match row.written.repeats {
            Some(Repeat::List(at)) => drawn
                .places
                .get(at)
                .map_or_else(String::new, |(sheet, number)| {
                    format!("{file}|{sheet}|{number}")
                }),
            Some(Repeat::Register(at)) => in_register(at),
            // Where the other commune's list has it: the row of the same child there says it.
            Some(Repeat::Neighbour(_)) => "lists".to_owned(),
            None => String::new(),
        };
        made.repeats += u64::from(row.written.repeats.is_some());
        truth(
            &mut made.truth,
            (&file, sheet, *number),
            &row.written,
            row.rules,
            &same_as,
            list.layout.name,
        );
    }
    made.list_rows = list.rows.len() as u64;
    Ok(())
}

/// Writes the lists of other sectors below `sectors`, one file a sector and commune.
fn write_sectors(
    plan: &Plan,
    commune: &Commune,
    people: &People,
    format: Format,
    begun: &Path,
    made: &mut Made,
) -> anyhow::Result<()> {
    let text = format == Format::Csv;
    for list in sector::lists(plan, commune, people) {
        if list.rows.is_empty() {
            continue;
        }
        let inside = format!("sectors/{}/{}", list.sector.word(), folder_name(commune));
        let folder = begun.join(&inside);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
        let name = format!(
            "{}.{}",
            commune.unit.name,
            if text { "csv" } else { "xlsx" }
        );
        let path = folder.join(&name);
        let naming = || format!("không ghi được {}", path.display());
        let book = sector::book(&list, commune, text);
        let format = if text {
            BookFormat::Text(TextStyle::default())
        } else {
            BookFormat::Xlsx
        };
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&path).with_context(naming)?);
        treem_files::write::book::write(&book, format, &mut out).with_context(naming)?;
        out.flush().with_context(naming)?;
        let (sheet, first) = if text {
            ("", 2)
        } else {
            (
                book.sheets.first().map_or("", |sheet| sheet.name.as_str()),
                sector::FIRST_ROW,
            )
        };
        for (order, (_, written)) in list.rows.iter().enumerate() {
            let mut line = Line::after(&mut made.truth_sectors, b"");
            line.bare(list.sector.word())
                .text(&format!("{inside}/{name}"))
                .text(sheet)
                .number(first + order as u64)
                .bare(&register::code(written.child));
            line.end();
        }
        made.sector_lists += 1;
        made.sector_rows += list.rows.len() as u64;
    }
    Ok(())
}

/// The folder of a district; beyond the province its name and its province's, since districts of one name exist.
fn folder_name(commune: &Commune) -> String {
    if commune.province.code == HOME {
        commune.district.name.to_owned()
    } else {
        format!("{}/{}", commune.province.name, commune.district.name)
    }
}

fn truth(
    buffer: &mut Vec<u8>,
    (file, sheet, number): (&str, &str, u64),
    row: &Written<'_>,
    rules: Rules,
    same_as: &str,
    layout: &str,
) {
    let codes: Vec<&str> = rules.codes().collect();
    let mut line = Line::after(buffer, b"");
    line.text(file)
        .text(sheet)
        .number(number)
        .bare(&register::code(row.child))
        .bare(&codes.join("|"))
        .text(same_as)
        .text(layout);
    line.end();
}

/// A child as it is, whatever lists say.
fn child_line(buffer: &mut Vec<u8>, commune: &Commune, people: &People, at: usize, child: &Child) {
    let Some(household) = people.household(child) else {
        return;
    };
    let Some(row) = Written::of(people, commune, at) else {
        return;
    };
    let mut line = Line::after(buffer, b"");
    line.bare(&register::code(commune.child_from + at as u64))
        .text(&child.name)
        .bare(&child.birth.to_string())
        .bare(child.sex.label());
    let number = if child.number == 0 {
        String::new()
    } else {
        digits(child.number)
    };
    line.bare(household.group.name).bare(&number);
    line.text(if household.own == household.group.name {
        ""
    } else {
        household.own
    });
    line.text(&row.nationality).text(&child.registered_at);
    line.bare(commune.unit.code)
        .text(commune.unit.name)
        .bare(commune.district.code)
        .text(commune.district.name)
        .bare(commune.province.code);
    line.text(&row.hamlet.text).text(&row.street);
    for adult in [&household.father, &household.mother] {
        match adult {
            Some(adult) => {
                let number = if adult.number == 0 {
                    String::new()
                } else {
                    digits(adult.number)
                };
                line.text(&adult.name)
                    .bare(&adult.year.to_string())
                    .bare(&number);
            }
            None => {
                line.bare("").bare("").bare("");
            }
        }
    }
    line.text(&row.guardian.name)
        .text(row.relation)
        .text(&household.phone)
        .text(&row.household)
        .text(household.head())
        .text(row.means)
        .text(child.circumstance);
    line.bare(match child.place {
        Where::Register => "register",
        Where::Unsound => "register-unsound",
        Where::Incomplete => "register-incomplete",
        Where::List => "list",
    });
    line.bare(match child.no_number {
        Some(NoNumber::Unregistered) => "unregistered",
        Some(NoNumber::Foreign) => "foreign",
        None => "",
    });
    line.end();
}
