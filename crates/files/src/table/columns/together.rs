//! What columns mean together: a birth date in three, a name in two, what follows a parent.
//!
//! In: drafts decided by their headings. Out: the same, put right by their neighbours.

use super::Draft;
use crate::table::content::share;
use crate::table::headings::{Person, Sense, combine};
use crate::table::text::Folded;
use crate::table::{Field, Reason, Tier};

/// "Ngày", "Tháng", "Năm", "Nam" alone: the neighbours say what is meant.
pub(super) fn lone_words(drafts: &mut [Draft]) {
    let has = |sense: Sense| drafts.iter().any(|draft| draft.sense() == Some(sense));
    let month = has(Sense::Month);
    let year = has(Sense::Year) || has(Sense::MaleOrYear);
    let woman = drafts
        .iter()
        .any(|draft| draft.field == Some(Field::SexFemale));
    let born = drafts
        .iter()
        .any(|draft| draft.field == Some(Field::Birth) && draft.childs());
    // Where other headings carry marks, "Nam" is no "Năm".
    let marked = drafts.iter().any(|draft| Folded::of(&draft.heading).marked);
    for draft in drafts.iter_mut() {
        let years = share(draft.profile.year, draft.profile.filled) > 0.6;
        let exact = Reason::Heading(Tier::Exact);
        match draft.sense() {
            Some(Sense::MaleOrYear) if marked && !years || woman && !(month && years) => {
                draft.set(Field::SexMale, exact, 0.9, "");
            }
            Some(Sense::MaleOrYear | Sense::Year) if month || years && !born => {
                draft.set(Field::BirthYear, exact, 0.85, "");
            }
            Some(Sense::MaleOrYear) if draft.profile.tick + draft.profile.date > 0 => {
                draft.set(Field::SexMale, exact, 0.6, "");
            }
            Some(Sense::Day) if month => draft.set(Field::BirthDay, exact, 0.85, ""),
            Some(Sense::Month) if year => draft.set(Field::BirthMonth, exact, 0.85, ""),
            Some(Sense::Day) if !born && share(draft.profile.date, draft.profile.filled) > 0.6 => {
                draft.set(
                    Field::Birth,
                    Reason::Content,
                    0.6,
                    "cột «Ngày» gồm ngày tháng năm",
                );
            }
            _ => {}
        }
    }
}

/// A lone column "Nữ" ticks the girls of a list. With no tick in it the list is not filled in, and says nothing of the boys.
pub(super) fn lone_sex(drafts: &mut [Draft]) {
    let has = |fields: &[Field]| {
        drafts
            .iter()
            .any(|draft| draft.field.is_some_and(|field| fields.contains(&field)))
    };
    if has(&[Field::SexMale, Field::Sex]) {
        return;
    }
    if let Some(draft) = drafts
        .iter_mut()
        .find(|draft| draft.field == Some(Field::SexFemale) && draft.profile.filled == 0)
    {
        draft.set(
            Field::Ignored,
            draft.reason,
            0.5,
            "không ô nào được đánh dấu",
        );
    }
}

/// One birth column or three: "Ngày sinh" beside "Tháng sinh" is the day, a lone "Năm sinh" is the birth date.
pub(super) fn births(drafts: &mut [Draft]) {
    let childs = |draft: &Draft, field| draft.field == Some(field) && draft.childs();
    let month = drafts.iter().any(|draft| childs(draft, Field::BirthMonth));
    let has_day = drafts.iter().any(|draft| childs(draft, Field::BirthDay));
    let whole = drafts.iter().any(|draft| childs(draft, Field::Birth));
    if month {
        if !has_day
            && let Some(draft) = drafts.iter_mut().find(|draft| {
                childs(draft, Field::Birth)
                    && (draft.profile.filled == 0 || draft.profile.to31 * 2 > draft.profile.filled)
            })
        {
            let certainty = draft.certainty;
            draft.set(
                Field::BirthDay,
                draft.reason,
                certainty,
                "đứng cạnh cột tháng sinh, gồm số từ 1 đến 31",
            );
        }
        return;
    }
    // "Ngày sinh" full of 1 … 31 before a column full of 1 … 12 and one of years.
    let triple = drafts.windows(3).position(|three| {
        let [day, month, year] = three else {
            return false;
        };
        let most =
            |part: usize, of: &Draft| of.profile.filled >= 3 && part * 10 >= of.profile.filled * 9;
        childs(day, Field::Birth)
            && most(day.profile.to31, day)
            && month.field.is_none()
            && most(month.profile.to12, month)
            && (year.field.is_none() || childs(year, Field::BirthYear))
            && most(year.profile.year, year)
    });
    if let Some(at) = triple {
        for (draft, field) in
            drafts
                .iter_mut()
                .skip(at)
                .zip([Field::BirthDay, Field::BirthMonth, Field::BirthYear])
        {
            draft.set(
                field,
                Reason::Content,
                0.8,
                "ba cột liền nhau gồm ngày, tháng, năm",
            );
        }
        return;
    }
    if !whole && !has_day {
        // Of two or more "Năm sinh" the first is the child's.
        if let Some(draft) = drafts
            .iter_mut()
            .find(|draft| childs(draft, Field::BirthYear))
        {
            let certainty = draft.certainty;
            draft.set(Field::Birth, draft.reason, certainty, "");
        }
    }
}

