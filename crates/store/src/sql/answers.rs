//! Statements of what the police answer: as typed, what it changed, how numbers stand, tasks that come of it, settings.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// The answers of a list, by row, the first first.
    ANSWERS = "select row_number, seq, at, who, way, keying, kind, answer, note, holds from handover_answer
        where register = $1 and list = $2 order by row_number, seq";
    /// No answer of a row holds any more.
    ANSWERS_UNHOLD = "update handover_answer set holds = false where register = $1 and list = $2 and row_number = $3 and holds = true";
    /// The answers of a row, the first first.
    ANSWERS_OF_ROW = "select row_number, seq, at, who, way, keying, kind, answer, note, holds from handover_answer
        where register = $1 and list = $2 and row_number = $3 order by seq";
    /// Rows of lists with the police whose last keying no answer holds for: unit, keying, how many, since when.
    ANSWERS_WAITING = "select l.number, l.edition, l.unit, a.keying, count(*), min(a.at) from handover_list l
        join handover_row r on r.register = l.register and r.list = l.number and r.state = 'open' and r.answered = false
        join handover_answer a on a.register = r.register and a.list = r.list and a.row_number = r.row_number and a.keying in ('first', 'second')
        where l.register = $1 and l.place = 'received'
        and not exists (select 1 from handover_answer b where b.register = a.register and b.list = a.list and b.row_number = a.row_number and b.seq > a.seq)
        group by l.number, l.edition, l.unit, a.keying order by l.number, a.keying";
    /// Rows of applied lists with an answer that has come to nothing yet, where the record still counts.
    EFFECTS_WAITING = "select l.number, l.edition, l.unit, 'confirm', count(*), min(l.since) from handover_list l
        join handover_row r on r.register = l.register and r.list = l.number and r.state = 'done' and r.answered = true
        join child c on c.register = r.register and c.id = r.child and c.state = $2
        where l.register = $1 and l.place in ('applied', 'seen')
        and not exists (select 1 from handover_effect e where e.register = r.register and e.list = r.list and e.row_number = r.row_number and e.undone_seq is null)
        group by l.number, l.edition, l.unit order by l.number";
    /// What the answers of a list came to, by row.
    EFFECTS = "select row_number, audit_seq, child, version, effect, why, undone_seq from handover_effect
        where register = $1 and list = $2 order by row_number, audit_seq";
    /// What the answers of a list came to is taken back.
    EFFECTS_UNDO = "update handover_effect set undone_seq = $3 where register = $1 and list = $2 and undone_seq is null";
    /// How the numbers of a child stand and stood.
    STANDINGS_OF = "select audit_seq, number, standing, since, list, row_number, ended_at from number_standing
        where register = $1 and child = $2 order by audit_seq";
    /// How a child's number stood ends.
    STANDING_END = "update number_standing set ended_at = $3, ended_seq = $4 where register = $1 and child = $2 and ended_seq is null";
    /// What an act said of numbers ends.
    STANDINGS_UNDO = "update number_standing set ended_at = $3, ended_seq = $4 where register = $1 and audit_seq = $2 and ended_seq is null";
    /// What an act ended holds again.
    STANDINGS_BACK = "update number_standing set ended_at = null, ended_seq = null where register = $1 and ended_seq = $2";
    /// The word beside a child's number.
    NUMBER_STATUS = "update child_number set status = $4 where register = $1 and child = $2 and number = $3 and ended_at is null";
    /// A task.
    TASK_ADD = "insert into handover_task (register, id, kind, at, who, audit_seq, child, list, row_number, edition, unit, due, detail, state, result)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', '')";
    /// A task by its id.
    TASK = "select id, kind, at, who, child, list, row_number, edition, unit, due, detail, state, result, answered_at, answered_by
        from handover_task where register = $1 and id = $2";
    /// Tasks of a kind in a state, or all.
    TASKS = "select id, kind, at, who, child, list, row_number, edition, unit, due, detail, state, result, answered_at, answered_by
        from handover_task where register = $1 and (kind = $2 or $2 = '*') and (state = $3 or $3 = '*') order by id limit $4";
    /// An open task is done or withdrawn.
    TASK_SET = "update handover_task set state = $3, result = $4, answered_at = $5, answered_by = $6 where register = $1 and id = $2 and state = 'open'";
    /// Open tasks of an act are withdrawn.
    TASKS_WITHDRAW = "update handover_task set state = 'withdrawn', answered_at = $3, answered_by = $4
        where register = $1 and audit_seq = $2 and state = 'open'";
    /// A setting is said.
    SETTING_ADD = "insert into handover_setting (register, name, at, who, value) values ($1, $2, $3, $4, $5)";
    /// The setting that holds.
    SETTING = "select value from handover_setting where register = $1 and name = $2 order by at desc limit 1";
}

many! {
    /// Answers as typed.
    ANSWERS_ADD = 15, "insert into handover_answer (register, list, row_number, seq, audit_seq, at, who, role, office, way, keying, kind, answer, note, holds) values", "";
    /// What answers came to.
    EFFECTS_ADD = 8, "insert into handover_effect (register, list, row_number, audit_seq, child, version, effect, why) values", "";
    /// How numbers stand.
    STANDINGS_ADD = 8, "insert into number_standing (register, child, audit_seq, number, standing, since, list, row_number) values", "";
}
