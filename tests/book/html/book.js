// What the pages can't do without a script: copy, search, arrow keys, and note what has been done.
'use strict';

function make(name, properties, ...children) {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children);
	return element;
}

// ---- copy: only what is to be typed ------------------------------------------------------------

function toType(figure) {
	const code = figure.querySelector('code');
	const texts = selector => [...code.querySelectorAll(selector)].map(e => e.textContent);
	if (figure.matches('.given:not(.whole)'))
		return '';
	if (figure.matches('.diff'))
		return texts('ins').join('');
	if (figure.matches('.console, .text'))
		return texts('kbd').map(line => line.replace(/^\$ /, '') + '\n').join('');
	return code.textContent;
}

async function copy(text) {
	if (navigator.clipboard)
		return navigator.clipboard.writeText(text);
	const area = make('textarea', { value: text });
	document.body.append(area);
	area.select();
	document.execCommand('copy');
	area.remove();
}

for (const figure of document.querySelectorAll('figure')) {
	if (!figure.querySelector('pre') || !toType(figure))
		continue;
	const button = make('button', { className: 'copy', textContent: 'Copy', type: 'button' });
	button.title = figure.matches('.diff') ? 'Copy the new lines' :
		figure.matches('.console, .text') ? 'Copy the commands' : 'Copy';
	button.onclick = async () => {
		await copy(toType(figure));
		button.textContent = 'Copied';
		setTimeout(() => { button.textContent = 'Copy'; }, 1200);
	};
	figure.append(button);
}

// ---- what has been done: a list of keys such as 1:hello, kept in this browser --------------------

const store = {
	read() {
		try {
			return new Set(JSON.parse(localStorage.getItem('book: done')) || []);
		} catch {
			return new Set();
		}
	},
	write(done) {
		try {
			localStorage.setItem('book: done', JSON.stringify([...done]));
		} catch { /* a browser that keeps nothing */ }
	},
};

function showDone() {
	const done = store.read();
	for (const mark of document.querySelectorAll('nav .tick, nav .tally'))
		mark.remove();
	for (const item of document.querySelectorAll('nav [data-step]'))
		if (done.has(item.dataset.step))
			item.append(make('span', { className: 'tick', textContent: '✓', title: 'done' }));
	for (const item of document.querySelectorAll('nav [data-part]')) {
		const count = [...done].filter(key => key.startsWith(item.dataset.part + ':')).length;
		const all = Number(item.dataset.steps);
		if (count > 0)
			item.querySelector('a').after(make('span', {
				className: count >= all ? 'tick' : 'tally',
				textContent: count >= all ? '✓' : `${count}/${all}`,
			}));
	}
}

const after = document.querySelector('[data-done]');
if (after) {
	const button = make('button', { className: 'done', type: 'button' });
	const show = () => {
		const is = store.read().has(after.dataset.done);
		button.setAttribute('aria-pressed', is);
		button.textContent = is ? '✓ Done' : 'Done: mark this step';
	};
	button.onclick = () => {
		const done = store.read();
		if (!done.delete(after.dataset.done))
			done.add(after.dataset.done);
		store.write(done);
		show();
		showDone();
	};
	after.prepend(button);
	show();
}
showDone();
addEventListener('storage', showDone);

// ---- the side column: what is current is in sight ------------------------------------------------

const nav = document.getElementById('side');
const current = nav.querySelector('[aria-current]');
if (current && nav.scrollHeight > nav.clientHeight)
	nav.scrollTop = current.offsetTop - nav.clientHeight / 3;

// ---- search: all words must be on the page; those in its title count most ------------------------

const input = make('input', {
	type: 'search', placeholder: 'Search  /', autocomplete: 'off', ariaLabel: 'Search the book',
});
const found = make('ol');
document.querySelector('header').append(make('div', { className: 'search' }, input, found));

function load() {
	if (window.book || document.querySelector('[src="words.js"]'))
		return;
	document.head.append(make('script', { src: 'words.js', onload: search }));
}

function marked(text, word) {
	const at = text.toLowerCase().indexOf(word);
	if (at < 0)
		return [text.slice(0, 140)];
	const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, at - 60)));
	return [from ? '… ' : '', text.slice(from, at), make('mark', {}, text.slice(at, at + word.length)),
		text.slice(at + word.length, at + 110), ' …'];
}

function worth([, title, text], words) {
	let sum = 0;
	for (const word of words) {
		const inText = text.toLowerCase().split(word).length - 1;
		const inTitle = title.toLowerCase().includes(word);
		if (!inText && !inTitle)
			return 0;
		sum += Math.min(inText, 20) + (inTitle ? 40 : 0);
	}
	return sum;
}

function search() {
	const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
	if (!words.length || !window.book)
		return found.replaceChildren();
	const hits = window.book.map(page => [worth(page, words), page]).filter(([sum]) => sum > 0);
	hits.sort((a, b) => b[0] - a[0]);
	found.replaceChildren(...hits.slice(0, 15).map(([, [name, title, text]]) => make('li', {},
		make('a', { href: name + '.html' }, make('strong', {}, title), make('small', {}, ...marked(text, words[0]))))));
	if (!hits.length)
		found.append(make('li', { className: 'none', textContent: 'No page has all of these words.' }));
}

input.onfocus = load;
input.oninput = search;
input.onkeydown = event => {
	const first = found.querySelector('a');
	if (event.key === 'Enter' && first)
		first.click();
	else if (event.key === 'ArrowDown' && first)
		first.focus();
	else
		return;
	event.preventDefault();
};
found.onkeydown = event => {
	const item = event.target.closest('li');
	const to = { ArrowDown: item.nextSibling, ArrowUp: item.previousSibling }[event.key];
	if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
		(to ? to.querySelector('a') : input).focus();
		event.preventDefault();
	}
};
document.addEventListener('click', event => {
	if (!event.target.closest('.search'))
		found.replaceChildren();
});

// ---- keys: ← and → turn pages, / searches, Esc goes back to the page -----------------------------

document.addEventListener('keydown', event => {
	if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
		return;
	if (event.key === 'Escape') {
		found.replaceChildren();
		input.blur();
		if (location.hash === '#side')
			location.hash = 'top';
	}
	if (event.target.closest('input, textarea, .search') || getSelection().toString())
		return;
	if (event.key === '/') {
		event.preventDefault();
		input.focus();
	}
	const way = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
	if (way && !event.target.closest('pre, .table, .picture'))
		document.querySelector(`[rel=${way}]`)?.click();
});
