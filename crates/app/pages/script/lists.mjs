// Comfort of the pages of lists: files dropped onto the form of "Nhập từ tệp", sides chosen by 1 and 2 in "Xử lý nghi trùng".

function drop(form) {
  const input = form.querySelector("input[type=file]");
  const told = form.querySelector("[data-drop-chosen]");
  const say = () => {
    const files = [...input.files];
    const names = files.slice(0, 3).map((file) => file.name).join(", ");
    const more = files.length > 3 ? ` và ${files.length - 3} tệp khác` : "";
    told.textContent = files.length === 0 ? "" : `Đã chọn ${files.length} tệp: ${names}${more}`;
  };
  input.addEventListener("change", say);
  const over = (event, is) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("treem-drop--over", is);
  };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    say();
    input.focus();
  });
}

function sides() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || (event.key !== "1" && event.key !== "2")) return;
    if (localStorage.getItem("treem-keys") === "off") return;
    const box = event.target.matches?.("input[type=radio]");
    if (!box && event.target.closest?.("input, textarea, select")) return;
    const line = event.target.closest?.("[data-line]") ?? document.querySelector("[data-line].treem-here") ?? document.querySelector("[data-line]");
    const radio = line?.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!radio) return;
    radio.focus();
    radio.click();
    event.preventDefault();
  });
}

export function lists() {
  document.querySelectorAll("[data-drop-files]").forEach(drop);
  if (document.querySelector("[data-line]")) sides();
}
