//! `treem apart`: two records are not the same child, so that no queue asks again; and taking that back.
//!
//! In: two children. Out: [`Apart`].

use super::show::find;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;

/// What it came to.
#[derive(serde::Serialize)]
pub struct Apart {
    /// The children, by id.
    pub children: [String; 2],
    /// `true`: not the same child; `false`: may be asked about again.
    pub apart: bool,
}

/// Remembers that two are not one child; with `lift`, takes that back.
///
/// # Errors
/// [`Failed::Refused`]: a child is not in the book, the two are one record, or there is nothing to take back.
pub fn run(desk: &mut Desk, [one, other]: [&str; 2], why: &str, lift: bool) -> Done<Apart> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let one = find(&mut tx, &book, one).await?;
        let other = find(&mut tx, &book, other).await?;
        for id in [&one, &other] {
            desk.must_child(Deed::Merge, &mut tx, (&book, id)).await?;
        }
        drop(tx);
        if one == other {
            return Err(Failed::Refused(
                "hai mã này là của cùng một hồ sơ.".to_owned(),
            ));
        }
        let mut act = begin(&open.store, desk.doing(&book, "apart", why)).await?;
        if lift {
            if !act.end_apart(&one, &other).await? {
                return Err(Failed::Refused(
                    "hai hồ sơ này chưa được ghi là hai trẻ khác nhau.".to_owned(),
                ));
            }
        } else {
            act.add_apart(&[(one.clone(), other.clone())]).await?;
        }
        let detail = serde_json::json!({"other": other, "apart": !lift});
        act.finish(&one, &detail.to_string()).await?;
        open.leave().await;
        Ok(Apart {
            children: [one, other],
            apart: !lift,
        })
    })
}
