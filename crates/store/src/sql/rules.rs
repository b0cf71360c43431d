//! Statements of the rules of a book, of checking it again, and of numbers that several children have.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// The rule files of a book.
    RULE_FILES = "select nth, audit_seq, at, who, as_of, sha256, content from rule_file where register = $1 order by nth";
    /// Another rule file.
    RULE_FILE_ADD = "insert into rule_file (register, nth, audit_seq, at, who, as_of, sha256, content) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// The findings of the children between two ids.
    FINDINGS_PAGE = "select child, rule, field, list, severity, raw, suggestion, safe from finding
        where register = $1 and child > $2 and child <= $3 order by child, nth";
    /// Makes room for all findings of a book.
    FINDINGS_DROP_ALL = "delete from finding where register = $1";
    /// The children after one id and up to another as they were at a moment.
    CHILDREN_AT_BETWEEN = "select e.child as id, e.seq as version, e.state, e.name_key, e.birth, e.leaves_on, e.edition, e.unit, e.number,
        e.identified, e.complete, e.record,
        coalesce((select s.record from child_event_sensitive s where s.register = e.register and s.child = e.child and s.seq = e.seq), '') as sensitive
        from child_event e
        where e.register = $1 and e.child > $2 and e.child <= $4 and e.at <= $3
        and e.seq = (select max(l.seq) from child_event l where l.register = $1 and l.child = e.child and l.at <= $3)
        order by e.child";
    /// Children who hold a number: those who count, moved away or died. Ordered by no column of an index: SQLite without statistics would
    /// walk the whole book in that order instead of looking the number up.
    CHILDREN_HOLDING = "select c.id, c.version, c.state, c.name_key, c.birth, c.leaves_on, c.edition, c.unit, c.number, c.identified, c.complete,
        c.record, s.record as sensitive
        from child c join child_sensitive s on s.register = c.register and s.child = c.id
        where c.register = $1 and c.number = $2 and c.state in ('active', 'moved', 'died') order by c.id || ''";
    /// Says anew whether a child is *identified* and *complete*.
    CHILD_MEASURES_SET = "update child set version = version + 1, identified = $4, complete = $5 where register = $1 and id = $2 and version = $3";
    /// The import that brought a version of a child.
    IMPORT_OF_VERSION = "select import from child_event where register = $1 and child = $2 and seq = $3";
    /// Sheets on which children of a book first stood.
    SHEETS_OF_CHILDREN = "select child, import, file, sheet from import_row where register = $1 and decision = $2 and child > $3 order by child limit $4";
    /// Children who have a finding of a rule now.
    CHILDREN_WITH_RULE = "select distinct child from finding where register = $1 and rule = $2 order by child";
    /// Children who count and are not *identified*.
    CHILDREN_NOT_IDENTIFIED = "select id from child where register = $1 and state = $2 and identified = false order by id";
    /// Children who count and are not *complete*.
    CHILDREN_NOT_COMPLETE = "select id from child where register = $1 and state = $2 and complete = false order by id";
    /// Children who have a finding of a group now, of a weight.
    CHILDREN_WITH_GROUP = "select distinct child from finding where register = $1 and list = $2 and severity = $3 order by child";
}

many! {}
