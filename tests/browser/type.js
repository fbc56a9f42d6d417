// Types [name, text, rows] into the form as a person would: only where there is a control that is not disabled, only
// what a list offers, with the events that typing brings. Answers with what could not be typed.
(all) => {
  const wrong = [];
  const told = (el) => ["input", "change"].forEach((e) => el.dispatchEvent(new Event(e, { bubbles: true })));
  const named = (name) => [...document.querySelectorAll(`#act-form [name="${CSS.escape(name)}"]`)].filter((el) => el.type !== "file");
  const rows = (name, count) => {
    const table = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
    while (table && table.querySelectorAll("tbody tr").length < count) table.querySelector(".row-add").click();
    if (!table) wrong.push(`${name}: no table`);
  };
  const tick = (name, controls, wanted) => {
    const offered = controls.map((c) => c.value);
    for (const value of wanted) if (!offered.includes(value)) wrong.push(`${name}: ${value} is not offered`);
    for (const c of controls) if (c.checked !== wanted.includes(c.value) && (c.type === "checkbox" || wanted.includes(c.value))) c.click();
  };
  for (const [name, text, count] of all) {
    if (count) { rows(name, count); continue; }
    const controls = named(name), first = controls[0];
    if (!first || first.disabled) { if (text !== "") wrong.push(`${name}: no control`); continue; }
    if (["radio", "checkbox"].includes(first.type)) { tick(name, controls, text ? text.split("\n") : []); continue; }
    first.value = text;
    if (first.tagName === "SELECT" && first.value !== text) wrong.push(`${name}: ${text} is not offered`);
    told(first);
  }
  return wrong;
}
