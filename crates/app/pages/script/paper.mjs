// A photo or scan beside the form. In: a chosen file, or one that is kept already. Out: it is shown at once (an object URL, nothing is
// waited for), can be turned and made larger, and is sent without leaving the form.
export function paper(form, keepFirst) {
  const send = document.querySelector("[data-paper]");
  const view = document.querySelector("[data-view]");
  if (!send || !view) return;
  const image = view.querySelector("[data-view-image]");
  const tools = document.querySelector("[data-view-tools]");
  const desk = document.querySelector("[data-desk]");
  let turned = 0;
  let large = 1;
  const lay = () => {
    image.style.transform = `rotate(${turned}deg)`;
    image.style.width = `${100 * large}%`;
    const sideways = turned % 180 !== 0;
    image.style.margin = sideways ? `${Math.max(0, (image.clientWidth - image.clientHeight) / 2)}px 0` : "0";
  };
  const show = (url) => {
    image.src = url;
    [turned, large] = [0, 1];
    view.hidden = tools.hidden = false;
    desk.classList.add("treem-desk--paper");
    lay();
  };
  tools.addEventListener("click", (event) => {
    const does = event.target.dataset.viewDo;
    if (does === "in") large = Math.min(4, large * 1.25);
    if (does === "out") large = Math.max(0.5, large / 1.25);
    if (does === "turn") turned = (turned + 90) % 360;
    if (does) lay();
  });
  document.querySelectorAll("[data-see]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.dataset.see);
    }),
  );
  const file = send.querySelector("input[type=file]");
  const button = send.querySelector("button");
  const said = document.createElement("p");
  said.className = "treem-kept";
  said.setAttribute("role", "status");
  send.append(said);
  button.hidden = true;
  const keep = async () => {
    if (!file.files[0]) return;
    show(URL.createObjectURL(file.files[0]));
    said.textContent = "Đang gửi ảnh…";
    const body = new FormData(send);
    await keepFirst();
    try {
      const answer = await fetch("/entry/paper", { method: "POST", body });
      said.textContent = answer.ok ? "Đã kèm ảnh vào bản đang gõ." : "Không kèm được: ảnh phải là JPEG, PNG hoặc WebP, không quá 10 MB.";
    } catch {
      said.textContent = "Chưa gửi được ảnh; hãy chọn lại khi có mạng.";
    }
  };
  file.addEventListener("change", keep);
}
