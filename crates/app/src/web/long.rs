//! A long work of a page that is no import: begun by a form, watched at `/run`, stopped at `/stop`; where it is over, the page says how.
//!
//! In: what the work is ([`Long`]) and does. Out: redirects, the page of the work, what it told at its end.

use super::answer::capital;
use super::work::{Place, is_part, over, watch};
use super::{Answer, Person, State};
use crate::act::access::look;
use crate::act::check::{Progress, Stop};
use crate::act::register::{Desk, Done};
use crate::jobs::End;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// A long work.
pub struct Long {
    /// What it is about: while one of this key goes on, no other is begun.
    pub key: String,
    /// Its address: `/run` shows it, `/stop` stops it.
    pub at: String,
    /// The way the page belongs to, and where one comes back to from it.
    pub way: (&'static str, &'static str),
    /// How it is found again.
    pub back_again: &'static str,
    /// What a person hears where it broke: what is as it was.
    pub broke: &'static str,
}

/// How far and how to stop.
pub type Around<'a> = (&'a dyn Progress, &'a Stop);

impl Long {
    /// Begins it, or goes on with the one that is on; `does` gives whether it came to its end, and what it tells then.
    pub fn begin(
        &self,
        state: &Arc<State>,
        person: &Person,
        what: &str,
        does: impl FnOnce(&mut Desk, Around<'_>) -> Done<(bool, String)> + Send + 'static,
    ) -> Response {
        let mut desk = state.desk(Some(person));
        let (jobs, key) = (state.jobs.clone(), self.key.clone());
        state.jobs.start(
            &self.key,
            &person.sign_in,
            what,
            Box::new(move |progress, stop| {
                let done = does(&mut desk, (progress, stop));
                look::refusals(&mut desk)?;
                let (whole, told) = done?;
                jobs.tell(&key, told);
                Ok(whole)
            }),
        );
        Answer::to(&format!("{}/run", self.at))
    }

    /// How far it is; once it is over, what it told (nothing where it was stopped, or nobody remembers it).
    ///
    /// # Errors
    /// The page of the work, or that it came to nothing.
    pub fn told(
        &self,
        state: &Arc<State>,
        person: &Person,
        headers: &HeaderMap,
    ) -> Result<Option<String>, Answer> {
        let view = state.jobs.view(&self.key, &person.sign_in);
        let end = match view {
            Some(view) if view.end.is_none() => {
                let place = Place {
                    at: self.at.clone(),
                    names: String::new(),
                    way: self.way,
                    back_again: self.back_again,
                };
                return Err(watch(person, place, view, headers).into());
            }
            _ if is_part(headers) => return Err(over(&format!("{}/run", self.at)).into()),
            None => return Ok(None),
            Some(view) => view.end.map(|end| (end, view.told)),
        };
        match end {
            Some((End::Done, told)) => Ok(Some(told)),
            Some((End::Refused(sentence), _)) => Err(Answer::page(
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(person),
                &capital(&sentence),
                "",
            )),
            Some((End::Broken(what), _)) => {
                eprintln!("treem serve: {what}");
                Err(Answer::page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    Some(person),
                    self.broke,
                    "Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo người quản trị xem nhật ký của máy chủ.",
                ))
            }
            Some((End::Stopped, _)) | None => Ok(None),
        }
    }

    /// Asks it to stop.
    pub fn stop(&self, state: &Arc<State>, person: &Person) -> Response {
        state.jobs.stop(&self.key, &person.sign_in);
        Answer::to(&format!("{}/run", self.at))
    }
}
