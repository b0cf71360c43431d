"""Signs PDFs with pyHanko: jobs as JSON on standard input, one after the other.

A job: {"do": "sign", "from", "to", "key", "certificate", "chain": [...], "field", "hash", "pss", "pades"}
or {"do": "add", "from", "to"}: an incremental update that draws nothing but changes the document.
"""

import json
import sys

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

for job in json.load(sys.stdin):
    with open(job["from"], "rb") as source, open(job["to"], "wb") as target:
        writer = IncrementalPdfFileWriter(source)
        if job["do"] == "add":
            writer.root[generic.pdf_name("/Lang")] = generic.pdf_string("vi")
            writer.update_root()
            writer.write(target)
            continue
        signer = signers.SimpleSigner.load(
            job["key"], job["certificate"], ca_chain_files=tuple(job["chain"]), prefer_pss=job.get("pss", False)
        )
        kind = fields.SigSeedSubFilter.PADES if job.get("pades") else fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
        meta = signers.PdfSignatureMetadata(field_name=job["field"], md_algorithm=job.get("hash", "sha256"), subfilter=kind)
        signers.sign_pdf(writer, meta, signer=signer, output=target)
