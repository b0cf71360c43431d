//! Makes small workbooks by hand: a zip file of parts as they come, sound or not.

/// A part of a package.
pub struct Part {
    pub name: &'static str,
    /// 0: as it is, 8: deflate.
    pub method: u16,
    pub bytes: Vec<u8>,
    /// The size the package claims it has when unpacked.
    pub size: u32,
    pub crc: u32,
}

impl Part {
    /// A part as it is.
    pub fn plain(name: &'static str, text: &str) -> Self {
        Self {
            name,
            method: 0,
            bytes: text.as_bytes().to_vec(),
            size: u32::try_from(text.len()).unwrap(),
            crc: crc(text.as_bytes()),
        }
    }

    /// So many MiB of blanks, deflated a thousandfold, of the size that is `claimed`.
    pub fn bomb(name: &'static str, mebibytes: usize, claimed: u32) -> Self {
        let mut block =
            b"\xec\xc1\x31\x01\x00\x00\x00\xc2\xa0\x2a\xeb\x9f\xd2\x10\xbe\x40\x01".to_vec();
        block.resize(1032, 0);
        block.extend(b"\x7c\x06\x00\x00\xff\xff");
        let mut bytes = block.repeat(mebibytes);
        bytes.extend(b"\x03\x00");
        Self {
            name,
            method: 8,
            bytes,
            size: claimed,
            crc: 0,
        }
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// The package.
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = u32::try_from(out.len()).unwrap();
        let mut told = Vec::new();
        told.extend(20_u16.to_le_bytes());
        told.extend(0_u16.to_le_bytes());
        told.extend(part.method.to_le_bytes());
        told.extend([0, 0, 0x21, 0]);
        told.extend(part.crc.to_le_bytes());
        told.extend(u32::try_from(part.bytes.len()).unwrap().to_le_bytes());
        told.extend(part.size.to_le_bytes());
        told.extend(u16::try_from(part.name.len()).unwrap().to_le_bytes());
        told.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&told);
        out.extend(part.name.as_bytes());
        out.extend(&part.bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&told);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let (at, size) = (
        u32::try_from(out.len()).unwrap(),
        u32::try_from(directory.len()).unwrap(),
    );
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A workbook of one sheet, whose part is given.
pub fn workbook(sheet: Part) -> Vec<u8> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{TYPES}.worksheet+xml\"/></Types>"
    );
    let link = |kind: &str, to: &str| {
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"{to}\"/></Relationships>"
        )
    };
    let book = format!(
        "{HEAD}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    zip(&[
        Part::plain("[Content_Types].xml", &types),
        Part::plain("_rels/.rels", &link("officeDocument", "xl/workbook.xml")),
        Part::plain("xl/workbook.xml", &book),
        Part::plain(
            "xl/_rels/workbook.xml.rels",
            &link("worksheet", "worksheets/sheet1.xml"),
        ),
        sheet,
    ])
}

/// A sheet of texts.
pub fn sheet(rows: &[Vec<String>]) -> Part {
    let mut text = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (number, row) in rows.iter().enumerate() {
        text.push_str(&format!("<row r=\"{}\">", number + 1));
        for (column, cell) in row.iter().enumerate() {
            text.push_str(&format!(
                "<c r=\"{}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                letters(column),
                number + 1,
                cell.replace('&', "&amp;").replace('<', "&lt;")
            ));
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    Part::plain("xl/worksheets/sheet1.xml", &text)
}

fn letters(column: usize) -> String {
    let mut out = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap();
        out.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    out
}
