use super::*;

fn check(word: &str, strictly: bool, loosely: bool) {
    assert_eq!(
        (is_syllable(word), is_syllable_loosely(word)),
        (strictly, loosely),
        "{word}"
    );
}

#[test]
fn syllables() {
    for word in "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Ý A Y ăn ở Hòa Hoà thúy thuý khoẻ khỏe \
        quý quí quỳnh quốc quyên quyết già gì gìn giếng giết giữ giỗ giàu nghiêng nghỉ ghế kỳ kiên cường chuyển hươu rượu \
        khuỷu khuya ngoằn oanh uyên yến yêu ỷ xoong oái thuở huơ quờ NGUYỄN ĐỨC tiếng việt đoàn toàn lưới ngoéo ngoáy huân luật \
        tuần tuyết uýnh uế thuế khuếch quạnh quằn quân quặt quẹt quen bướm mười tươi người chưởng bửu hưu cừu êm ếch ông út"
        .split_whitespace()
    {
        check(word, true, true);
    }
}

#[test]
fn misplaced_tones_are_syllables_only_loosely() {
    for word in "hòang qúy thùân trừơng nghiã taí taõ Óanh qủê hươũ gìa".split_whitespace()
    {
        check(word, false, true);
    }
}

#[test]
fn no_syllables() {
    for word in "Niê Kdăm Kpă Blốc Ayŭn Ksor Nguyeãn Traàn NguyÔn Hôp Lôc viêt cê̂ ngiêng nge ki1 kâ câ ă â hăo đ ê- \
        quu qua1 ghà cì kà thôy bhoa vỏoi nguyệnt ngngh aaaaaaaaaaaaaaaa"
        .split_whitespace()
    {
        check(word, false, false);
    }
}

fn one_key(words: &str) {
    let keys: Vec<_> = words.split_whitespace().map(fold_syllable).collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{words}: {keys:?}");
}

#[test]
fn keys_meet() {
    for words in [
        "hòa hoà HOÀ Hoa\u{300}",
        "hoàng hòang",
        "lý lí Lí",
        "quý quí qúy",
        "yến iến",
        "quyên quiên",
        "đức ðức ÐỨC",
        "H'Hen H’Hen HHen h-hen",
        "Nguyễn Nguye\u{302}\u{303}n NGUYỄN",
        "quỵu quịu",
        "gì gỳ",
    ] {
        one_key(words);
    }
}

#[test]
fn keys_part() {
    for (left, right) in [
        ("hùng", "hưng"),
        ("tay", "tai"),
        ("tây", "tâi"),
        ("thúy", "thúi"),
        ("ha", "hà"),
        ("duy", "dui"),
        ("đa", "da"),
    ] {
        assert_ne!(fold_syllable(left), fold_syllable(right), "{left} {right}");
    }
}

#[test]
fn keys_keep_what_they_do_not_know() {
    assert_eq!(fold_syllable("Ayŭn"), "ayŭn");
    assert_eq!(fold_syllable("nguyễn"), "nguyên4");
    assert_eq!(fold_syllable(&"Y".repeat(60)).len(), 60);
    assert_eq!(fold_syllable("日本1"), "日本1");
}

#[test]
fn plain_letters() {
    assert_eq!(ascii_fold("Đỗ Thị Ỵ ðÐ Ayŭn"), "do thi y dd ayun");
    assert_eq!(ascii_fold("E\u{302}\u{301}"), "e");
    assert_eq!(strip_diacritics("Nguyễn Đức"), "Nguyen Duc");
    assert_eq!(
        (
            base_char('Ợ'),
            base_char('đ'),
            base_char('č'),
            base_char('½')
        ),
        ('O', 'd', 'c', '½')
    );
    assert_eq!(
        (tone_of("Nguyễn"), tone_of("an"), tone_of("a\u{323}")),
        (Tone::Nga, Tone::Ngang, Tone::Nang)
    );
    assert_eq!(
        (
            toneless_char('Ễ'),
            with_tone('ê', Tone::Sac),
            toneless_char('đ')
        ),
        ('Ê', 'ế', 'đ')
    );
}
