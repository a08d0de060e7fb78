(() => {
  const all = (name) => [...document.querySelectorAll(name)];
  const [text, county, shown] = ["text", "county", "shown"].map((id) => document.getElementById(id));
  let verdict = "";
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    const rows = all("tbody tr");
    for (const row of rows)
      row.hidden = (verdict && row.dataset.verdict !== verdict) || (county.value && row.dataset.county !== county.value)
        || (wanted && !row.textContent.toLowerCase().includes(wanted));
    shown.textContent = rows.filter((row) => !row.hidden).length + " / " + rows.length;
  };
  for (const tile of all(".tile")) tile.addEventListener("click", () => {
    verdict = verdict === tile.dataset.verdict ? "" : tile.dataset.verdict;
    for (const each of all(".tile")) each.setAttribute("aria-pressed", each.dataset.verdict === verdict);
    filter();
  });
  text.addEventListener("input", filter);
  county.addEventListener("change", filter);
  document.querySelector(".tools").hidden = false;
  filter();
})();
