//! Evidence that a list was signed.

use crate::story::{BOOK, EDITION, at, begin, doing};
use treem_store::evidence::Evidence;
use treem_store::handover::List;
use treem_store::{Error, Store, limits};

/// A list of its own, so that it stands beside the story of the hand-over.
const LIST: i64 = 88_001;

fn piece(id: &str, side: &str, sha256: &str) -> Evidence {
    Evidence {
        id: id.to_owned(),
        list: LIST,
        side: side.to_owned(),
        kind: "p7s".to_owned(),
        name: "danh-sách.p7s".to_owned(),
        media: "application/pkcs7-signature".to_owned(),
        sha256: sha256.repeat(32),
        bytes: 3,
        over: "seal".to_owned(),
        seal: "cd".repeat(32),
        verdict: "valid".to_owned(),
        sentence: "Chữ ký hợp lệ.".to_owned(),
        signer: "Hồ Thị Bích".to_owned(),
        office: "UBND xã Tà Rụt".to_owned(),
        authority: "Chứng thực thử G1".to_owned(),
        certificate: "01".to_owned(),
        signed_at: Some(at(900)),
        ..Evidence::default()
    }
}

/// A piece for a list that is copied.
pub async fn fill(act: &mut treem_store::Act) {
    let mut one = piece("e-1", "police", "0a");
    one.list = 10_001;
    "bản\tquét \\N.png".clone_into(&mut one.name);
    assert!(act.add_evidence(&one, &[0, 0x0A, 0x5C]).await.unwrap());
}

pub async fn tell(store: &Store) -> Vec<String> {
    let mut act = begin(store, doing("handover", 901)).await;
    let list = List {
        number: LIST,
        place: "closed".to_owned(),
        title: "Danh sách thử".to_owned(),
        source: "{}".to_owned(),
        edition: EDITION.to_owned(),
        unit: "19588".to_owned(),
        ..List::default()
    };
    act.add_handover(&list).await.unwrap();
    let content = [0x30, 0x00, 0x27];
    assert!(
        act.add_evidence(&piece("e1", "commune", "0a"), &content)
            .await
            .unwrap()
    );
    // The same bytes again for the same side, and for the other.
    assert!(
        !act.add_evidence(&piece("e2", "commune", "0a"), &content)
            .await
            .unwrap()
    );
    assert!(
        act.add_evidence(&piece("e3", "police", "0a"), &content)
            .await
            .unwrap()
    );
    let long = vec![0; limits::EVIDENCE_BYTES + 1];
    let refused = act.add_evidence(&piece("e4", "police", "0b"), &long).await;
    assert!(matches!(refused, Err(Error::TooLong(_))));
    let scan = Evidence {
        kind: "wet-scan".to_owned(),
        signed_at: None,
        verdict: String::new(),
        ..piece("e5", "police", "0c")
    };
    assert!(act.add_evidence(&scan, &content).await.unwrap());
    act.finish("88001", "{}").await.unwrap();
    let mut read = store.read().await.unwrap();
    let all = read.evidence_of(BOOK, LIST).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["e1", "e3", "e5"]);
    let first = Evidence {
        audit_seq: all[0].audit_seq,
        at: at(901),
        who: all[0].who.clone(),
        ..piece("e1", "commune", "0a")
    };
    assert_eq!(all[0], first);
    assert_eq!(read.evidence(BOOK, "e1").await.unwrap(), Some(first));
    assert_eq!(read.evidence(BOOK, "e2").await.unwrap(), None);
    let bytes = read.evidence_content(BOOK, "e3").await.unwrap();
    assert_eq!(bytes.as_deref(), Some(content.as_slice()));
    assert_eq!(read.evidence_content(BOOK, "e2").await.unwrap(), None);
    assert!(read.evidence_of(BOOK, 1).await.unwrap().is_empty());
    drop(read);
    // No more than so many.
    let mut act = begin(store, doing("handover", 902)).await;
    let mut refused = None;
    for nth in 0..=limits::EVIDENCE {
        let one = piece(&format!("m{nth}"), "police", &format!("{nth:02x}"));
        if let Err(error) = act.add_evidence(&one, &content).await {
            refused = Some((nth, error));
            break;
        }
    }
    assert!(matches!(refused, Some((_, Error::EvidenceMany(_)))));
    drop(act);
    all.into_iter()
        .map(|one| format!("{one:?} {}", one.audit_seq))
        .collect()
}
