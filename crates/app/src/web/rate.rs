//! How often one address may ask: a bucket of requests that fills again, so that one machine cannot take the server from the others.
//! Guessing of passwords is counted elsewhere, in the register, where it survives a restart.
//!
//! In: an address and the moment. Out: yes or no. Bounded: the table is emptied of full buckets before it grows over its limit.

use crate::limits;
use rustc_hash::FxHashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The buckets.
pub struct Rate {
    /// Requests an address gains each second; it may save three seconds' worth.
    a_second: i64,
    buckets: Mutex<FxHashMap<IpAddr, Bucket>>,
}

struct Bucket {
    /// Requests that are left, in thousandths.
    left: i64,
    /// When it was last looked at, in milliseconds.
    at: i64,
}

impl Rate {
    /// So many requests a second for each address.
    pub fn new(a_second: u32) -> Self {
        Self {
            a_second: i64::from(a_second),
            buckets: Mutex::default(),
        }
    }

    /// What a full bucket holds, in thousandths.
    fn most(&self) -> i64 {
        self.a_second.saturating_mul(3_000)
    }

    /// Takes one request from the bucket of an address; `false` where it is empty. `now`: milliseconds.
    pub fn allows(&self, address: IpAddr, now: i64) -> bool {
        let most = self.most();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= limits::ADDRESSES_WATCHED {
            buckets.retain(|_, bucket| self.refilled(bucket, now) < most);
            if buckets.len() >= limits::ADDRESSES_WATCHED {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(address).or_insert(Bucket {
            left: most,
            at: now,
        });
        bucket.left = self.refilled(bucket, now);
        bucket.at = now;
        if bucket.left < 1_000 {
            return false;
        }
        bucket.left = bucket.left.saturating_sub(1_000);
        true
    }

    /// What is in a bucket by now.
    fn refilled(&self, bucket: &Bucket, now: i64) -> i64 {
        let gained = now
            .saturating_sub(bucket.at)
            .max(0)
            .saturating_mul(self.a_second);
        bucket.left.saturating_add(gained).min(self.most())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_the_server_from_another() {
        let rate = Rate::new(40);
        let (loud, quiet) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let allowed = (0..10_000).filter(|_| rate.allows(loud, 0)).count();
        assert_eq!(allowed, 120);
        assert!(rate.allows(quiet, 0), "another address is not held up");
        assert!(!rate.allows(loud, 0));
        assert!(rate.allows(loud, 1_000), "a second later it may ask again");
    }

    #[test]
    fn the_table_is_bounded() {
        let rate = Rate::new(40);
        for one in 0..=u32::try_from(limits::ADDRESSES_WATCHED * 2).unwrap_or(u32::MAX) {
            rate.allows(IpAddr::from(one.to_be_bytes()), 0);
        }
        let held = rate.buckets.lock().map(|held| held.len());
        assert!(held.is_ok_and(|held| held <= limits::ADDRESSES_WATCHED));
    }
}
