//! HTTPS on a local network, where there is no public authority: the program keeps an authority of its own, which the office's machines
//! are told to trust once, and makes itself a fresh certificate at each start.
//!
//! In: a folder, the names and addresses people will type, the day. Out: [`Own`]. The authority's key never leaves its folder and can
//! be read by its owner alone.

use super::{Answer, Person, State};
use anyhow::Context as _;
use axum::extract::State as Of;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum_server::tls_rustls::RustlsConfig;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Years the authority holds.
const AUTHORITY_YEARS: i16 = 10;
/// Days a certificate of one start holds: what browsers take at most.
const LEAF_DAYS: i32 = 397;

/// The certificate of this start, signed by the authority of this folder.
pub struct Own {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// The authority's certificate: what machines must trust.
    pub authority: PathBuf,
}

impl Own {
    /// Reads or makes the authority in `folder` and signs a certificate for `names` (host names and addresses).
    ///
    /// # Errors
    /// The folder cannot be read or written; a name cannot stand in a certificate.
    pub fn of(folder: &Path, names: &[String], today: Date) -> anyhow::Result<Self> {
        let authority = folder.join("ca.pem");
        let issuer = authority_of(folder, &authority, today)?;
        let mut params = CertificateParams::new(names.to_vec()).with_context(|| {
            format!(
                "tên máy không dùng được trong chứng thư: {}",
                names.join(", ")
            )
        })?;
        let name = names.first().map_or("treem", String::as_str);
        params.distinguished_name.push(DnType::CommonName, name);
        params.use_authority_key_identifier_extension = true;
        params.key_usages.push(KeyUsagePurpose::DigitalSignature);
        params
            .extended_key_usages
            .push(ExtendedKeyUsagePurpose::ServerAuth);
        hold(
            &mut params,
            today,
            today.saturating_add(jiff::Span::new().days(LEAF_DAYS)),
        );
        let pair = KeyPair::generate().context("không tạo được khóa")?;
        let leaf = params
            .signed_by(&pair, &issuer)
            .context("không ký được chứng thư")?;
        Ok(Self {
            chain: vec![leaf.der().clone()],
            key: PrivatePkcs8KeyDer::from(pair.serialize_der()).into(),
            authority,
        })
    }

    /// For the server.
    ///
    /// # Errors
    /// The key does not fit the certificate.
    pub fn config(self) -> anyhow::Result<RustlsConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .context("không chuẩn bị được HTTPS")?
            .with_no_client_auth()
            .with_single_cert(self.chain, self.key)
            .context("khóa không khớp chứng thư")?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(RustlsConfig::from_config(Arc::new(config)))
    }
}

fn authority_of(
    folder: &Path,
    authority: &Path,
    today: Date,
) -> anyhow::Result<Issuer<'static, KeyPair>> {
    let secret = folder.join("ca.key");
    let at = || format!("không dùng được thư mục chứng thư {}", folder.display());
    if authority.is_file() && secret.is_file() {
        let pair =
            KeyPair::from_pem(&fs::read_to_string(&secret).with_context(at)?).with_context(at)?;
        // Name and key are all that signing asks for.
        return Ok(Issuer::new(authority_params(today), pair));
    }
    fs::create_dir_all(folder).with_context(at)?;
    let params = authority_params(today);
    let pair = KeyPair::generate().context("không tạo được khóa")?;
    let certificate = params
        .self_signed(&pair)
        .context("không ký được chứng thư")?;
    write_secret(&secret, &pair.serialize_pem()).with_context(at)?;
    fs::write(authority, certificate.pem()).with_context(at)?;
    Ok(Issuer::new(params, pair))
}

fn authority_params(today: Date) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params
        .distinguished_name
        .push(DnType::CommonName, "treem – mạng nội bộ");
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    hold(
        &mut params,
        today,
        today.saturating_add(jiff::Span::new().years(AUTHORITY_YEARS)),
    );
    params
}

/// From the day before, for machines whose clock is slow.
fn hold(params: &mut CertificateParams, from: Date, to: Date) {
    let small = |part: i8| u8::try_from(part).unwrap_or(1);
    let first = from.yesterday().unwrap_or(from);
    params.not_before = date_time_ymd(
        i32::from(first.year()),
        small(first.month()),
        small(first.day()),
    );
    params.not_after = date_time_ymd(i32::from(to.year()), small(to.month()), small(to.day()));
}

/// A file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// The authority's certificate, for machines that shall trust it.
pub async fn authority(Of(state): Of<Arc<State>>, person: Option<Person>) -> Response {
    match &state.authority {
        Some(pem) => (
            [
                (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"treem-ca.pem\"",
                ),
            ],
            pem.clone(),
        )
            .into_response(),
        None => Answer::not_found(person.as_ref()).into_response(),
    }
}
