//! Statements of the evidence that lists of the hand-over were signed.
//!
//! In: nothing. Out: the statements ([`super::Many`]: inserts of many rows).

use super::{Many, many, statements};

statements! {
    /// A piece; one that is there already stays as it is.
    EVIDENCE_ADD = "insert into handover_evidence (register, id, list, side, kind, name, media, sha256, bytes, over, seal, verdict, sentence,
        signer, office, authority, certificate, signed_at, audit_seq, at, who)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        on conflict (register, list, side, sha256) do nothing";
    /// Its bytes.
    EVIDENCE_CONTENT_ADD = "insert into handover_evidence_content (register, evidence, content) values ($1, $2, $3)";
    /// Pieces of a list, in the order in which they came.
    EVIDENCE_OF = "select id, list, side, kind, name, media, sha256, bytes, over, seal, verdict, sentence, signer, office, authority, certificate,
        signed_at, audit_seq, at, who from handover_evidence where register = $1 and list = $2 order by audit_seq, id";
    /// A piece.
    EVIDENCE = "select id, list, side, kind, name, media, sha256, bytes, over, seal, verdict, sentence, signer, office, authority, certificate,
        signed_at, audit_seq, at, who from handover_evidence where register = $1 and id = $2";
    /// Its bytes.
    EVIDENCE_CONTENT = "select content from handover_evidence_content where register = $1 and evidence = $2";
}

many! {}
