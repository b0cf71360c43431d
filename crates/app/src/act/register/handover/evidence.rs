//! `treem handover sign --file`: what shows that a list was signed: a detached signature, a signed PDF, a scan of the wet signature.
//!
//! In: the list, whose side, the file. Out: [`Told`]: what the file is, what was found of each signature in it. What is good is kept as evidence
//! with its SHA-256, in one act; where the police signed a list that is answered, that is its step in the same act. A bad signature is kept
//! only where the person asks for it, and is never a step. The program signs nothing itself.

mod weigh;

use super::super::entry::papers;
use super::super::{Desk, Done, Failed, begin, wait};
use super::frozen::paper_of;
use super::held::Held;
use super::{authorities, list_of, steps};
use crate::access::Deed;
use anyhow::Context as _;
use jiff::Timestamp;
use std::path::PathBuf;
use treem_child::handover::code;
use treem_child::handover::seal;
use treem_child::handover::state::Place;
use treem_child::handover::step::Basis;
use treem_papers::sign::is_signed_pdf;
use treem_store::evidence::Evidence;
use treem_store::{Act, Tx, limits};
use weigh::{Case, Found, Media, media, signature};

/// Whose signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The commune's.
    Commune,
    /// The police's.
    Police,
}

impl Side {
    /// The word in the register and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Police => "police",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Commune => "UBND xã",
            Self::Police => "Công an xã",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Commune, Self::Police]
            .into_iter()
            .find(|side| side.word() == word)
    }
}

/// What is asked for.
pub struct Asked {
    /// Code of the list.
    pub list: String,
    /// Whose signature.
    pub side: Side,
    /// Name of the file.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Of a detached signature: the printed PDF it is over; without it, it is over the canonical bytes of the list.
    pub over: Option<Vec<u8>>,
    /// Folder of the authorities.
    pub authorities: PathBuf,
    /// Keep a bad signature, too.
    pub keep: bool,
}

/// What was found of one signature.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Signature {
    /// `valid`, or what is wrong.
    pub verdict: &'static str,
    /// The same as a Vietnamese sentence.
    pub sentence: String,
    /// Who, as the certificate says.
    pub signer: String,
    /// Of which office.
    pub office: String,
    /// Who gave the certificate.
    pub authority: String,
    /// Its number.
    pub serial: String,
    /// When, by the clock of the signer's machine.
    pub signed_at: Option<String>,
    /// Of a PDF: it covers the whole file.
    pub whole: bool,
}

/// What came of it.
#[derive(Debug, serde::Serialize)]
pub struct Told {
    /// The list.
    pub list: code::List,
    /// `commune`, `police`.
    pub side: &'static str,
    /// `wet-scan`, `p7s`, `signed-pdf`.
    pub kind: &'static str,
    /// What the bytes are.
    pub media: &'static str,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What was signed: `seal`, `pdf`, `unknown`.
    pub over: &'static str,
    /// Good: every signature is, or it is a scan.
    pub accepted: bool,
    /// Id of the evidence, where it was kept.
    pub evidence: Option<String>,
    /// The same file was there already.
    pub again: bool,
    /// The list took its step: the police signed.
    pub step: bool,
    /// What was found, one for each signature, the earliest first.
    pub signatures: Vec<Signature>,
}

/// A piece of evidence, for people.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Piece {
    /// Its id.
    pub evidence: String,
    /// `commune`, `police`.
    pub side: String,
    /// `wet-scan`, `p7s`, `signed-pdf`.
    pub kind: String,
    /// The file's name.
    pub name: String,
    /// What the bytes are.
    pub media: String,
    /// SHA-256.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// What was signed.
    pub over: String,
    /// It came in under the seal the list has now.
    pub current: bool,
    /// What was found when it came in; of a scan empty.
    pub verdict: String,
    /// The same as a sentence.
    pub sentence: String,
    /// Who signed.
    pub signer: String,
    /// When.
    pub signed_at: Option<String>,
    /// When it came in.
    pub at: String,
    /// Who wrote it down.
    pub who: String,
}

/// Names and seals of all lists that have one.
async fn sealed(tx: &mut Tx, book: &str, but: i64) -> Done<Vec<(String, String)>> {
    let (mut out, mut last) = (Vec::new(), 0);
    loop {
        let page = tx.handovers_after(book, last).await?;
        let Some(end) = page.last() else {
            return Ok(out);
        };
        last = end.number;
        for list in page {
            if let (Some(seal), Some(code)) = (list.seal, super::held::code_of(list.number))
                && list.number != but
            {
                out.push((format!("Danh sách {code}"), seal));
            }
        }
    }
}

/// Whether this person may lay down evidence for a side: the police for theirs; the officer for both, from what was brought.
fn must(desk: &Desk, side: Side, (edition, unit): (&str, &str)) -> Done<()> {
    if side == Side::Police && desk.may(Deed::Answer, edition, Some(unit)) {
        return Ok(());
    }
    desk.must(Deed::HandOver, edition, Some(unit))
}

