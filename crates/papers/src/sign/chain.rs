//! From a signer's certificate to an authority that is trusted, and whether one of them was revoked.
//!
//! In: a certificate, those a signature carries, a [`Trust`], a moment. Out: the chain, the signer's first, the root last; or [`Broken`].
//! Only [`limits::CHECKS`] signatures are computed, so that a crossing of certificates cannot keep the program busy.

use super::certificate::{Certificate, List};
use super::key::Bad;
use super::trust::Trust;
use crate::limits;
use jiff::Timestamp;

/// Why no trusted authority was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// Nobody of this name is trusted or known.
    Unknown(String),
    /// The one of this name did not give it, or may not.
    Why(&'static str),
    /// An algorithm on the way is too weak or not known.
    Bad(Bad),
}

/// What the walk remembers.
struct Walk<'t> {
    pool: Vec<&'t Certificate>,
    trust: &'t Trust,
    checks: usize,
    broken: Option<Broken>,
    unknown: Option<String>,
}

/// The chain from a certificate to a root.
pub(super) fn build<'t>(
    signer: &'t Certificate,
    carried: &'t [Certificate],
    trust: &'t Trust,
    at: Timestamp,
) -> Result<Vec<&'t Certificate>, Broken> {
    let mut pool: Vec<&Certificate> = trust
        .roots()
        .chain(trust.intermediates())
        .chain(carried)
        .collect();
    // One that is good now comes before an older one of the same name.
    pool.sort_by_key(|one| !one.is_good_at(at));
    let mut walk = Walk {
        pool,
        trust,
        checks: 0,
        broken: None,
        unknown: None,
    };
    let mut chain = vec![signer];
    if walk.climb(&mut chain) {
        return Ok(chain);
    }
    let unknown = walk.unknown.unwrap_or_default();
    Err(walk.broken.unwrap_or(Broken::Unknown(unknown)))
}

impl<'t> Walk<'t> {
    fn climb(&mut self, chain: &mut Vec<&'t Certificate>) -> bool {
        let Some(&last) = chain.last() else {
            return false;
        };
        if chain.len() > 1 && self.trust.is_root(last) {
            return true;
        }
        if chain.len() >= limits::CHAIN {
            self.broken
                .get_or_insert(Broken::Why("chuỗi chứng thư quá dài"));
            return false;
        }
        let mut met = false;
        for place in 0..self.pool.len() {
            let Some(&next) = self.pool.get(place) else {
                continue;
            };
            if next.subject() != last.issuer() || chain.iter().any(|one| one.bytes == next.bytes) {
                continue;
            }
            met = true;
            if self.checks >= limits::CHECKS {
                self.broken
                    .get_or_insert(Broken::Why("có quá nhiều chứng thư cùng tên"));
                return false;
            }
            self.checks += 1;
            let broken = match last.is_given_by(next) {
                Err(bad) => Some(Broken::Bad(bad)),
                Ok(false) => Some(Broken::Why(
                    "chữ ký trên chứng thư không phải của tổ chức chứng thực mang tên đó",
                )),
                Ok(true) => next
                    .cannot_certify(chain.len().saturating_sub(1))
                    .map(Broken::Why),
            };
            if let Some(broken) = broken {
                self.broken.get_or_insert(broken);
                continue;
            }
            chain.push(next);
            if self.climb(chain) {
                return true;
            }
            chain.pop();
        }
        if !met {
            self.unknown.get_or_insert_with(|| last.authority());
        }
        false
    }
}

/// What is known of revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The first certificate of the chain that was revoked, by its place, and when.
    pub revoked: Option<(usize, Timestamp)>,
    /// When the newest list that speaks of the signer's certificate was made, and whether a newer one is due.
    pub list: Option<(Timestamp, bool)>,
}

/// Asks all lists about a chain.
pub(super) fn standing(
    chain: &[&Certificate],
    trust: &Trust,
    carried: &[List],
    at: Timestamp,
) -> Standing {
    let mut out = Standing {
        revoked: None,
        list: None,
    };
    let mut checks = 0;
    for (place, pair) in chain.windows(2).enumerate() {
        let [certificate, authority] = pair else {
            continue;
        };
        let mut newest: Option<(&List, Option<Timestamp>)> = None;
        let mut revoked: Option<Timestamp> = None;
        for list in trust.lists().chain(carried) {
            if list.issuer() != certificate.issuer() || checks >= limits::CHECKS {
                continue;
            }
            checks += 1;
            if !list.is_made_by(authority) {
                continue;
            }
            let named = list.names(certificate);
            if list.is_part {
                revoked = revoked.or(named);
            }
            if newest
                .as_ref()
                .is_none_or(|(other, _)| other.made < list.made)
            {
                newest = Some((list, named));
            }
        }
        if let Some((list, named)) = newest {
            // A certificate that was only held comes off the next list.
            revoked = revoked.or(named);
            if place == 0 {
                out.list = Some((list.made, list.next.is_some_and(|next| next < at)));
            }
        }
        if let (Some(revoked), None) = (revoked, out.revoked) {
            out.revoked = Some((place, revoked));
        }
    }
    out
}
