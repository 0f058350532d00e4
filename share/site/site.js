// SPDX-License-Identifier: MIT
// Search and filters.  The answer lies in small files below data/; lib/textindex.h and lib/site_data.c say how they are
// written.  Whatever comes from them goes on the page as text, never as markup.
"use strict";
(() => {
	const form = document.getElementById("search");
	const root = new URL("../", document.currentScript.src);
	const SHOWN = 20, LONG = 60;
	const FACETS = ["year", "cause", "tribunal", "class", "court"];
	const KINDS = ["case", "report", "document"];

	for (const box of document.querySelectorAll(".js-only"))
		box.hidden = false;
	for (const button of document.querySelectorAll("button.copy")) {
		if (!navigator.clipboard)
			continue;
		const label = button.textContent;
		button.hidden = false;
		button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent).then(() => {
			button.textContent = button.dataset.done;
			setTimeout(() => { button.textContent = label; }, 2000);
		}, () => {}));
	}
	const results = document.getElementById("results");
	if (!form || !results)
		return;
	const list = document.getElementById("list"), hits = document.getElementById("hits");
	const status = document.getElementById("status"), more = document.getElementById("more");
	const say = form.dataset;

	// ---- files ----

	const read = new Map();
	const load = (path) => {
		if (!read.has(path))
			read.set(path, fetch(new URL(path, root)).then((answer) => {
				if (!answer.ok)
					throw new Error(path);
				return answer.json();
			}));
		return read.get(path);
	};
	const hex = (n, width) => n.toString(16).padStart(width, "0");

	// ---- a question as terms, cut as the texts were ----

	const half = (cp) => {
		if (cp >= 0xFF01 && cp <= 0xFF5E)
			cp -= 0xFEE0;
		return cp >= 65 && cp <= 90 ? cp + 32 : cp;
	};
	const isHan = (c) => (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c === 0x3007 || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
	const isGram = (c) => isHan(c) || (c >= 0x3041 && c <= 0x30FF && c !== 0x30FB) || (c >= 0xAC00 && c <= 0xD7AF);
	const isLetter = (c) => (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 0xC0 && c < 0x2000 && c !== 0xD7 && c !== 0xF7);
	const bytes = new TextEncoder();

	const terms = (text) => {
		const out = new Set();
		let word = "", full = false, before = 0;
		for (const char of text + " ") {
			const c = half(char.codePointAt(0));
			if (isLetter(c)) {
				const longer = word + String.fromCodePoint(c);
				full = full || bytes.encode(longer).length > 32;
				word = full ? word : longer;
			} else if (word) {
				out.add(word);
				word = "";
				full = false;
			}
			if (isGram(c) && before)
				out.add(String.fromCodePoint(before, c));
			before = isGram(c) ? c : 0;
		}
		return [...out];
	};
	const folded = (text) => Array.from(text, (char) => String.fromCodePoint(half(char.codePointAt(0)))).join("");

	const shardOf = (term, shards) => {
		let h = 0x811C9DC5;
		for (const byte of bytes.encode(term))
			h = Math.imul(h ^ byte, 0x01000193) >>> 0;
		return h & (shards - 1);
	};

	// The documents of a list: steps, or a bit each.
	const numbers = (text) => {
		const data = atob(text.slice(1)), out = [];
		let doc = -1, step = 0, shift = 0;
		for (let i = 0; i < data.length; i++) {
			const byte = data.charCodeAt(i);
			if (text[0] === "b") {
				for (let bit = 0; bit < 8; bit++)
					if (byte >> bit & 1)
						out.push(i * 8 + bit);
				continue;
			}
			step += (byte & 127) * 2 ** shift;
			shift += 7;
			if (byte < 128) {
				doc += step;
				out.push(doc);
				step = shift = 0;
			}
		}
		return out;
	};

	// ---- columns ----

	const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const cell = (text, width, i) => {
		let n = 0;
		for (let k = i * width; k < (i + 1) * width; k++)
			n = n * 64 + DIGITS.indexOf(text[k]);
		return n;
	};

	// ---- asking ----

	const asked = () => {
		const query = { q: form.elements.q.value.trim() };
		for (const name of ["kind", ...FACETS])
			query[name] = form.elements[name] ? form.elements[name].value : "";
		if (say.kind)
			query.kind = say.kind;
		return query;
	};
	const isEmpty = (query) => !query.q && FACETS.every((name) => !query[name]) && (say.kind || !query.kind);

	const passes = (site, query) => {
		const wanted = FACETS.filter((name) => query[name]).map((name) => [site[name], site[name].values.indexOf(query[name]) + 1]);
		const kind = query.kind ? KINDS.indexOf(query.kind) : -1;
		return (i) => (kind < 0 || DIGITS.indexOf(site.kind[i]) === kind) && wanted.every(([column, n]) => n > 0 && cell(column.of, column.width, i) === n);
	};

	// [numbers, those that have all of it in their title]; null: nothing to look for.
	const find = async (site, text) => {
		const words = terms(text).slice(0, 32); // each is a file to read
		if (!words.length)
			return null;
		const files = await Promise.all(words.map((word) => load(`data/i/${hex(shardOf(word, site.shards), 3)}.json`)));
		let all = null, titles = null;
		words.forEach((word, k) => {
			const [one, title] = Object.hasOwn(files[k], word) ? files[k][word].split(".") : [null, null];
			const has = new Set(one ? numbers(one) : []), hasTitle = new Set(title ? numbers(title) : []);
			all = all ? all.filter((i) => has.has(i)) : [...has];
			titles = titles ? titles.filter((i) => hasTitle.has(i)) : [...hasTitle];
		});
		return [all, new Set(titles)];
	};

	// ---- showing ----

	const make = (tag, text, attributes) => {
		const e = document.createElement(tag);
		if (text)
			e.textContent = text;
		for (const [name, value] of Object.entries(attributes || {}))
			e.setAttribute(name, value);
		return e;
	};

	const dayOf = (day) => (document.documentElement.lang === "zh-CN" && day ? day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日") : day);
	const row = (entry) => {
		const [kind, state, title, number, court, on, path] = entry;
		const li = make("li", "", { class: "row" }), h = make("h2", "", { lang: "zh-CN" });
		const parts = [say.kind ? "" : say[kind], title ? number : "", court, dayOf(on)].filter((part) => part);
		h.append(make("a", title || number || path, { href: say.up + path }));
		if (state === "withheld" || state === "withdrawn")
			h.append(" ", make("span", say[state], { class: "badge" }));
		li.append(h, make("p", parts.join(" · "), { class: "meta" }));
		return li;
	};

	// Where it stands in the text, or else beside it, for the eye; and whether it stands anywhere as it was asked.
	const BESIDE = ".subtitle, .keywords li, .terms dd, .fig-label, .fig-value, .figure .meta, figcaption, th";
	const snippet = async (li, path, text) => {
		const answer = await fetch(new URL(say.up + path, document.baseURI));
		if (!answer.ok)
			return;
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const wanted = text.split(/\s+/).map(folded).filter((word) => word);
		const first = (flat) => wanted.map((word) => [flat.indexOf(word), word]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
		const parts = [page.getElementById("text"), li, ...page.querySelectorAll(BESIDE)].map((part) => (part ? part.textContent.replace(/\s+/g, " ").trim() : ""));
		const flats = parts.map(folded), k = flats.findIndex(first);
		if (k === 1)
			return; // to be seen already
		if (k < 0) {
			li.querySelector(".meta").append(` · ${say.apart}`);
			return;
		}
		const whole = Array.from(parts[k]), [start, word] = first(flats[k]);
		const at = Array.from(flats[k].slice(0, start)).length, end = at + Array.from(word).length;
		const p = make("p", "", { class: "snippet", lang: "zh-CN" });
		p.append((at > LONG / 2 ? "…" : "") + whole.slice(Math.max(0, at - LONG / 2), at).join(""), make("mark", whole.slice(at, end).join("")),
			whole.slice(end, end + LONG).join("") + (end + LONG < whole.length ? "…" : ""));
		li.append(p);
	};

	let turn = 0;
	const show = async (site, found, from, mine, text) => {
		const some = found.slice(from, from + SHOWN);
		const files = await Promise.all(some.map((i) => load(`data/n/${hex(Math.floor(i / site.names), 4)}.json`)));
		if (mine !== turn)
			return;
		const made = some.map((i, k) => [row(files[k][i % site.names]), files[k][i % site.names]]);
		hits.append(...made.map(([li]) => li));
		if (from > 0)
			made[0][0].querySelector("a").focus();
		more.hidden = from + SHOWN >= found.length;
		more.onclick = () => show(site, found, from + SHOWN, mine, text);
		if (text)
			await Promise.all(made.map(([li, entry]) => snippet(li, entry[6], text).catch(() => {})));
	};

	const answer = async (query, mine) => {
		const site = await load("data/site.json");
		const found = query.q ? await find(site, query.q) : [Array.from({ length: site.n }, (_, i) => i), new Set()];
		if (mine !== turn)
			return;
		if (!found) {
			status.textContent = say.short;
			return;
		}
		const pass = passes(site, query), [all, titles] = found;
		const day = (i) => cell(site.day, 3, i);
		const sorted = all.filter(pass).sort((a, b) => titles.has(b) - titles.has(a) || day(b) - day(a) || b - a);
		status.textContent = sorted.length ? say.some.replace("{n}", sorted.length) : say.nothing;
		await show(site, sorted, 0, mine, query.q);
	};

	const ask = () => {
		const query = asked(), mine = ++turn;
		const url = new URL(location.href);
		url.search = "";
		for (const [name, value] of Object.entries(query))
			if (value && !(name === "kind" && say.kind))
				url.searchParams.set(name, value);
		if (url.href !== location.href)
			history.replaceState(null, "", url);
		hits.replaceChildren();
		more.hidden = true;
		results.hidden = isEmpty(query);
		if (list)
			list.hidden = !isEmpty(query);
		if (isEmpty(query))
			return;
		status.textContent = say.loading;
		answer(query, mine).catch(() => {
			if (mine === turn)
				status.textContent = say.failed;
		});
	};

	// ---- choices: the values that are there, those of most documents first ----

	const fill = (site) => {
		for (const name of FACETS) {
			const select = form.elements[name], column = site[name], counts = new Map();
			if (!select)
				continue;
			for (let i = 0; i < site.n; i++) {
				const n = cell(column.of, column.width, i);
				if (n && (!say.kind || KINDS[DIGITS.indexOf(site.kind[i])] === say.kind))
					counts.set(n, (counts.get(n) || 0) + 1);
			}
			const order = [...counts].sort((a, b) => (name === "year" ? b[0] - a[0] : b[1] - a[1] || a[0] - b[0]));
			select.append(...order.map(([n, count]) => make("option", `${column.values[n - 1]} (${count})`, { value: column.values[n - 1] })));
			select.closest(".filter").hidden = order.length < 2;
		}
		const kinds = form.elements.kind;
		if (kinds)
			kinds.append(...["document", "case", "report"].map((kind) => make("option", say[kind], { value: kind })));
		document.getElementById("filters").hidden = false;
	};

	const start = async () => {
		const given = new URLSearchParams(location.search);
		form.elements.q.value = given.get("q") || "";
		if (document.getElementById("filters")) {
			fill(await load("data/site.json"));
			for (const name of ["kind", ...FACETS])
				if (form.elements[name] && given.has(name))
					form.elements[name].value = given.get(name);
		}
		form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
		form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") ask(); });
		if (location.search)
			ask();
	};
	start().catch(() => {
		results.hidden = false;
		status.textContent = say.failed;
	});
})();
