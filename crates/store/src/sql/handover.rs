//! Statements of the hand-over: lists, rows, steps, frozen rows, households' sheets.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// The highest number of a list.
    HANDOVER_LAST = "select max(number) from handover_list where register = $1";
    /// A list.
    HANDOVER_ADD = "insert into handover_list (register, number, place, since, title, source, edition, unit, hamlet, part_of, rows, open_rows, closing,
        seal, closed_on, drawn_at, drawn_by, steps) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 0, null, null, $4, $12, 0)";
    /// Where a list is, after a step.
    HANDOVER_SET = "update handover_list set place = $3, since = $4, rows = $5, open_rows = $6, closing = $7, seal = $8, closed_on = $9, steps = $10
        where register = $1 and number = $2";
    /// A list by its number.
    HANDOVER = "select number, place, since, title, source, edition, unit, hamlet, part_of, rows, open_rows, closing, seal, closed_on, drawn_at, drawn_by, steps
        from handover_list where register = $1 and number = $2";
    /// A page of lists, after one.
    HANDOVERS = "select number, place, since, title, source, edition, unit, hamlet, part_of, rows, open_rows, closing, seal, closed_on, drawn_at, drawn_by, steps
        from handover_list where register = $1 and number > $2 order by number limit $3";
    /// Lists in one of some places; where there are fewer than fifty, one is named again.
    HANDOVERS_IN = "select number, place, since, title, source, edition, unit, hamlet, part_of, rows, open_rows, closing, seal, closed_on, drawn_at, drawn_by, steps
        from handover_list where register = $1 and place in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) order by place, number";
    /// The list of a seal, closed now or once.
    HANDOVERS_SEALED = "select s.list from handover_step s where s.register = $1 and s.step = 'approve' and s.detail like $2 order by s.list, s.seq";
    /// Rows of a list.
    HANDOVER_ROWS = "select list, row_number, child, version, state, answered, why, note, earlier, review, reviewed_at, reviewed_by
        from handover_row where register = $1 and list = $2 order by row_number";
    /// Rows of a child in all lists, the latest list first.
    HANDOVER_ROWS_OF_CHILD = "select list, row_number, child, version, state, answered, why, note, earlier, review, reviewed_at, reviewed_by
        from handover_row where register = $1 and child = $2 order by list desc, row_number desc";
    /// Rows that are open on some list.
    HANDOVER_ROWS_OPEN = "select list, row_number, child, version, state, answered, why, note, earlier, review, reviewed_at, reviewed_by
        from handover_row where register = $1 and state = 'open' order by list, row_number";
    /// Rows that were left without an answer, where the child stands on no later list.
    HANDOVER_ROWS_LEFT = "select r.list, r.row_number, r.child, r.version, r.state, r.answered, r.why, r.note, r.earlier, r.review, r.reviewed_at, r.reviewed_by
        from handover_row r where r.register = $1 and r.state = 'left'
        and not exists (select 1 from handover_row l where l.register = r.register and l.child = r.child and l.list > r.list)
        order by r.list, r.row_number";
    /// How the rows of a list stand: state, answered, how many.
    HANDOVER_TALLY = "select state, answered, count(*) from handover_row where register = $1 and list = $2 group by state, answered";
    /// Rows of a list go from one state into another.
    HANDOVER_ROWS_TO = "update handover_row set state = $4 where register = $1 and list = $2 and state = $3";
    /// Those with an answer, or without.
    HANDOVER_ROWS_ANSWERED_TO = "update handover_row set state = $4 where register = $1 and list = $2 and state = $3 and answered = $5";
    /// A row is struck out.
    HANDOVER_ROW_STRIKE = "update handover_row set state = 'struck', note = $4 where register = $1 and list = $2 and row_number = $3 and state = 'open'";
    /// A row has an answer, or none any more.
    HANDOVER_ROW_ANSWERED = "update handover_row set answered = $4 where register = $1 and list = $2 and row_number = $3 and state = 'open'";
    /// A row was reviewed at home.
    HANDOVER_ROW_REVIEWED = "update handover_row set review = $4, reviewed_at = $5, reviewed_by = $6
        where register = $1 and list = $2 and row_number = $3 and state = 'open'";
    /// A child of rows that were done stands open on another list.
    HANDOVER_DONE_ELSEWHERE = "select count(*) from handover_row r join handover_row o on o.register = r.register and o.child = r.child and o.state = 'open'
        where r.register = $1 and r.list = $2 and r.state = 'done'";
    /// A step of a list.
    HANDOVER_STEP_ADD = "insert into handover_step (register, list, seq, audit_seq, at, who, role, office, step, detail, tally)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// What was done to a list, the first first.
    HANDOVER_STEPS = "select seq, audit_seq, at, who, role, office, step, detail, tally from handover_step where register = $1 and list = $2 order by seq";
    /// The rows of a list as they were sealed.
    HANDOVER_FROZEN = "select frozen from handover_frozen where register = $1 and list = $2 and closing = $3 order by row_number";
    /// A page of them, by position; where asked for, only rows without an answer.
    HANDOVER_FROZEN_PAGE = "select f.frozen from handover_frozen f
        join handover_row r on r.register = f.register and r.list = f.list and r.row_number = f.row_number
        where f.register = $1 and f.list = $2 and f.closing = $3 and (r.answered = false or $4 = false) order by f.row_number limit $5 offset $6";
    /// How many of them have an answer, and how many have none.
    HANDOVER_FROZEN_COUNT = "select r.answered, count(*) from handover_frozen f
        join handover_row r on r.register = f.register and r.list = f.list and r.row_number = f.row_number
        where f.register = $1 and f.list = $2 and f.closing = $3 group by r.answered";
    /// One of them.
    HANDOVER_FROZEN_ROW = "select frozen from handover_frozen where register = $1 and list = $2 and closing = $3 and row_number = $4";
    /// A row of a list.
    HANDOVER_ROW = "select list, row_number, child, version, state, answered, why, note, earlier, review, reviewed_at, reviewed_by
        from handover_row where register = $1 and list = $2 and row_number = $3";
    /// The highest number of a sheet.
    SHEET_LAST = "select max(number) from handover_sheet where register = $1";
    /// A sheet.
    SHEET_ADD = "insert into handover_sheet (register, number, members, edition, unit, hamlet, at, who) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// The sheet of a household.
    SHEET_OF_MEMBERS = "select number, edition, unit, hamlet, at, who from handover_sheet where register = $1 and members = $2";
    /// A sheet by its number.
    SHEET = "select number, edition, unit, hamlet, at, who from handover_sheet where register = $1 and number = $2";
    /// Children of a sheet.
    SHEET_CHILDREN = "select child from handover_sheet_child where register = $1 and sheet = $2 order by nth";
    /// A number of days is said.
    DAYS_ADD = "insert into handover_days (register, edition, unit, place, at, who, days) values ($1, $2, $3, $4, $5, $6, $7)";
    /// Days that were said, the last last.
    DAYS = "select edition, unit, place, at, who, days from handover_days where register = $1 order by at, edition, unit, place";
}

many! {
    /// Rows of a list.
    HANDOVER_ROWS_ADD = 11, "insert into handover_row (register, list, row_number, child, version, state, answered, why, note, earlier, review) values", "";
    /// Rows as they were sealed.
    HANDOVER_FROZEN_ADD = 5, "insert into handover_frozen (register, list, closing, row_number, frozen) values", "";
    /// Children of sheets.
    SHEET_CHILDREN_ADD = 4, "insert into handover_sheet_child (register, sheet, nth, child) values", "";
}
