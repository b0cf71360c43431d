//! Who looked at whom, who took an export away, who was refused, who signed in; and the log as the auditor reads it.
//!
//! In: a desk. Out: [`Log`]. Looks at the command line are not written down: who has the register's file has everything.

use super::super::register::{Book, Desk, Done, wait};
use crate::access::Deed;
use crate::limits;
use treem_store::audit::Link;
use treem_store::look::{Look, Which};
use treem_store::person::Person;

impl Desk {
    /// Writes down that this person saw a child, or took children away, before anything is shown. `subject`: what else it was about, never
    /// personal data.
    ///
    /// # Errors
    /// The register's: who cannot be written down does not see.
    pub(in crate::act) async fn looks(
        &mut self,
        open: &Book,
        (deed, subject): (Deed, &str),
        of: Seen<'_>,
    ) -> Done<()> {
        let Some(grants) = &self.grants else {
            return Ok(());
        };
        let (child, edition, unit, children) = match of {
            Seen::Child(child, edition, unit) => (Some(child), Some(edition), unit, 1),
            Seen::Children(count) => (None, None, None, i64::try_from(count).unwrap_or(i64::MAX)),
        };
        let one = Look {
            id: String::new(),
            at: self.now.clone(),
            holder: grants.holder.clone(),
            who: self.who.clone(),
            deed: deed.code().to_owned(),
            allowed: true,
            child: child.map(str::to_owned),
            subject: subject.to_owned(),
            edition: edition.map(str::to_owned),
            unit: unit.map(str::to_owned),
            children,
        };
        self.write(open, vec![one]).await
    }

    async fn write(&mut self, open: &Book, mut looks: Vec<Look>) -> Done<()> {
        for look in &mut looks {
            look.id = self.ids.next_id();
        }
        let book = &open.book.register;
        Ok(self.log.looks(&open.store, book, looks).await?)
    }
}

/// What was seen.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// A child: id, edition and code of its unit.
    Child(&'a str, &'a str, Option<&'a str>),
    /// So many children.
    Children(u64),
}

/// Writes down what was refused at this desk.
///
/// # Errors
/// The register's.
pub fn refusals(desk: &mut Desk) -> Done<()> {
    let refused = desk.refused.take();
    if refused.is_empty() {
        return Ok(());
    }
    wait(async {
        let open = desk.open().await?;
        let holder = desk.grants.as_ref().map(|grants| grants.holder.clone());
        let looks = refused.into_iter().map(|one| {
            let (edition, unit) = one.unit.unzip();
            Look {
                at: desk.now.clone(),
                holder: holder.clone().unwrap_or_default(),
                who: desk.who.clone(),
                deed: one.deed.code().to_owned(),
                edition,
                unit,
                ..Look::default()
            }
        });
        let looks = looks.collect();
        desk.write(&open, looks).await
    })
}

/// Refuses a deed at the door of a page and writes that down; gives the sentence.
///
/// # Errors
/// The register's.
pub fn turned_away(desk: &mut Desk, deed: Deed) -> Done<String> {
    let sentence = match desk.must_whole(deed) {
        Err(super::super::register::Failed::Denied(sentence)) => sentence,
        other => return other.map(|()| String::new()),
    };
    refusals(desk)?;
    Ok(sentence)
}

/// Somebody signed in, or was locked out.
pub(super) async fn sign_in(
    desk: &mut Desk,
    open: &Book,
    person: &Person,
    allowed: bool,
) -> Done<()> {
    let one = Look {
        at: desk.now.clone(),
        holder: person.id.clone(),
        who: person.name.clone(),
        deed: SIGN_IN.to_owned(),
        allowed,
        ..Look::default()
    };
    desk.write(open, vec![one]).await
}

/// The word of a look that is a sign-in.
pub const SIGN_IN: &str = "sign-in";

/// What the auditor asks for; an empty text means any.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Sign-in name.
    pub who: String,
    /// The child; of the chain, any subject.
    pub child: String,
    /// The deed; of the chain, the act.
    pub deed: String,
    /// From this day on, as people here count days.
    pub from: Option<jiff::civil::Date>,
    /// Up to this day.
    pub to: Option<jiff::civil::Date>,
}

