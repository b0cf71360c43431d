-- A register of the first structure (migrations/0001.sql) with six invented children: imported, counted, undone and done again by the
-- program of November 2026. It is data, not made by the tests: what was written then must be read for ever.
insert into unit (edition, code, name, level, parent) values
  ('2020-01-01', '45', 'Tỉnh Quảng Trị', 'province', null);
insert into unit (edition, code, name, level, parent) values
  ('2020-01-01', '467', 'Huyện Đa Krông', 'district', '45');
insert into unit (edition, code, name, level, parent) values
  ('2020-01-01', '19588', 'Xã Tà Rụt', 'commune', '467');
insert into register (register, name, province, edition, created_at, audit_seq, audit_hash) values
  ('45', 'Sổ theo dõi trẻ em Tỉnh Quảng Trị', '45', '2020-01-01', '2026-11-26T20:55:19.415668Z', 5, '63fa524dbf1243b504818e4e6617682b8190b9a1d88255aee576186c53aef3c2');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 3, 'active', 'ho van an', '2015-03-12', '2031-03-12', '2020-01-01', '19588', '045215000012', true, true, '{"name":"Hồ Văn An","birth":"2015-03-12","sex":"Nam","number":"045215000012","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 3, 'active', 'ho thi mo', '2019-09-05', '2035-09-05', '2020-01-01', '19588', '045319000034', true, true, '{"name":"Hồ Thị Mơ","birth":"2019-09-05","sex":"Nữ","number":"045319000034","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 3, 'active', 'nguyen minh khanh', '2018', '2035-01-01', '2020-01-01', '19588', null, false, false, '{"name":"Nguyễn Minh Khánh","birth":"2018","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Vương","father":"Nguyễn Văn Tâm","mother":"Trần Thị Chi","district":"467","district_name":"Huyện Đa Krông"}');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 3, 'active', 'tran gia bao', '2012-12-31', '2028-12-31', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Trần Gia Bảo","birth":"2012-12-31","sex":"Nam","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Trần Văn Phúc","mother":"Lê Thị Giang","district":"467","district_name":"Huyện Đa Krông"}');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 3, 'active', 'le ngoc linh', '2013-02-01', '2029-02-01', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Lê Ngọc Linh","birth":"2013-02-01","sex":"Nữ","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Lê Văn Dũng","mother":"Võ Thị Hương","district":"467","district_name":"Huyện Đa Krông"}');
