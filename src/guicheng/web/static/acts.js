// The form of an act with a script: the verdict while filling in, drafts, sums in words, files. All of it works without one.
"use strict";

document.documentElement.classList.add("js");
const form = document.getElementById("act-form");
const english = form?.dataset.language === "en";
const say = (zh, en) => (english ? en : zh);

// --- sums and days in words ---------------------------------------------------------------------------------------
const DIGITS = "零壹贰叁肆伍陆柒捌玖";

function fenOf(text) {
  const plain = text.normalize("NFKC").replace(/[\s,¥]/g, "");
  const found = /^(\d{1,12})(?:\.(\d{1,12}))?(万元|万|亿元|亿|元)?$/.exec(plain);
  if (!found) return null;
  const places = { 元: 2, 亿: 10, 亿元: 10 }[found[3]] ?? 6;
  const part = (found[2] ?? "").replace(/0+$/, "");
  return part.length > places ? null : BigInt(found[1] + part.padEnd(places, "0"));
}

function whole(number) {
  const text = number.toString();
  let words = "", empty = false;
  [...text].forEach((digit, i) => {
    const place = text.length - 1 - i;
    if (digit !== "0") {
      words += (empty && words ? "零" : "") + DIGITS[digit] + ["", "拾", "佰", "仟"][place % 4];
      empty = false;
    } else empty = true;
    if (place % 4 === 0 && Number(text.slice(Math.max(0, i - 3), i + 1))) words += ["", "万", "亿", "万亿"][place / 4];
  });
  return words;
}

function capital(fen) {
  const yuan = fen / 100n, jiao = Number((fen / 10n) % 10n), rest = Number(fen % 10n);
  const start = yuan ? `${whole(yuan)}元` : "";
  if (!jiao && !rest) return `${start || "零元"}整`;
  return start + (jiao ? `${DIGITS[jiao]}角` : yuan && rest ? "零" : "") + (rest ? `${DIGITS[rest]}分` : "整");
}

const yuanOf = (fen) => `${(fen / 100n).toLocaleString("en")}.${String(fen % 100n).padStart(2, "0")}`;

function echo(input) {
  const place = document.querySelector(`.echo[data-for="${CSS.escape(input.id)}"]`);
  if (!place) return;
  if (input.dataset.money !== undefined) {
    const fen = fenOf(input.value);
    place.textContent = fen === null ? "" : say(`${yuanOf(fen)}元，${capital(fen)}`, `¥${yuanOf(fen)}`);
  } else if (input.type === "date") {
    const [year, month, day] = input.value.split("-").map(Number);
    place.textContent = day ? say(`${year}年${month}月${day}日`, "") : "";
  }
}

// --- the verdict and the draft --------------------------------------------------------------------------------------
let asking, keeping, latest = 0, changed = false, leaving = false;

function typed() {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  return body;
}

async function post(where, keepalive = false) {
  const body = typed();
  return fetch(form.dataset.here + where, {
    method: "POST", body, keepalive: keepalive && String(body).length < 60000, redirect: "manual",
    headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken"), "HX-Request": "true" },
  });
}

