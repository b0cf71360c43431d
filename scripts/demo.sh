#!/usr/bin/env bash
# The demonstration: makes the sample province, checks its register and the lists of its communes, computes the letter's table from the
# children, fills a register and serves it, with one account per role.
# usage: scripts/demo.sh TREEM OUT AS_OF   (TREEM_DEMO_SERVE=0: everything but serving; TREEM_DEMO_LISTEN: where, default 127.0.0.1:8080)
set -euo pipefail
cd "$(dirname "$0")/.."
treem=$1 out=$2 as_of=$3

say() { printf '\n── %s ─────────────────────────────────────────\n' "$1"; }

say "Tạo tỉnh mẫu Quảng Trị (mọi người đều được bịa ra)"
"$treem" generate --out "$out/tinh" --as-of "$as_of"
say "Kiểm tra sổ của tỉnh"
"$treem" check "$out/tinh/register.xlsx" --out "$out/so" --as-of "$as_of" --no-lists
say "Bảng của công văn, lập từ từng trẻ trong sổ, đối chiếu với bảng đã in"
"$treem" coverage "$out/so" --headcounts "$out/tinh/headcounts.csv" --printed samples/letter-table.csv
say "Kiểm tra sổ cùng với danh sách các xã gửi lên"
"$treem" check "$out/tinh" --out "$out/xa" --as-of "$as_of"
echo
echo "Danh sách để cán bộ xã in và rà soát, mỗi xã một tệp: $out/xa/lists/"
echo "Danh sách các xã gửi lên, ở mọi dạng tệp:             $out/tinh/lists/"
echo "Đáp án của mẫu:                                       $out/tinh/truth.csv"

say "Sổ của tỉnh: nạp trẻ em, số báo cáo và danh sách của huyện Đakrông"
export TREEM_DATA=$out/register.db
rm -f "$TREEM_DATA" "$TREEM_DATA-wal" "$TREEM_DATA-shm"
"$treem" init --edition "$as_of" --as "tỉnh mẫu"
"$treem" import "$out/tinh/register.xlsx" --as-of "$as_of" --as "tỉnh mẫu"
"$treem" headcount load "$out/tinh/headcounts.csv" --edition "$as_of" --as "tỉnh mẫu" | tail -3
"$treem" coverage --as-of "$as_of" --edition "$as_of" | sed -n 1,14p
lists=$(find "$out/tinh/lists" -mindepth 1 -maxdepth 1 -type d -name '*Krông*' | head -1)
"$treem" import "${lists:-$out/tinh/lists}" --as-of "$as_of" --as "tỉnh mẫu" | sed -n 1,20p

say "Danh sách chuyển Công an của xã Tà Rụt: một danh sách Công an đang đối chiếu, một danh sách đang rà soát tại hộ"
handover() { "$treem" handover "$@" --as "tỉnh mẫu" --json; }
drawn() { handover draw "$@" --unit "Xã Tà Rụt" --edition "$as_of" --as-of "$as_of" --yes | grep -oE '"list": *"[0-9]{5}-[0-9]"' | head -1 | grep -oE '[0-9]{5}-[0-9]'; }
# Who has no sound number in the commune; and all children of its first hamlet.
hamlet=$("$treem" report show --unit "Xã Tà Rụt" --edition "$as_of" --as-of "$as_of" --json | grep -oE '"name": *"(Bản|Thôn|Khu phố)[^"]*"' | head -1 | sed -E 's/.*"([^"]*)"$/\1/')
first=$(drawn unidentified) second=$(drawn --hamlet "$hamlet")
handover submit "$first" >/dev/null
handover approve "$first" --day "$as_of" >/dev/null
handover send "$first" --way portal >/dev/null
handover receive "$first" >/dev/null
handover review "$second" >/dev/null
"$treem" handover list | sed -n 1,12p

say "Tiến độ, và công văn đôn đốc được soạn từ sổ"
"$treem" report show --as-of "$as_of" --edition "$as_of" | sed -n 1,16p
"$treem" letter write --as-of "$as_of" --out "$out/cong-van.docx" | tail -3
echo "Công văn để sửa: $out/cong-van.docx"

listen=${TREEM_DEMO_LISTEN:-127.0.0.1:8080}
say "Tài khoản, mỗi vai trò một người: mở liên kết để đặt mật khẩu (dùng được một lần)"
account() { # name, shown, role, unit
  local unit=()
  [ -n "$4" ] && unit=(--unit "$4" --edition "$as_of")
  local link
  link=$("$treem" people add "$1" --shown "$2" --role "$3" "${unit[@]}" --as "tỉnh mẫu" --json | sed -E 's/.*"link":"([^"]*)".*/\1/')
  printf '  %-15s %-24s %-22s http://%s/welcome/%s\n' "$1" "$2" "${4:-Toàn sổ}" "$listen" "$link"
}
account canbo.taru "Hồ Thị Thoan" officer "Xã Tà Rụt"
account cong.tac.vien "Hồ Văn Lành" collaborator "Xã Tà Rụt"
account cong.an.taru "Lê Văn Bền" police "Xã Tà Rụt"
account lanh.dao.taru "Lê Thị Chủ" leader "Xã Tà Rụt"
account huyen.dakrong "Nguyễn Thị Hiền" district "Huyện Đakrông"
account tinh "Trần Văn Quảng" province ""
account quan.tri "Phan Thị Mai" administrator ""
account kiem.tra "Võ Văn Tín" auditor ""

if [ "${TREEM_DEMO_SERVE:-1}" = 0 ]; then
  exit 0
fi
say "Mở sổ trong trình duyệt"
exec "$treem" serve --listen "$listen"
