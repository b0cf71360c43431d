//! Statements of people, their roles over areas, and the links by which they set a password.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A new person; not where the name is taken.
    PERSON_ADD = "insert into person (register, id, name, shown, office, password, totp, totp_step, state, must_change, created_at)
        values ($1, $2, $3, $4, $5, '', null, 0, 'active', true, $6) on conflict (register, name) do nothing";
    /// All people.
    PERSONS = "select id, name, shown, office, password, totp, totp_step, state, must_change, created_at from person
        where register = $1 order by name";
    /// A person by id.
    PERSON = "select id, name, shown, office, password, totp, totp_step, state, must_change, created_at from person
        where register = $1 and id = $2";
    /// A person by the name they sign in with.
    PERSON_NAMED = "select id, name, shown, office, password, totp, totp_step, state, must_change, created_at from person
        where register = $1 and name = $2";
    /// How many people there are.
    PERSON_COUNT = "select count(*) from person where register = $1";
    /// Locks or unlocks.
    PERSON_STATE = "update person set state = $3 where register = $1 and id = $2 and state <> $3";
    /// A new name to be shown, and an office.
    PERSON_SAYS = "update person set shown = $3, office = $4 where register = $1 and id = $2";
    /// A new password.
    PERSON_PASSWORD = "update person set password = $3, must_change = $4 where register = $1 and id = $2";
    /// Second factor on or off.
    PERSON_TOTP = "update person set totp = $3, totp_step = $4 where register = $1 and id = $2";
    /// A code of this time step was taken; it is not taken again.
    PERSON_STEP = "update person set totp_step = $3 where register = $1 and id = $2 and totp_step < $3";
    /// A role over an area.
    GRANT_ADD = "insert into area_grant (register, id, holder, role, edition, unit, given_at, given_by) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Ends it.
    GRANT_END = "update area_grant set ended_at = $3, ended_by = $4 where register = $1 and id = $2 and ended_at is null";
    /// Roles somebody holds now.
    GRANTS_OF = "select id, holder, role, edition, unit, given_at, given_by, ended_at from area_grant
        where register = $1 and holder = $2 and ended_at is null order by id";
    /// All roles that are held now.
    GRANTS = "select id, holder, role, edition, unit, given_at, given_by, ended_at from area_grant
        where register = $1 and ended_at is null order by holder, id";
    /// A one-time link.
    LINK_ADD = "insert into person_link (register, sha256, person, made_at, made_by, ends_at) values ($1, $2, $3, $4, $5, $6)";
    /// Links of a person that were not used are used up: a new one takes their place.
    LINKS_SPENT = "update person_link set used_at = $3 where register = $1 and person = $2 and used_at is null";
    /// Whose link it is, where it can be used.
    LINK_OF = "select person from person_link where register = $1 and sha256 = $2 and used_at is null and ends_at > $3";
    /// Uses it.
    LINK_USE = "update person_link set used_at = $3 where register = $1 and sha256 = $2 and used_at is null and ends_at > $3";
}

many! {}
