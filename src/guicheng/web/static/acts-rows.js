// Tables of an act with many rows: adding, removing, pasting from Excel, sums of money, moving with the keyboard.
"use strict";

function renumber(table) {
  [...table.querySelectorAll("tbody tr")].forEach((row, i) => {
    row.querySelector("th").textContent = i + 1;
    const remove = row.querySelector(".row-remove");
    remove.setAttribute("aria-label", remove.getAttribute("aria-label").replace(/\d+|__m__/, i + 1));
  });
}

function fresh(rows) {
  const made = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  const next = 1 + Math.max(-1, ...[...rows.querySelectorAll("tbody [name]")].map((c) => Number(c.name.slice(rows.dataset.rows.length + 1).split(".")[0])));
  for (const el of made.querySelectorAll("[name],[id],[for]")) {
    for (const name of ["name", "id", "for"]) {
      const value = el.getAttribute(name);
      if (value) el.setAttribute(name, value.replace("__n__", next));
    }
  }
  for (const label of made.querySelectorAll("label.sr")) label.textContent = label.textContent.replace("__m__", next + 1);
  rows.querySelector("tbody").append(made);
  made.querySelectorAll(".drop").forEach(window.acts.ready);
  renumber(rows);
  return made;
}

const cellsOf = (row) => [...row.querySelectorAll("td")].map((td) => td.querySelector("select,input:not([type=file]),textarea")).filter(Boolean);

function sums(rows) {
  const foot = rows.querySelector("tfoot");
  if (!foot.querySelector("[data-sum]")) return;
  foot.hidden = false;
  [...foot.querySelectorAll("td")].forEach((place, i) => {
    if (place.dataset.sum === undefined) return;
    let total = 0n;
    for (const row of rows.querySelectorAll("tbody tr")) total += window.acts.fenOf(cellsOf(row)[i]?.value ?? "") ?? 0n;
    const wan = String(total).padStart(7, "0").replace(/(\d{6})$/, ".$1").replace(/0{1,4}$/, "");
    place.textContent = `${wan.replace(/\B(?=(\d{3})+(?=\.))/g, ",")}`;
    place.title = `${window.acts.yuanOf(total)}元`;
  });
}

function put(cell, text) {
  const value = text.trim();
  if (cell.tagName === "SELECT") {
    const found = [...cell.options].find((o) => o.value === value || o.textContent.trim() === value || (value && o.textContent.startsWith(`${value} ·`)));
    cell.value = found ? found.value : "";
  } else if (cell.type === "date") {
    const found = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(value);
    cell.value = found ? `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}` : "";
  } else cell.value = value;
}

// Cells of Excel: tabs between, line ends between rows, quotes around a cell that holds either.
function cellsIn(text) {
  const rows = [[""]];
  for (const [, quoted, plain, end] of text.replace(/\r\n?/g, "\n").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1)[rows.at(-1).length - 1] = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    if (end === "\t") rows.at(-1).push("");
    else if (end === "\n") rows.push([""]);
    else break;
  }
  while (rows.length > 1 && rows.at(-1).every((c) => c === "")) rows.pop();
  return rows;
}

function paste(event, rows) {
  const text = event.clipboardData.getData("text/plain");
  const cell = event.target.closest("td") && event.target;
  if (!cell || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const row = cell.closest("tr"), column = cellsOf(row).indexOf(cell);
  let at = [...rows.querySelectorAll("tbody tr")].indexOf(row);
  for (const line of cellsIn(text)) {
    const target = rows.querySelectorAll("tbody tr")[at++] ?? fresh(rows);
    const cells = cellsOf(target);
    line.forEach((value, i) => cells[column + i] && put(cells[column + i], value));
  }
  sums(rows);
  window.acts.touched();
}

function move(event, rows) {
  const down = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const cell = event.target;
  if (!down || !cell.closest("td") || cell.matches("textarea,button,[type=file]") || (event.key !== "Enter" && cell.matches("select,[type=date]"))) return;
  const row = cell.closest("tr");
  let next = down > 0 ? row.nextElementSibling : row.previousElementSibling;
  if (event.key === "Enter") {
    event.preventDefault();
    next ??= fresh(rows);
  }
  if (next) cellsOf(next)[cellsOf(row).indexOf(cell)]?.focus();
}

for (const rows of document.querySelectorAll(".rows")) {
  rows.querySelector(".row-add").addEventListener("click", () => cellsOf(fresh(rows))[0].focus());
  rows.addEventListener("click", (e) => {
    const remove = e.target.closest(".row-remove");
    if (!remove) return;
    const row = remove.closest("tr"), beside = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    renumber(rows);
    sums(rows);
    window.acts.touched();
    (beside?.querySelector(".row-remove") ?? rows.querySelector(".row-add")).focus();
  });
  rows.addEventListener("paste", (e) => paste(e, rows));
  rows.addEventListener("keydown", (e) => move(e, rows));
  rows.addEventListener("input", () => sums(rows));
  sums(rows);
}
