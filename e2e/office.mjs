// An office that signs: an authority of the story's own and one officer, made by openssl in the story's folder. All people are invented.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CONFIG = `[req]
distinguished_name=dn
[dn]
[authority]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[signing]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
`;

export class Office {
  constructor(world) {
    this.folder = join(world.folder, "ky-so");
    mkdirSync(this.folder);
    writeFileSync(join(this.folder, "ca.cnf"), CONFIG);
    this.openssl("req", "-config", "ca.cnf", "-x509", "-extensions", "authority", "-newkey", "rsa:2048", "-nodes", "-utf8", "-days", "3600",
      "-subj", "/C=VN/O=Tổ chức thử/CN=Gốc thử", "-keyout", "root.key", "-out", "root.pem");
    // Whom the register trusts lies beside it.
    mkdirSync(join(world.folder, "authorities"));
    copyFileSync(join(this.folder, "root.pem"), join(world.folder, "authorities", "root.pem"));
  }

  openssl(...args) {
    return execFileSync("openssl", args, { cwd: this.folder, stdio: "pipe", env: { ...process.env, OPENSSL_CONF: "/dev/null" } });
  }

  // A certificate of somebody, given by the authority.
  give(file, subject) {
    this.openssl("req", "-config", "ca.cnf", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", subject, "-keyout", `${file}.key`, "-out", `${file}.csr`);
    this.openssl("x509", "-req", "-in", `${file}.csr`, "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "400",
      "-extfile", "ca.cnf", "-extensions", "signing", "-out", `${file}.pem`);
  }

  // The detached signature of somebody over a file; gives where it lies.
  sign(file, content) {
    const out = join(this.folder, `${file}.p7s`);
    this.openssl("cms", "-sign", "-binary", "-in", content, "-signer", `${file}.pem`, "-inkey", `${file}.key`, "-outform", "DER", "-out", out);
    return out;
  }
}
