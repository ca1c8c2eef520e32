"use strict";

/* "/about.html" and "/about" are one page, and so are "/guide/" and "/guide/index.html". */
function pageName(path) {
	return path.replace(/index\.html$/, "").replace(/\.html$/, "");
}

function markCurrentPage() {
	for (const link of document.querySelectorAll("nav a")) {
		if (pageName(link.pathname) === pageName(location.pathname))
			link.setAttribute("aria-current", "page");
	}
}

/*
 * Did this request have to open a connection? On a connection that was open
 * already, connecting begins and ends the moment that fetching starts.
 */
function openedConnection(timing) {
	return timing.connectEnd > timing.connectStart
		|| timing.connectStart > timing.fetchStart;
}

/* Nothing was transferred, and yet there is content: it came from the cache. */
function cameFromCache(timing) {
	return timing.transferSize === 0 && timing.decodedBodySize > 0;
}

function count(number, one, many) {
	return `${number} ${number === 1 ? one : many}`;
}

/* The page itself is left out: browsers often connect for it before they fetch it. */
function describeDelivery() {
	const place = document.getElementById("delivery");
	const files = performance.getEntriesByType("resource");
	const cached = files.filter(cameFromCache).length;
	const opened = files.filter(openedConnection).length;

	if (!place || files.length === 0)
		return;
	place.textContent = `After this page, your browser needed ${count(files.length, "more file", "more files")}: `
		+ `${cached} from its cache, ${files.length - cached} from this server. `
		+ `It opened ${count(opened, "more connection", "more connections")} to fetch them.`;
	place.hidden = false;
}

markCurrentPage();
addEventListener("load", () => setTimeout(describeDelivery));