/// Looks at a file, and keeps it as evidence where it is good.
///
/// # Errors
/// [`Failed::Refused`]: no such list, it is not closed, the file is nothing that can show a signature; [`Failed::Denied`]. A bad signature is
/// no error: it is told.
pub fn add(desk: &mut Desk, asked: &Asked) -> Done<Told> {
    let code = list_of(&asked.list)?;
    let Some(media) = media(&asked.content) else {
        return Err(Failed::Refused(
            "tệp này không phải chữ ký (.p7s), PDF, hay ảnh quét PNG, JPEG; hãy chọn đúng tệp đã ký hoặc bản quét.".to_owned(),
        ));
    };
    if asked.content.len() > limits::EVIDENCE_BYTES {
        return Err(Failed::Refused(format!(
            "tệp lớn quá {} MB; hãy quét ở cỡ nhỏ hơn.",
            limits::EVIDENCE_BYTES >> 20
        )));
    }
    if asked.over.is_some() && media != Media::Cms {
        return Err(Failed::Refused(
            "--content chỉ dùng khi tệp ký là chữ ký rời (.p7s) trên một bản PDF đã in.".to_owned(),
        ));
    }
    let at: Timestamp = desk.now.parse().context("giờ của máy không dùng được")?;
    let (trust, _) = authorities::read(&asked.authorities)?;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let mut act = begin(&open.store, desk.doing(&book, "handover-evidence", "")).await?;
        let held = Held::of(act.reading(), &book, code).await?;
        let unit = (held.list.edition.clone(), held.list.unit.clone());
        must(desk, asked.side, (&unit.0, &unit.1))?;
        let number = held.list.number;
        let paper = paper_of(act.reading(), &book, held).await?;
        let Some(seal) = paper.seal else {
            return Err(Failed::Refused(format!(
                "Danh sách {code} chưa chốt nên chưa có gì để ký. Lãnh đạo duyệt trước (treem handover approve)."
            )));
        };
        let bytes = seal::bytes(&paper.heading, &paper.rows);
        let others = sealed(act.reading(), &book, number).await?;
        let case = Case {
            trust: &trust,
            at,
            bytes: &bytes,
            seal,
            others: &others,
        };
        let scan = |media| Found {
            kind: "wet-scan",
            media,
            over: "unknown",
            verdicts: Vec::new(),
        };
        let found = match media {
            Media::Picture(kind) => scan(kind),
            Media::Pdf if is_signed_pdf(&asked.content) == Some(false) => scan("application/pdf"),
            Media::Pdf => case.pdf(&asked.content),
            Media::Cms => case.detached(&asked.content, asked.over.as_deref()),
        };
        let mut told = Told {
            list: code,
            side: asked.side.word(),
            kind: found.kind,
            media: found.media,
            sha256: seal::of_bytes(&asked.content).hex(),
            over: found.over,
            accepted: found.verdicts.iter().all(|(verdict, _)| verdict.is_valid()),
            evidence: None,
            again: false,
            step: false,
            signatures: found.verdicts.iter().map(signature).collect(),
        };
        if !told.accepted && !asked.keep {
            drop(act);
            open.leave().await;
            return Ok(told);
        }
        let id = desk.ids.next_id();
        let piece = piece(&told, asked, (id.clone(), number, seal.hex()));
        let earlier = act.reading().evidence_of(&book, number).await?;
        if let Some(sentence) = same_hand(&piece, &earlier) {
            return Err(Failed::Refused(sentence));
        }
        told.again = !act.add_evidence(&piece, &asked.content).await?;
        let mut held = paper.held;
        let step = asked.side == Side::Police && told.accepted && held.place() == Place::Answered;
        // Brought again once the list is answered: the step is what is left to do.
        if told.again && !step {
            drop(act);
            open.leave().await;
            return Ok(told);
        }
        told.evidence = (!told.again).then_some(id);
        if step {
            let sign = steps::Asked::Sign {
                basis: basis(desk, &told, (&unit.0, &unit.1)),
                evidence: Some(told.sha256.clone()),
            };
            steps::take(desk, &mut act, &mut held, &sign).await?;
            told.step = true;
        }
        let detail = serde_json::json!({
            "list": code,
            "side": told.side,
            "kind": told.kind,
            "sha256": told.sha256,
            "verdict": piece.verdict,
            "step": told.step,
        });
        act.finish(&code.to_string(), &detail.to_string()).await?;
        open.leave().await;
        Ok(told)
    })
}

/// The police with their own account, or what was brought on a file and is written down.
fn basis(desk: &Desk, told: &Told, (edition, unit): (&str, &str)) -> Basis {
    if desk.grants.is_some() && desk.may(Deed::Answer, edition, Some(unit)) {
        return Basis::Account;
    }
    let what = match told.signatures.last() {
        None => "Bản quét chữ ký tay".to_owned(),
        Some(last) => format!("Chữ ký số của {}", last.signer),
    };
    Basis::Paper(format!("{what}, tệp có SHA-256 {}", told.sha256))
}

