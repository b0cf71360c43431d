//! What an act did to numbers, told in the other books: who has a number that a child of another book has carries `id.shared`, too, and loses
//! it when that one gives the number up.
//!
//! In: a book in which something was done. Out: an act (`shared`) in each other book where findings change, after the first one and
//! apart from it: it takes that book's lock when its own is free again, so two books never wait for each other. [`mend`] does the same for
//! what was not told.

use super::across::{Others, settle};
use super::again::Again;
use super::{Book, Desk, Done, begin, rules};
use std::collections::BTreeMap;
use treem_child::normalise::date::PartialDate;
use treem_child::rule::RuleId;
use treem_store::{Act, Begun, Doing, Tx};

/// Tells the other books.
pub async fn tell(open: &Book) -> Done<()> {
    if !open.several {
        return Ok(());
    }
    let (from, since) = (open.book.register.as_str(), open.book.audit_seq);
    let mut tx = open.store.read().await?;
    let books = tx.registers().await?;
    let head = books.iter().find(|book| book.register == from);
    let Some(head) = head.filter(|book| book.audit_seq > since) else {
        return Ok(());
    };
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last = String::new();
    loop {
        let numbers = tx.numbers_turned(from, since, &last).await?;
        let Some(end) = numbers.last() else { break };
        last.clone_from(end);
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        for (_, book, child) in tx.holders_elsewhere(from, &numbers).await? {
            of.entry(book).or_default().push(child);
        }
    }
    drop(tx);
    let Some(as_of) = open.by.at.get(..10).and_then(PartialDate::from_iso) else {
        return Ok(());
    };
    for (book, ids) in of {
        let doing = Doing {
            register: book,
            // The same is never done twice, whoever comes to it.
            request: format!("shared-{from}-{}", head.audit_seq),
            ..open.by.clone()
        };
        let Begun::Act(act) = open.store.begin(doing).await? else {
            continue;
        };
        put_right(act, from, &ids, as_of).await?;
    }
    Ok(())
}

/// Puts the findings of some children of the act's book right; where none changes, there was no act. Gives how many changed.
async fn put_right(mut act: Act, from: &str, ids: &[String], as_of: PartialDate) -> Done<usize> {
    let book = act.doing().register.clone();
    let mut again = Again::new(rules::in_force(act.reading(), &book).await?, as_of);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let others = Others {
        holders: act.reading().children_of(&book, &ids).await?,
        ..Others::default()
    };
    let told = settle(&mut act, &mut again, &book, ("", vec![others])).await?;
    if !told.is_empty() {
        let detail = serde_json::json!({"from_register": from, "children": told.len()});
        act.finish("", &detail.to_string()).await?;
    }
    Ok(told.len())
}

/// Children of a book who share a number with a child of another book and do not carry the finding: by an earlier version, or because the
/// book was busy. None where the rules of the book leave it out.
pub async fn untold(tx: &mut Tx, book: &str) -> Done<Vec<String>> {
    let (mut out, mut last) = (Vec::new(), String::new());
    if !rules::in_force(tx, book).await?.is_on(RuleId::ID_SHARED) {
        return Ok(out);
    }
    loop {
        let page = tx.numbers_untold(book, &last).await?;
        let Some(end) = page.last() else {
            return Ok(out);
        };
        last.clone_from(end);
        out.extend(page);
    }
}

/// Gives them the finding. How many.
pub async fn mend(desk: &mut Desk, open: &Book, as_of: PartialDate) -> Done<usize> {
    let book = open.book.register.clone();
    let ids = untold(&mut open.store.read().await?, &book).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let act = begin(&open.store, desk.doing(&book, "shared", "")).await?;
    put_right(act, "", &ids, as_of).await
}
