// The charts of the cockpit: bars drawn from the figures that the page carries; a bar opens what it counts.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const chart = echarts.init(box);
    const rows = [...data.rows].reverse();
    chart.setOption({
      animation: false,
      color: ["#1a56a8"],
      grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: "category", data: rows.map((r) => r.name), axisTick: { show: false }, axisLine: { lineStyle: { color: "#d8dee6" } }, axisLabel: { color: "#1d2b3a", interval: 0, width: 150, overflow: "truncate" } },
      series: [{ type: "bar", data: rows.map((r) => r.value), barMaxWidth: 18, label: { show: true, position: "right", color: "#1d2b3a" } }],
    });
    chart.on("click", (bar) => { window.location.href = rows[bar.dataIndex].opens; });
    new ResizeObserver(() => chart.resize()).observe(box);
  }
});