/// Nobody signs for both sides: why a good signature is not taken.
fn same_hand(piece: &Evidence, earlier: &[Evidence]) -> Option<String> {
    let other = earlier.iter().find(|one| {
        one.side != piece.side
            && one.verdict == "valid"
            && piece.verdict == "valid"
            && one.seal == piece.seal
            && (&one.certificate, &one.authority) == (&piece.certificate, &piece.authority)
    })?;
    let side = Side::from_word(&other.side).map_or("", Side::label);
    Some(format!(
        "Chứng thư của {} đã ký danh sách này cho bên {side}. Hai bên phải ký bằng hai chứng thư khác nhau.",
        piece.signer
    ))
}

/// What is written down: of several signatures the first that is not good; of good ones the commune's is the first, the police's the last.
fn piece(told: &Told, asked: &Asked, (id, list, seal): (String, i64, String)) -> Evidence {
    let bad = told.signatures.iter().find(|one| one.verdict != "valid");
    let own = match asked.side {
        Side::Commune => told.signatures.first(),
        Side::Police => told.signatures.last(),
    };
    let one = bad.or(own).cloned();
    let text = |of: fn(&Signature) -> String| one.as_ref().map(of).unwrap_or_default();
    Evidence {
        id,
        list,
        side: told.side.to_owned(),
        kind: told.kind.to_owned(),
        name: papers::named(&asked.name, "tệp"),
        media: told.media.to_owned(),
        sha256: told.sha256.clone(),
        bytes: i64::try_from(asked.content.len()).unwrap_or(i64::MAX),
        over: told.over.to_owned(),
        seal,
        verdict: text(|one| one.verdict.to_owned()),
        sentence: text(|one| one.sentence.clone()),
        signer: text(|one| one.signer.clone()),
        office: text(|one| one.office.clone()),
        authority: text(|one| one.authority.clone()),
        certificate: text(|one| one.serial.clone()),
        signed_at: one.and_then(|one| one.signed_at),
        ..Evidence::default()
    }
}

/// Whether a file was kept as good evidence of a list: what a step may stand on.
///
/// # Errors
/// [`Failed::Refused`]: there is none of this SHA-256, or it is no good signature.
pub(in crate::act) async fn is_there(act: &mut Act, list: i64, sha256: &str) -> Done<()> {
    let book = act.doing().register.clone();
    let all = act.reading().evidence_of(&book, list).await?;
    let good = |one: &Evidence| one.verdict.is_empty() || one.verdict == "valid";
    if all.iter().any(|one| one.sha256 == sha256 && good(one)) {
        return Ok(());
    }
    Err(Failed::Refused(
        "danh sách không có chứng cứ hợp lệ mang mã SHA-256 này; nộp tệp bằng treem handover sign --file.".to_owned(),
    ))
}

/// The evidence of a list, in the order in which it came.
///
/// # Errors
/// [`Failed::Refused`]: no such list; [`Failed::Denied`].
pub fn of(desk: &Desk, list: &str) -> Done<Vec<Piece>> {
    let code = list_of(list)?;
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.clone();
        let held = Held::of(&mut tx, &book, code).await?;
        let (edition, unit) = held.unit();
        must(desk, Side::Police, (edition, unit))?;
        let seal = held.list.seal.clone();
        let kept = tx.evidence_of(&book, held.list.number).await?;
        drop(tx);
        open.leave().await;
        let pieces = kept.into_iter().map(|one| Piece {
            current: seal.as_ref() == Some(&one.seal),
            evidence: one.id,
            side: one.side,
            kind: one.kind,
            name: one.name,
            media: one.media,
            sha256: one.sha256,
            bytes: one.bytes,
            over: one.over,
            verdict: one.verdict,
            sentence: one.sentence,
            signer: one.signer,
            signed_at: one.signed_at,
            at: one.at,
            who: one.who,
        });
        Ok(pieces.collect())
    })
}

/// The bytes of a piece. Each look is an act (`look`), written down before anything is shown: a list holds what the law calls sensitive.
///
/// # Errors
/// [`Failed::Refused`]: there is none; [`Failed::Denied`].
pub fn look(desk: &mut Desk, evidence: &str) -> Done<(Evidence, Vec<u8>)> {
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let none = || {
            Failed::Refused(
                "không có tệp chứng cứ này; xem bằng treem handover evidence.".to_owned(),
            )
        };
        let mut tx = open.store.read().await?;
        let kept = tx.evidence(&book, evidence).await?.ok_or_else(none)?;
        let list = tx.handover(&book, kept.list).await?.ok_or_else(none)?;
        must(desk, Side::Police, (&list.edition, &list.unit))?;
        let content = tx
            .evidence_content(&book, evidence)
            .await?
            .ok_or_else(none)?;
        drop(tx);
        let act = begin(&open.store, desk.doing(&book, "look", "")).await?;
        let detail = serde_json::json!({"evidence": kept.id, "sha256": kept.sha256});
        act.finish(&kept.id, &detail.to_string()).await?;
        open.leave().await;
        if seal::of_bytes(&content).hex() != kept.sha256 {
            return Err(Failed::Refused(
                "tệp chứng cứ trong sổ không còn đúng với mã SHA-256 khi nhận; hãy khôi phục sổ từ bản sao lưu.".to_owned(),
            ));
        }
        Ok((kept, content))
    })
}