/// A name in one column or two.
pub(super) fn names(drafts: &mut [Draft]) {
    let has = |drafts: &[Draft], field| {
        drafts
            .iter()
            .any(|draft| draft.field == Some(field) && draft.childs())
    };
    // "Họ và tên" over two columns: family and middle name, then the given name.
    let split = drafts.windows(2).position(|two| {
        let [left, right] = two else { return false };
        let name = left.field == Some(Field::Name) && left.childs();
        let same = right.heading == left.heading || right.heading.is_empty();
        let single = right.profile.filled >= 2
            && right.profile.single * 10 >= right.profile.filled * 7
            && right.profile.filled * 10 >= left.profile.filled * 6;
        name && right.column == left.column + 1 && same && single && !has(drafts, Field::NameGiven)
    });
    if let Some(at) = split {
        for (draft, field) in drafts
            .iter_mut()
            .skip(at)
            .zip([Field::NameFamily, Field::NameGiven])
        {
            draft.set(
                field,
                Reason::Content,
                0.85,
                "họ và chữ đệm một cột, tên một cột",
            );
        }
    }
    // "Họ và đệm" beside "Tên trẻ": the second is the given name, as its single words show.
    if has(drafts, Field::NameFamily)
        && !has(drafts, Field::NameGiven)
        && let Some(draft) = drafts.iter_mut().find(|draft| {
            draft.field == Some(Field::Name)
                && draft.childs()
                && draft.profile.filled > 0
                && draft.profile.single * 10 >= draft.profile.filled * 7
        })
    {
        let (reason, certainty) = (draft.reason, draft.certainty);
        draft.set(
            Field::NameGiven,
            reason,
            certainty * 0.9,
            "đứng cạnh cột họ và chữ đệm, mỗi ô một tiếng",
        );
    }
    let (whole, family, given) = (
        has(drafts, Field::Name),
        has(drafts, Field::NameFamily),
        has(drafts, Field::NameGiven),
    );
    for draft in drafts.iter_mut().filter(|draft| draft.childs()) {
        let certainty = draft.certainty;
        match draft.field {
            Some(Field::NameGiven) if !whole && !family => {
                draft.set(Field::Name, draft.reason, certainty * 0.9, "");
            }
            Some(Field::NameFamily) if !whole && !given => {
                draft.set(Field::Name, draft.reason, certainty * 0.8, "");
            }
            // Three parts beside the whole name: the whole is enough.
            Some(Field::NameGiven | Field::NameFamily) if whole && (family != given) => {
                draft.set(Field::Ignored, draft.reason, 0.6, "đã có cột họ và tên");
            }
            _ => {}
        }
    }
}

/// A birth year, number or telephone right after a parent's name is the parent's, if the child has its own or the cells say so.
pub(super) fn neighbours(drafts: &mut [Draft]) {
    let kind = |draft: &Draft| match draft.field {
        Some(Field::Birth | Field::BirthYear) if draft.childs() => Some(Field::Birth),
        Some(field @ (Field::Number | Field::Phone)) if draft.childs() => Some(field),
        _ => None,
    };
    let kinds: Vec<Option<Field>> = drafts.iter().map(kind).collect();
    let mut near: Option<Person> = None;
    let mut next_to: Vec<Option<Person>> = Vec::new();
    for (draft, kind) in drafts.iter().zip(&kinds) {
        match draft.person() {
            Some(
                person @ (Person::Father | Person::Mother | Person::Guardian | Person::Parents),
            ) => near = Some(person),
            _ if kind.is_some() && draft.person().is_none() => {}
            _ if draft.field == Some(Field::Ignored)
                || draft.field == Some(Field::Ethnicity) && near.is_some() => {}
            _ => near = None,
        }
        next_to.push(near.filter(|_| kind.is_some() && draft.person().is_none()));
    }
    let free: Vec<Option<Field>> = kinds
        .iter()
        .zip(&next_to)
        .map(|(kind, near)| kind.filter(|_| near.is_none()))
        .collect();
    let phones = kinds
        .iter()
        .filter(|kind| **kind == Some(Field::Phone))
        .count();
    for ((draft, kind), near) in drafts.iter_mut().zip(&kinds).zip(&next_to) {
        let Some(kind) = *kind else { continue };
        let profile = &draft.profile;
        let (young, grown) = if kind == Field::Number {
            (profile.number_young, profile.number_grown)
        } else {
            (profile.young, profile.grown)
        };
        let is_grown = grown >= 3 && grown > young * 2 || grown >= 1 && young == 0;
        let is_young = young >= 1 && young > grown;
        let Some(person) = *near else {
            if is_grown && kind == Field::Number && grown >= 3 {
                draft.certainty *= 0.5;
                draft.notes.push("phần lớn là số của người sinh trước năm 2000: cần xem có phải số của trẻ không".into());
            }
            continue;
        };
        let own_elsewhere = free.contains(&Some(kind));
        let parents = match kind {
            Field::Phone => phones > 1,
            _ => is_grown || own_elsewhere && !is_young,
        };
        if parents {
            let field = combine(Some(person), kind);
            draft.set(
                field,
                Reason::Position,
                0.75,
                format!("đứng ngay sau cột của {}", person.label()),
            );
        } else if own_elsewhere {
            draft.certainty *= 0.6;
        }
    }
}