async function verdict() {
  const mine = ++latest;
  const place = document.getElementById("verdict");
  try {
    const answer = await post("preview/");
    const words = await answer.text();
    if (mine !== latest) return;
    if (answer.headers.get("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
    if (answer.ok && answer.status === 200) {
      place.innerHTML = words;
      window.htmx?.process(place);
    }
  } catch {
    place.textContent = say("暂时连不上服务器，内容还在页面上。", "No connection for now; the page keeps what you typed.");
  }
}

async function draft(keepalive = false) {
  if (!changed || leaving) return;
  changed = false;
  const place = document.getElementById("saved");
  try {
    const answer = await post("draft/", keepalive);
    const kept = answer.ok ? await answer.json() : null;
    place.textContent = kept?.at ? say(`草稿已保存 ${kept.at}`, `Draft saved ${kept.at}`) : "";
  } catch {
    changed = true;
    place.textContent = say("草稿没有存上，稍后再试", "Draft not saved, trying again");
  }
}

function touched() {
  changed = true;
  clearTimeout(asking);
  asking = setTimeout(verdict, 700);
  clearTimeout(keeping);
  keeping = setTimeout(draft, 2500);
}

// --- files ---------------------------------------------------------------------------------------------------------
const names = JSON.parse(document.getElementById("own-names")?.textContent ?? "{}");

function list(drop) {
  const text = drop.querySelector(".drop-text"), place = drop.querySelector(".drop-list");
  place.replaceChildren(...text.value.split("\n").map((d) => d.trim()).filter(Boolean).map((digest) => {
    const item = document.createElement("li"), name = document.createElement("span"), remove = document.createElement("button");
    name.textContent = names[digest] ?? `${digest.slice(0, 16)}…`;
    name.title = digest;
    Object.assign(remove, { type: "button", className: "quiet", textContent: say("移除", "Remove") });
    remove.setAttribute("aria-label", `${remove.textContent} ${name.textContent}`);
    remove.addEventListener("click", () => {
      text.value = text.value.split("\n").filter((d) => d.trim() !== digest).join("\n");
      list(drop);
      touched();
    });
    item.append(name, remove);
    return item;
  }));
}

function declared() {
  if (form.dataset.declared) return true;
  const sure = confirm(say("请确认：所传文件不含国家秘密、工作秘密，也没有密级标志。", "Please confirm: the file holds no state or work secret and bears no mark of classification."));
  if (sure) form.dataset.declared = "yes";
  return sure;
}

function upload(drop, file) {
  const item = document.createElement("li"), bar = document.createElement("progress"), words = document.createElement("span");
  words.textContent = file.name;
  bar.max = 1;
  item.append(words, bar);
  drop.querySelector(".drop-list").append(item);
  const body = new FormData();
  body.append("file", file);
  body.append("declared", "on");
  body.append("title", file.name);
  const request = new XMLHttpRequest();
  request.open("POST", "/papers/");
  request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
  request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) bar.value = e.loaded / e.total; });
  request.addEventListener("loadend", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not our endpoint's answer */ }
    if (request.status >= 200 && request.status < 300 && answer.digest) {
      names[answer.digest] = answer.name ?? file.name;
      const text = drop.querySelector(".drop-text");
      text.value = drop.dataset.many ? [...new Set([...text.value.split("\n").filter(Boolean), answer.digest])].join("\n") : answer.digest;
      list(drop);
      touched();
    } else {
      bar.remove();
      words.className = "wrong";
      words.textContent = `${file.name}：${answer.error ?? say("没有传上，请再试一次", "not uploaded, try again")}`;
    }
  });
  request.send(body);
}

function take(drop, files) {
  if (!files.length || !declared()) return;
  for (const file of drop.dataset.many ? files : [files[0]]) upload(drop, file);
}

function ready(drop) {
  if (drop.dataset.ready) return;
  drop.dataset.ready = "yes";
  const input = drop.querySelector("input[type=file]");
  const type = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: say("填摘要", "Type digest") });
  type.addEventListener("click", () => { drop.classList.toggle("typing"); list(drop); });
  drop.querySelector(".drop-file").after(type);
  input.addEventListener("change", () => { take(drop, [...input.files]); input.value = ""; });
  drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); take(drop, [...e.dataTransfer.files]); });
  list(drop);
}

// --- what starts it all ----------------------------------------------------------------------------------------------
if (form) {
  window.acts = { touched, ready, fenOf, yuanOf };
  form.enctype = "application/x-www-form-urlencoded"; // each paper is sent by itself, and a form of texts alone is read faster
  form.querySelectorAll(".drop").forEach(ready);
  form.addEventListener("input", (e) => { echo(e.target); touched(); });
  form.addEventListener("change", (e) => { echo(e.target); touched(); });
  form.addEventListener("focusout", () => draft());
  form.addEventListener("submit", (e) => {
    if (leaving) return e.preventDefault();
    leaving = true;
    setTimeout(() => { leaving = false; }, 8000);
    const button = document.getElementById("do");
    if (e.submitter === button) button.setAttribute("aria-busy", "true");
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") draft(true); });
  window.addEventListener("pageshow", () => { leaving = false; });
  if (form.elements._on) echo(form.elements._on);
  verdict();
}
document.addEventListener("click", (e) => { if (e.target.closest("[data-print]")) window.print(); });

// A link of the summary goes to the field itself.
document.addEventListener("click", (e) => {
  const link = e.target.closest('a[href^="#f-"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  e.preventDefault();
  field.scrollIntoView({ block: "center" });
  (field.matches("input,select,textarea") && field.offsetParent ? field : field.parentElement.querySelector("input:not([type=hidden]),select") ?? field).focus();
});