/// Hours the clocks of Vietnam are ahead of UTC.
const AHEAD: i64 = 7;

impl Asked {
    /// First moment, and first moment after.
    fn span(&self) -> (String, String) {
        let begins = |day: jiff::civil::Date| {
            let midnight = jiff::tz::TimeZone::UTC
                .to_timestamp(day.at(0, 0, 0, 0))
                .ok()?;
            let moment = midnight.as_second().saturating_sub(AHEAD * 3_600);
            let moment = jiff::Timestamp::from_second(moment).ok()?;
            Some(super::stamp(moment))
        };
        let from = self.from.and_then(begins).unwrap_or_default();
        let next = self.to.and_then(|day| day.tomorrow().ok());
        // All moments begin with a digit.
        (
            from,
            next.and_then(begins).unwrap_or_else(|| "z".to_owned()),
        )
    }
}

/// A page of looks.
pub struct Looks {
    /// The looks, the latest first.
    pub looks: Vec<Look>,
    /// Where the next page begins; `None`: this was the last.
    pub next: Option<String>,
}

/// Looks, the latest first, before an id (empty: from the end).
///
/// # Errors
/// [`super::Failed::Denied`]: no auditor.
pub fn looks(desk: &Desk, asked: &Asked, before: &str) -> Done<Looks> {
    wait(async {
        desk.must_whole(Deed::Audit)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let holder = match asked.who.as_str() {
            "" => String::new(),
            who => match tx
                .person_named(book, &super::sign_in::name_key(who))
                .await?
            {
                Some(person) => person.id,
                None => who.to_owned(),
            },
        };
        let (from, to) = asked.span();
        let which = Which {
            who: &holder,
            child: &asked.child,
            deed: &asked.deed,
            from: &from,
            to: &to,
        };
        let before = if before.is_empty() { "z" } else { before };
        let most = limits::LOG_PAGE.saturating_add(1);
        let mut looks = tx.looks(book, before, which, most).await?;
        let more = looks.len() > usize::try_from(limits::LOG_PAGE).unwrap_or(usize::MAX);
        if more {
            looks.pop();
        }
        let next = looks.last().filter(|_| more).map(|look| look.id.clone());
        Ok(Looks { looks, next })
    })
}

/// Goes through the whole chain: sentences of what is wrong, and how many links and events there are.
///
/// # Errors
/// [`super::Failed::Denied`]: no auditor.
pub fn verify(desk: &Desk) -> Done<(Vec<String>, i64, i64)> {
    wait(async {
        desk.must_whole(Deed::Audit)?;
        let (open, mut tx) = desk.read().await?;
        let found = tx.verify(&open.book.register).await?;
        let broken = found
            .broken
            .iter()
            .map(treem_store::audit::Broken::sentence);
        Ok((broken.collect(), found.links, found.events))
    })
}

/// A page of the chain.
pub struct Chain {
    /// The links, the latest first.
    pub links: Vec<Link>,
    /// Where the next page begins.
    pub next: Option<i64>,
}

/// The chain, the latest first, before a number.
///
/// # Errors
/// [`super::Failed::Denied`]: no auditor.
pub fn chain(desk: &Desk, asked: &Asked, before: Option<i64>) -> Done<Chain> {
    wait(async {
        desk.must_whole(Deed::Audit)?;
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let (from, to) = asked.span();
        let which = Which {
            who: &asked.who,
            child: &asked.child,
            deed: &asked.deed,
            from: &from,
            to: &to,
        };
        let most = limits::LOG_PAGE.saturating_add(1);
        let before = before.unwrap_or(i64::MAX);
        let mut links = tx.links_back(book, before, which, most).await?;
        let more = links.len() > usize::try_from(limits::LOG_PAGE).unwrap_or(usize::MAX);
        if more {
            links.pop();
        }
        let next = links.last().filter(|_| more).map(|link| link.seq);
        Ok(Chain { links, next })
    })
}