insert into child (register, id, version, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 3, 'active', 'vo hoai phuc', '', '9999-12-31', '2020-01-01', '19588', null, false, false, '{"name":"Võ Hoài Phúc","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', '{"ethnicity":"Bru - Vân Kiều","ethnicity_code_1979":"23","ethnicity_code_2008":"24"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', '{"ethnicity":"Tà Ôi","ethnicity_code_1979":"31","ethnicity_code_2008":"27"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_sensitive (register, child, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', '{}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'ho van an', '2015-03-12', '2031-03-12', '2020-01-01', '19588', '045215000012', true, true, '{"name":"Hồ Văn An","birth":"2015-03-12","sex":"Nam","number":"045215000012","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'ho thi mo', '2019-09-05', '2035-09-05', '2020-01-01', '19588', '045319000034', true, true, '{"name":"Hồ Thị Mơ","birth":"2019-09-05","sex":"Nữ","number":"045319000034","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'nguyen minh khanh', '2018', '2035-01-01', '2020-01-01', '19588', null, false, false, '{"name":"Nguyễn Minh Khánh","birth":"2018","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Vương","father":"Nguyễn Văn Tâm","mother":"Trần Thị Chi","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'tran gia bao', '2012-12-31', '2028-12-31', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Trần Gia Bảo","birth":"2012-12-31","sex":"Nam","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Trần Văn Phúc","mother":"Lê Thị Giang","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'le ngoc linh', '2013-02-01', '2029-02-01', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Lê Ngọc Linh","birth":"2013-02-01","sex":"Nữ","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Lê Văn Dũng","mother":"Võ Thị Hương","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 1, '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', 2, 'added', '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', '', 'import', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'vo hoai phuc', '', '9999-12-31', '2020-01-01', '19588', null, false, false, '{"name":"Võ Hoài Phúc","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'nguyen minh khanh', '2018', '2035-01-01', '2020-01-01', '19588', null, false, false, '{"name":"Nguyễn Minh Khánh","birth":"2018","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Vương","father":"Nguyễn Văn Tâm","mother":"Trần Thị Chi","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'vo hoai phuc', '', '9999-12-31', '2020-01-01', '19588', null, false, false, '{"name":"Võ Hoài Phúc","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'tran gia bao', '2012-12-31', '2028-12-31', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Trần Gia Bảo","birth":"2012-12-31","sex":"Nam","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Trần Văn Phúc","mother":"Lê Thị Giang","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'le ngoc linh', '2013-02-01', '2029-02-01', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Lê Ngọc Linh","birth":"2013-02-01","sex":"Nữ","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Lê Văn Dũng","mother":"Võ Thị Hương","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'ho van an', '2015-03-12', '2031-03-12', '2020-01-01', '19588', '045215000012', true, true, '{"name":"Hồ Văn An","birth":"2015-03-12","sex":"Nam","number":"045215000012","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 2, '01a219a4-2e4e-731c-933a-5e4d55017f40', 4, 'withdrawn', '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', '', 'undo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'withdrawn', 'ho thi mo', '2019-09-05', '2035-09-05', '2020-01-01', '19588', '045319000034', true, true, '{"name":"Hồ Thị Mơ","birth":"2019-09-05","sex":"Nữ","number":"045319000034","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'nguyen minh khanh', '2018', '2035-01-01', '2020-01-01', '19588', null, false, false, '{"name":"Nguyễn Minh Khánh","birth":"2018","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Vương","father":"Nguyễn Văn Tâm","mother":"Trần Thị Chi","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'vo hoai phuc', '', '9999-12-31', '2020-01-01', '19588', null, false, false, '{"name":"Võ Hoài Phúc","sex":"Nam","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'tran gia bao', '2012-12-31', '2028-12-31', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Trần Gia Bảo","birth":"2012-12-31","sex":"Nam","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Trần Văn Phúc","mother":"Lê Thị Giang","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'le ngoc linh', '2013-02-01', '2029-02-01', '2020-01-01', '19588', '045212000056', false, true, '{"name":"Lê Ngọc Linh","birth":"2013-02-01","sex":"Nữ","number":"045212000056","unit_name":"Xã Tà Rụt","hamlet":"Thôn Vực Leng","father":"Lê Văn Dũng","mother":"Võ Thị Hương","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'ho van an', '2015-03-12', '2031-03-12', '2020-01-01', '19588', '045215000012', true, true, '{"name":"Hồ Văn An","birth":"2015-03-12","sex":"Nam","number":"045215000012","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event (register, child, seq, request, audit_seq, kind, at, who, role, office, why, source, import, state, name_key, birth, leaves_on, edition, unit, number, identified, complete, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 3, '01a219a4-2e95-7573-8eaf-b2283fdd618c', 5, 'restored', '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', '', 'redo', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 'active', 'ho thi mo', '2019-09-05', '2035-09-05', '2020-01-01', '19588', '045319000034', true, true, '{"name":"Hồ Thị Mơ","birth":"2019-09-05","sex":"Nữ","number":"045319000034","unit_name":"Xã Tà Rụt","hamlet":"Thôn A Đăng","father":"Hồ Văn Lâm","mother":"Hồ Thị Bích","district":"467","district_name":"Huyện Đa Krông"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 1, '{"ethnicity":"Bru - Vân Kiều","ethnicity_code_1979":"23","ethnicity_code_2008":"24"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 1, '{"ethnicity":"Tà Ôi","ethnicity_code_1979":"31","ethnicity_code_2008":"27"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 1, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 1, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 1, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 1, '{}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 2, '{"ethnicity":"Bru - Vân Kiều","ethnicity_code_1979":"23","ethnicity_code_2008":"24"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 2, '{"ethnicity":"Tà Ôi","ethnicity_code_1979":"31","ethnicity_code_2008":"27"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 2, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 2, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 2, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 2, '{}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 3, '{"ethnicity":"Bru - Vân Kiều","ethnicity_code_1979":"23","ethnicity_code_2008":"24"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 3, '{"ethnicity":"Tà Ôi","ethnicity_code_1979":"31","ethnicity_code_2008":"27"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 3, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 3, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 3, '{"ethnicity":"Kinh","ethnicity_code_1979":"01","ethnicity_code_2008":"01"}');
insert into child_event_sensitive (register, child, seq, record) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 3, '{}');
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 1, '045215000012', 'import', 'written', '2026-11-26T20:55:19.546907Z', '2026-11-26T20:55:19.886919Z');
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 1, '045319000034', 'import', 'written', '2026-11-26T20:55:19.546907Z', '2026-11-26T20:55:19.886919Z');
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 1, '045212000056', 'import', 'written', '2026-11-26T20:55:19.546907Z', '2026-11-26T20:55:19.886919Z');
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 1, '045212000056', 'import', 'written', '2026-11-26T20:55:19.546907Z', '2026-11-26T20:55:19.886919Z');
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', 3, '045215000012', 'redo', 'written', '2026-11-26T20:55:19.957563Z', null);
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', 3, '045319000034', 'redo', 'written', '2026-11-26T20:55:19.957563Z', null);
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 3, '045212000056', 'redo', 'written', '2026-11-26T20:55:19.957563Z', null);
insert into child_number (register, child, seq, number, source, status, since, ended_at) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 3, '045212000056', 'redo', 'written', '2026-11-26T20:55:19.957563Z', null);
insert into number_claim (number, register, child, at, disputed) values
  ('045212000056', '45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', '2026-11-26T20:55:19.957563Z', true);
insert into number_claim (number, register, child, at, disputed) values
  ('045215000012', '45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23', '2026-11-26T20:55:19.957563Z', false);
insert into number_claim (number, register, child, at, disputed) values
  ('045319000034', '45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24', '2026-11-26T20:55:19.957563Z', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 1, 'birth.partial', 'birth', 3, 'error', '2018', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25', 2, 'id.missing', 'number', 1, 'error', '', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26', 1, 'id.shared', 'number', 4, 'error', '045212000056', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 1, 'id.sex', 'number', 4, 'error', '045212000056', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 2, 'id.shared', 'number', 4, 'error', '045212000056', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27', 3, 'id.year', 'number', 4, 'error', '045212000056', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 1, 'birth.invalid', 'birth', 3, 'error', '15/15/2016', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 2, 'carer.missing', 'mother', 3, 'error', '', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 3, 'ethnicity.missing', 'ethnicity', 3, 'error', '', '', false);
insert into finding (register, child, nth, rule, field, list, severity, raw, suggestion, safe) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28', 4, 'id.length', 'number', 2, 'error', '04521600007', '', false);
insert into import (register, id, audit_seq, at, who, as_of, edition, files, rows, state) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 2, '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', '2024-06-13', '2020-01-01', '[{"file":"ds.csv","bytes":873,"sha256":"63afc681f3604f8f2da15a97ab5abf14e758091fb32d2f554fa8171ceb7feacc"}]', 6, 'applied');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 1, 'ds.csv', '', 2, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd23');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 2, 'ds.csv', '', 3, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd24');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 3, 'ds.csv', '', 4, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd25');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 4, 'ds.csv', '', 5, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd26');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 5, 'ds.csv', '', 6, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd27');
insert into import_row (register, import, nth, file, sheet, row_number, decision, child) values
  ('45', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', 6, 'ds.csv', '', 7, 'new', '01a219a4-2cfa-7535-aa9d-01db6e6bfd28');
insert into headcount (register, edition, unit, day, source, loaded_at, signed_by, children) values
  ('45', '2020-01-01', '19588', '2024-06-01', 'báo cáo', '2026-11-26T20:55:19.747911Z', 'UBND xã Tà Rụt', 9);
insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash) values
  ('45', 1, '2026-11-26T20:55:19.415668Z', 'Hồ Thị Bích', 'cli', '', 'init', '', '45', '01a219a4-2c77-7353-80da-966d60d1a0de', '{"province":"45","edition":"2020-01-01"}', 0, '', '', 'f312fa14162d74e869507904f3f6dd9c5cf7da554cb5d696d355ac8487857515');
insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash) values
  ('45', 2, '2026-11-26T20:55:19.546907Z', 'Hồ Thị Bích', 'cli', '', 'import', '', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', '01a219a4-2cfa-7535-aa9d-01db6e6bfd22', '{"rows":6,"new":6,"identified":2,"complete":4,"disputed":1}', 6, '59d2f119229b391505b96908cac2b06f598ca1b31ca67cf47097a586c04e0699', 'f312fa14162d74e869507904f3f6dd9c5cf7da554cb5d696d355ac8487857515', 'b7db3a1d7d4eadfdba745510f845cb78bb26e5bc5a39f3a0be3576021a90bff2');
insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash) values
  ('45', 3, '2026-11-26T20:55:19.747911Z', 'Hồ Thị Bích', 'cli', '', 'headcount', '', '45', '01a219a4-2dc3-7433-8dde-6e6289e4af82', '{"units":1,"children":9,"edition":"2020-01-01"}', 0, '', 'b7db3a1d7d4eadfdba745510f845cb78bb26e5bc5a39f3a0be3576021a90bff2', '4599e3dfd86ae38f0ec1ef237f414aa9f86dee08d7215620917aeee9f783baf7');
insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash) values
  ('45', 4, '2026-11-26T20:55:19.886919Z', 'Hồ Thị Bích', 'cli', '', 'undo', '', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', '01a219a4-2e4e-731c-933a-5e4d55017f40', '{"turned":6,"kept":0}', 6, '80c52c62026e64df16d9e0c77511fe88c48055edefc0231630d062a6673f3be3', '4599e3dfd86ae38f0ec1ef237f414aa9f86dee08d7215620917aeee9f783baf7', '8eb135d5885a939acf3c346fde37395b0f4df7dcf14df51c446d9026bd3b3267');
insert into audit (register, seq, at, who, role, office, act, why, subject, request, detail, event_count, events, previous, hash) values
  ('45', 5, '2026-11-26T20:55:19.957563Z', 'Hồ Thị Bích', 'cli', '', 'redo', '', '01a219a4-2cfa-7535-aa9d-01db6e6bfd21', '01a219a4-2e95-7573-8eaf-b2283fdd618c', '{"turned":6,"kept":0}', 6, 'fc5d2fd245710f1489dcddabab87a38e1592f45d1a2248b8493fa80b43f8e1d2', '8eb135d5885a939acf3c346fde37395b0f4df7dcf14df51c446d9026bd3b3267', '63fa524dbf1243b504818e4e6617682b8190b9a1d88255aee576186c53aef3c2');
