"use strict";

const TILES = 40;
const PHASES = ["queued", "connecting", "waiting", "receiving"];

/* Sizes in the picture, in pixels. It is as wide as there is room. */
const LEFT = 52;
const RIGHT = 16;
const TOP = 30;
const ROW = 15;
const BAR = 10;
const LINE = 2;
const NARROWEST = 1.5;

const element = (id) => document.getElementById(id);
let running = false;
let shown = [];

/* Asks for all tiles at once, and waits until each is there or has failed. */
function loadTiles(run) {
	const images = Array.from({ length: TILES }, () => new Image());

	element("mosaic").replaceChildren(...images);
	return Promise.all(images.map((image, number) => new Promise((done) => {
		image.alt = "";
		image.onload = image.onerror = done;
		/* The query makes a new address for each run, so no cache can answer. */
		image.src = `tiles/${number}.svg?run=${run}`;
	})));
}

/* What the browser noted about the tiles of this run, in the order in which the requests went out. */
function tileTimings(run) {
	return performance.getEntriesByType("resource")
		.filter((timing) => timing.name.endsWith(`.svg?run=${run}`))
		.sort((a, b) => a.requestStart - b.requestStart)
		.map(phasesOf);
}

/* One entry, cut into phases. Each phase begins where the one before it ends. */
function phasesOf(timing) {
	const opened = openedConnection(timing);
	const ends = [
		opened ? timing.connectStart : timing.requestStart,
		opened ? timing.connectEnd : timing.requestStart,
		timing.responseStart,
		timing.responseEnd,
	];
	const tile = {
		number: Number(timing.name.match(/(\d+)\.svg/)[1]),
		opened,
		start: timing.startTime,
		end: timing.responseEnd,
		phases: [],
	};
	let from = timing.startTime;

	PHASES.forEach((name, i) => {
		const to = Math.max(from, ends[i]);
		tile.phases.push({ name, from, length: to - from });
		from = to;
	});
	return tile;
}

/* The words */
const milliseconds = (time) => time.toFixed(1);

function describe(tile) {
	const phases = tile.phases
		.filter((phase) => phase.length > 0)
		.map((phase) => `${phase.name} ${milliseconds(phase.length)} ms`);

	return `Image ${tile.number}, on ${tile.opened ? "a new connection" : "an open connection"}: ${phases.join(", ")}`;
}

function summary(tiles, total) {
	const opened = tiles.filter((tile) => tile.opened).length;
	let text = `${count(tiles.length, "image", "images")} in ${milliseconds(total)} ms; `
		+ `${count(opened, "connection was", "connections were")} opened for them. `;

	if (opened === tiles.length)
		text += "Every image had to open a connection of its own.";
	else if (opened === 0)
		text += "All of them used connections that were open already.";
	else
		text += `The other ${tiles.length - opened} used connections that were open already.`;
	return text;
}

/* The picture */
function draw(parent, name, attributes, text) {
	const node = document.createElementNS("http://www.w3.org/2000/svg", name);

	for (const key in attributes)
		node.setAttribute(key, attributes[key]);
	if (text !== undefined)
		node.textContent = text;
	parent.append(node);
	return node;
}

/* The smallest round step (1, 2 or 5 times a power of ten) of which ten suffice. */
function roundStep(total) {
	const power = 10 ** Math.floor(Math.log10(total / 10));

	return [1, 2, 5, 10].map((n) => n * power).find((step) => step * 10 >= total);
}

function drawAxis(svg, total, scale, height) {
	const step = roundStep(total);

	for (let time = 0; time <= total; time += step) {
		const x = LEFT + time * scale;
		const label = `${Number(time.toPrecision(6))}${time === 0 ? " ms" : ""}`;
		draw(svg, "line", { class: "grid", x1: x, x2: x, y1: TOP - 6, y2: height });
		draw(svg, "text", { x, y: TOP - 12, "text-anchor": "middle" }, label);
	}
}

function drawTile(svg, tile, y, first, scale) {
	const row = draw(svg, "g", {});
	let x = LEFT + (tile.start - first) * scale;

	draw(row, "title", {}, describe(tile));
	draw(row, "text", { x: 24, y: y + BAR - 0.5, "text-anchor": "end" }, tile.number);
	if (tile.opened)
		draw(row, "circle", { class: "opened", cx: 38, cy: y + BAR / 2, r: 4 });
	for (const phase of tile.phases) {
		const from = Math.max(x, LEFT + (phase.from - first) * scale);
		const needed = phase.length > 0 || (phase.name === "connecting" && tile.opened);
		const width = needed ? Math.max(NARROWEST, phase.length * scale) : 0;
		const height = phase.name === "queued" ? LINE : BAR;
		if (width > 0)
			draw(row, "rect", { class: phase.name, x: from, y: y + (BAR - height) / 2, width, height });
		x = from + width;
	}
}

function drawPicture(tiles, first, total, text) {
	const width = element("picture").clientWidth;
	const height = TOP + tiles.length * ROW + 4;
	const scale = (width - LEFT - RIGHT) / total;
	const svg = draw(element("picture"), "svg", {
		class: "waterfall",
		width,
		height,
		viewBox: `0 0 ${width} ${height}`,
		role: "img",
		"aria-labelledby": "waterfall-title waterfall-text",
	});

	draw(svg, "title", { id: "waterfall-title" }, "Waterfall of the images");
	draw(svg, "desc", { id: "waterfall-text" }, `One bar for each image, from left to right in time. ${text}`);
	drawAxis(svg, total, scale, height);
	tiles.forEach((tile, i) => drawTile(svg, tile, TOP + i * ROW, first, scale));
}

/* The table */
function cell(row, name, text, attributes) {
	const node = document.createElement(name);

	for (const key in attributes)
		node.setAttribute(key, attributes[key]);
	node.textContent = text;
	row.append(node);
}

function fillTable(tiles, first) {
	for (const tile of tiles) {
		const row = document.createElement("tr");
		cell(row, "th", tile.number, { scope: "row" });
		cell(row, "td", tile.opened ? "new" : "open already", {});
		cell(row, "td", milliseconds(tile.start - first), { class: "number" });
		for (const phase of tile.phases)
			cell(row, "td", milliseconds(phase.length), { class: "number" });
		element("rows").append(row);
	}
}

/* Loads the tiles, then shows how they came. */
async function run() {
	const name = Date.now();

	if (running)
		return;
	running = true;
	performance.clearResourceTimings();
	await loadTiles(name);
	await new Promise((done) => setTimeout(done));
	shown = tileTimings(name);
	report(shown);
	running = false;
}

function report(tiles) {
	element("picture").replaceChildren();
	element("rows").replaceChildren();
	element("report").hidden = tiles.length === 0;

	if (tiles.length === 0) {
		element("result").textContent = "This browser kept no times for the images.";
		return;
	}

	const first = Math.min(...tiles.map((tile) => tile.start));
	const total = Math.max(...tiles.map((tile) => tile.end)) - first;
	const text = summary(tiles, total);
	element("result").textContent = text;
	drawPicture(tiles, first, total, text);
	fillTable(tiles, first);
}

element("seen").hidden = false;
element("again").addEventListener("click", run);
addEventListener("load", run);
addEventListener("resize", () => {
	const svg = element("picture").firstElementChild;

	if (svg && Number(svg.getAttribute("width")) !== element("picture").clientWidth)
		report(shown);
});
